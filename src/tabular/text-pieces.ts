/**
 * Chunks of bytes → pieces of text for the scanner, each with what the one before left over. Hides in which
 * form a text is searched fastest; promises the byte at which every position of a piece stands in the file.
 */
import { isAscii, isUtf8 } from 'node:buffer'
import { type Piece, plainPiece } from './cell-cutter.ts'
import type { Dialect } from './csv-dialect.ts'
import { completeUtf8Length, createChunkDecoder, isSingleByte } from './text-decoder.ts'

export type PieceReader = {
  /** What was left over and the next chunk. Positions in it are settled by `settle`. */
  next(chunk: Buffer, last: boolean): Piece
  /** Fills in the bytes at which records start and takes note of how much of the piece was used. */
  settle(starts: number[], consumed: number): void
  /** How much was left over. */
  readonly left: number
}

const NO_BYTES = Buffer.alloc(0)

export function createPieceReader(encoding: string, dialect: Dialect, firstByte: number): PieceReader {
  const marks = [dialect.delimiter, dialect.quote, dialect.escape, dialect.comment].join('')
  const isByBytes = (encoding === 'utf-8' || isSingleByte(encoding)) && /^[\0-\x7f]*$/.test(marks)
  return isByBytes ? byteReader(encoding, firstByte) : textReader(encoding, firstByte)
}

function byteReader(encoding: string, firstByte: number): PieceReader {
  const decoder = encoding === 'utf-8' ? null : createChunkDecoder(encoding)
  let left: Buffer = NO_BYTES
  let bytes: Buffer = NO_BYTES
  let whole = 0
  let offset = firstByte
  return {
    get left() {
      return left.length
    },
    next(chunk, last) {
      bytes = left.length === 0 ? chunk : Buffer.concat([left, chunk])
      whole = last || decoder !== null ? bytes.length : completeUtf8Length(bytes)
      const used = whole === bytes.length ? bytes : bytes.subarray(0, whole)
      const searched = used.toString('latin1')
      if (isAscii(used)) return plainPiece(searched, used)
      if (decoder !== null)
        return { searched, text: decoder.decode(used, false), bytes: used, isWide: false, decode: null }
      if (isUtf8(used))
        return { searched, text: used.toString('utf8'), bytes: used, isWide: true, decode: null }
      return {
        searched,
        text: '',
        bytes: used,
        isWide: true,
        decode: (from, to) => used.toString('utf8', from, to),
      }
    },
    settle(starts, consumed) {
      for (let i = 0; i < starts.length; i++) starts[i]! += offset
      offset += consumed
      // A copy, or a few bytes would hold the whole chunk.
      left = consumed < bytes.length ? Buffer.from(bytes.subarray(consumed)) : NO_BYTES
    },
  }
}

function textReader(encoding: string, firstByte: number): PieceReader {
  const decoder = createChunkDecoder(encoding)
  let text = ''
  let left = ''
  let offset = firstByte
  return {
    get left() {
      return left.length
    },
    next(chunk, last) {
      text = left + decoder.decode(chunk, last)
      return plainPiece(text)
    },
    settle(starts, consumed) {
      let known = 0
      const advance = (to: number): number => {
        offset += decoder.byteLength(text.slice(known, to))
        known = to
        return offset
      }
      for (let i = 0; i < starts.length; i++) starts[i] = advance(starts[i]!)
      advance(consumed)
      left = text.slice(consumed)
    },
  }
}
