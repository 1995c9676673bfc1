/**
 * The beginning of a file that is still on its way: what has arrived of its first megabyte, as a file of its
 * own. Promise 7 holds here too: nothing is given of which the tripwire, had the file ended here, would say
 * that it holds card numbers.
 */
import { constants, createGunzip } from 'node:zlib'
import { Refusal } from '../../platform/refusal.ts'
import { type ByteSource, bufferSource, createCardTripwire } from '../../tabular/tabular.ts'

/** One byte more than detection looks at, so that it knows that there is more. */
export const beginningBytes = 1024 * 1024 + 1

export type Beginning =
  | { readonly waitsFor: 'bytes' | 'whole_file' | 'card_numbers'; readonly seenBytes: number }
  | { readonly waitsFor: null; readonly seenBytes: number; readonly bytes: ByteSource }

export async function readBeginning(
  name: string,
  arrived: AsyncIterable<Uint8Array>,
  totalBytes: number | null,
): Promise<Beginning> {
  const head = await takeHead(arrived)
  const seenBytes = head.length
  if (seenBytes < 8) return { waitsFor: 'bytes', seenBytes }
  const isGzip = head[0] === 0x1f && head[1] === 0x8b
  // What a package or an old workbook holds is told at its end.
  const isPacked = head.readUInt32BE(0) === 0x504b0304 || head.readUInt32BE(0) === 0xd0cf11e0
  if (isPacked) return { waitsFor: 'whole_file', seenBytes }
  const text = wholeLines(isGzip ? await unpackHead(head) : head)
  if (text.length === 0) return { waitsFor: 'bytes', seenBytes }
  const tripwire = createCardTripwire()
  if (tripwire.push(text) ?? tripwire.finish()) return { waitsFor: 'card_numbers', seenBytes }
  const size = isGzip ? null : totalBytes
  return { waitsFor: null, seenBytes, bytes: { ...bufferSource(name, text), size } }
}

async function takeHead(arrived: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of arrived) {
      parts.push(chunk)
      length += chunk.length
      if (length >= beginningBytes) break
    }
  } catch (error) {
    // The part that is just being written looks damaged until it is whole.
    if (!(error instanceof Refusal && error.code === 'storage.file_damaged')) throw error
  }
  return Buffer.concat(parts).subarray(0, beginningBytes)
}

/** Up to the last line end: what follows has not arrived as a whole. */
function wholeLines(head: Buffer): Buffer {
  if (head.length >= beginningBytes) return head
  const end = Math.max(head.lastIndexOf(10), head.lastIndexOf(13))
  // In little-endian UTF-16 a NUL follows that belongs to the line end.
  return head.subarray(0, end + (head[end + 1] === 0 ? 2 : 1))
}

/** As much text as the beginning of an archive gives, never more than is looked at. */
async function unpackHead(packed: Buffer): Promise<Buffer> {
  const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH })
  gunzip.end(packed)
  return takeHead(gunzip as AsyncIterable<Uint8Array>)
}
