/**
 * Reading a cell that opens with a quote: escapes, line ends inside, and the repair of quotes that are not
 * closed or not escaped. Promises that a broken quote costs its own cell and nothing after it.
 */
import type { CellCutter } from './cell-cutter.ts'
import type { Dialect, ScanLimits } from './csv-dialect.ts'

/** What a scanner lends: the searched text and where cells end in it. */
export type Scanned = {
  s: string
  n: number
  isLast: boolean
  readonly cutter: CellCutter
  /** Whether a cell may end at the position: delimiter, line end or end of text. */
  isCellEnd(at: number): boolean
  isDelimiterAt(at: number): boolean
}

export type QuotedCells = {
  /** The text of the cell that was read last. */
  readonly text: string
  /** Position after the closing quote (and blanks), MORE when text is missing, BROKEN when it is not closed. */
  read(open: number): number
  /** Position after a cell that is broken; it ends on its own line, before `eol`. */
  repair(open: number, eol: number): number
  /** End of an unquoted cell. */
  plainEnd(from: number, eol: number): number
  /** Text with its escapes resolved; `isQuoted` when it stood in quotes. */
  unescaped(text: string): string
  /** A quote was never closed: after many of them the search for a close is kept short. */
  noteUnclosed(): void
}

export const MORE = -1
export const BROKEN = -2
const SPACE = 32
const TAB = 9
const PATIENCE = 16
/** Cells in quotes are seldom longer: how far a close is looked for after many that never came. */
export const SHORT_SEARCH = 16 * 1024

export function createQuotedCells(
  dialect: Dialect,
  delimiter: string,
  limits: ScanLimits,
  at: Scanned,
): QuotedCells {
  const quote = dialect.quote ?? ''
  const q0 = quote === '' ? -1 : quote.charCodeAt(0)
  const e0 = dialect.escape === null || dialect.escape === quote ? -1 : dialect.escape.charCodeAt(0)
  const escape = e0 < 0 ? '' : dialect.escape!
  const isDoubling = quote !== '' && dialect.escape !== null
  let text = ''
  let unclosed = 0

  const isEscaped = (position: number, from: number): boolean => {
    let back = position
    while (back > from && at.s.charCodeAt(back - 1) === e0) back--
    return (position - back) % 2 === 1
  }

  const unescaped = (escaped: string): string => {
    let done = ''
    let from = 0
    for (
      let i = escaped.indexOf(escape);
      i !== -1 && i + 1 < escaped.length;
      i = escaped.indexOf(escape, from)
    ) {
      const c = escaped.charCodeAt(i + 1)
      // Only what needs an escape loses it: "C:\new" stays as it is.
      const isMeant = c === q0 || c === e0 || escaped.startsWith(delimiter, i + 1)
      done += escaped.slice(from, isMeant ? i : i + 1) + (isMeant ? escaped[i + 1] : '')
      from = isMeant ? i + 2 : i + 1
    }
    return done + escaped.slice(from)
  }

  /** Position where the cell ends if the quote at `close` closes it, or MORE or BROKEN. */
  const endAfter = (close: number): number => {
    const { s, n, isLast } = at
    let end = close + 1
    const c = s.charCodeAt(end)
    const isBlank = (c === SPACE || c === TAB) && !at.isDelimiterAt(end)
    while (isBlank && end < n && !at.isDelimiterAt(end)) {
      const blank = s.charCodeAt(end)
      if (blank !== SPACE && blank !== TAB) break
      end++
    }
    if (end + delimiter.length > n && !isLast) return MORE
    return at.isCellEnd(end) ? end : BROKEN
  }

  const read = (open: number): number => {
    const { s, n, isLast } = at
    const from = open + 1
    const bound = from + (unclosed > PATIENCE ? SHORT_SEARCH : limits.cellLength)
    let hasDouble = false
    let hasEscape = false
    let close = s.indexOf(quote, from)
    for (;;) {
      if (close === -1 || close > bound) return close === -1 && !isLast && n < bound ? MORE : BROKEN
      if (e0 >= 0 && isEscaped(close, from)) {
        hasEscape = true
        close = s.indexOf(quote, close + 1)
      } else if (close + 1 >= n && !isLast) return MORE
      else if (isDoubling && s.charCodeAt(close + 1) === q0) {
        hasDouble = true
        close = s.indexOf(quote, close + 2)
      } else break
    }
    const end = endAfter(close)
    if (end < 0) return end
    const cell = at.cutter.cut(from, close)
    if (hasEscape || (e0 >= 0 && cell.includes(escape))) text = unescaped(cell)
    else text = hasDouble ? cell.replaceAll(quote + quote, quote) : cell
    return end
  }

  const plainEnd = (from: number, eol: number): number => {
    let end = at.s.indexOf(delimiter, from)
    while (e0 >= 0 && end !== -1 && end < eol && isEscaped(end, from)) end = at.s.indexOf(delimiter, end + 1)
    return end === -1 || end > eol ? eol : end
  }

  /**
   * Two readings: unescaped quotes inside a quoted cell (`"the "Pro" jacket",`), or a quote that is a
   * character of its cell (`"28/01/2018,`). The first holds when a close follows before anything that looks
   * like the opening of another cell.
   */
  const repair = (open: number, eol: number): number => {
    const { s } = at
    for (
      let close = s.indexOf(quote, open + 1);
      close !== -1 && close < eol;
      close = s.indexOf(quote, close + 1)
    ) {
      if (at.isCellEnd(close + 1)) {
        const cell = at.cutter.cut(open + 1, close)
        text = isDoubling ? cell.replaceAll(quote + quote, quote) : cell
        return close + 1
      }
      if (close >= delimiter.length && s.startsWith(delimiter, close - delimiter.length)) break
    }
    const end = plainEnd(open, eol)
    text = at.cutter.cut(open, end)
    return end
  }

  return {
    get text() {
      return text
    },
    read,
    repair,
    plainEnd,
    unescaped: (cell) => (e0 >= 0 && cell.includes(escape) ? unescaped(cell) : cell),
    noteUnclosed() {
      unclosed++
    },
  }
}
