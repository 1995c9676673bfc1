/**
 * Receiving a file: every byte passes the card-number tripwire before it is encrypted and written. A hit ends
 * the upload: the file's key and bytes are destroyed, only column and row are kept (promise 7).
 */
import { type FileId, type FileKey, refuseBlob, type StoredFile } from '../../platform/blobs.ts'
import type { Platform } from '../../platform/platform.ts'
import { Refusal } from '../../platform/refusal.ts'
import { inWork, type Work, type WorkScope } from '../../platform/work.ts'
import { type ByteSource, type CardHit, createCardTripwire, scanForCards } from '../../tabular/tabular.ts'
import { refuseImport } from '../refusals.ts'
import { planSweep, touchEvery } from './sweep-upload.ts'
import {
  deleteUpload,
  findUpload,
  insertUpload,
  isFileUsed,
  setReceived,
  setRefused,
  touchUpload,
} from './uploads.store.ts'

/** Begins to receive; the bytes follow in one piece or in several. */
export async function beginUpload(
  platform: Platform,
  scope: WorkScope,
  of: {
    readonly name: string
    readonly totalBytes: number | null
    readonly metadata?: Record<string, string | null>
  },
): Promise<FileId> {
  return inWork(platform, scope, async (work) => {
    const file = await platform.blobs.createFile(work, of.name)
    await insertUpload(work, file.id, of.totalBytes, of.metadata ?? {})
    await planSweep(platform, work, file.id, work.now)
    return file.id
  })
}

/** Takes the next bytes; what came before a broken connection is kept and the upload goes on from there. */
export async function receiveBytes(
  platform: Platform,
  scope: WorkScope,
  fileId: FileId,
  input: AsyncIterable<Uint8Array>,
): Promise<number> {
  const { upload, file } = await inWork(platform, scope, async (work) => {
    if (!(await touchUpload(work, fileId))) throw refuseBlob('file.not_found', { id: fileId })
    return {
      upload: (await findUpload(work, fileId))!,
      file: await platform.blobs.openKey(work, fileId),
    }
  })
  const tripwire = createCardTripwire(upload.scanner ?? undefined)
  let written = await countBytes(platform.blobs.read(file, upload.receivedBytes))
  let received = upload.receivedBytes
  let broken: unknown = null
  async function* scanned(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of touching(platform, scope, fileId, input)) {
        const hit = tripwire.push(chunk)
        if (hit) throw cardRefusal(hit)
        // A process that died, or met a full disk, wrote more than it could acknowledge: that comes again.
        const known = Math.min(written, chunk.length)
        written -= known
        if (known < chunk.length) yield chunk.subarray(known)
        received += chunk.length
      }
    } catch (error) {
      if (error instanceof Refusal) throw error
      // The connection broke: what has arrived stands.
      broken = error
    }
  }
  try {
    await platform.blobs.append(file, scanned())
    if (broken === null && received === upload.totalBytes) {
      const hit = tripwire.finish()
      if (hit) throw cardRefusal(hit)
    }
  } catch (error) {
    if (error instanceof Refusal && error.code === 'file.card_numbers')
      await refuseUpload(platform, scope, fileId, error)
    throw error
  }
  const isWhole = received === upload.totalBytes
  await inWork(platform, scope, (work) =>
    setReceived(work, fileId, { bytes: received, isWhole, scanner: tripwire.state() }),
  )
  if (broken === null && isWhole) {
    await requireNoPackedCards(platform, scope, file, received)
    await inWork(platform, scope, (work) => platform.blobs.keepFile(work, file))
  }
  return received
}

/** The bytes as they come; an upload that takes long says now and then that it goes on. */
async function* touching(
  platform: Platform,
  scope: WorkScope,
  fileId: FileId,
  input: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let touched = platform.clock.now().getTime()
  for await (const chunk of input) {
    const now = platform.clock.now().getTime()
    if (now - touched >= touchEvery(platform)) {
      await inWork(platform, scope, (work) => touchUpload(work, fileId))
      touched = now
    }
    yield chunk
  }
}

/** First bytes of a ZIP archive (workbooks too), of an old workbook, of gzip. */
const packedMarks = [
  Buffer.from('504b0304', 'hex'),
  Buffer.from('d0cf11e0', 'hex'),
  Buffer.from('1f8b', 'hex'),
]

/** What is packed cannot be read while it arrives: it is unpacked and scanned before the file counts as received. */
async function requireNoPackedCards(
  platform: Platform,
  scope: WorkScope,
  file: FileKey,
  size: number,
): Promise<void> {
  const open = (from = 0): AsyncIterable<Uint8Array> => platform.blobs.read(file, from)
  const start = await firstBytes(open())
  if (!packedMarks.some((mark) => start.subarray(0, mark.length).equals(mark))) return
  const hit = await findPackedCards({ name: file.id, size, open })
  if (!hit) return
  const refusal = cardRefusal(hit)
  await refuseUpload(platform, scope, file.id, refusal)
  throw refusal
}

async function findPackedCards(bytes: ByteSource): Promise<CardHit | null> {
  try {
    return await scanForCards(bytes)
  } catch (error) {
    // Damaged, protected, not a table: nothing of it can be read. Beginning an import says so, by name.
    if (error instanceof Refusal) return null
    throw error
  }
}

async function firstBytes(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  for await (const chunk of chunks) if (chunk.length > 0) return Buffer.from(chunk.subarray(0, 8))
  return Buffer.alloc(0)
}

async function countBytes(chunks: AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0
  for await (const chunk of chunks) bytes += chunk.length
  return bytes
}

/** Receives a whole file whose length nobody has told. */
export async function receiveWhole(
  platform: Platform,
  scope: WorkScope,
  name: string,
  input: AsyncIterable<Uint8Array>,
): Promise<StoredFile> {
  const fileId = await beginUpload(platform, scope, { name, totalBytes: null })
  const file = await inWork(platform, scope, (work) => platform.blobs.openKey(work, fileId))
  const tripwire = createCardTripwire()
  async function* scanned(): AsyncGenerator<Uint8Array> {
    for await (const chunk of touching(platform, scope, fileId, input)) {
      const hit = tripwire.push(chunk)
      if (hit) throw cardRefusal(hit)
      yield chunk
    }
    const hit = tripwire.finish()
    if (hit) throw cardRefusal(hit)
  }
  try {
    const bytes = await platform.blobs.append(file, scanned())
    await requireNoPackedCards(platform, scope, file, bytes)
    return await keepWhole(platform, scope, file, bytes)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'file.card_numbers')
      await refuseUpload(platform, scope, fileId, error)
    else await inWork(platform, scope, (work) => platform.blobs.eraseFile(work, fileId, 'erased'))
    throw error
  }
}

async function keepWhole(
  platform: Platform,
  scope: WorkScope,
  file: FileKey,
  bytes: number,
): Promise<StoredFile> {
  return inWork(platform, scope, async (work) => {
    await setReceived(work, file.id, { bytes, isWhole: true, scanner: null })
    return platform.blobs.keepFile(work, file)
  })
}

function cardRefusal(hit: CardHit): Refusal {
  const column = hit.columnName ?? (hit.column === null ? '?' : String(hit.column + 1))
  return refuseImport('file.card_numbers', { column, row: hit.row })
}

async function refuseUpload(
  platform: Platform,
  scope: WorkScope,
  fileId: FileId,
  refusal: Refusal,
): Promise<void> {
  await inWork(platform, scope, async (work) => {
    await platform.blobs.eraseFile(work, fileId, 'refused')
    await setRefused(work, fileId, refusal.params)
  })
}

/** The file, if it is there whole; otherwise the refusal that says what became of it. It is not swept meanwhile. */
export async function findReceived(platform: Platform, work: Work, fileId: string): Promise<StoredFile> {
  const upload = await findUpload(work, fileId, 'share')
  const file = await platform.blobs.findFile(work, fileId as FileId)
  if (file.state === 'kept') return file
  if (upload?.refused) throw refuseImport('file.card_numbers', upload.refused)
  if (!upload) throw refuseBlob('file.erased', { name: file.name })
  throw refuseImport('file.incomplete', {
    received: upload.receivedBytes,
    total: upload.totalBytes ?? '?',
  })
}

/** Erases what was uploaded and is not wanted after all; a file that an import rests on stays. */
export async function removeUpload(platform: Platform, scope: WorkScope, fileId: FileId): Promise<void> {
  await inWork(platform, scope, async (work) => {
    if (!(await findUpload(work, fileId, 'lock'))) throw refuseBlob('file.not_found', { id: fileId })
    if (await isFileUsed(work, fileId)) throw refuseImport('file.in_use')
    await platform.blobs.eraseFile(work, fileId, 'erased')
    await deleteUpload(work, fileId)
  })
}
