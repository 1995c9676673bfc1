/**
 * Which row is the header: by how full it is, and by where text stands over columns of values. Says for the
 * rows of one table where its data begins and how many rows above are names.
 */
import { type CellType, cellType } from './cell-type.ts'

export type Cells = readonly string[]
export type Records = readonly Cells[]

/** Rows that are looked at for a header, and for what a column usually holds. */
const LOOK = 60
const PROFILE_ROWS = 200
const MAX_HEADER_ROWS = 5

export function isBlank(record: Cells): boolean {
  return record.every((cell) => cell.trim() === '')
}

export function filledCells(record: Cells): number {
  let filled = 0
  for (const cell of record) if (cell.trim() !== '') filled++
  return filled
}

/** Width without blank cells at the end. */
export function trimmedWidth(record: Cells): number {
  let width = record.length
  while (width > 0 && record[width - 1]!.trim() === '') width--
  return width
}

type ValueType = Exclude<CellType, 'empty' | 'text' | 'odd'>
/** For each column the type of value that most of its cells are, or null: text, or nothing to tell by. */
export type Profile = readonly (ValueType | null)[]

export function columnProfile(records: Records, width: number): Profile {
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
export function fit(record: Cells, profile: Profile): { agree: number; conflict: number } {
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
export function firstDataRow(block: Records, width: number, profile: Profile): number | null {
  const valued = profile.filter((type) => type !== null).length
  const first = firstFull(block, width)
  if (first === null) return null
  if (valued === 0)
    return isTextHeader(block, first, width) ? nextFilled(block, first + repeats(block, first)) : first
  for (let at = first; at < Math.min(block.length, LOOK); at++) {
    const record = block[at]!
    if (isBlank(record)) continue
    if (at > first && isUndivided(record, profile) && isNames(block[at - 1]!, width)) return at
    if (record.length < width / 2) continue
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

/** All of a row in one cell: blanks divide it, and among its words is an address, as rows of the table have one. */
export function isUndivided(record: Cells, profile: Profile): boolean {
  const [text = ''] = record
  if (filledCells(record) !== 1 || !profile.includes('address')) return false
  const words = text.trim().split(/\s+/)
  return words.length >= profile.length && words.some((word) => cellType(word) === 'address')
}

export function firstFull(block: Records, width: number): number | null {
  const first = block.findIndex((record) => !isBlank(record) && isFull(record, width))
  return first === -1 ? null : first
}

export function hasValues(record: Cells): boolean {
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
export function headerRowsAbove(block: Records, first: number, width: number, profile: Profile): number {
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

export function sameCells(a: Cells, b: Cells): boolean {
  const width = Math.min(a.length, b.length)
  if (width === 0 || Math.max(a.length, b.length) > width + 3) return false
  for (let i = 0; i < width; i++) if (a[i]!.trim() !== b[i]!.trim()) return false
  return a.slice(0, width).some((cell) => cell.trim() !== '')
}
