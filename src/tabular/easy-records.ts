/**
 * The short way through nearly every record of nearly every file: over its bytes, one test for each. Takes the
 * records whose quotes are all in order and leaves every other one untouched. Measured on a million rows of 18
 * quoted cells: a third of the time that searching the text for each mark takes.
 */
import { type Piece, surplusTable } from './cell-cutter.ts'
import type { Dialect } from './csv-dialect.ts'
import { SHORT_SEARCH } from './quoted-cells.ts'

export type EasyRecords = {
  /** False: nothing in the piece, or in any, can be read this way. */
  open(piece: Piece): boolean
  /** Position after the record that starts at `from`, or OTHER: it was left alone. */
  read(from: number): number
  /** How many bytes more than characters stand before a position; positions must rise. */
  surplusBefore(position: number): number
  /** The record that was read; lent until the next one. */
  readonly found: { cells: string[]; count: number; end: number; breaks: number }
}

export const OTHER = -1

const LF = 10
const CR = 13
const NO_BYTES = new Uint8Array(0)
const MOST_TEMPLATE = 1024

export function createEasyRecords(dialect: Dialect): EasyRecords {
  const { delimiter, quote, escape, loneCr } = dialect
  const mayBeEasy =
    delimiter.length === 1 &&
    (escape === null || escape === quote) &&
    !dialect.spaced &&
    !dialect.padded &&
    !dialect.merged
  const d0 = delimiter.charCodeAt(0)
  const q0 = quote === null ? -1 : quote.charCodeAt(0)
  const isDoubling = quote !== null && escape !== null
  const quoteText = quote ?? ''
  const plainStops = stopsAt([d0, LF, CR])
  const quotedStops = stopsAt([q0, LF, CR])
  const found: EasyRecords['found'] = { cells: [], count: 0, end: 0, breaks: 0 }
  // Copied for each record: an array made at its length, which no later batch can teach V8 to place among the old.
  let template: string[] = []

  let bytes: Uint8Array = NO_BYTES
  let n = 0
  let s = ''
  let text = ''
  let decode: Piece['decode'] = null
  let isWide = false
  let plain = plainStops.narrow
  let quoted = quotedStops.narrow
  // How many bytes more than characters stand before `known`.
  let known = 0
  let more = 0

  const leave = (from: number, surplus: number): number => {
    known = from
    more = surplus
    return OTHER
  }

  const count = (to: number): void => {
    if (isWide) for (; known < to; known++) more += surplusTable[bytes[known]!]!
  }

  /** Whether a line ends at a CR: NaN (beyond the piece) is no LF. */
  const endsLine = (at: number): boolean => loneCr || bytes[at + 1] === LF

  const read = (from: number): number => {
    // Locals: what a closure holds is loaded anew for every byte.
    const b = bytes
    const last = n - 1
    const bareStops = plain
    const quoteStops = quoted
    count(from)
    const before = more
    let c = b[from]!
    if (c === LF || (c === CR && from < last && endsLine(from))) {
      found.cells = []
      found.count = 0
      found.end = from
      found.breaks = 0
      known = from
      return c === CR && b[from + 1] === LF ? from + 2 : from + 1
    }
    const cells = template.slice()
    let filled = 0
    let breaks = 0
    let i = from
    for (;;) {
      const wide = more
      let hasHigh = false
      let hasDouble = false
      let start = i
      if (i < last && b[i] === q0) {
        start = ++i
        for (;;) {
          while (i < last && quoteStops[b[i]!] === 0) i++
          if (i >= last) return leave(from, before)
          c = b[i]!
          if (c === q0) {
            if (!isDoubling || b[i + 1] !== q0) break
            hasDouble = true
            i += 2
          } else {
            if (c >= 0x80) {
              hasHigh = true
              more += surplusTable[c]!
            } else if (c === LF || (loneCr && b[i + 1] !== LF)) breaks++
            i++
          }
        }
        if (i - start > SHORT_SEARCH) return leave(from, before)
      } else {
        for (;;) {
          while (i < last && bareStops[b[i]!] === 0) i++
          if (i >= last) return leave(from, before)
          c = b[i]!
          if (c >= 0x80) {
            hasHigh = true
            more += surplusTable[c]!
          } else if (c !== CR || endsLine(i)) break
          i++
        }
      }
      const cell = !isWide
        ? text.slice(start, i)
        : !hasHigh
          ? s.slice(start, i)
          : decode === null
            ? text.slice(start - wide, i - more)
            : decode(start, i)
      cells[filled++] = hasDouble ? cell.replaceAll(quoteText + quoteText, quoteText) : cell
      if (c === q0) c = b[++i]!
      if (c === d0) {
        i++
        continue
      }
      if (c !== LF && (c !== CR || i >= last || !endsLine(i))) return leave(from, before)
      break
    }
    if (filled !== template.length && filled <= MOST_TEMPLATE)
      template = Array.from({ length: filled }, () => '')
    found.cells = cells
    found.count = filled
    found.end = i
    found.breaks = breaks
    known = i
    return c === CR && b[i + 1] === LF ? i + 2 : i + 1
  }

  return {
    open(piece) {
      if (piece.bytes === null || !mayBeEasy) return false
      bytes = piece.bytes
      n = bytes.length
      s = piece.searched
      text = piece.text
      decode = piece.decode
      isWide = piece.isWide
      plain = isWide ? plainStops.wide : plainStops.narrow
      quoted = isWide ? quotedStops.wide : quotedStops.narrow
      known = 0
      more = 0
      return true
    },
    read,
    surplusBefore: (position) => {
      count(position)
      return more
    },
    found,
  }
}

/** Tables of the bytes at which a cell's text may end; `wide`: those above 0x7f, too, because they are counted. */
function stopsAt(codes: readonly number[]): { narrow: Uint8Array; wide: Uint8Array } {
  const narrow = new Uint8Array(256)
  for (const code of codes) if (code >= 0) narrow[code] = 1
  return { narrow, wide: narrow.map((stop, byte) => (byte >= 0x80 ? 1 : stop)) }
}
