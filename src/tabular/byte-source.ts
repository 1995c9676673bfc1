/**
 * Bytes that can be opened again: a file, a buffer, an encrypted blob. Hides how chunks come and promises
 * pieces of a useful size, so that nobody above deals with a stream of hundred-byte chunks.
 */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'

export type ByteSource = {
  /** What a person calls it: the file's name. Its extension decides nothing. */
  readonly name: string
  /** Bytes in all, or null when that is not known before the end. */
  readonly size: number | null
  /** The bytes from `from` (default 0) on. May be called many times. */
  open(from?: number): AsyncIterable<Uint8Array>
}

const READ_CHUNK = 256 * 1024

export async function fileSource(path: string): Promise<ByteSource> {
  const { size } = await stat(path)
  return {
    name: basename(path),
    size,
    open: (from = 0) => createReadStream(path, { start: from, highWaterMark: READ_CHUNK }),
  }
}

export function bufferSource(name: string, bytes: Uint8Array, chunk = READ_CHUNK): ByteSource {
  return {
    name,
    size: bytes.length,
    async *open(from = 0) {
      for (let at = from; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk)
    },
  }
}

/** At most `length` bytes from `from`; fewer at the end of the source. Closes the stream behind it. */
export async function readSlice(source: ByteSource, from: number, length: number): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let held = 0
  if (length <= 0) return Buffer.alloc(0)
  for await (const chunk of source.open(from)) {
    parts.push(chunk)
    held += chunk.length
    if (held >= length) break
  }
  return Buffer.concat(parts).subarray(0, length)
}

/** The source's chunks, small ones joined and large ones cut, each at most `size` bytes. */
export async function* evenChunks(
  source: ByteSource,
  from: number,
  size: number,
): AsyncGenerator<Buffer, void, undefined> {
  let parts: Uint8Array[] = []
  let held = 0
  for await (const chunk of source.open(from)) {
    if (held > 0 && held + chunk.length > size) {
      yield joined(parts)
      parts = []
      held = 0
    }
    if (chunk.length >= size) {
      for (let at = 0; at < chunk.length; at += size) yield asBuffer(chunk.subarray(at, at + size))
      continue
    }
    parts.push(chunk)
    held += chunk.length
  }
  if (held > 0) yield joined(parts)
}

function joined(parts: readonly Uint8Array[]): Buffer {
  return parts.length === 1 ? asBuffer(parts[0]!) : Buffer.concat(parts)
}

export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
