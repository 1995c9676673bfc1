/**
 * Receiving a file: every byte passes the card-number tripwire before it is encrypted and written. A hit ends
 * the upload: the file's key and bytes are destroyed, only column and row are kept (promise 7).
 */
import { type FileId, type FileKey, refuseBlob, type StoredFile } from '../../platform/blobs.ts'
import { row, run, sql } from '../../platform/database.ts'
import type { Platform } from '../../platform/platform.ts'
import { Refusal } from '../../platform/refusal.ts'
import { inWork, type Work, type WorkScope } from '../../platform/work.ts'
import {
  type ByteSource,
  type CardHit,
  createCardTripwire,
  scanForCards,
  type TripwireState,
} from '../../tabular/tabular.ts'
import { refuseImport } from '../refusals.ts'

export type UploadRow = {
  readonly fileId: FileId
  readonly totalBytes: number | null
  readonly receivedBytes: number
  readonly metadata: Record<string, string | null>
  readonly scanner: TripwireState | null
  readonly refused: { column: string; row: number } | null
}

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
    await run(
      work.db,
      sql`insert into uploads (org_id, file_id, total_bytes, metadata, scanner, created_by, created_at)
        values (${work.org}::bigint, ${file.id}::bigint, ${of.totalBytes}::bigint, ${JSON.stringify(of.metadata ?? {})}::jsonb,
          'null'::jsonb, ${work.actor.person}::bigint, ${work.now}::timestamptz)`,
    )
    return file.id
  })
}

export async function findUpload(work: Work, fileId: string): Promise<UploadRow | null> {
  const found = await row(
    work.db,
    sql<{
      file_id: FileId
      total_bytes: string | null
      received_bytes: string
      metadata: UploadRow['metadata']
      scanner: TripwireState | null
      refused: UploadRow['refused']
    }>`select file_id, total_bytes, received_bytes, metadata, scanner, refused from uploads
      where org_id = ${work.org}::bigint and file_id = ${fileId}::bigint`,
  )
  return (
    found && {
      fileId: found.file_id,
      totalBytes: found.total_bytes === null ? null : Number(found.total_bytes),
      receivedBytes: Number(found.received_bytes),
      metadata: found.metadata,
      scanner: found.scanner,
      refused: found.refused,
    }
  )
}

/** Takes the next bytes; what came before a broken connection is kept and the upload goes on from there. */
export async function receiveBytes(
  platform: Platform,
  scope: WorkScope,
  fileId: FileId,
  input: AsyncIterable<Uint8Array>,
): Promise<number> {
  const { upload, file } = await inWork(platform, scope, async (work) => ({
    upload: (await findUpload(work, fileId))!,
    file: await platform.blobs.openKey(work, fileId),
  }))
  const tripwire = createCardTripwire(upload.scanner ?? undefined)
  let written = await countBytes(platform.blobs.read(file, upload.receivedBytes))
  let received = upload.receivedBytes
  let broken: unknown = null
  async function* scanned(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of input) {
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
  await inWork(platform, scope, async (work) => {
    await run(
      work.db,
      sql`update uploads set received_bytes = ${received}::bigint, scanner = ${JSON.stringify(tripwire.state())}::jsonb
        where org_id = ${work.org}::bigint and file_id = ${fileId}::bigint`,
    )
  })
  if (broken === null && received === upload.totalBytes) {
    await requireNoPackedCards(platform, scope, file, received)
    await inWork(platform, scope, (work) => platform.blobs.keepFile(work, file))
  }
  return received
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
    for await (const chunk of input) {
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
    await run(
      work.db,
      sql`update uploads set received_bytes = ${bytes}::bigint, total_bytes = ${bytes}::bigint
        where org_id = ${work.org}::bigint and file_id = ${file.id}::bigint`,
    )
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
    await run(
      work.db,
      sql`update uploads set refused = ${JSON.stringify(refusal.params)}::jsonb, scanner = 'null'::jsonb
        where org_id = ${work.org}::bigint and file_id = ${fileId}::bigint`,
    )
  })
}

/** The file, if it is there whole; otherwise the refusal that says what became of it. */
export async function findReceived(platform: Platform, work: Work, fileId: string): Promise<StoredFile> {
  const file = await platform.blobs.findFile(work, fileId as FileId)
  if (file.state === 'kept') return file
  const upload = await findUpload(work, fileId)
  if (upload?.refused) throw refuseImport('file.card_numbers', upload.refused)
  throw refuseImport('file.incomplete', {
    received: upload?.receivedBytes ?? 0,
    total: upload?.totalBytes ?? '?',
  })
}

/** Erases what was uploaded and is not wanted after all; a file that an import rests on stays. */
export async function removeUpload(platform: Platform, scope: WorkScope, fileId: FileId): Promise<void> {
  await inWork(platform, scope, async (work) => {
    if (!(await findUpload(work, fileId))) throw refuseBlob('file.not_found', { id: fileId })
    if (await isFileUsed(work, fileId)) throw refuseImport('file.in_use')
    await platform.blobs.eraseFile(work, fileId, 'erased')
    await run(
      work.db,
      sql`delete from uploads where org_id = ${work.org}::bigint and file_id = ${fileId}::bigint`,
    )
  })
}

async function isFileUsed(work: Work, fileId: FileId): Promise<boolean> {
  const found = await row(
    work.db,
    sql`select 1 from import_sources where org_id = ${work.org}::bigint and file_id = ${fileId}::bigint limit 1`,
  )
  return found !== null
}
