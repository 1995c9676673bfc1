/** A small ZIP archive in memory: every entry deflated, names in UTF-8, no ZIP64. */
import { promisify } from 'node:util'
import { crc32, deflateRaw } from 'node:zlib'

const deflate = promisify<Uint8Array, Buffer>(deflateRaw)

export type ZipPart = { readonly name: string; readonly bytes: Uint8Array }

/** 1 January 1980, the first day that the format knows: the same parts give the same bytes. */
const DAY = 0x21
const UTF8_NAMES = 0x800
const DEFLATED = 8

export async function writeZip(parts: readonly ZipPart[]): Promise<Buffer> {
  const pieces: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, bytes } of parts) {
    const path = Buffer.from(name)
    const packed = await deflate(bytes)
    const facts = entryFacts(crc32(bytes), packed.length, bytes.length, path.length)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), facts, path])
    pieces.push(local, packed)
    directory.push(directoryEntry(facts, offset, path))
    offset += local.length + packed.length
  }
  const listed = Buffer.concat(directory)
  return Buffer.concat([...pieces, listed, endOf(parts.length, listed.length, offset)])
}

/** What a local header and the directory say alike: 26 bytes from the version on (APPNOTE.TXT §4.3.7). */
function entryFacts(crc: number, packed: number, size: number, path: number): Buffer {
  const facts = Buffer.alloc(26)
  facts.writeUInt16LE(20, 0)
  facts.writeUInt16LE(UTF8_NAMES, 2)
  facts.writeUInt16LE(DEFLATED, 4)
  facts.writeUInt16LE(DAY, 8)
  facts.writeUInt32LE(crc, 10)
  facts.writeUInt32LE(packed, 14)
  facts.writeUInt32LE(size, 18)
  facts.writeUInt16LE(path, 22)
  return facts
}

function directoryEntry(facts: Buffer, offset: number, path: Buffer): Buffer {
  const head = Buffer.from('PK\x01\x02\x14\x00', 'latin1')
  const tail = Buffer.alloc(14)
  tail.writeUInt32LE(offset, 10)
  return Buffer.concat([head, facts, tail, path])
}

function endOf(entries: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries, 8)
  end.writeUInt16LE(entries, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return end
}
