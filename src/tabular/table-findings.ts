/** What is said of a table and its rows whatever file they stand in: what was left out around it, totals, repeats. */
import type { Finding } from './finding.ts'
import { tabularFinding } from './findings.ts'
import type { Records } from './header-rows.ts'
import type { TableShape } from './table-shape.ts'

export type TableDescribed = {
  /** Undefined: there is no table. */
  readonly shape: TableShape | undefined
  readonly records: Records
  readonly header: readonly string[] | null
  /** Cells of the header that were left out because they are blank and one too many. */
  readonly strayBlanks: number
  /** Which of how many tables. */
  readonly table: number
  readonly tables: number
}

export function tableFindings(of: TableDescribed): Finding[] {
  const { shape, records, header, strayBlanks, table, tables } = of
  if (shape === undefined) return [tabularFinding('file.empty')]
  const found: Finding[] = []
  const first = shape.start + shape.preambleRows + shape.headerRows
  const hasRows = records
    .slice(first, shape.end ?? undefined)
    .some((row) => row.some((cell) => cell.trim() !== ''))
  if (header !== null && !hasRows) found.push(tabularFinding('file.header_only'))
  if (header === null) found.push(tabularFinding('file.no_header'))
  if (shape.preambleRows > 0) found.push(tabularFinding('file.preamble', {}, { count: shape.preambleRows }))
  if (shape.footerRows > 0) found.push(tabularFinding('file.footer', {}, { count: shape.footerRows }))
  if (strayBlanks > 0) found.push(tabularFinding('file.header_blanks', {}, { count: strayBlanks }))
  if (tables > 1) found.push(tabularFinding('file.more_tables', {}, { count: tables, table }))
  return found
}

/** How a row of totals begins, in the languages that we read most. */
const TOTALS = /^(?:(?:grand |sub-?)?totals?|celkem|součet|summe|gesamt|total général|totale|razem|spolu)\b/i

/** A row that is read as any other but is hardly a record: its finding, or null. Asked of every row. */
export function oddRowFinding(
  cells: readonly string[],
  header: readonly string[] | null,
  width: number,
  place: { readonly source: number; readonly row: number; readonly line: number },
): Finding | null {
  if (width < 2) return null
  const repeats =
    header !== null &&
    cells[0] === header[0] &&
    header.every((name, column) => (cells[column] ?? '').trim() === name.trim())
  if (repeats) return tabularFinding('row.repeats_header', place)
  const label = firstFilled(cells)
  if (!TOTALS.test(label) || !cells.some((cell) => cell.trim() === '')) return null
  return tabularFinding('row.totals', { ...place, value: label })
}

function firstFilled(cells: readonly string[]): string {
  const cell = cells[0] ?? ''
  return cell !== '' ? cell : (cells.find((other) => other !== '') ?? '')
}
