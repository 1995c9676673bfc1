/** Uploads on their way in: what has arrived, what the tripwire knows, and when they were last heard of. */
import type { FileId } from '../../platform/blobs.ts'
import { row, run, sql } from '../../platform/database.ts'
import type { RefusalParams } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import type { TripwireState } from '../../tabular/tabular.ts'

export type UploadRow = {
  readonly fileId: FileId
  readonly totalBytes: number | null
  readonly receivedBytes: number
  readonly metadata: Record<string, string | null>
  readonly scanner: TripwireState | null
  readonly refused: { column: string; row: number } | null
  readonly touchedAt: Date
}

export async function insertUpload(
  work: Work,
  fileId: FileId,
  totalBytes: number | null,
  metadata: Record<string, string | null>,
): Promise<void> {
  await run(
    work.db,
    sql`insert into uploads (org_id, file_id, total_bytes, metadata, scanner, created_by, created_at, touched_at)
      values (${work.org}::bigint, ${fileId}::bigint, ${totalBytes}::bigint, ${JSON.stringify(metadata)}::jsonb,
        'null'::jsonb, ${work.actor.person}::bigint, ${work.now}::timestamptz, ${work.now}::timestamptz)`,
  )
}

/** With `lock`, whoever wants to change or sweep it waits; with `share`, others may look at it too. */
export async function findUpload(
  work: Work,
  fileId: string,
  mode: 'read' | 'share' | 'lock' = 'read',
): Promise<UploadRow | null> {
  const locks = { read: sql``, share: sql`for share`, lock: sql`for update` }
  const found = await row(
    work.db,
    sql<{
      file_id: FileId
      total_bytes: string | null
      received_bytes: string
      metadata: UploadRow['metadata']
      scanner: TripwireState | null
      refused: UploadRow['refused']
      touched_at: Date
    }>`select file_id, total_bytes, received_bytes, metadata, scanner, refused, touched_at from uploads
      where org_id = ${work.org}::bigint and file_id = ${fileId}::bigint ${locks[mode]}`,
  )
  return (
    found && {
      fileId: found.file_id,
      totalBytes: found.total_bytes === null ? null : Number(found.total_bytes),
      receivedBytes: Number(found.received_bytes),
      metadata: found.metadata,
      scanner: found.scanner,
      refused: found.refused,
      touchedAt: found.touched_at,
    }
  )
}

/** Says that the upload goes on; false when it is gone. Waits for a sweep that is just deciding. */
export async function touchUpload(work: Work, fileId: FileId): Promise<boolean> {
  const touched = await run(
    work.db,
    sql`update uploads set touched_at = ${work.now}::timestamptz
      where org_id = ${work.org}::bigint and file_id = ${fileId}::bigint`,
  )
  return touched === 1
}

/** What has arrived; with `isWhole`, that it is all there is. */
export async function setReceived(
  work: Work,
  fileId: FileId,
  received: { readonly bytes: number; readonly isWhole: boolean; readonly scanner: TripwireState | null },
): Promise<void> {
  await run(
    work.db,
    sql`update uploads set received_bytes = ${received.bytes}::bigint, scanner = ${keepable(received.scanner)}::jsonb,
        total_bytes = case when ${received.isWhole}::boolean then ${received.bytes}::bigint else total_bytes end,
        touched_at = ${work.now}::timestamptz
      where org_id = ${work.org}::bigint and file_id = ${fileId}::bigint`,
  )
}

/** The tripwire keeps the first line, for the names of columns; of a workbook that is no text PostgreSQL holds. */
function keepable(of: TripwireState | RefusalParams | null): string {
  return JSON.stringify(of, (_, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value,
  )
}

export async function setRefused(work: Work, fileId: FileId, params: RefusalParams): Promise<void> {
  await run(
    work.db,
    sql`update uploads set refused = ${keepable(params)}::jsonb, scanner = 'null'::jsonb
      where org_id = ${work.org}::bigint and file_id = ${fileId}::bigint`,
  )
}

export async function deleteUpload(work: Work, fileId: FileId): Promise<void> {
  await run(
    work.db,
    sql`delete from uploads where org_id = ${work.org}::bigint and file_id = ${fileId}::bigint`,
  )
}

export async function isFileUsed(work: Work, fileId: FileId): Promise<boolean> {
  const found = await row(
    work.db,
    sql`select 1 from import_sources where org_id = ${work.org}::bigint and file_id = ${fileId}::bigint limit 1`,
  )
  return found !== null
}
