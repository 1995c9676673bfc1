/**
 * A ZIP archive over bytes that can be opened at any place. Hides the central directory, ZIP64, inflating and
 * checking. Promises no temporary file, flat memory, and that entries, expanded bytes and their ratio are
 * counted while they stream: what the archive says of itself is not believed.
 */
import { Readable, type Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { callbackify } from 'node:util'
import { crc32, createInflateRaw } from 'node:zlib'
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl'
import { Refusal } from '../platform/refusal.ts'
import { refuseArchive } from './archive-refusals.ts'
import { asBuffer, type ByteSource, readSlice } from './byte-source.ts'

export type ZipEntry = {
  /** With forward slashes and none in front. */
  readonly name: string
  readonly compressedSize: number
  /** As the archive says. */
  readonly size: number
  readonly isEncrypted: boolean
  readonly method: number
  readonly crc: number
  readonly place: Entry
}

export type ZipArchive = {
  readonly name: string
  readonly entries: readonly ZipEntry[]
  find(path: string): ZipEntry | undefined
  /** The entry's bytes, unpacked; `seen` is told how many packed bytes have been taken. */
  open(entry: ZipEntry, seen?: (packed: number) => void): AsyncGenerator<Buffer, void, undefined>
}

export type ZipLimits = {
  readonly entries: number
  /** Bytes of one entry, unpacked. */
  readonly expanded: number
  /** Unpacked to packed, once an entry has grown beyond so many bytes; the larger, the less. */
  readonly ratios: readonly { readonly from: number; readonly most: number }[]
}

/** Measured: a sheet of formatted blank cells packs to a thirteenth, of blank rows to a seventeenth; a bomb to a thousandth. */
export const ZIP_LIMITS: ZipLimits = {
  entries: 20_000,
  expanded: 4 * 1024 ** 3,
  ratios: [
    { from: 32 * 1024 * 1024, most: 200 },
    { from: 256 * 1024 * 1024, most: 100 },
  ],
}

/** Packed bytes are taken a little at a time, or a bomb would be unpacked whole before it is counted. */
const INPUT_BYTES = 32 * 1024

export function* littleByLittle(chunk: Buffer): Generator<Buffer> {
  for (let at = 0; at < chunk.length; at += INPUT_BYTES) yield chunk.subarray(at, at + INPUT_BYTES)
}

export function isBomb(expanded: number, packed: number, { ratios }: ZipLimits = ZIP_LIMITS): boolean {
  return ratios.some(({ from, most }) => expanded > from && expanded > packed * most)
}

const OUTPUT_CHUNK = 32 * 1024
const BLOCK_BYTES = 64 * 1024

export async function openZip(bytes: ByteSource, limits: ZipLimits = ZIP_LIMITS): Promise<ZipArchive> {
  const size = bytes.size ?? (await measure(bytes))
  const zip = await damagedIfNot(bytes.name, () =>
    fromRandomAccessReaderPromise(new SourceReader(bytes), size, {
      lazyEntries: true,
      autoClose: false,
      decodeStrings: false,
      validateEntrySizes: false,
    }),
  )
  if (zip.entryCount > limits.entries)
    throw refuseArchive('file.too_many_entries', { name: bytes.name, limit: limits.entries })
  const entries = await damagedIfNot(bytes.name, () => readEntries(zip))
  const byName = new Map<string, ZipEntry>()
  for (const entry of entries) {
    if (!byName.has(entry.name)) byName.set(entry.name, entry)
    const folded = entry.name.toLowerCase()
    if (!byName.has(folded)) byName.set(folded, entry)
  }
  return {
    name: bytes.name,
    entries,
    find: (path) => byName.get(path) ?? byName.get(path.toLowerCase()),
    open: (entry, seen) => openEntry(bytes, zip, entry, limits, seen),
  }
}

async function readEntries(zip: ZipFile): Promise<ZipEntry[]> {
  const entries: ZipEntry[] = []
  await new Promise<void>((resolve, reject) => {
    zip.on('error', reject)
    zip.on('end', resolve)
    zip.on('entry', (place: Entry) => {
      entries.push({
        name: nameOf(place),
        compressedSize: place.compressedSize,
        size: place.uncompressedSize,
        isEncrypted: (place.generalPurposeBitFlag & 1) === 1,
        method: place.compressionMethod,
        crc: place.crc32,
        place,
      })
      zip.readEntry()
    })
    zip.readEntry()
  })
  return entries
}

/** Names are decoded here, because the library refuses the whole archive for one with a backslash or a slash in front. */
function nameOf(place: Entry): string {
  const raw = place.fileName as unknown as Buffer
  return raw.toString('utf8').replaceAll('\\', '/').replace(/^\/+/, '')
}

async function* openEntry(
  bytes: ByteSource,
  zip: ZipFile,
  entry: ZipEntry,
  limits: ZipLimits,
  seen: ((packed: number) => void) | undefined,
): AsyncGenerator<Buffer, void, undefined> {
  const { name } = bytes
  if (entry.isEncrypted) throw refuseArchive('file.encrypted', { name })
  if (entry.method !== 0 && entry.method !== 8)
    throw refuseArchive('file.compression_unknown', { name, method: entry.method })
  const { fileDataStart } = await damagedIfNot(name, () =>
    zip.readLocalFileHeaderPromise(entry.place, { minimal: true }),
  )
  let packed = 0
  async function* taken(): AsyncGenerator<Buffer> {
    let left = entry.compressedSize
    if (left === 0) return
    for await (const chunk of bytes.open(fileDataStart)) {
      for (const part of littleByLittle(asBuffer(chunk).subarray(0, left))) {
        left -= part.length
        packed += part.length
        seen?.(packed)
        yield part
      }
      if (left <= 0) return
    }
  }
  let expanded = 0
  let sum = 0
  for await (const chunk of entry.method === 0
    ? taken()
    : unpackThrough(createInflateRaw({ chunkSize: OUTPUT_CHUNK }), taken(), name)) {
    expanded += chunk.length
    if (isBomb(expanded, packed, limits) || expanded > limits.expanded)
      throw refuseArchive('file.expands_too_far', { name, limit: sizeText(expanded) })
    sum = crc32(chunk, sum)
    yield chunk
  }
  if (sum !== entry.crc)
    throw refuseArchive('file.damaged', { name, what: `the checksum of ${entry.name} is wrong` })
}

/** Through one of zlib's unpackers; what it cannot unpack is damaged, any other error stays what it is. */
export async function* unpackThrough(
  unpack: Transform,
  packed: AsyncIterable<Buffer>,
  name: string,
): AsyncGenerator<Buffer, void, undefined> {
  let failure: unknown = null
  const filled = pipeline(Readable.from(packed, { highWaterMark: 1 }), unpack).catch((error: unknown) => {
    failure = error
  })
  const chunks = unpack[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>
  const next = (): Promise<IteratorResult<Buffer, undefined>> =>
    chunks.next().catch(async (error: unknown) => {
      await filled
      throw zlibRefusal(failure ?? error, name)
    })
  try {
    for (let part = await next(); part.done !== true; part = await next()) yield part.value
  } finally {
    unpack.destroy()
    await filled
  }
}

function zlibRefusal(error: unknown, name: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (error instanceof Refusal || typeof code !== 'string' || !code.startsWith('Z_')) return error
  const what = code === 'Z_BUF_ERROR' ? 'it ends too early' : 'it cannot be unpacked'
  return refuseArchive('file.damaged', { name, what })
}

async function damagedIfNot<T>(name: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // An error of the disk or the store has a code; one of the archive only says what is wrong with it.
    if (error instanceof Refusal || typeof code === 'string') throw error
    const what = error instanceof Error ? error.message.replace(/[.:].*$/s, '') : String(error)
    throw refuseArchive('file.damaged', { name, what })
  }
}

export function sizeText(bytes: number): string {
  return bytes >= 1024 ** 3 ? `${Math.round(bytes / 1024 ** 3)} GB` : `${Math.round(bytes / 1024 ** 2)} MB`
}

async function measure(bytes: ByteSource): Promise<number> {
  let size = 0
  for await (const chunk of bytes.open()) size += chunk.length
  return size
}

/** Random access for the directory, in blocks, so that not every entry opens the source anew. */
class SourceReader extends RandomAccessReader {
  readonly #bytes: ByteSource
  #block: Buffer = Buffer.alloc(0)
  #start = 0

  constructor(bytes: ByteSource) {
    super()
    this.#bytes = bytes
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, read?: number) => void,
  ): void {
    callbackify(async () => {
      await this.#fill(position, length)
      const from = position - this.#start
      return this.#block.copy(buffer, offset, from, from + length)
    })(callback)
  }

  async #fill(position: number, length: number): Promise<void> {
    if (position >= this.#start && position + length <= this.#start + this.#block.length) return
    this.#block = await readSlice(this.#bytes, position, Math.max(length, BLOCK_BYTES))
    this.#start = position
  }

  override close(callback: (error: Error | null) => void): void {
    callback(null)
  }
}
