/**
 * Where the tables are: preamble, header rows, data, footer, further tables. Works on the records of the
 * sample; promises that every record belongs to exactly one table and to one of its parts. Totals stay rows
 * (with a finding): only notes below a table are its footer.
 */
import { cellType } from './cell-type.ts'
import {
  type Cells,
  columnProfile,
  filledCells,
  firstDataRow,
  firstFull,
  fit,
  hasValues,
  headerRowsAbove,
  isBlank,
  isUndivided,
  type Profile,
  type Records,
  sameCells,
  trimmedWidth,
} from './header-rows.ts'

export type TableShape = {
  /** First record of this table's part of the file, its preamble included; from 0, blank lines counted. */
  readonly start: number
  readonly preambleRows: number
  readonly headerRows: number
  /** Columns, by the rows of the table. */
  readonly width: number
  /** First record that belongs to the next table, or null: to the end. */
  readonly end: number | null
  readonly footerRows: number
}

type Look = {
  /** Whether `records` are all there are; otherwise `tail` are the last ones. */
  readonly complete: boolean
  readonly tail?: Records
  /** A person said that there is no header. */
  readonly headless?: boolean
}

export function findTables(all: Records, look: Look): TableShape[] {
  // The line by which Excel names the delimiter is none of the table.
  const records = /^sep=/i.test(all[0]?.[0] ?? '') ? [[], ...all.slice(1)] : all
  const shapes: TableShape[] = []
  let start = 0
  while (start < records.length && shapes.length < 100) {
    const shape = findTable(records, start, look)
    if (shape === null) break
    shapes.push(shape)
    if (shape.end === null) break
    start = shape.end
  }
  return shapes
}

function findTable(records: Records, start: number, look: Look): TableShape | null {
  const { complete, tail = [], headless = false } = look
  let from = start
  while (from < records.length && isBlank(records[from]!)) from++
  if (from >= records.length) return null
  const block = records.slice(start)
  const width = usualWidth(block)
  const profile = columnProfile(block, width)
  const first = headless ? firstFull(block, width) : firstDataRow(block, width, profile)
  const headerRows = headless ? 0 : first === null ? 1 : headerRowsAbove(block, first, width, profile)
  const dataAt = first ?? from - start + 1
  const headerAt = dataAt - headerRows
  const end = tableEnd(records, start + headerAt, start + dataAt, width, profile)
  const last = end ?? records.length
  const isSeen = end !== null || complete
  const footerRows = isSeen
    ? footerOf(records, start + dataAt, last, width, profile)
    : footerOf(tail, 0, tail.length, width, profile)
  const header = headerRows > 0 ? headerWidth(block[headerAt]!, width) : 0
  return { start, preambleRows: headerAt, headerRows, width: Math.max(width, header, 1), end, footerRows }
}

/** A header may name more columns than rows have; but as many names as cells, with blanks between, are these. */
function headerWidth(header: Cells, width: number): number {
  return filledCells(header) === width ? width : trimmedWidth(header)
}

/** The width that most rows have; of the first table, where later ones are wider or narrower. */
export function usualWidth(records: Records): number {
  const counts = new Map<number, number>()
  let seen = 0
  for (const record of records) {
    if (isBlank(record)) continue
    counts.set(record.length, (counts.get(record.length) ?? 0) + 1)
    if (++seen >= 2000) break
  }
  let best = 0
  let most = 0
  for (const [width, count] of counts) {
    const weight = width === 1 ? count * 0.5 : count
    // What comes first wins a close race: a second table below must not name the width of the first.
    if (weight > most * (seen > 5 ? 1.1 : 1) || (seen <= 5 && weight === most && width > best)) {
      most = weight
      best = width
    }
  }
  return best
}

/** The record at which another table begins, or null. */
function tableEnd(
  records: Records,
  headerAt: number,
  dataAt: number,
  width: number,
  profile: Profile,
): number | null {
  const header = dataAt > headerAt ? records[headerAt]! : null
  for (let at = dataAt; at < records.length; at++) {
    const record = records[at]!
    if (
      header !== null &&
      header.length >= 2 &&
      record.length >= 2 &&
      record[0] === header[0] &&
      sameCells(record, header)
    )
      return at
    if (at === dataAt || isBlank(record)) continue
    if (record.length !== width && changesWidth(records, at)) return firstBlankBefore(records, at)
    if (!isBlank(records[at - 1]!)) continue
    if (beginsTable(records, at, width, profile)) return firstBlankBefore(records, at)
  }
  return null
}

/** Names over rows of values that are all as wide as the names, and not as wide as the table. */
function changesWidth(records: Records, at: number): boolean {
  const width = records[at]!.length
  const next = records.slice(at + 1, at + 4)
  if (width < 2 || next.length < 2 || hasValues(records[at]!) || filledCells(records[at]!) < width)
    return false
  return next.every((record) => record.length === width && hasValues(record))
}

/** After a blank row: a header of its own over rows of its own. */
function beginsTable(records: Records, at: number, width: number, profile: Profile): boolean {
  const record = records[at]!
  const next = records[at + 1]
  if (next === undefined || isBlank(next) || filledCells(record) < 2) return false
  const own = trimmedWidth(record)
  if (record.length !== width) {
    const after = records[at + 2]
    return (
      own >= 2 &&
      next.length === record.length &&
      (after === undefined || after.length === record.length || isBlank(after))
    )
  }
  const { agree, conflict } = fit(record, profile)
  const below = fit(next, profile)
  return agree === 0 && conflict >= 2 && conflict > profile.length / 3 && below.agree + below.conflict > 0
}

function firstBlankBefore(records: Records, at: number): number {
  let first = at
  while (first > 0 && isBlank(records[first - 1]!)) first--
  return first
}

const NOTE =
  /^\s*(?:[*†‡#©([]|-{2,}|={2,}|notes?\b|source|footnote|pozn|zdroj|quelle|hinweis|generated|exported|printed|end of|\d+ rows?\b)/i
const MAX_FOOTER = 30

/** Notes below the data: a lone text in the first column of a table that is wider and otherwise filled. */
function footerOf(records: Records, dataAt: number, end: number, width: number, profile: Profile): number {
  if (width < 2) return 0
  let notes = 0
  let count = 0
  for (let at = end - 1; at > dataAt && count < MAX_FOOTER; at--) {
    const record = records[at]!
    if (isBlank(record)) continue
    if (!isNote(record, isBlank(records[at - 1]!), width, profile)) break
    count++
    notes = count
  }
  return notes
}

function isNote(record: Cells, afterBlank: boolean, width: number, profile: Profile): boolean {
  const text = (record[0] ?? '').trim()
  if (text === '' || filledCells(record) !== 1) return false
  if (NOTE.test(text)) return true
  if (width < 3) return afterBlank && record.length === 1
  const type = cellType(text)
  if (type !== 'text' && type !== 'odd') return false
  if (isUndivided(record, profile)) return false
  // A short last row may be a row that was cut off; a sentence is none.
  return (
    afterBlank || text.length >= 60 || (text.includes(' ') && (record.length === 1 || profile[0] !== null))
  )
}
