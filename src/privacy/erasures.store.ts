/** That a person was erased: when, by whom, how much. Nothing by which the person could be known. */
import { one, rows, sql } from '../platform/database.ts'
import type { Work } from '../platform/work.ts'

type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>

export async function insertErasure(work: Work, counts: Counts): Promise<string> {
  const { id } = await one(
    work.db,
    sql<{ id: string }>`
      insert into erasures (org_id, counts, erased_at, erased_by, by_name)
      values (${work.org}::bigint, ${JSON.stringify(counts)}::jsonb, ${work.now}::timestamptz,
        ${work.actor.person}::bigint, ${work.actor.name}::text)
      returning id`,
  )
  return id
}

export async function listErasures(
  work: Work,
): Promise<{ id: string; counts: Record<string, Record<string, number>>; erasedAt: Date; by: string }[]> {
  return rows(
    work.db,
    sql<{ id: string; counts: Record<string, Record<string, number>>; erasedAt: Date; by: string }>`
      select id, counts, erased_at as "erasedAt", by_name as "by" from erasures
      where org_id = ${work.org}::bigint order by id desc limit 200`,
  )
}
