/** What an OLE compound file holds (old Excel, Word, or a package behind a password), by its directory. */
import { type ByteSource, readSlice } from '../byte-source.ts'

const END = 0xfffffffa
const MAX_DIRECTORY = 2000

export function isCompound(head: Buffer): boolean {
  return head.length >= 8 && head.readUInt32BE(0) === 0xd0cf11e0 && head.readUInt32BE(4) === 0xa1b11ae1
}

/** Names of the streams; as many as can be found when the directory is broken. */
export async function compoundStreams(bytes: ByteSource): Promise<Set<string>> {
  const names = new Set<string>()
  const header = await readSlice(bytes, 0, 512)
  if (header.length < 512) return names
  const shift = header.readUInt16LE(30)
  if (shift !== 9 && shift !== 12) return names
  const sectorSize = 1 << shift
  const perSector = sectorSize / 4
  const sectorAt = (sector: number): Promise<Buffer> =>
    readSlice(bytes, (sector + 1) * sectorSize, sectorSize)
  let sector = header.readUInt32LE(48)
  for (let read = 0; sector < END && read < MAX_DIRECTORY; read++) {
    const directory = await sectorAt(sector)
    for (let at = 0; at + 128 <= directory.length; at += 128) {
      const length = directory.readUInt16LE(at + 64)
      if (length > 2 && length <= 64) names.add(directory.toString('utf16le', at, at + length - 2))
    }
    const table = Math.floor(sector / perSector)
    if (directory.length < sectorSize || table >= 109) break
    const place = header.readUInt32LE(76 + table * 4)
    if (place >= END) break
    const fat = await sectorAt(place)
    const next = (sector % perSector) * 4
    if (next + 4 > fat.length) break
    sector = fat.readUInt32LE(next)
  }
  return names
}
