/**
 * The scanner: pieces of text of any cut → records of cells. Hides quoting and line ends of every sort.
 * Promises: cells are never shifted or merged in silence (each repair is a note), a record that is cut by the
 * end of the text is left for the next call, and cost stays linear.
 */
import { createCellCutter, NONE, type Piece } from './cell-cutter.ts'
import { type Dialect, SCAN_LIMITS, type ScanLimits } from './csv-dialect.ts'
import { createEasyRecords, OTHER } from './easy-records.ts'
import { BROKEN, createQuotedCells, MORE, type Scanned } from './quoted-cells.ts'
import { refuseFile } from './refusals.ts'

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
  cells: string[][]
  readonly starts: number[]
  readonly lines: number[]
  readonly notes: ScanNote[]
  /** The text of records that do not have the width they should, by index. */
  readonly raw: Map<number, string>
  comments: number
  /** Whether the piece has neither NUL nor replacement characters. */
  isClean: boolean
  /** Characters used; the rest must come again, followed by more text. */
  consumed: number
}

export type RecordScanner = { scan(piece: Piece, last: boolean): ScanResult }

const LF = 10
const CR = 13
const SPACE = 32

/** `width`: how many cells a record should have; the raw text of others is kept. 0: of none. */
export function createRecordScanner(
  dialect: Dialect,
  limits: ScanLimits = SCAN_LIMITS,
  width = 0,
): RecordScanner {
  const { quote, comment, loneCr, padded, merged } = dialect
  const c0 = comment === null || comment === '' ? -1 : comment.charCodeAt(0)
  const delimiter = dialect.spaced ? `${dialect.delimiter} ` : dialect.delimiter
  const delimiterLength = delimiter.length
  const d0 = delimiter.charCodeAt(0)
  const isOneChar = delimiterLength === 1
  const q0 = quote === null ? -1 : quote.charCodeAt(0)
  const escape = dialect.escape === null || dialect.escape === quote ? null : dialect.escape
  const easy = createEasyRecords(dialect)
  const cutter = createCellCutter()
  const cut = (from: number, to: number): string => cutter.cut(from, to)
  let line = 1
  // Arrays made at their final size: grown ones take twice the memory.
  let usualCells = 8

  let s = ''
  let n = 0
  let isLast = false
  let out: ScanResult
  // The next of each mark; searched again only when it was passed, or a file without any would cost its square.
  let lf = -1
  let cr = -1
  let hard = -1
  let escaped = -1
  let separator = -1

  const isDelimiterAt = (p: number): boolean =>
    s.charCodeAt(p) === d0 && (isOneChar || s.startsWith(delimiter, p))

  const isBreak = (c: number, p: number): boolean =>
    c === LF || (c === CR && (loneCr || p + 1 >= n || s.charCodeAt(p + 1) === LF))

  const isCellEnd = (p: number): boolean => p >= n || isDelimiterAt(p) || isBreak(s.charCodeAt(p), p)

  const at: Scanned = { s, n, isLast, cutter, isCellEnd, isDelimiterAt }
  const quoted = createQuotedCells(dialect, delimiter, limits, at)

  const nextOf = (mark: string, p: number): number => {
    const found = s.indexOf(mark, p)
    return found === -1 ? NONE : found
  }

  const nextBreak = (p: number): number => {
    if (lf < p) lf = nextOf('\n', p)
    if (cr < p) {
      cr = nextOf('\r', p)
      while (!loneCr && cr + 1 < n && s.charCodeAt(cr + 1) !== LF) cr = nextOf('\r', cr + 1)
    }
    return lf < cr ? lf : cr
  }

  const add = (cells: string[], count: number, start: number, end: number): void => {
    if (count > limits.columns) throw refuseFile('file.too_many_columns', { line, limit: limits.columns })
    if (count !== cells.length) cells.length = count
    usualCells = Math.min(count, 1024)
    if (count !== width && width > 1 && count > 0) out.raw.set(out.cells.length, cutter.raw(start, end))
    out.cells.push(cells)
    out.starts.push(start)
    out.lines.push(line)
    line++
  }

  /** A record without quotes and escapes. */
  const scanPlainRecord = (start: number, eol: number): void => {
    if (eol === start) return add([], 0, start, eol)
    const cells = new Array<string>(usualCells)
    let count = 0
    let from = start
    if (separator < from) separator = nextOf(delimiter, from)
    while (separator < eol) {
      cells[count++] = cut(from, separator)
      from = separator + delimiterLength
      separator = nextOf(delimiter, from)
    }
    cells[count++] = cut(from, eol)
    add(cells, count, start, eol)
  }

  const lineEnds = loneCr ? /\r\n|\r|\n/g : /\n/g
  const breaksBetween = (from: number, to: number): number =>
    from < to ? (s.slice(from, to).match(lineEnds)?.length ?? 0) : 0

  /** Any record. Returns the position after it, or MORE. */
  const scanHardRecord = (start: number): number => {
    const cells: string[] = []
    const notes: ScanNote[] = []
    let p = start
    let breaks = 0
    for (;;) {
      let open = p
      if (padded) while (s.charCodeAt(open) === SPACE) open++
      let end = s.charCodeAt(open) === q0 ? quoted.read(open) : BROKEN
      if (end === MORE) return MORE
      if (end !== BROKEN) {
        breaks += breaksBetween(nextBreak(open), end)
        cells.push(quoted.text)
      } else {
        const eol = Math.min(nextBreak(p), n)
        if (eol === n && !isLast) return MORE
        if (s.charCodeAt(open) === q0) {
          end = quoted.repair(open, eol)
          cells.push(quoted.text)
          const kind = quoted.text.charCodeAt(0) === q0 ? 'quote_unclosed' : 'quote_stray'
          notes.push({ kind, record: out.cells.length, column: cells.length - 1, line: line + breaks })
        } else {
          end = quoted.plainEnd(p, eol)
          cells.push(quoted.unescaped(cut(p, end)))
        }
      }
      if (end < n && isDelimiterAt(end)) {
        p = end + delimiterLength
        continue
      }
      if (!isLast && (end >= n || (s.charCodeAt(end) === CR && end + 1 >= n))) return MORE
      for (const note of notes) {
        out.notes.push(note)
        if (note.kind === 'quote_unclosed') quoted.noteUnclosed()
      }
      add(cells, cells.length, start, end)
      line += breaks
      return afterBreak(end)
    }
  }

  const afterBreak = (end: number): number =>
    s.charCodeAt(end) === CR && s.charCodeAt(end + 1) === LF ? end + 2 : end + 1

  /** Scans the record at p; returns the position after it, or MORE. */
  const scanRecord = (p: number): number => {
    const eol = nextBreak(p)
    if (quote !== null && hard < p) hard = nextOf(quote, p)
    if (escape !== null && escaped < p) escaped = nextOf(escape, p)
    const isWhole = isLast || (eol !== NONE && (s.charCodeAt(eol) !== CR || eol + 1 < n))
    const end = Math.min(eol, n)
    if (comment !== null && s.startsWith(comment, p)) {
      if (!isWhole) return MORE
      out.comments++
      line++
      return afterBreak(end)
    }
    if (hard > eol && escaped > eol) {
      if (!isWhole) return MORE
      scanPlainRecord(p, end)
      return afterBreak(end)
    }
    cutter.rewind(p)
    return scanHardRecord(p)
  }

  const scan = (piece: Piece, last: boolean): ScanResult => {
    s = piece.searched
    n = s.length
    isLast = last
    at.s = s
    at.n = n
    at.isLast = last
    cutter.open(piece)
    lf = -1
    cr = -1
    separator = -1
    hard = quote === null ? NONE : -1
    escaped = escape === null ? NONE : -1
    out = {
      cells: [],
      starts: [],
      lines: [],
      notes: [],
      raw: new Map(),
      comments: 0,
      isClean: cutter.isClean(),
      consumed: 0,
    }
    const mayBeEasy = easy.open(piece)
    const { found } = easy
    let p = 0
    while (p < n) {
      let after = mayBeEasy && s.charCodeAt(p) !== c0 ? easy.read(p) : OTHER
      if (after !== OTHER) {
        add(found.cells, found.count, p, found.end)
        line += found.breaks
      } else {
        if (mayBeEasy) cutter.skip(p, easy.surplusBefore(p))
        after = scanRecord(p)
        if (after === MORE) break
      }
      p = after
    }
    out.consumed = Math.min(p, n)
    if (n - out.consumed > limits.recordLength) {
      throw refuseFile('file.line_too_long', { line, limit: limits.recordLength })
    }
    if (merged) out.cells = out.cells.map((cells) => cells.filter((cell) => cell !== ''))
    return out
  }

  return { scan }
}
