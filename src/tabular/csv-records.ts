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
  /** Whether a blank follows every delimiter and belongs to it. */
  readonly spaced: boolean
  /** Whether several delimiters in a row are one. */
  readonly merged: boolean
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

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** What one call found. Parallel arrays: an object for each record would cost a fifth of the speed. */
export type ScanResult = {
  /** A blank line is a record of no cells. */
  readonly cells: string[][]
  readonly starts: number[]
  readonly lines: number[]
  readonly notes: ScanNote[]
  readonly comments: number
  /** Whether the piece has neither NUL nor replacement characters. */
  readonly isClean: boolean
  /** The text of records that do not have the width they should, by index. */
  readonly raw: Map<number, string>
  /** Characters used; the rest must come again, followed by more text. */
  readonly consumed: number
}

/**
 * Text to scan. Searching a string of one byte a character is several times faster, so UTF-8 and single-byte
 * encodings are searched as their bytes and cells are cut from the decoded text.
 */
export type Piece = {
  /** What is searched: the text itself, or its bytes as latin1. Positions are positions in this. */
  readonly searched: string
  readonly text: string
  /** The bytes of UTF-8 text that is searched as bytes; null where positions in both are the same. */
  readonly utf8: Uint8Array | null
  /** For bytes that are no valid text: decodes what stands between two positions. */
  readonly decode: ((from: number, to: number) => string) | null
}

export type RecordScanner = { scan(piece: Piece, last: boolean): ScanResult; readonly line: number }

export function plainPiece(text: string): Piece {
  return { searched: text, text, utf8: null, decode: null }
}

const LF = 10
const CR = 13
const SPACE = 32
const TAB = 9
const NONE = Number.MAX_SAFE_INTEGER

/** Bytes more than UTF-16 units: continuation bytes count, four bytes make two units. */
const surplusOf = (byte: number): number =>
  byte < 0x80 || (byte >= 0xc0 && byte < 0xf0) ? 0 : byte < 0xc0 ? 1 : -1

/** After so many quotes that were never closed, a search for a close is kept short. */
const PATIENCE = 16
const SHORT_SEARCH = 16 * 1024

/** `width`: how many cells a record should have; the raw text of others is kept. 0: of none. */
export function createRecordScanner(
  dialect: Dialect,
  limits: ScanLimits = SCAN_LIMITS,
  width = 0,
): RecordScanner {
  const { quote, comment, loneCr, padded, merged } = dialect
  const delimiter = dialect.spaced ? `${dialect.delimiter} ` : dialect.delimiter
  const delimiterLength = delimiter.length
  const d0 = delimiter.charCodeAt(0)
  const isOneChar = delimiterLength === 1
  const q0 = quote === null ? -1 : quote.charCodeAt(0)
  const e0 = dialect.escape === null || dialect.escape === quote ? -1 : dialect.escape.charCodeAt(0)
  const isDoubling = quote !== null && dialect.escape !== null
  const escapeText = e0 < 0 ? '' : String.fromCharCode(e0)
  const quoteText = quote ?? ''
  const doubleQuote = quoteText + quoteText
  const mayBeEasy = isOneChar && e0 < 0 && !padded && !merged
  let line = 1
  let unclosed = 0
  // Arrays made at their final size: grown ones take twice the memory.
  let usualCells = 8

  let s = ''
  let n = 0
  let isLast = false
  let text = ''
  let utf8: Uint8Array | null = null
  let decode: Piece['decode'] = null
  // The next byte above 0x7f; how many bytes more than characters stand before `marked`.
  let high = NONE
  let marked = 0
  let surplus = 0
  let out: Mutable<Pick<ScanResult, 'cells' | 'starts' | 'lines' | 'notes' | 'raw'>>
  // The cell that `quotedCell` read.
  let cellText = ''
  let cellBreaks = 0

  const isDelimiterAt = (p: number): boolean =>
    s.charCodeAt(p) === d0 && (isOneChar || s.startsWith(delimiter, p))

  const isBreak = (c: number, p: number): boolean =>
    c === LF || (c === CR && (loneCr || p + 1 >= n || s.charCodeAt(p + 1) === LF))

  const isCellEnd = (p: number): boolean => p >= n || isDelimiterAt(p) || isBreak(s.charCodeAt(p), p)

  /** The text between two positions; called for rising positions only, until `rewind`. */
  const cut = (from: number, to: number): string => (to <= high ? s.slice(from, to) : cutWide(from, to))

  const cutWide = (from: number, to: number): string => {
    if (decode !== null) return decode(from, to)
    if (utf8 === null) return text.slice(from, to)
    const bytes = utf8
    let more = surplus
    let i = Math.max(marked, Math.min(high, from))
    for (; i < from; i++) more += surplusOf(bytes[i]!)
    const start = from - more
    for (; i < to; i++) more += surplusOf(bytes[i]!)
    surplus = more
    marked = to
    high = nextHigh(to)
    return text.slice(start, to - more)
  }

  const add = (cells: string[], start: number, end: number): void => {
    if (cells.length !== width && width > 1 && cells.length > 0)
      out.raw.set(out.cells.length, rawText(start, end))
    out.cells.push(cells)
    out.starts.push(start)
    out.lines.push(line)
  }

  const rawText = (from: number, to: number): string => {
    if (decode !== null) return decode(from, to)
    if (utf8 === null) return text.slice(from, to)
    return Buffer.from(s.slice(from, to), 'latin1').toString('utf8')
  }

  /** Back to the start of a record, of which cells were cut already. */
  const rewind = (from: number): void => {
    if (utf8 === null || marked <= from) return
    while (marked > from) surplus -= surplusOf(utf8[--marked]!)
    high = nextHigh(marked)
  }

  const nextHigh = (from: number): number => {
    const bytes = utf8!
    let at = from
    while (at < n && bytes[at]! < 0x80) at++
    return at < n ? at : NONE
  }

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
    return hasDouble ? text.replaceAll(doubleQuote, quoteText) : text
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
    let at = s.indexOf(quoteText, from)
    for (;;) {
      if (at === -1 || at > bound) return at === -1 && !isLast && n < bound ? -1 : -2
      if (e0 >= 0 && s.charCodeAt(at - 1) === e0 && isEscaped(at, from)) {
        hasEscape = true
        at = s.indexOf(quoteText, at + 1)
        continue
      }
      if (at + 1 >= n && !isLast) return -1
      const c = s.charCodeAt(at + 1)
      if (c === q0 && isDoubling) {
        hasDouble = true
        at = s.indexOf(quoteText, at + 2)
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
      cellText = cut(from, at)
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
    for (let at = s.indexOf(quoteText, p + 1); at !== -1 && at < eol; at = s.indexOf(quoteText, at + 1)) {
      if (isCellEnd(at + 1) && !(at + 1 < eol && s.charCodeAt(at + 1) === q0)) {
        const text = cut(p + 1, at)
        cellText = isDoubling ? text.replaceAll(doubleQuote, quoteText) : text
        return at + 1
      }
      const isOpening = at >= delimiterLength && s.startsWith(delimiter, at - delimiterLength)
      if (isOpening) break
    }
    const end = plainEnd(p, eol)
    cellText = cut(p, end)
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
        const text = cut(p, end)
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
      for (const note of notes) {
        out.notes.push(note)
        if (note.kind === 'quote_unclosed') unclosed++
      }
      add(cells, start, end)
      line += recordBreaks + 1
      return after
    }
  }

  /**
   * A record on one line whose quotes are all in order: nearly every record of nearly every quoted file.
   * False, and nothing done, when it is anything else.
   */
  const scanEasyRecord = (start: number, eol: number): boolean => {
    const cells = new Array<string>(usualCells)
    let count = 0
    let p = start
    for (;;) {
      if (s.charCodeAt(p) === q0) {
        let at = s.indexOf(quoteText, p + 1)
        let c = s.charCodeAt(at + 1)
        let hasDouble = false
        while (c === q0 && at !== -1 && at < eol && isDoubling) {
          hasDouble = true
          at = s.indexOf(quoteText, at + 2)
          c = s.charCodeAt(at + 1)
        }
        if (at === -1 || at >= eol) return false
        const text = cut(p + 1, at)
        cells[count++] = hasDouble ? text.replaceAll(doubleQuote, quoteText) : text
        if (c === d0) {
          p = at + 2
          continue
        }
        if (at + 1 !== eol) return false
        break
      }
      const at = s.indexOf(delimiter, p)
      if (at === -1 || at >= eol) {
        cells[count++] = cut(p, eol)
        break
      }
      cells[count++] = cut(p, at)
      p = at + 1
    }
    if (count > limits.columns) throw refuseFile('file.too_many_columns', { line, limit: limits.columns })
    if (count !== usualCells) {
      cells.length = count
      usualCells = Math.min(count, 1024)
    }
    add(cells, start, eol)
    line++
    return true
  }

  const scanPlainRecord = (start: number, eol: number): void => {
    let count = 0
    const cells = eol > start ? new Array<string>(usualCells) : []
    if (eol > start) {
      let from = start
      let at = s.indexOf(delimiter, from)
      while (at !== -1 && at < eol) {
        cells[count++] = cut(from, at)
        from = at + delimiterLength
        at = s.indexOf(delimiter, from)
      }
      cells[count++] = cut(from, eol)
      if (count > limits.columns) throw refuseFile('file.too_many_columns', { line, limit: limits.columns })
      if (count !== usualCells) {
        cells.length = count
        usualCells = Math.min(count, 1024)
      }
    }
    add(cells, start, eol)
    line++
  }

  const scan = (piece: Piece, last: boolean): ScanResult => {
    s = piece.searched
    n = s.length
    isLast = last
    text = piece.text
    utf8 = piece.utf8
    decode = piece.decode
    surplus = 0
    marked = 0
    high = utf8 !== null ? nextHigh(0) : s === text ? NONE : -1
    out = { cells: [], starts: [], lines: [], notes: [], raw: new Map() }
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
      if (mayBeEasy && eol !== NONE && (eol + 1 < n || isLast) && scanEasyRecord(p, eol)) {
        p = s.charCodeAt(eol) === CR && s.charCodeAt(eol + 1) === LF ? eol + 2 : eol + 1
        continue
      }
      rewind(p)
      const after = scanHardRecord(p, nextBreak)
      if (after === -1) break
      p = after
    }
    const consumed = Math.min(p, n)
    if (n - consumed > limits.recordLength)
      throw refuseFile('file.line_too_long', { line, limit: limits.recordLength })
    const isClean =
      decode === null &&
      !s.includes('\0') &&
      (s === text && high === NONE ? !s.includes('\ufffd') : !text.includes('\ufffd'))
    if (merged) out.cells = out.cells.map((cells) => cells.filter((cell) => cell !== ''))
    return { ...out, comments, consumed, isClean }
  }

  return {
    scan,
    get line() {
      return line
    },
  }
}
