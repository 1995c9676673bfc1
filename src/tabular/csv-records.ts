/**
 * The scanner: text of any cut → records of cells. Hides quoting, escapes, line ends of every sort and the
 * repair of broken quotes. Promises: cells are never shifted or merged in silence (each repair is a note),
 * a record that is cut by the end of the text is left for the next call, and cost stays linear.
 */
import { refuseFile } from './refusals.ts'

export type Dialect = {
  readonly delimiter: string
  /** One character, or null when nothing quotes. */
  readonly quote: string | null
  /** The quote itself (doubled), a backslash or another character, or null for none. */
  readonly escape: string | null
  /** Lines that start with this are no records. */
  readonly comment: string | null
  /** Whether a CR without LF ends a record. */
  readonly loneCr: boolean
  /** Whether blanks stand between a delimiter and an opening quote. */
  readonly padded: boolean
}

export type ScanLimits = {
  readonly cellLength: number
  readonly recordLength: number
  readonly columns: number
}

export const SCAN_LIMITS: ScanLimits = {
  cellLength: 4 * 1024 * 1024,
  recordLength: 16 * 1024 * 1024,
  columns: 16_384,
}

export type ScanNote = {
  readonly kind: 'quote_unclosed' | 'quote_stray'
  /** Index of the record within this scan. */
  readonly record: number
  readonly column: number
  readonly line: number
}

/** What one call found. Parallel arrays: an object for each record would cost a fifth of the speed. */
export type ScanResult = {
  /** A blank line is a record of no cells. */
  readonly cells: string[][]
  readonly starts: number[]
  readonly lines: number[]
  readonly notes: ScanNote[]
  readonly comments: number
  /** Characters used; the rest must come again, followed by more text. */
  readonly consumed: number
}

export type RecordScanner = { scan(text: string, last: boolean): ScanResult; readonly line: number }

const LF = 10
const CR = 13
const SPACE = 32
const TAB = 9
const NONE = Number.MAX_SAFE_INTEGER
/** After so many quotes that were never closed, a search for a close is kept short. */
const PATIENCE = 16
const SHORT_SEARCH = 16 * 1024

export function createRecordScanner(
  dialect: Dialect,
  limits: ScanLimits = SCAN_LIMITS,
  firstLine = 1,
): RecordScanner {
  const { delimiter, quote, comment, loneCr, padded } = dialect
  const delimiterLength = delimiter.length
  const d0 = delimiter.charCodeAt(0)
  const isOneChar = delimiterLength === 1
  const q0 = quote === null ? -1 : quote.charCodeAt(0)
  const e0 = dialect.escape === null || dialect.escape === quote ? -1 : dialect.escape.charCodeAt(0)
  const isDoubling = quote !== null && dialect.escape !== null
  const escapeText = e0 < 0 ? '' : String.fromCharCode(e0)
  let line = firstLine
  let unclosed = 0

  let s = ''
  let n = 0
  let isLast = false
  let out: { cells: string[][]; starts: number[]; lines: number[]; notes: ScanNote[] }
  // The cell that `quotedCell` read.
  let cellText = ''
  let cellBreaks = 0

  const isDelimiterAt = (p: number): boolean =>
    s.charCodeAt(p) === d0 && (isOneChar || s.startsWith(delimiter, p))

  const isBreak = (c: number, p: number): boolean =>
    c === LF || (c === CR && (loneCr || p + 1 >= n || s.charCodeAt(p + 1) === LF))

  const isCellEnd = (p: number): boolean => p >= n || isDelimiterAt(p) || isBreak(s.charCodeAt(p), p)

  /** End of an unquoted cell that starts at p. */
  const plainEnd = (p: number, eol: number): number => {
    const at = s.indexOf(delimiter, p)
    if (e0 >= 0) return escapedEnd(p, eol)
    return at === -1 || at > eol ? eol : at
  }

  /** As plainEnd, where an escape character may stand before the delimiter. */
  const escapedEnd = (p: number, eol: number): number => {
    for (let at = s.indexOf(delimiter, p); at !== -1 && at < eol; at = s.indexOf(delimiter, at + 1)) {
      if (!isEscaped(at, p)) return at
    }
    return eol
  }

  const isEscaped = (at: number, from: number): boolean => {
    let back = at
    while (back > from && s.charCodeAt(back - 1) === e0) back--
    return (at - back) % 2 === 1
  }

  const breaksBetween = (from: number, to: number): number => {
    let breaks = 0
    for (let at = s.indexOf('\n', from); at !== -1 && at < to; at = s.indexOf('\n', at + 1)) breaks++
    for (let at = s.indexOf('\r', from); at !== -1 && at < to; at = s.indexOf('\r', at + 1)) {
      if (s.charCodeAt(at + 1) !== LF) breaks++
    }
    return breaks
  }

  const unescaped = (text: string, hasDouble: boolean, hasEscape: boolean): string => {
    if (hasEscape) {
      let done = ''
      let from = 0
      for (
        let at = text.indexOf(escapeText);
        at !== -1 && at + 1 < text.length;
        at = text.indexOf(escapeText, from)
      ) {
        const c = text.charCodeAt(at + 1)
        // Only what needs an escape loses it: "C:\new" stays as it is.
        const isMeant = c === q0 || c === e0 || text.startsWith(delimiter, at + 1)
        done += text.slice(from, isMeant ? at : at + 1) + (isMeant ? text[at + 1] : '')
        from = isMeant ? at + 2 : at + 1
      }
      return done + text.slice(from)
    }
    return hasDouble ? text.replaceAll(quote + quote!, quote!) : text
  }

  /**
   * Reads the quoted cell that opens at p. Returns the position after its closing quote (and blanks),
   * -1 when more text is needed, -2 when it is not a well-formed quoted cell.
   */
  const quotedCell = (p: number): number => {
    const from = p + 1
    const bound = from + (unclosed > PATIENCE ? SHORT_SEARCH : limits.cellLength)
    let hasDouble = false
    let hasEscape = false
    let at = s.indexOf(quote!, from)
    for (;;) {
      if (at === -1 || at > bound) return at === -1 && !isLast && n < bound ? -1 : -2
      if (e0 >= 0 && s.charCodeAt(at - 1) === e0 && isEscaped(at, from)) {
        hasEscape = true
        at = s.indexOf(quote!, at + 1)
        continue
      }
      if (at + 1 >= n && !isLast) return -1
      const c = s.charCodeAt(at + 1)
      if (c === q0 && isDoubling) {
        hasDouble = true
        at = s.indexOf(quote!, at + 2)
        continue
      }
      let end = at + 1
      if (end >= n || c === d0 || c === LF || c === CR) {
        if (end + delimiterLength > n && !isLast) return -1
        if (!isCellEnd(end)) return -2
      } else if (c === SPACE || c === TAB) {
        while (end < n && !isDelimiterAt(end) && (s.charCodeAt(end) === SPACE || s.charCodeAt(end) === TAB))
          end++
        if (end + delimiterLength > n && !isLast) return -1
        if (!isCellEnd(end)) return -2
      } else return -2
      if (e0 >= 0 && !hasEscape && at > from) hasEscape = s.slice(from, at).includes(escapeText)
      cellText = s.slice(from, at)
      cellBreaks = 0
      if (hasDouble || hasEscape) cellText = unescaped(cellText, hasDouble, hasEscape)
      return end
    }
  }

  /**
   * A quote opened at p, but nothing closes it properly. Two readings: unescaped quotes inside a quoted
   * cell (`"the "Pro" jacket",`), or a quote that is a character of its cell (`"28/01/2018,`). The first
   * holds when a close follows before anything that looks like the opening of another cell.
   */
  const repairedCell = (p: number, eol: number): number => {
    for (let at = s.indexOf(quote!, p + 1); at !== -1 && at < eol; at = s.indexOf(quote!, at + 1)) {
      if (isCellEnd(at + 1) && !(at + 1 < eol && s.charCodeAt(at + 1) === q0)) {
        const text = s.slice(p + 1, at)
        cellText = isDoubling ? text.replaceAll(quote + quote!, quote!) : text
        return at + 1
      }
      const isOpening = at >= delimiterLength && s.startsWith(delimiter, at - delimiterLength)
      if (isOpening) break
    }
    const end = plainEnd(p, eol)
    cellText = s.slice(p, end)
    return end
  }

  /** One record that has a quote or an escape in it. Returns the position after it, or -1. */
  const scanHardRecord = (start: number, nextBreak: (p: number) => number): number => {
    const cells: string[] = []
    const notes: ScanNote[] = []
    let p = start
    let recordBreaks = 0
    for (;;) {
      let open = p
      if (padded) while (s.charCodeAt(open) === SPACE) open++
      let end: number
      if (s.charCodeAt(open) === q0) {
        end = quotedCell(open)
        if (end === -1) return -1
        if (end === -2) {
          const eol = nextBreak(p)
          if (eol === NONE && !isLast) return -1
          end = repairedCell(open, Math.min(eol, n))
          const isUnclosed = cellText.charCodeAt(0) === q0
          if (isUnclosed) unclosed++
          notes.push({
            kind: isUnclosed ? 'quote_unclosed' : 'quote_stray',
            record: out.cells.length,
            column: cells.length,
            line: line + recordBreaks,
          })
        } else {
          const first = nextBreak(open)
          if (first < end) {
            cellBreaks = breaksBetween(first, end)
            recordBreaks += cellBreaks
          }
        }
        cells.push(cellText)
      } else {
        const eol = nextBreak(p)
        if (eol === NONE && !isLast) return -1
        end = plainEnd(p, Math.min(eol, n))
        const text = s.slice(p, end)
        cells.push(e0 >= 0 && text.includes(escapeText) ? unescaped(text, false, true) : text)
      }
      if (cells.length > limits.columns)
        throw refuseFile('file.too_many_columns', { line, limit: limits.columns })
      if (end < n && isDelimiterAt(end)) {
        p = end + delimiterLength
        continue
      }
      if (end >= n && !isLast) return -1
      let after = end
      if (end < n) {
        if (s.charCodeAt(end) === CR && end + 1 >= n && !isLast) return -1
        after = s.charCodeAt(end) === CR && s.charCodeAt(end + 1) === LF ? end + 2 : end + 1
      }
      out.cells.push(cells)
      out.starts.push(start)
      out.lines.push(line)
      if (notes.length > 0) out.notes.push(...notes)
      line += recordBreaks + 1
      return after
    }
  }

  const scanPlainRecord = (start: number, eol: number): void => {
    const cells: string[] = []
    if (eol > start) {
      let from = start
      let at = s.indexOf(delimiter, from)
      while (at !== -1 && at < eol) {
        cells.push(s.slice(from, at))
        from = at + delimiterLength
        at = s.indexOf(delimiter, from)
      }
      cells.push(s.slice(from, eol))
      if (cells.length > limits.columns)
        throw refuseFile('file.too_many_columns', { line, limit: limits.columns })
    }
    out.cells.push(cells)
    out.starts.push(start)
    out.lines.push(line)
    line++
  }

  const scan = (text: string, last: boolean): ScanResult => {
    s = text
    n = text.length
    isLast = last
    out = { cells: [], starts: [], lines: [], notes: [] }
    let comments = 0
    let lf = -1
    let cr = -1
    let hard = -1
    let esc = -1
    const nextBreak = (p: number): number => {
      if (lf < p) {
        const at = s.indexOf('\n', p)
        lf = at === -1 ? NONE : at
      }
      if (cr < p) {
        let at = s.indexOf('\r', p)
        if (!loneCr)
          while (at !== -1 && at + 1 < n && s.charCodeAt(at + 1) !== LF) at = s.indexOf('\r', at + 1)
        cr = at === -1 ? NONE : at
      }
      return lf < cr ? lf : cr
    }
    let p = 0
    while (p < n) {
      let eol = nextBreak(p)
      if (quote !== null && hard < p) {
        const at = s.indexOf(quote, p)
        hard = at === -1 ? NONE : at
      }
      if (e0 >= 0 && esc < p) {
        const at = s.indexOf(escapeText, p)
        esc = at === -1 ? NONE : at
      }
      const isComment = comment !== null && s.startsWith(comment, p)
      if (isComment || ((quote === null || hard > eol) && (e0 < 0 || esc > eol))) {
        if (eol === NONE) {
          if (!isLast) break
          eol = n
        }
        const isCr = s.charCodeAt(eol) === CR
        if (isCr && eol + 1 >= n && !isLast) break
        if (isComment) {
          comments++
          line++
        } else scanPlainRecord(p, eol)
        p = isCr && s.charCodeAt(eol + 1) === LF ? eol + 2 : eol + 1
        continue
      }
      const after = scanHardRecord(p, nextBreak)
      if (after === -1) break
      p = after
    }
    const consumed = Math.min(p, n)
    if (n - consumed > limits.recordLength)
      throw refuseFile('file.line_too_long', { line, limit: limits.recordLength })
    return { ...out, comments, consumed }
  }

  return {
    scan,
    get line() {
      return line
    },
  }
}
