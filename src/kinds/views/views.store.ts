/** Saved views in their table. */
import { one, row, rows, run, sql } from '../../platform/database.ts'
import type { Work } from '../../platform/work.ts'
import type { ViewDefinition } from './contract.ts'

export type StoredView = {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly is_shared: boolean
  readonly owner_id: string | null
  readonly owner_name: string | null
  readonly definition: ViewDefinition
}

const columns = sql`v.id, v.kind, v.name, v.is_shared, v.owner_id, v.definition,
  (select p.name from people p where p.org_id = v.org_id and p.id = v.owner_id) as owner_name`

const seen = (work: Work) => sql`v.org_id = ${work.org}::bigint
  and (v.is_shared or v.owner_id is not distinct from ${work.actor.person}::bigint)`

/** One's own and the shared ones, by name. */
export async function readViews(work: Work, kind: string): Promise<StoredView[]> {
  return rows(
    work.db,
    sql<StoredView>`select ${columns} from saved_views v where ${seen(work)} and v.kind = ${kind}::text
      order by v.is_shared, lower(v.name), v.id`,
  )
}

export async function lockView(work: Work, id: string): Promise<StoredView | null> {
  return row(
    work.db,
    sql<StoredView>`select ${columns} from saved_views v where ${seen(work)} and v.id = ${id}::bigint for update of v`,
  )
}

export async function insertView(
  work: Work,
  view: {
    readonly kind: string
    readonly name: string
    readonly isShared: boolean
    readonly definition: ViewDefinition
  },
): Promise<string> {
  const { id } = await one(
    work.db,
    sql<{ id: string }>`
      insert into saved_views (org_id, kind, name, is_shared, owner_id, definition, created_at, updated_at)
      values (${work.org}::bigint, ${view.kind}::text, ${view.name}::text, ${view.isShared}::boolean,
        ${work.actor.person}::bigint, ${JSON.stringify(view.definition)}::jsonb, ${work.now}::timestamptz,
        ${work.now}::timestamptz)
      returning id`,
  )
  return id
}

export async function updateView(work: Work, view: StoredView): Promise<void> {
  await run(
    work.db,
    sql`update saved_views set name = ${view.name}::text, is_shared = ${view.is_shared}::boolean,
        definition = ${JSON.stringify(view.definition)}::jsonb, updated_at = ${work.now}::timestamptz
      where org_id = ${work.org}::bigint and id = ${view.id}::bigint`,
  )
}

export async function dropView(work: Work, id: string): Promise<void> {
  await run(work.db, sql`delete from saved_views where org_id = ${work.org}::bigint and id = ${id}::bigint`)
}
