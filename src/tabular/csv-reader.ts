/**
 * Rows of a file, in batches, by a reading. Hides decoding, chunk boundaries, what is skipped above and
 * below the table, and the bookkeeping of places. Promises flat memory, that chunk boundaries never matter,
 * and that a row is padded but never shifted, each deviation with a finding.
 */
import { type ByteSource, evenChunks } from './byte-source.ts'
import { SCAN_LIMITS } from './csv-dialect.ts'
import { createRecordScanner, type ScanNote, type ScanResult } from './csv-records.ts'
import type { Finding } from './finding.ts'
import { type TabularCode, tabularFinding } from './findings.ts'
import type { Reading, Row, RowBatch, Totals } from './reading.ts'
import { resplitRecord } from './resplit.ts'
import { oddRowFinding } from './table-findings.ts'
import { createPieceReader } from './text-pieces.ts'

export type ReadRowsOptions = {
  /** The number that the rows and findings carry. */
  readonly source: number
  readonly signal?: AbortSignal | undefined
  /** Bytes that are decoded at once; smaller only in tests. */
  readonly chunkBytes?: number | undefined
}

const CHUNK_BYTES = 64 * 1024
const BATCH_ROWS = 1000
const MAX_RESPLIT = 64 * 1024
const MAX_TRIES = 500
const MAX_HELD = 2 * 1024 * 1024
const EMPTY: readonly never[] = []

export async function* readRowBatches(
  bytes: ByteSource,
  reading: Reading,
  options: ReadRowsOptions,
): AsyncGenerator<RowBatch, Totals, undefined> {
  const assembly = createAssembly(reading, options.source)
  const scanner = createRecordScanner(reading, SCAN_LIMITS, reading.columns.length)
  const pieces = createPieceReader(reading.encoding, reading, reading.bomLength)
  let bytesRead = reading.bomLength
  const take = (chunk: Buffer, last: boolean): void => {
    const result = scanner.scan(pieces.next(chunk, last), last)
    pieces.settle(result.starts, result.consumed)
    assembly.add(result)
  }
  let held: Buffer[] = []
  let heldBytes = 0
  for await (const chunk of evenChunks(bytes, reading.bomLength, options.chunkBytes ?? CHUNK_BYTES)) {
    options.signal?.throwIfAborted()
    bytesRead += chunk.length
    held.push(chunk)
    heldBytes += chunk.length
    // A record that goes on and on is scanned again when there is much more of it, not with every chunk.
    if (heldBytes < Math.min(pieces.left, MAX_HELD)) continue
    take(held.length === 1 ? chunk : Buffer.concat(held), false)
    held = []
    heldBytes = 0
    while (assembly.ready() >= BATCH_ROWS) yield assembly.batch(BATCH_ROWS, bytesRead, null)
    if (assembly.isPast) break
  }
  if (!assembly.isPast) take(Buffer.concat(held), true)
  assembly.finish()
  while (assembly.ready() > BATCH_ROWS) yield assembly.batch(BATCH_ROWS, bytesRead, null)
  const totals = assembly.totals(bytesRead)
  yield assembly.batch(BATCH_ROWS, bytesRead, totals)
  return totals
}

/** Records of the scanner → rows of the table: what is skipped, counted, padded and noted. */
function createAssembly(reading: Reading, source: number) {
  const width = reading.columns.length
  const place = reading.tables[reading.table - 1]
  const first = (place?.start ?? 0) + reading.preambleRows + reading.headerRows
  const end = place?.end ?? Number.MAX_SAFE_INTEGER
  const tooFew: TabularCode = 'row.too_few_cells'
  let rows: Row[] = []
  let findings: Finding[] = []
  let record = 0
  let row = 0
  let blankRows = 0
  let raggedRows = 0
  let footerRows = 0
  let commentRows = 0
  let heldBack = reading.footerRows

  let resplits = 0
  let tries = 0

  const fit = (cells: string[], raw: string | undefined, at: number, line: number): string[] => {
    raggedRows++
    // When nearly no ragged row is of another delimiter, looking for one is given up.
    if (raw !== undefined && raw.length < MAX_RESPLIT && tries < MAX_TRIES + resplits * 2) {
      tries++
      const split = resplitRecord(raw, width, reading)
      if (split !== null) {
        resplits++
        findings.push(
          tabularFinding('row.resplit', { source, row: at, line }, { delimiter: nameOf(split.delimiter) }),
        )
        return split.cells
      }
    }
    const params = { cells: cells.length, columns: width }
    if (cells.length < width) {
      const finding = tabularFinding(tooFew, { source, row: at, line }, params)
      findings.push(reading.ragged === 'refuse' ? { ...finding, severity: 'error' } : finding)
      while (cells.length < width) cells.push('')
      return cells
    }
    let filled = cells.length
    while (filled > width && cells[filled - 1]!.trim() === '') filled--
    const code = filled > width ? 'row.too_many_cells' : 'row.extra_blank_cells'
    findings.push(tabularFinding(code, { source, row: at, line, column: width }, params))
    if (filled === width) cells.length = width
    return cells
  }

  const header = reading.header
  const inspect = (cells: string[], at: number, line: number): void => {
    for (let column = 0; column < cells.length; column++) {
      const cell = cells[column]!
      if (cell.includes('\ufffd')) {
        findings.push(
          tabularFinding(
            'cell.undecodable',
            { source, row: at, line, column, value: cell },
            { encoding: reading.encoding },
          ),
        )
      }
      if (!cell.includes('\0')) continue
      cells[column] = cell.replaceAll('\0', '')
      const count = cell.length - cells[column]!.length
      findings.push(tabularFinding('cell.nul_removed', { source, row: at, line, column }, { count }))
    }
  }

  return {
    get isPast() {
      return record >= end
    },
    /** Rows that can be given: not those that may be the footer. */
    ready: () => rows.length - heldBack,
    add(result: ScanResult): void {
      commentRows += result.comments
      const notes = result.notes.length > 0 ? notesByRecord(result.notes) : null
      const { cells: records, starts, lines, isClean } = result
      for (let i = 0; i < records.length; i++) {
        const index = record++
        let cells = records[i]!
        if (index < first || index >= end) continue
        if (isBlank(cells)) {
          blankRows++
          continue
        }
        row++
        const line = lines[i]!
        if (cells.length !== width) cells = fit(cells, result.raw.get(i), row, line)
        if (!isClean) inspect(cells, row, line)
        const odd = oddRowFinding(cells, header, width, { source, row, line })
        if (odd !== null) findings.push(odd)
        for (const note of notes?.get(i) ?? EMPTY) {
          const code = note.kind === 'quote_unclosed' ? 'cell.quote_unclosed' : 'cell.quote_stray'
          const { column } = note
          findings.push(
            tabularFinding(code, { source, row, line: note.line, column, value: cells[column] ?? null }),
          )
        }
        rows.push({ source, row, line, offset: starts[i]!, cells })
      }
    },
    /** The last rows of the table are its footer. */
    finish(): void {
      heldBack = 0
      if (reading.footerRows === 0) return
      const kept = Math.max(0, rows.length - reading.footerRows)
      footerRows = rows.length - kept
      const lastRow = rows[kept]?.row ?? Number.MAX_SAFE_INTEGER
      rows.length = kept
      row -= footerRows
      findings = findings.filter((f) => f.row < lastRow)
    },
    batch(most: number, bytesRead: number, totals: Totals | null): RowBatch {
      const isAll = rows.length <= most && heldBack === 0
      const given = isAll ? rows : rows.slice(0, most)
      rows = isAll ? [] : rows.slice(most)
      const lastRow = given.at(-1)?.row ?? 0
      const told = totals === null ? findings.filter((f) => f.row <= lastRow) : findings
      findings = totals === null ? findings.filter((f) => f.row > lastRow) : []
      return { rows: given, findings: told, bytesRead, totals }
    },
    totals: (bytes: number): Totals => ({ rows: row, blankRows, raggedRows, footerRows, commentRows, bytes }),
  }
}

/** A row without any text: a blank line, or delimiters alone. */
function isBlank(cells: readonly string[]): boolean {
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]!
    const first = cell.charCodeAt(0)
    if (first > 32 && first < 127) return false
    if (cell !== '' && cell.trim() !== '') return false
  }
  return true
}

function notesByRecord(notes: readonly ScanNote[]): Map<number, ScanNote[]> {
  const map = new Map<number, ScanNote[]>()
  for (const note of notes) {
    const list = map.get(note.record)
    if (list === undefined) map.set(note.record, [note])
    else list.push(note)
  }
  return map
}

/** A delimiter as a person reads it. */
function nameOf(delimiter: string): string {
  return delimiter === '\t' ? 'tab' : delimiter === ' ' ? 'blank' : delimiter
}
