/**
 * Cuts cells out of a piece of text that is searched in another form than it is read: UTF-8 and single-byte
 * encodings are searched as their bytes, because searching a string of one byte a character is several times
 * faster. Hides the arithmetic between positions in bytes and in text.
 */

export type Piece = {
  /** What is searched: the text itself, or its bytes as latin1. Positions are positions in this. */
  readonly searched: string
  readonly text: string
  /** The bytes that `searched` shows, or null: it is no picture of bytes. */
  readonly bytes: Uint8Array | null
  /** Whether positions in bytes and text differ: UTF-8 that is more than ASCII. */
  readonly isWide: boolean
  /** For bytes that are no valid text: decodes what stands between two positions. */
  readonly decode: ((from: number, to: number) => string) | null
}

export function plainPiece(text: string, bytes: Uint8Array | null = null): Piece {
  return { searched: text, text, bytes, isWide: false, decode: null }
}

export type CellCutter = {
  open(piece: Piece): void
  /** The text between two positions; for rising positions only, until `rewind`. */
  cut(from: number, to: number): string
  /** Back to the start of a record of which cells were cut already. */
  rewind(from: number): void
  /** On to a position that others have counted to: so many bytes more than characters stand before it. */
  skip(to: number, surplus: number): void
  /** The text between two positions, wherever they are. */
  raw(from: number, to: number): string
  /** Whether the piece has neither NUL nor replacement characters. */
  isClean(): boolean
}

export const NONE = Number.MAX_SAFE_INTEGER

/** Bytes more than UTF-16 units, by byte: continuation bytes count, four bytes make two units. */
export const surplusTable = Int8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x80 || (byte >= 0xc0 && byte < 0xf0) ? 0 : byte < 0xc0 ? 1 : -1,
)

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
    for (; i < from; i++) more += surplusTable[bytes[i]!]!
    const start = from - more
    for (; i < to; i++) more += surplusTable[bytes[i]!]!
    surplus = more
    marked = to
    high = nextHigh(bytes, to)
    return text.slice(start, to - more)
  }

  return {
    open(piece) {
      s = piece.searched
      text = piece.text
      utf8 = piece.isWide ? piece.bytes : null
      decode = piece.decode
      surplus = 0
      marked = 0
      high = utf8 !== null ? nextHigh(utf8, 0) : s === text ? NONE : -1
    },
    cut: (from, to) => (to <= high ? s.slice(from, to) : cutWide(from, to)),
    rewind(from) {
      if (utf8 === null || marked <= from) return
      while (marked > from) surplus -= surplusTable[utf8[--marked]!]!
      high = nextHigh(utf8, marked)
    },
    skip(to, more) {
      if (utf8 === null) return
      surplus = more
      marked = to
      // Perhaps a high one; looked for when something is cut there, or each record would look as far as the next.
      if (high < to) high = to
    },
    raw(from, to) {
      if (decode !== null) return decode(from, to)
      if (utf8 === null) return text.slice(from, to)
      return Buffer.from(s.slice(from, to), 'latin1').toString('utf8')
    },
    isClean: () => decode === null && !s.includes('\0') && !text.includes('\ufffd'),
  }
}
