/**
 * Where the table is: preamble, header rows, data, footer, further tables. Works on the records of the
 * sample only; promises that every record belongs to exactly one of these parts.
 */
import { type CellType, cellType } from './cell-type.ts'

export type TableShape = {
  /** First record of this table's part of the file, its preamble included; from 0, blank lines counted. */
  readonly start: number
  readonly preambleRows: number
  readonly headerRows: number
  /** Columns, by the rows of the table. */
  readonly width: number
  /** First record that is no longer of this table (its footer excluded), or null: to the end. */
  readonly end: number | null
  readonly footerRows: number
}

const LOOK = 60

export function findTables(records: readonly string[][], _complete: boolean): TableShape[] {
  const width = usualWidth(records)
  let at = 0
  while (at < records.length && at < LOOK && isPreamble(records[at]!, width)) at++
  if (at >= records.length || at >= LOOK) at = records.findIndex((r) => r.length > 0)
  if (at < 0) return []
  const headerRows = looksLikeHeader(records, at, width) ? 1 : 0
  return [{ start: 0, preambleRows: at, headerRows, width: Math.max(width, 1), end: null, footerRows: 0 }]
}

export function usualWidth(records: readonly string[][]): number {
  const counts = new Map<number, number>()
  for (const r of records) if (r.length > 0) counts.set(r.length, (counts.get(r.length) ?? 0) + 1)
  let best = 0
  let most = 0
  for (const [w, count] of counts) {
    const weight = w === 1 ? count * 0.9 : count
    if (weight > most || (weight === most && w > best)) {
      most = weight
      best = w
    }
  }
  return best
}

export function filledCells(record: readonly string[]): number {
  let filled = 0
  for (const cell of record) if (cell.trim() !== '') filled++
  return filled
}

function isPreamble(record: readonly string[], width: number): boolean {
  if (width <= 1) return filledCells(record) === 0
  return filledCells(record) <= (width > 2 ? 1 : 0) || record.length < width / 2
}

/** A header is text over columns that are something else, or full, unlike and unrepeated text. */
function looksLikeHeader(records: readonly string[][], at: number, width: number): boolean {
  const header = records[at]!
  const body = records.slice(at + 1, at + 1 + LOOK).filter((r) => r.length > 0)
  const types = header.map(cellType)
  if (types.some((t) => t === 'number' || t === 'date' || t === 'address')) {
    const plain = types.filter((t) => t === 'number' || t === 'date' || t === 'address').length
    if (plain * 2 >= width) return false
  }
  if (body.length === 0) return true
  let votes = 0
  for (let column = 0; column < header.length; column++) {
    const below = body.map((r) => cellType(r[column] ?? '')).filter((t): t is CellType => t !== 'empty')
    if (below.length === 0 || types[column] === 'empty') continue
    const values = below.filter(
      (t) => t === 'number' || t === 'date' || t === 'address' || t === 'boolean',
    ).length
    const isValue = types[column] !== 'text' && types[column] !== 'odd'
    if (values * 2 > below.length) votes += isValue ? -1 : 1
    else votes += body.some((r) => r[column] === header[column]) ? -0.5 : 0.25
  }
  return votes >= 0
}
