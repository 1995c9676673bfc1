/**
 * A packed table: gzip, or a ZIP that holds one file. Unpacks while it is read, without a temporary file, and
 * promises the same bounds as for workbooks. Content decides: the name of the archive says nothing.
 */
import { createGunzip } from 'node:zlib'
import { refuseArchive } from './archive-refusals.ts'
import { isBomb, littleByLittle, sizeText, unpackThrough, type ZipArchive } from './archive-zip.ts'
import { asBuffer, type ByteSource, bufferSource } from './byte-source.ts'
import type { ArchiveFound } from './reading.ts'

export type Unpacked = { readonly bytes: ByteSource; readonly archive: ArchiveFound }

/** What is smaller is held in memory, so that its end can be looked at as well as its beginning. */
const HELD_BYTES = 32 * 1024 * 1024
const OUTPUT_CHUNK = 64 * 1024
const MAX_EXPANDED = 256 * 1024 ** 3

export function isGzip(head: Buffer): boolean {
  return head.length >= 3 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 8
}

export async function unpackGzip(bytes: ByteSource): Promise<Unpacked> {
  const entry = bytes.name.replace(/\.t?gz$/i, '') || bytes.name
  return { bytes: await held(entry, () => gunzip(bytes)), archive: { kind: 'gzip', entry } }
}

export async function unpackZip(zip: ZipArchive): Promise<Unpacked> {
  const files = zip.entries.filter(({ name }) => !isFurniture(name))
  const [only] = files
  if (only === undefined)
    throw refuseArchive('file.damaged', { name: zip.name, what: 'it is an archive without a file' })
  if (files.length > 1)
    throw refuseArchive('file.archive_of_several', { name: zip.name, count: files.length })
  const entry = only.name.replace(/^.*\//, '')
  return { bytes: await held(entry, () => zip.open(only)), archive: { kind: 'zip', entry: only.name } }
}

/** Folders, and what systems add to archives without being asked. */
function isFurniture(name: string): boolean {
  return (
    name.endsWith('/') ||
    name.startsWith('__MACOSX/') ||
    /(?:^|\/)(?:\.DS_Store|Thumbs\.db|desktop\.ini)$/i.test(name)
  )
}

async function* gunzip(bytes: ByteSource): AsyncGenerator<Buffer> {
  let packed = 0
  let expanded = 0
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of bytes.open()) {
      for (const part of littleByLittle(asBuffer(chunk))) {
        packed += part.length
        yield part
      }
    }
  }
  for await (const chunk of unpackThrough(createGunzip({ chunkSize: OUTPUT_CHUNK }), counted(), bytes.name)) {
    expanded += chunk.length
    if (isBomb(expanded, packed) || expanded > MAX_EXPANDED)
      throw refuseArchive('file.expands_too_far', { name: bytes.name, limit: sizeText(expanded) })
    yield chunk
  }
}

/** The unpacked bytes: in memory when they are few, otherwise unpacked anew each time they are opened. */
async function held(name: string, unpack: () => AsyncIterable<Buffer>): Promise<ByteSource> {
  const parts: Buffer[] = []
  let size = 0
  for await (const chunk of unpack()) {
    parts.push(chunk)
    size += chunk.length
    if (size > HELD_BYTES) break
  }
  if (size <= HELD_BYTES) return bufferSource(name, Buffer.concat(parts))
  return {
    name,
    size: null,
    async *open(from = 0) {
      let skip = from
      for await (const chunk of unpack()) {
        if (skip >= chunk.length) skip -= chunk.length
        else {
          yield chunk.subarray(skip)
          skip = 0
        }
      }
    },
  }
}
