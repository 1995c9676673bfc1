/**
 * Bytes → text for every encoding we name, chunk by chunk. Promises that a chunk boundary never matters,
 * that an undecodable byte becomes U+FFFD (never an exception), and that the length in bytes of a piece of
 * decoded text can be asked, which is how rows know their byte offset.
 */
import { isAscii } from 'node:buffer'
import { codePageText } from './code-pages.ts'
import { createIso2022KrDecoder, createJohabDecoder } from './east-asian.ts'

export type ChunkDecoder = {
  /** The text of the next chunk; a character cut by the boundary is kept for the next call. */
  decode(chunk: Buffer, last: boolean): string
  /** Bytes that the last piece of text of this encoding took. Exact for text that decoded cleanly. */
  byteLength(text: string): number
}

const NO_BYTES = Buffer.alloc(0)

export function createChunkDecoder(encoding: string): ChunkDecoder {
  if (encoding === 'utf-8' || encoding === 'ascii') return utf8Decoder()
  if (encoding === 'utf-32le' || encoding === 'utf-32be') return utf32Decoder(encoding === 'utf-32le')
  if (encoding === 'iso-2022-kr') return koreanDecoder(createIso2022KrDecoder())
  if (encoding === 'johab') return koreanDecoder(createJohabDecoder())
  const page = codePageText(encoding)
  if (page !== null) return tableDecoder(page)
  return platformDecoder(encoding)
}

/** Whether `createChunkDecoder` knows the encoding. */
export function isKnownEncoding(encoding: string): boolean {
  try {
    createChunkDecoder(encoding)
    return true
  } catch {
    return false
  }
}

/** Decodes a whole slice at once; a character cut at its ends becomes U+FFFD or is left out. */
export function decodeSlice(bytes: Buffer, encoding: string, last: boolean): string {
  return createChunkDecoder(encoding).decode(bytes, last)
}

/** Whether every character is one byte, so that positions in bytes and text are the same. */
export function isSingleByte(encoding: string): boolean {
  return !MULTI_BYTE.test(encoding) && !encoding.startsWith('utf-')
}

function utf8Decoder(): ChunkDecoder {
  let kept: Buffer = NO_BYTES
  return {
    decode(chunk, last) {
      const bytes = kept.length > 0 ? Buffer.concat([kept, chunk]) : chunk
      const end = last ? bytes.length : completeUtf8Length(bytes)
      kept = end < bytes.length ? Buffer.from(bytes.subarray(end)) : NO_BYTES
      const whole = bytes.subarray(0, end)
      // A pure ASCII chunk as latin1: a one-byte string, which is twice as fast to make and to search.
      if (isAscii(whole)) return whole.toString('latin1')
      return whole.toString('utf8')
    },
    byteLength: (text) => Buffer.byteLength(text, 'utf8'),
  }
}

/** Length without a multi-byte character that is cut at the end. */
export function completeUtf8Length(bytes: Buffer): number {
  const n = bytes.length
  for (let back = 1; back <= 3 && back <= n; back++) {
    const b = bytes[n - back]!
    if (b < 0x80) return n
    if (b >= 0xc0) {
      const need = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2
      return need > back ? n - back : n
    }
  }
  return n
}

function utf32Decoder(little: boolean): ChunkDecoder {
  let kept: Buffer = NO_BYTES
  return {
    decode(chunk, last) {
      const bytes = kept.length > 0 ? Buffer.concat([kept, chunk]) : chunk
      const end = bytes.length - (bytes.length % 4)
      const parts: string[] = []
      for (let at = 0; at < end; at += 4) {
        const code = little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
        parts.push(code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd')
      }
      if (last && end < bytes.length) parts.push('\ufffd')
      kept = last ? NO_BYTES : Buffer.from(bytes.subarray(end))
      return parts.join('')
    },
    byteLength(text) {
      let units = text.length
      for (let i = 0; i < text.length; i++) if ((text.charCodeAt(i) & 0xfc00) === 0xdc00) units--
      return units * 4
    },
  }
}

/** A single-byte code page that the platform does not know, by its 128 upper characters. */
function tableDecoder(upper: string): ChunkDecoder {
  return {
    decode(chunk) {
      const latin = chunk.toString('latin1')
      if (isAscii(chunk)) return latin
      return latin.replace(/[\x80-\xff]/g, (c) => upper[c.charCodeAt(0) - 0x80]!)
    },
    byteLength: (text) => text.length,
  }
}

const MULTI_BYTE = /^(?:gbk|gb18030|big5|shift_jis|euc-jp|euc-kr|iso-2022-jp|iso-2022-kr|johab)$/

function koreanDecoder(decode: (chunk: Buffer, last: boolean) => string): ChunkDecoder {
  return { decode, byteLength: eastAsianLength('euc-kr') }
}

function platformDecoder(encoding: string): ChunkDecoder {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true })
  const isUtf16 = encoding.startsWith('utf-16')
  const isMultiByte = MULTI_BYTE.test(encoding)
  return {
    decode: (chunk, last) => decoder.decode(chunk, { stream: !last }),
    byteLength: isUtf16
      ? (text) => text.length * 2
      : isMultiByte
        ? eastAsianLength(encoding)
        : (text) => text.length,
  }
}

function eastAsianLength(encoding: string): (text: string) => number {
  const isShiftJis = encoding === 'shift_jis'
  return (text) => {
    let bytes = 0
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i)
      bytes += c < 0x80 || (isShiftJis && c >= 0xff61 && c <= 0xff9f) ? 1 : 2
    }
    return bytes
  }
}
