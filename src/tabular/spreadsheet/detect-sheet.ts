/**
 * A workbook → how one of its sheets is read: which sheet, where its table is, what is hidden, merged or
 * filtered. Looks at the first rows only, and passes over the rest where that takes no more than a second.
 */

import { createHintCollector } from '../column-hints.ts'
import { columnLetters, joinHeaderRows, uniqueLabels } from '../columns.ts'
import type { Finding } from '../finding.ts'
import { tabularFinding } from '../findings.ts'
import { checkOptions } from '../read-options.ts'
import type { Reading, ReadOptions, Row, SheetReading, TableFound } from '../reading.ts'
import { refuseFile } from '../refusals.ts'
import { tableFindings } from '../table-findings.ts'
import { findTables, type TableShape } from '../table-shape.ts'
import { chooseSheets } from './choose-sheet.ts'
import { sheetFinding } from './sheet-findings.ts'
import { readSheetRows } from './sheet-rows.ts'
import type { SheetSurvey } from './sheet-survey.ts'
import { surveyFindings } from './survey-findings.ts'
import type { SheetRow, Workbook } from './workbook.ts'

const SAMPLE_ROWS = 50
const LOOK_ROWS = 5000
const LOOK_CELLS = 250_000
/** Pieces without a row after which the rest is taken for formatted but blank. */
const BLANK_PIECES = 300
const NO_CELLS: readonly string[] = []

type Sample = {
  /** By sheet row from `base`, blank ones included; as wide as the widest. */
  readonly records: readonly (readonly string[])[]
  readonly rows: readonly SheetRow[]
  readonly base: number
  readonly isComplete: boolean
  readonly rowsEstimated: number | null
}

export async function detectSheet(workbook: Workbook, options: ReadOptions): Promise<Reading> {
  checkOptions(options)
  const { index, filled } = await findSheet(workbook, options)
  const survey = await workbook.survey(index, false)
  const sheet = describeSheet(workbook, index, filled, survey, options)
  const left = new Set(sheet.hidden === 'leave-out' ? survey?.hiddenColumns : [])
  const sample = await takeSample(workbook, index, sheet, left)
  const shapes = applyOptions(
    findTables(sample.records, { complete: sample.isComplete, headless: options.headerRow === 0 }),
    sample,
    options,
  )
  const table = options.table ?? 1
  const shape = shapes[table - 1]
  if (shape === undefined && (shapes.length > 0 || table > 1))
    throw refuseFile('file.table_missing', { table, tables: shapes.length })
  const header = shape === undefined ? null : headerOf(sample, shape)
  const labels = uniqueLabels(header, shape?.width ?? 0)
  const reading: Reading = {
    ...TEXT_FACTS,
    format: workbook.format,
    sheet: { ...sheet, columnsRead: columnsRead(labels.columns.length, left) },
    ragged: options.ragged ?? 'pad',
    table,
    tables: shapes.map((found, i) => placeOf(found, i, sample.base)),
    preambleRows: shape?.preambleRows ?? 0,
    headerRows: shape?.headerRows ?? 0,
    footerRows: shape?.footerRows ?? 0,
    columns: labels.columns,
    header,
    rowsEstimated: sample.rowsEstimated,
    findings: [
      ...sheetsFindings(workbook, index, filled),
      ...(survey === null ? [] : surveyFindings(survey, sheet, 0)),
      ...tableFindings({
        shape,
        records: sample.records,
        header,
        strayBlanks: 0,
        table,
        tables: shapes.length,
      }),
      ...labels.findings,
    ],
  }
  return withFirstRows(workbook, reading, sample, options)
}

/** What only text files have. */
const TEXT_FACTS = {
  encoding: 'utf-8',
  bomLength: 0,
  delimiter: '\t',
  quote: null,
  escape: null,
  comment: null,
  recordEnd: '\n',
  loneCr: false,
  spaced: false,
  merged: false,
  padded: false,
  hints: [],
  sample: [],
} as const

/** The sheet that was asked for, or the first visible one with cells; and which sheets have any. */
async function findSheet(workbook: Workbook, options: ReadOptions) {
  const { sheets } = workbook
  const filled: boolean[] = []
  for (const [index, sheet] of sheets.entries())
    filled.push(sheet.hasRows ?? (sheet.hasCells && (await hasRows(workbook, index))))
  if (options.sheet !== undefined) return { index: chooseSheets(sheets, options.sheet)[0]!, filled }
  const visible = sheets.findIndex((sheet, i) => sheet.state === 'visible' && filled[i])
  const index = visible !== -1 ? visible : Math.max(0, filled.indexOf(true))
  return { index, filled }
}

async function hasRows(workbook: Workbook, sheet: number): Promise<boolean> {
  for await (const { rows } of workbook.walkRows(sheet, { isPeek: true })) {
    if (rows.some((row) => row.cells.length > 0)) return true
  }
  return false
}

function describeSheet(
  workbook: Workbook,
  index: number,
  filled: readonly boolean[],
  survey: SheetSurvey | null,
  options: ReadOptions,
): SheetReading {
  return {
    name: workbook.sheets[index]?.name ?? '',
    index,
    sheets: workbook.sheets.map(({ name, state }, i) => ({ name, state, hasCells: filled[i] === true })),
    columnsRead: [],
    hiddenRows: survey?.hiddenRows ?? null,
    hiddenColumns: survey?.hiddenColumns.length ?? null,
    mergedRanges: survey?.merged.length ?? null,
    isFiltered: survey?.isFiltered ?? null,
    hidden: options.hidden ?? 'include',
    merged: options.merged ?? 'fill',
  }
}

async function takeSample(
  workbook: Workbook,
  index: number,
  { hidden }: SheetReading,
  left: ReadonlySet<number>,
): Promise<Sample> {
  const rows: SheetRow[] = []
  let cells = 0
  let done = 0
  let isComplete = true
  let blank = 0
  for await (const piece of workbook.walkRows(index, { isPeek: true })) {
    for (const row of piece.rows) {
      if (hidden === 'leave-out' && row.isHidden) continue
      const kept = left.size === 0 ? row.cells : row.cells.filter((_, column) => !left.has(column))
      rows.push({ ...row, cells: kept })
      cells += kept.length
    }
    done = piece.done
    blank = piece.rows.length > 0 ? 0 : blank + 1
    if (rows.length < LOOK_ROWS && cells < LOOK_CELLS && blank < BLANK_PIECES) continue
    isComplete = done >= 1
    break
  }
  const base = (rows.find((row) => row.cells.length > 0)?.line ?? 1) - 1
  const width = rows.reduce((most, row) => Math.max(most, row.cells.length), 0)
  const records: (readonly string[])[] = []
  for (const row of rows) {
    if (row.line - 1 < base) continue
    while (records.length < row.line - 1 - base) records.push(NO_CELLS)
    const padded = [...row.cells]
    while (padded.length < width) padded.push('')
    records.push(padded)
  }
  const rowsEstimated =
    isComplete || blank > 0 ? rows.length : done > 0 ? Math.round(rows.length / done) : null
  return { records, rows, base, isComplete, rowsEstimated }
}

/** What a person decided, and each table only as wide as its header and rows are filled. */
function applyOptions(shapes: TableShape[], sample: Sample, options: ReadOptions): TableShape[] {
  const { records, base } = sample
  return shapes.map((shape, i) => {
    let { preambleRows, headerRows, footerRows } = shape
    if (i === (options.table ?? 1) - 1) {
      preambleRows = options.preambleRows ?? preambleRows
      if (options.headerRow === 0) headerRows = 0
      else if (options.headerRow !== undefined) {
        preambleRows = options.headerRow - 1 - base - shape.start
        headerRows = Math.max(1, headerRows)
      }
      headerRows = options.headerRows ?? headerRows
      footerRows = options.footerRows ?? footerRows
    }
    preambleRows = Math.max(0, preambleRows)
    const width = filledWidth(records.slice(shape.start + preambleRows, shape.end ?? undefined))
    return { ...shape, preambleRows, headerRows, footerRows, width }
  })
}

function filledWidth(records: readonly (readonly string[])[]): number {
  let width = 1
  for (const record of records) {
    for (let column = record.length; column > width; column--) {
      if (record[column - 1]!.trim() !== '') width = column
    }
  }
  return width
}

function headerOf(
  { records }: Sample,
  { start, preambleRows, headerRows, width }: TableShape,
): string[] | null {
  if (headerRows === 0) return null
  const from = start + preambleRows
  const rows = records.slice(from, from + headerRows).filter((row) => row.length > 0)
  if (rows.length === 0) return null
  return joinHeaderRows(
    rows.map((row) => row.slice(0, width)),
    width,
  )
}

function columnsRead(width: number, left: ReadonlySet<number>): number[] {
  const columns: number[] = []
  for (let column = 0; columns.length < width; column++) if (!left.has(column)) columns.push(column)
  return columns
}

function placeOf(shape: TableShape, i: number, base: number): TableFound {
  const { start, end, preambleRows, headerRows, footerRows, width } = shape
  const until = end === null ? null : end + base
  return {
    table: i + 1,
    start: start + base,
    end: until,
    preambleRows,
    headerRows,
    footerRows,
    columns: width,
  }
}

function sheetsFindings({ sheets }: Workbook, index: number, filled: readonly boolean[]): Finding[] {
  const found: Finding[] = []
  const sheet = sheets[index]
  const others = sheets.filter((_, i) => i !== index && filled[i]).map(({ name }) => name)
  if (sheet !== undefined && sheet.state !== 'visible')
    found.push(sheetFinding('sheet.is_hidden', {}, { sheet: sheet.name }))
  if (sheet?.isRecovered === true) found.push(sheetFinding('sheet.recovered', {}, { sheet: sheet.name }))
  if (others.length > 0)
    found.push(
      sheetFinding('sheet.others', {}, { count: others.length, sheets: others.slice(0, 20).join(', ') }),
    )
  return found
}

/** The first rows as they will be read, and what the columns say about numbers and dates. */
async function withFirstRows(
  workbook: Workbook,
  reading: Reading,
  { rows: raw, isComplete }: Sample,
  options: ReadOptions,
): Promise<Reading> {
  const count = options.sampleRows ?? SAMPLE_ROWS
  const collector = createHintCollector(reading.columns.length, '\t')
  const decimals = new Map(raw.flatMap((row) => (row.decimals === null ? [] : [[row.line, row.decimals]])))
  const place = new Map(reading.sheet!.columnsRead.map((column, at) => [column, at]))
  const lastLine = raw.at(-1)?.line ?? 0
  const sample: Row[] = []
  let seen = 0
  let counted: Pick<Reading, 'rowsEstimated' | 'rowsCounted'> | null = null
  const isWhole = isComplete || reading.tables[reading.table - 1]?.end != null
  for await (const batch of readSheetRows(workbook, reading, { source: 0, isPeek: true, lastLine })) {
    const { rows, totals } = batch
    for (const row of rows) {
      if (sample.length < count) sample.push(row)
      const typed = decimals.get(row.line)
      if (typed === undefined) collector.add(row.cells)
      else {
        // A number that is stored as one has a decimal point, whatever it looks like as text.
        const cells = [...row.cells]
        for (const column of typed) if (place.has(column)) cells[place.get(column)!] = '0.5'
        collector.add(cells)
      }
    }
    seen += rows.length
    if (isWhole && totals !== null) counted = { rowsEstimated: totals.rows, rowsCounted: true }
    if (seen >= LOOK_ROWS) break
  }
  const hints = collector.hints()
  const unsettled = hints.flatMap((hint, column) =>
    hint.dateOrder === 'unsettled' ? [tabularFinding('column.date_order_unsettled', { column })] : [],
  )
  return { ...reading, ...counted, hints, sample, findings: [...reading.findings, ...unsettled] }
}

/** Where a column of the reading stands in the sheet, in letters. */
export function sheetColumn({ sheet }: Reading, column: number): string {
  return columnLetters(sheet?.columnsRead[column] ?? column)
}
