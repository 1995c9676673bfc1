/**
 * Rows of a sheet, in batches, by a reading: the counterpart of the CSV reader. Hides blank rows, hidden and
 * merged cells and what stands above and below the table. Promises that `line` is the sheet's own row number.
 */
import { columnLetters } from '../columns.ts'
import type { Finding } from '../finding.ts'
import type { Reading, Row, RowBatch, Totals } from '../reading.ts'
import { oddRowFinding } from '../table-findings.ts'
import type { CellNote } from './cell-values.ts'
import { createMergeFiller } from './merged-cells.ts'
import { type SheetCode, sheetFinding } from './sheet-findings.ts'
import { surveyFindings } from './survey-findings.ts'
import type { PlacedNote, SheetRow, Workbook } from './workbook.ts'

export type SheetRowsOptions = {
  readonly source: number
  readonly signal?: AbortSignal | undefined
  readonly isPeek?: boolean | undefined
  /** Sheet row after which nothing more is wanted. */
  readonly lastLine?: number | undefined
  /** Bytes of the file, for progress. */
  readonly size?: number | undefined
}

const BATCH_ROWS = 1000
const NOTES: Readonly<Record<CellNote, SheetCode>> = {
  error: 'cell.error_value',
  no_value: 'cell.formula_without_value',
  long_number: 'cell.long_number',
  no_date: 'cell.no_such_date',
}

export async function* readSheetRows(
  workbook: Workbook,
  reading: Reading,
  options: SheetRowsOptions,
): AsyncGenerator<RowBatch, Totals, undefined> {
  const sheet = reading.sheet!
  const { size = 0, lastLine = Number.MAX_SAFE_INTEGER } = options
  const leavesColumnsOut = sheet.hidden === 'leave-out' && sheet.hiddenColumns !== 0
  const wantsSurvey =
    sheet.hiddenRows === null || leavesColumnsOut || (sheet.mergedRanges !== 0 && sheet.merged === 'fill')
  const survey = wantsSurvey ? await workbook.survey(sheet.index, options.isPeek !== true) : null
  const left = new Set(leavesColumnsOut ? survey?.hiddenColumns : [])
  const merges = createMergeFiller(sheet.merged === 'fill' ? (survey?.merged ?? []) : [])
  const assembly = createAssembly(reading, options.source, merges, left)
  if (survey !== null && sheet.hiddenRows === null)
    assembly.tell(surveyFindings(survey, sheet, options.source))
  for await (const { rows, done } of workbook.walkRows(sheet.index, options)) {
    options.signal?.throwIfAborted()
    for (const row of rows) assembly.add(row)
    while (assembly.ready() >= BATCH_ROWS) yield assembly.batch(BATCH_ROWS, Math.round(size * done), null)
    if (assembly.isPast || (rows.at(-1)?.line ?? 0) >= lastLine) break
  }
  assembly.finish()
  while (assembly.ready() > BATCH_ROWS) yield assembly.batch(BATCH_ROWS, size, null)
  const totals = assembly.totals(size)
  yield assembly.batch(BATCH_ROWS, size, totals)
  return totals
}

type MergeFiller = ReturnType<typeof createMergeFiller>

function createAssembly(reading: Reading, source: number, merges: MergeFiller, left: ReadonlySet<number>) {
  const sheet = reading.sheet!
  const width = reading.columns.length
  const { columnsRead } = sheet
  const isStraight = left.size === 0 && columnsRead.every((column, at) => column === at)
  const placeOf = new Map(columnsRead.map((column, at) => [column, at]))
  const leavesOut = sheet.hidden === 'leave-out'
  const place = reading.tables[reading.table - 1]
  const first = (place?.start ?? 0) + reading.preambleRows + reading.headerRows
  const end = place?.end ?? Number.MAX_SAFE_INTEGER
  const header = reading.header
  let rows: Row[] = []
  let findings: Finding[] = []
  let row = 0
  let lastLine = first
  let blankRows = 0
  let raggedRows = 0
  let footerRows = 0
  let isPast = place === undefined

  /** The cells of the table's columns, and behind them what stands further right. */
  const pick = (cells: string[]): string[] => {
    if (isStraight) {
      while (cells.length < width) cells.push('')
      return cells
    }
    const picked = columnsRead.map((column) => cells[column] ?? '')
    const last = columnsRead.at(-1) ?? -1
    for (let column = last + 1; column < cells.length; column++)
      if (!left.has(column)) picked.push(cells[column]!)
    return picked
  }

  const inspect = (cells: readonly string[], line: number, notes: readonly PlacedNote[] | null): void => {
    for (const { column, note, value } of notes ?? []) {
      const at = isStraight ? column : (placeOf.get(column) ?? null)
      if (at === null || at >= width) continue
      findings.push(sheetFinding(NOTES[note], { source, row, line, column: at, value }))
    }
    if (cells.length > width) {
      raggedRows++
      const last = columnLetters(cells.length - 1 + ((columnsRead.at(-1) ?? width - 1) - (width - 1)))
      findings.push(
        sheetFinding(
          'row.cells_beyond_table',
          { source, row, line, column: width },
          { columns: width, last },
        ),
      )
    }
    const odd = oddRowFinding(cells, header, width, { source, row, line })
    if (odd !== null) findings.push(odd)
  }

  return {
    get isPast() {
      return isPast
    },
    ready: () => rows.length - (isPast ? 0 : reading.footerRows),
    tell: (found: readonly Finding[]) => findings.push(...found),
    add({ line, isHidden, cells: raw, notes }: SheetRow): void {
      if (isPast || line - 1 < first) {
        if (line - 1 < first) merges.pass(raw, line - 1)
        return
      }
      if (line - 1 >= end) {
        isPast = true
        return
      }
      merges.pass(raw, line - 1)
      if ((leavesOut && isHidden) || isBlank(raw, notes)) return
      merges.fill(raw, line - 1, columnsRead)
      const cells = pick(raw)
      row++
      if (line - 1 > lastLine) blankRows += line - 1 - lastLine
      lastLine = line
      inspect(cells, line, notes)
      rows.push({ source, row, line, offset: 0, cells })
    },
    /** The last rows of the table are its footer. */
    finish(): void {
      isPast = true
      if (reading.footerRows === 0) return
      const kept = Math.max(0, rows.length - reading.footerRows)
      footerRows = rows.length - kept
      const lastRow = rows[kept]?.row ?? Number.MAX_SAFE_INTEGER
      rows.length = kept
      row -= footerRows
      findings = findings.filter((finding) => finding.row < lastRow)
    },
    batch(most: number, bytesRead: number, totals: Totals | null): RowBatch {
      const given = rows.length <= most && totals !== null ? rows : rows.slice(0, most)
      rows = rows.length <= most && totals !== null ? [] : rows.slice(most)
      const lastRow = given.at(-1)?.row ?? 0
      const told = totals === null ? findings.filter((finding) => finding.row <= lastRow) : findings
      findings = totals === null ? findings.filter((finding) => finding.row > lastRow) : []
      return { rows: given, findings: told, bytesRead, totals }
    },
    totals: (bytes: number): Totals => ({
      rows: row,
      blankRows,
      raggedRows,
      footerRows,
      commentRows: 0,
      bytes,
    }),
  }
}

/** A row without any text; one with a formula that has no value is not blank. */
function isBlank(cells: readonly string[], notes: readonly PlacedNote[] | null): boolean {
  if (notes !== null) return false
  const first = cells.length === 0 ? 0 : cells[0]!.charCodeAt(0)
  return !(first > 32 && first < 127) && cells.every((cell) => cell === '' || cell.trim() === '')
}
