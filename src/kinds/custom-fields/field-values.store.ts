/** Values of one custom field as they lie in the records of its kind. */
import { one, rows, run, sql } from '../../platform/database.ts'
import type { Work } from '../../platform/work.ts'

/** Where the values of a field stand: the table of its kind, and its key there. */
export type FieldPlace = { readonly table: string; readonly key: string }

export type HeldValue = { readonly id: string; readonly value: string }

export async function countValues(work: Work, { table, key }: FieldPlace): Promise<number> {
  const { count } = await one(
    work.db,
    sql<{ count: string }>`select count(*) from ${sql.table(table)} t
      where t.org_id = ${work.org}::bigint and t.custom ->> ${key}::text is not null`,
  )
  return Number(count)
}

/** In batches by id: a million records never stand in memory together. */
export async function* heldValues(work: Work, { table, key }: FieldPlace): AsyncGenerator<HeldValue[]> {
  const size = 5000
  let after = '0'
  for (;;) {
    const found = await rows(
      work.db,
      sql<HeldValue>`select t.id, t.custom ->> ${key}::text as value from ${sql.table(table)} t
        where t.org_id = ${work.org}::bigint and t.id > ${after}::bigint and t.custom ->> ${key}::text is not null
        order by t.id limit ${size}::int`,
    )
    if (found.length > 0) yield found
    if (found.length < size) return
    after = found.at(-1)!.id
  }
}

/** Counts as a change of each record, so that nobody saves over it what they read before. */
export async function replaceValues(
  work: Work,
  { table, key }: FieldPlace,
  values: readonly HeldValue[],
): Promise<void> {
  await run(
    work.db,
    sql`update ${sql.table(table)} t set custom = jsonb_set(t.custom, array[${key}::text], to_jsonb(n.value)),
        version = t.version + 1, updated_at = ${work.now}::timestamptz, updated_by = ${work.actor.person}::bigint,
        updated_import = null
      from unnest(${values.map((of) => of.id)}::bigint[], ${values.map((of) => of.value)}::text[]) as n (id, value)
      where t.org_id = ${work.org}::bigint and t.id = n.id`,
  )
}
