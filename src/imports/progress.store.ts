/**
 * Progress and the wish to cancel, in a row of their own: written from a second connection while a long
 * transaction runs, so both can be seen before it commits.
 */
import { type Queryable, row, run, sql } from '../platform/database.ts'
import type { OrgId, PersonId } from '../platform/ids.ts'
import type { ImportId } from './run.ts'

export type Stage = 'read' | 'check' | 'load' | 'undo'
export type ProgressRow = {
  stage: Stage
  done: string
  total: string | null
  started_at: Date
  updated_at: Date
  cancel_requested_at: Date | null
  cancelled_by: PersonId | null
}

/** Begins a stage at zero. A wish to cancel stands: it may be older than the worker that begins. */
export async function startProgress(
  db: Queryable,
  org: OrgId,
  id: ImportId,
  stage: Stage,
  total: number | null,
  now: Date,
): Promise<void> {
  await run(
    db,
    sql`insert into import_progress (org_id, import_id, stage, done, total, started_at, updated_at)
      values (${org}::bigint, ${id}::bigint, ${stage}::text, 0, ${total}::bigint, ${now}::timestamptz, ${now}::timestamptz)
      on conflict (org_id, import_id) do update set stage = excluded.stage, done = 0, total = excluded.total,
        started_at = excluded.started_at, updated_at = excluded.updated_at`,
  )
}

/** Publishes how far the stage is and returns whether somebody wants it cancelled. */
export async function putProgress(
  db: Queryable,
  org: OrgId,
  id: ImportId,
  of: { stage: Stage; done: number; total: number | null; now: Date },
): Promise<boolean> {
  const found = await row(
    db,
    sql<{
      wanted: boolean
    }>`update import_progress set stage = ${of.stage}::text, done = ${Math.round(of.done)}::bigint,
        total = ${of.total === null ? null : Math.round(of.total)}::bigint, updated_at = ${of.now}::timestamptz
      where org_id = ${org}::bigint and import_id = ${id}::bigint
      returning cancel_requested_at is not null as wanted`,
  )
  return found?.wanted ?? false
}

export async function findProgress(db: Queryable, org: OrgId, id: ImportId): Promise<ProgressRow | null> {
  return row(
    db,
    sql<ProgressRow>`select stage, done, total, started_at, updated_at, cancel_requested_at, cancelled_by
      from import_progress where org_id = ${org}::bigint and import_id = ${id}::bigint`,
  )
}

/** Kept until the import ends: whoever works on it, or begins to, sees it. */
export async function requestCancel(
  db: Queryable,
  org: OrgId,
  id: ImportId,
  stage: Stage,
  by: PersonId | null,
  now: Date,
): Promise<void> {
  await run(
    db,
    sql`insert into import_progress as p (org_id, import_id, stage, done, started_at, updated_at, cancel_requested_at, cancelled_by)
      values (${org}::bigint, ${id}::bigint, ${stage}::text, 0, ${now}::timestamptz, ${now}::timestamptz, ${now}::timestamptz, ${by}::bigint)
      on conflict (org_id, import_id) do update
        set cancel_requested_at = excluded.cancel_requested_at, cancelled_by = excluded.cancelled_by
        where p.cancel_requested_at is null`,
  )
}
