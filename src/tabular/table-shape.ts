/**
 * Where the tables are: preamble, header rows, data, footer, further tables. Works on the records of the
 * sample; promises that every record belongs to exactly one table and to one of its parts. Totals stay rows
 * (with a finding): only notes below a table are its footer.
 */
import { type CellType, cellType } from './cell-type.ts'

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

type Cells = readonly string[]
type Records = readonly Cells[]

/** Rows that are looked at for a header, and for what a column usually holds. */
const LOOK = 60
const PROFILE_ROWS = 200
const MAX_HEADER_ROWS = 5

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

export function isBlank(record: Cells): boolean {
  return record.every((cell) => cell.trim() === '')
}

export function filledCells(record: Cells): number {
  let filled = 0
  for (const cell of record) if (cell.trim() !== '') filled++
  return filled
}

/** Width without blank cells at the end. */
function trimmedWidth(record: Cells): number {
  let width = record.length
  while (width > 0 && record[width - 1]!.trim() === '') width--
  return width
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

type ValueType = Exclude<CellType, 'empty' | 'text' | 'odd'>
/** For each column the type of value that most of its cells are, or null: text, or nothing to tell by. */
type Profile = readonly (ValueType | null)[]

function columnProfile(records: Records, width: number): Profile {
  const rows: Cells[] = []
  for (let at = 0; at < records.length && rows.length < PROFILE_ROWS; at++) {
    if (records[at]!.length === width && !isBlank(records[at]!)) rows.push(records[at]!)
  }
  // The first rows may be header: the lower two thirds say what the columns hold.
  const body = rows.slice(Math.min(MAX_HEADER_ROWS, Math.ceil(rows.length / 3)))
  return Array.from({ length: width }, (_, column) => {
    const counts = new Map<CellType, number>()
    let filled = 0
    for (const row of body) {
      const type = cellType(row[column]!)
      if (type === 'empty') continue
      filled++
      counts.set(type, (counts.get(type) ?? 0) + 1)
    }
    for (const [type, count] of counts) {
      if (type !== 'text' && type !== 'odd' && type !== 'empty' && count > filled * 0.6) return type
    }
    return null
  })
}

/** How a row goes with the profile: cells that are values where values stand, and text where values stand. */
function fit(record: Cells, profile: Profile): { agree: number; conflict: number } {
  let agree = 0
  let conflict = 0
  for (let column = 0; column < profile.length; column++) {
    if (profile[column] === null) continue
    const type = cellType(record[column] ?? '')
    if (type === 'empty') continue
    if (type === 'text' || type === 'odd' || type !== profile[column])
      conflict += type === 'boolean' ? 0.5 : 1
    else agree++
  }
  return { agree, conflict }
}

/** Row of the first data, or null when all there is may be a header. */
function firstDataRow(block: Records, width: number, profile: Profile): number | null {
  const valued = profile.filter((type) => type !== null).length
  const first = firstFull(block, width)
  if (first === null) return null
  if (valued === 0)
    return isTextHeader(block, first, width) ? nextFilled(block, first + repeats(block, first)) : first
  for (let at = first; at < Math.min(block.length, LOOK); at++) {
    const record = block[at]!
    if (isBlank(record) || record.length < width / 2) continue
    const { agree, conflict } = fit(record, profile)
    if (agree > conflict && (at > first || !isCountingHeader(record, at, block))) return at
    // A row that does not fit, below a full row of names: broken data, but no second row of names.
    if (at > first && isNames(block[at - 1]!, width) && !sameCells(record, block[at - 1]!)) {
      if (hasValues(record) && !isCountingHeader(record, at, block)) return at
      if (isFull(record, width) && conflict < Math.max(2, valued * 0.6)) return at
    }
    // Nothing but blanks where values stand: data, if the row above was full and no data either.
    if (agree === 0 && conflict === 0 && at > first && isFull(record, width) && valued < width) return at
  }
  return nextFilled(block, first)
}

function firstFull(block: Records, width: number): number | null {
  const first = block.findIndex((record) => !isBlank(record) && isFull(record, width))
  return first === -1 ? null : first
}

function hasValues(record: Cells): boolean {
  return record.map(cellType).some((type) => type === 'number' || type === 'date' || type === 'address')
}

function isNames(record: Cells, width: number): boolean {
  return record.length >= width && filledCells(record) >= width * 0.8 && !hasValues(record)
}

function nextFilled(block: Records, at: number): number | null {
  for (let next = at + 1; next < block.length; next++) if (!isBlank(block[next]!)) return next
  return null
}

/** Rows right below that say the same again, as two header rows do. */
function repeats(block: Records, at: number): number {
  let same = 0
  while (block[at + same + 1] !== undefined && sameCells(block[at + same + 1]!, block[at]!)) same++
  return same
}

function isFull(record: Cells, width: number): boolean {
  if (width <= 2) return record.length >= width && filledCells(record) >= Math.min(width, 1)
  return record.length >= width / 2 && filledCells(record) >= 2
}

/** A header over text: filled, short, distinct names that do not come again below. */
function isTextHeader(block: Records, at: number, width: number): boolean {
  const names = block[at]!.map((cell) => cell.trim())
  const types = names.map(cellType)
  if (types.some((type) => type === 'number' || type === 'date' || type === 'address')) return false
  const filled = names.filter((name) => name !== '')
  if (filled.length < Math.min(width, trimmedWidth(block[at]!)) * 0.5) return false
  if (new Set(filled).size < filled.length * 0.7 && filled.length > 3) return false
  if (filled.some((name) => name.length > 120)) return false
  const below = block.slice(at + 1, at + 1 + PROFILE_ROWS)
  const again = names.filter((name, column) => {
    if (name === '') return false
    return below.some((r) => r[column]?.trim() === name && !sameCells(r, block[at]!))
  }).length
  return again * 2 <= filled.length
}

/** A header of years or running numbers over numbers: rising whole numbers, unlike those below. */
function isCountingHeader(record: Cells, at: number, block: Records): boolean {
  const numbers = record.filter((cell) => /^\d{1,4}$/.test(cell.trim())).map(Number)
  if (numbers.length < 3 || numbers.length < filledCells(record) - 2) return false
  const steps = numbers.slice(1).map((n, i) => n - numbers[i]!)
  if (!steps.every((step) => step === steps[0] && Math.abs(step) === 1)) return false
  const isFirstText = cellType(record[0] ?? '') === 'text' || (record[0] ?? '').trim() === ''
  const next = block[at + 1]
  return isFirstText && next !== undefined && !isBlank(next) && cellType(next[0] ?? '') !== 'empty'
}

/** How many rows above the first data are header: the row right above, and those that group or repeat it. */
function headerRowsAbove(block: Records, first: number, width: number, profile: Profile): number {
  let top = first
  let fullest = 0
  for (let at = first - 1; at >= 0 && first - at <= MAX_HEADER_ROWS; at--) {
    const record = block[at]!
    const filled = filledCells(record)
    if (filled === 0 || record.length > Math.max(width, 2) * 2) break
    const isTitle = filled === 1 && width > 1 && record[0]!.trim() !== ''
    if (isTitle || (width > 1 && record.length === 1)) break
    if (top < first && !belongsAbove(record, block[at + 1]!, fullest, width, profile)) break
    top = at
    fullest = Math.max(fullest, filled)
  }
  return first - top
}

/** Whether a row goes with the header row below it: the same again, names of groups, or a second full set. */
function belongsAbove(
  record: Cells,
  below: Cells,
  fullest: number,
  width: number,
  profile: Profile,
): boolean {
  if (sameCells(record, below)) return true
  if (record.length !== below.length && trimmedWidth(record) !== trimmedWidth(below)) return false
  const filled = filledCells(record)
  if (fit(record, profile).agree > fit(record, profile).conflict && filled === trimmedWidth(record))
    return false
  const isGroups = filled < width && filled >= 2
  const isSecondSet = fullest < width * 0.8 || (width >= 3 && filled >= width * 0.8)
  return isGroups || isSecondSet
}

function sameCells(a: Cells, b: Cells): boolean {
  const width = Math.min(a.length, b.length)
  if (width === 0 || Math.max(a.length, b.length) > width + 3) return false
  for (let i = 0; i < width; i++) if (a[i]!.trim() !== b[i]!.trim()) return false
  return a.slice(0, width).some((cell) => cell.trim() !== '')
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
  return afterBlank || record.length === 1 || text.length >= 60 || (profile[0] !== null && text.includes(' '))
}
