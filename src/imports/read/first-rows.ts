/**
 * Rows as they will be read, the first ones or those around a place, with what is left out above and below
 * them. Bounded: never more than the rows asked for, a frame of some rows, and the end of the file.
 */
import type { Language } from '../../platform/refusal.ts'
import {
  type ByteSource,
  bufferSource,
  type Finding,
  type Reading,
  type Row,
  readRowBatches,
} from '../../tabular/tabular.ts'
import type { FirstRows } from './contract.ts'
import { viewReadingFinding } from './view-reading.ts'

/** Rows shown of what stands above the table, and of what stands below it. */
const mostAbove = 12
const mostBelow = 6
const mostFindings = 200
const cellLength = 300
const cellsShown = 1000
/** Rows that are passed over to show what stands below them. */
const rowsPassed = 20_000
const tailBytes = 64 * 1024

type Frame = FirstRows['above'][number]

export type Wanted = {
  /** Number of the first row wanted, from 1. */
  readonly from: number
  readonly limit: number
  readonly source: number
}

export async function readFirstRows(
  bytes: ByteSource,
  reading: Reading,
  wanted: Wanted,
  language: Language,
): Promise<FirstRows> {
  const { rows, findings } = await readWanted(bytes, reading, wanted)
  const { above, header } = await readAbove(bytes, reading)
  const whole = reading.findings.map((finding) => ({ ...finding, source: wanted.source }))
  return {
    columns: [...reading.columns],
    hints: reading.hints.map(({ decimalMark, dateOrder }) => ({ decimalMark, dateOrder })),
    above,
    header,
    rows: rows.map(({ row, line, cells }) => ({ row, line, cells: shown(cells) })),
    below: await readBelow(bytes, reading),
    findings: [...whole, ...findings]
      .slice(0, mostFindings)
      .map((finding) => viewReadingFinding(finding, reading.columns, language)),
  }
}

async function readWanted(
  bytes: ByteSource,
  reading: Reading,
  { from, limit, source }: Wanted,
): Promise<{ rows: Row[]; findings: Finding[] }> {
  const rows: Row[] = []
  const findings: Finding[] = []
  for await (const batch of readRowBatches(bytes, reading, { source, isPeek: true })) {
    rows.push(...batch.rows.filter(({ row }) => row >= from).slice(0, limit - rows.length))
    const last = rows.at(-1)?.row ?? 0
    // A workbook that is too large to be passed over tells what it hides with its first rows.
    findings.push(...batch.findings.filter(({ row }) => row === 0 || (row >= from && row <= last)))
    if (rows.length >= limit) break
  }
  return { rows, findings }
}

/** The reading with nothing left out and no header: everything from the beginning of the table's part is a row. */
function unframed(reading: Reading): Reading {
  return { ...reading, preambleRows: 0, headerRows: 0, footerRows: 0, header: null }
}

async function readAbove(bytes: ByteSource, reading: Reading): Promise<{ above: Frame[]; header: Frame[] }> {
  const { preambleRows, headerRows } = reading
  const above: Frame[] = []
  const header: Frame[] = []
  if (preambleRows + headerRows === 0) return { above, header }
  const start = reading.tables[reading.table - 1]?.start ?? 0
  const firstHeader = start + preambleRows + 1
  let breaks = 0
  for await (const batch of readRowBatches(bytes, unframed(reading), { source: 0, isPeek: true })) {
    for (const { line, cells } of batch.rows) {
      // Line ends inside quoted cells count lines, not records; a sheet's row is its line.
      const record = reading.sheet ? line : line - breaks
      if (record >= firstHeader + headerRows) return { above: above.slice(-mostAbove), header }
      const frame = { record, line, cells: shown(trimEnd(cells)) }
      if (record < firstHeader) above.push(frame)
      else header.push(frame)
      breaks += lineBreaks(cells)
    }
  }
  return { above: above.slice(-mostAbove), header }
}

function lineBreaks(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + (cell.match(/\r\n|[\r\n]/g)?.length ?? 0), 0)
}

/** Only what stands at the end of a small table, or of a text file of any size; elsewhere it would take a pass. */
async function readBelow(bytes: ByteSource, reading: Reading): Promise<Frame[]> {
  const { footerRows, rowsEstimated, tables, table } = reading
  if (footerRows === 0) return []
  const isNear = tables[table - 1]?.end != null || (rowsEstimated ?? Infinity) <= rowsPassed
  const tail = isNear ? { bytes, reading: unframed(reading) } : await endOfText(bytes, reading)
  if (tail === null) return []
  let rows: Row[] = []
  for await (const batch of readRowBatches(tail.bytes, tail.reading, { source: 0, isPeek: true }))
    rows = [...rows, ...batch.rows].slice(-footerRows)
  return rows.slice(0, mostBelow).map(({ line, cells }) => ({
    record: null,
    line: isNear ? line : null,
    cells: shown(trimEnd(cells)),
  }))
}

/** The last lines of a text file as a file of their own. */
async function endOfText(
  bytes: ByteSource,
  reading: Reading,
): Promise<{ bytes: ByteSource; reading: Reading } | null> {
  const { size, name } = bytes
  const isByteWise = !/^utf-?(16|32)/i.test(reading.encoding)
  if (size === null || reading.sheet || reading.archive || !isByteWise) return null
  const parts: Uint8Array[] = []
  for await (const chunk of bytes.open(Math.max(0, size - tailBytes))) parts.push(chunk)
  const end = Buffer.concat(parts)
  const tables = reading.tables.slice(0, 1).map((table) => ({ ...table, start: 0, end: null }))
  const whole = { ...unframed(reading), bomLength: 0, table: 1, tables }
  return { bytes: bufferSource(name, end.subarray(end.indexOf(10) + 1)), reading: whole }
}

/** Cells that only pad the row to the table's width are none of what stands in the file. */
function trimEnd(cells: readonly string[]): string[] {
  const last = cells.findLastIndex((cell) => cell !== '')
  return cells.slice(0, last + 1)
}

/** The first characters of a cell, no character cut in two. */
function shown(cells: readonly string[]): string[] {
  return cells
    .slice(0, cellsShown)
    .map((cell) =>
      cell.length <= cellLength ? cell : `${cell.slice(0, cellLength).replace(/[\uD800-\uDBFF]$/, '')}…`,
    )
}
