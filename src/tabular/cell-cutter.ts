/**
 * Cuts cells out of a piece of text that is searched in another form than it is read: UTF-8 and single-byte
 * encodings are searched as their bytes, because searching a string of one byte a character is several times
 * faster. Hides the arithmetic between positions in bytes and in text.
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

export function plainPiece(text: string): Piece {
  return { searched: text, text, utf8: null, decode: null }
}

export type CellCutter = {
  open(piece: Piece): void
  /** The text between two positions; for rising positions only, until `rewind`. */
  cut(from: number, to: number): string
  /** Back to the start of a record of which cells were cut already. */
  rewind(from: number): void
  /** The text between two positions, wherever they are. */
  raw(from: number, to: number): string
  /** Whether the piece has neither NUL nor replacement characters. */
  isClean(): boolean
}

export const NONE = Number.MAX_SAFE_INTEGER

/** Bytes more than UTF-16 units: continuation bytes count, four bytes make two units. */
const surplusOf = (byte: number): number =>
  byte < 0x80 || (byte >= 0xc0 && byte < 0xf0) ? 0 : byte < 0xc0 ? 1 : -1

export function createCellCutter(): CellCutter {
  let s = ''
  let text = ''
  let utf8: Uint8Array | null = null
  let decode: Piece['decode'] = null
  // The next byte above 0x7f; how many bytes more than characters stand before `marked`.
  let high = NONE
  let marked = 0
  let surplus = 0

  const nextHigh = (bytes: Uint8Array, from: number): number => {
    let at = from
    while (at < bytes.length && bytes[at]! < 0x80) at++
    return at < bytes.length ? at : NONE
  }

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
    high = nextHigh(bytes, to)
    return text.slice(start, to - more)
  }

  return {
    open(piece) {
      s = piece.searched
      text = piece.text
      utf8 = piece.utf8
      decode = piece.decode
      surplus = 0
      marked = 0
      high = utf8 !== null ? nextHigh(utf8, 0) : s === text ? NONE : -1
    },
    cut: (from, to) => (to <= high ? s.slice(from, to) : cutWide(from, to)),
    rewind(from) {
      if (utf8 === null || marked <= from) return
      while (marked > from) surplus -= surplusOf(utf8[--marked]!)
      high = nextHigh(utf8, marked)
    },
    raw(from, to) {
      if (decode !== null) return decode(from, to)
      if (utf8 === null) return text.slice(from, to)
      return Buffer.from(s.slice(from, to), 'latin1').toString('utf8')
    },
    isClean: () => decode === null && !s.includes('\0') && !text.includes('\ufffd'),
  }
}
