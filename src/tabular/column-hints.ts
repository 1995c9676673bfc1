/**
 * What the values of a column say about its numbers and dates: which mark is decimal, which part of a date
 * comes first. Decided by the whole column or not at all: an unsettled column is one question to a person,
 * never a guess for each row.
 */
import type { ColumnHint } from './reading.ts'

type Votes = {
  point: number
  comma: number
  pointOnly: number
  commaOnly: number
  dates: number
  dmy: number
  mdy: number
  ymd: number
}

export type HintCollector = {
  add(cells: readonly string[]): void
  hints(): ColumnHint[]
}

const DATE = /^(\d{1,4})([-/. ]) ?(\d{1,2})\2 ?(\d{1,4})(?:[T ,].*)?$/
const NUMERIC = /^[-+(]?\s?(?:[^\d\s.,-]{1,3}\s?)?[-+]?\d[\d.,'\u00a0\u202f ]*\s?(?:[^\d\s.,]{1,3})?\)?$/

/** `delimiter` of the file: a semicolon goes with decimal commas where a column itself does not tell. */
export function createHintCollector(width: number, delimiter: string): HintCollector {
  const votes: Votes[] = Array.from({ length: width }, () => ({
    point: 0,
    comma: 0,
    pointOnly: 0,
    commaOnly: 0,
    dates: 0,
    dmy: 0,
    mdy: 0,
    ymd: 0,
  }))
  return {
    add(cells) {
      for (let column = 0; column < width; column++) {
        const cell = cells[column]?.trim() ?? ''
        if (cell === '' || cell.length > 40) continue
        const first = cell.charCodeAt(0)
        // Nearly all text begins with a letter: passed over before the patterns are tried.
        if (first > 64 && first < 123 && !/\d/.test(cell)) continue
        if (!addDate(votes[column]!, cell)) addNumber(votes[column]!, cell)
      }
    },
    hints: () => {
      const settled = votes.map((vote) => decimalMarkOf(vote))
      const others = new Set(settled.filter((mark) => mark !== null))
      return votes.map((vote, column) => ({
        decimalMark: settled[column] ?? unsettledMark(vote, others, delimiter),
        dateOrder: dateOrderOf(vote),
      }))
    },
  }
}

function addDate(vote: Votes, cell: string): boolean {
  const match = DATE.exec(cell)
  if (match === null) return false
  const [, a, mark, b, c] = match as unknown as [string, string, string, string, string]
  if (a.length === 4) {
    vote.dates++
    vote.ymd++
    return true
  }
  if (a.length > 2 || c.length === 3 || c.length === 1 || Number(b) === 0) return false
  const first = Number(a)
  const second = Number(b)
  if (first > 31 || second > 31 || (first > 12 && second > 12)) return false
  vote.dates++
  // Nobody writes the month first between points.
  if (first > 12 || (mark === '.' && second <= 12)) vote.dmy++
  else if (second > 12) vote.mdy++
  return true
}

function dateOrderOf({ dates, ymd, dmy, mdy }: Votes): ColumnHint['dateOrder'] {
  if (dates === 0) return null
  if (ymd === dates) return 'ymd'
  if (dmy > 0 && mdy === 0 && ymd === 0) return 'dmy'
  if (mdy > 0 && dmy === 0 && ymd === 0) return 'mdy'
  return 'unsettled'
}

function addNumber(vote: Votes, cell: string): void {
  if (!NUMERIC.test(cell)) return
  const point = cell.lastIndexOf('.')
  const comma = cell.lastIndexOf(',')
  if (point === -1 && comma === -1) return
  if (point !== -1 && comma !== -1) {
    if (point > comma) vote.point++
    else vote.comma++
    return
  }
  const mark = point === -1 ? ',' : '.'
  const parts = cell.split(mark)
  const last = parts.at(-1)!.replace(/\D+$/, '')
  const isGrouping = parts.length > 2
  // 1.234 may be a thousand or one and a bit; 1.23 and 0.234 can only be decimals.
  const isDecimal =
    !isGrouping && (last.length !== 3 || /^\D*0$/.test(parts[0]!) || parts[0]!.replace(/\D/g, '').length > 3)
  if (isDecimal) {
    if (mark === '.') vote.point++
    else vote.comma++
  } else if (isGrouping) {
    if (mark === '.') vote.comma++
    else vote.point++
  } else if (mark === '.') vote.pointOnly++
  else vote.commaOnly++
}

function decimalMarkOf({ point, comma }: Votes): '.' | ',' | null {
  if (point > 0 && comma === 0) return '.'
  if (comma > 0 && point === 0) return ','
  return null
}

/** A column of 1.234 alone: as the other columns of the file have it, or open. */
function unsettledMark(vote: Votes, others: ReadonlySet<string>, delimiter: string): '.' | ',' | null {
  if (vote.pointOnly + vote.commaOnly === 0 || vote.point + vote.comma > 0) return null
  if (others.size === 1) return others.has(',') ? ',' : '.'
  return delimiter === ';' && vote.commaOnly > 0 && vote.pointOnly === 0 ? ',' : null
}
