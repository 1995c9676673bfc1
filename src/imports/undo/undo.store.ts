/**
 * Undo in SQL: which records can be reversed, which stay because somebody changed them or something refers to
 * them, and the reversal itself. Set-based; a million created records go in ranges of their row numbers.
 */
import { type RawBuilder, sql } from 'kysely'
import {
  canonicalOf,
  columnsOf,
  type FieldDeclaration,
  type KindDeclaration,
  type Kinds,
  typedFrom,
} from '../../kinds/kinds.ts'
import { one, rows, run } from '../../platform/database.ts'
import type { Work } from '../../platform/work.ts'
import type { ImportId } from '../run.ts'

export type UndoTarget = {
  readonly work: Work
  readonly kinds: Kinds
  readonly kind: KindDeclaration
  readonly importId: ImportId
}

export type UndoCounts = { readonly reversed: number; readonly kept: number; readonly blocked: number }
export type Outcome = keyof UndoCounts

/** Kinds with a field that refers to this one; a record that is referred to cannot go. */
function blockedBy(of: UndoTarget): RawBuilder<unknown> {
  const referrers = of.kinds.referrers(of.kind.name)
  if (referrers.length === 0) return sql`null::jsonb`
  const cases = referrers.map(({ kind, field }) => {
    const column = sql.ref(`r.${columnsOf(field)[0]!.name}`)
    return sql`when exists (select 1 from ${sql.table(kind.table)} r where r.org_id = t.org_id and ${column} = t.id
        and r.import_id is distinct from ${of.importId}::bigint)
      then jsonb_build_object('code', 'undo.referred_to', 'params', jsonb_build_object('kind', ${kind.name}::text))`
  })
  return sql`case ${sql.join(cases, sql` `)} end`
}

/** Who changed a record last, for the reason why it is kept. */
const changedSince = sql`jsonb_build_object('code', 'undo.changed_since', 'params', jsonb_build_object(
  'name', coalesce((select i.label from imports i where i.org_id = t.org_id and i.id = t.updated_import),
    (select p.name from people p where p.org_id = t.org_id and p.id = t.updated_by), '?'),
  'at', to_char(t.updated_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI')))`

/** Created records with their outcome: one select that preview, listing and undo share. */
function createdOutcomes(of: UndoTarget): RawBuilder<unknown> {
  return sql`
    select t.id as record_id, 'created' as change, ${sql.ref(`t.${titleColumn(of.kind)}`)}::text as title, t.import_row as row_number,
      case when t.version > 1 then 'kept' when b.because is not null then 'blocked' else 'reversed' end as outcome,
      case when t.version > 1 then ${changedSince} else b.because end as because
    from ${sql.table(of.kind.table)} t cross join lateral (select ${blockedBy(of)} as because) b
    where t.org_id = ${of.work.org}::bigint and t.import_id = ${of.importId}::bigint`
}

function titleColumn(kind: KindDeclaration): string {
  return columnsOf(kind.fields.find((field) => field.name === kind.title)!)[0]!.name
}

function currentValues(kind: KindDeclaration): RawBuilder<unknown> {
  const pairs = kind.fields.map((field) => sql`(${field.name}::text, ${canonicalOf(field, 't')})`)
  return sql`(select jsonb_object_agg(x.name, x.value) from (values ${sql.join(pairs)}) as x (name, value)
    where c.after ? x.name)`
}

/** Updated records with their outcome; a field that no longer holds what the import wrote keeps the record. */
function updatedOutcomes(of: UndoTarget): RawBuilder<unknown> {
  return sql`
    select c.record_id, 'updated' as change, coalesce(${sql.ref(`t.${titleColumn(of.kind)}`)}::text, '#' || c.record_id) as title, c.row_number,
      case when t.id is not null and ${currentValues(of.kind)} = c.after then 'reversed' else 'kept' end as outcome,
      case when t.id is null then '{"code":"undo.deleted_since","params":{}}'::jsonb
        when ${currentValues(of.kind)} = c.after then null else ${changedSince} end as because
    from import_changes c
    left join ${sql.table(of.kind.table)} t on t.org_id = c.org_id and t.id = c.record_id
    where c.org_id = ${of.work.org}::bigint and c.import_id = ${of.importId}::bigint and c.kind = ${of.kind.name}::text
      and c.change = 'updated' and c.undone_at is null`
}

export async function countOutcomes(of: UndoTarget): Promise<UndoCounts> {
  const counted = await rows(
    of.work.db,
    sql<{ outcome: Outcome; n: string }>`
      select outcome, count(*) as n from (${createdOutcomes(of)} union all ${updatedOutcomes(of)}) o group by outcome`,
  )
  const counts = { reversed: 0, kept: 0, blocked: 0 }
  for (const { outcome, n } of counted) counts[outcome] = Number(n)
  return counts
}

export type UndoOutcome = {
  record_id: string
  change: 'created' | 'updated'
  title: string
  row_number: string
  outcome: Outcome
  because: { code: string; params: Record<string, string | number> } | null
}

/** Outcomes page by page, by change and record. */
export async function pageOutcomes(
  of: UndoTarget,
  page: {
    readonly outcome?: Outcome | undefined
    readonly after?: { change: string; id: string } | undefined
    readonly limit: number
  },
): Promise<UndoOutcome[]> {
  return rows(
    of.work.db,
    sql<UndoOutcome>`
      select * from (${createdOutcomes(of)} union all ${updatedOutcomes(of)}) o
      where (${page.outcome ?? null}::text is null or o.outcome = ${page.outcome ?? null}::text)
        and (${page.after?.change ?? null}::text is null
          or (o.change, o.record_id) > (${page.after?.change ?? null}::text, ${page.after?.id ?? null}::bigint))
      order by o.change, o.record_id limit ${page.limit}::int`,
  )
}

/** Writes down what stays and why, before anything is reversed. */
export async function keepOutcomes(of: UndoTarget): Promise<void> {
  await run(
    of.work.db,
    sql`delete from import_kept where org_id = ${of.work.org}::bigint and import_id = ${of.importId}::bigint
      and kind = ${of.kind.name}::text`,
  )
  await run(
    of.work.db,
    sql`insert into import_kept (org_id, import_id, kind, record_id, change, outcome, because)
      select ${of.work.org}::bigint, ${of.importId}::bigint, ${of.kind.name}::text, o.record_id, o.change, o.outcome, o.because
      from (${createdOutcomes(of)} union all ${updatedOutcomes(of)}) o where o.outcome <> 'reversed'`,
  )
}

export async function lastRow(of: UndoTarget): Promise<number> {
  const { last } = await one(
    of.work.db,
    sql<{ last: string | null }>`select max(import_row) as last from ${sql.table(of.kind.table)}
      where org_id = ${of.work.org}::bigint and import_id = ${of.importId}::bigint`,
  )
  return Number(last ?? 0)
}

/** Deletes the created records of a range of rows that nobody has touched and nothing refers to. */
export async function deleteCreated(of: UndoTarget, from: number, to: number): Promise<number> {
  const referrers = of.kinds.referrers(of.kind.name)
  const free = referrers.length === 0 ? sql`` : sql`and ${blockedBy(of)} is null`
  return run(
    of.work.db,
    sql`delete from ${sql.table(of.kind.table)} t
      where t.org_id = ${of.work.org}::bigint and t.import_id = ${of.importId}::bigint
        and t.import_row >= ${from}::bigint and t.import_row < ${to}::bigint and t.version = 1 ${free}`,
  )
}

/**
 * Gives fields that still hold what the import wrote their former values back. A record that is restored whole
 * gets its former version and stamps too, so that nothing remains of the import.
 */
export async function restoreUpdated(of: UndoTarget, fields: readonly FieldDeclaration[]): Promise<number> {
  const changed = sql`
    select c.record_id, c.before, c.after, c.found, ${currentValues(of.kind)} as current
    from import_changes c join ${sql.table(of.kind.table)} t on t.org_id = c.org_id and t.id = c.record_id
    where c.org_id = ${of.work.org}::bigint and c.import_id = ${of.importId}::bigint and c.kind = ${of.kind.name}::text
      and c.change = 'updated' and c.undone_at is null
    for update of t`
  const sets = fields.flatMap((field) => {
    const holds = sql`u.after ? ${field.name}::text and u.current -> ${field.name}::text = u.after -> ${field.name}::text`
    return columnsOf(field).map(
      (column, at) => sql`${sql.ref(column.name)} = case when ${holds}
        then ${typedFrom(field, sql`(u.before ->> ${field.name}::text)`)[at]!} else ${sql.ref(`t.${column.name}`)} end`,
    )
  })
  const isWhole = sql`u.current = u.after`
  await run(
    of.work.db,
    // Materialised: joined in place, the comparison of each record would run again for every other one.
    sql`with u as materialized (${changed})
      update ${sql.table(of.kind.table)} t
      set ${sql.join(sets)},
        version = case when ${isWhole} and t.version = (u.found ->> 'version')::int + 1 then t.version - 1 else t.version + 1 end,
        updated_at = case when ${isWhole} then (u.found ->> 'updatedAt')::timestamptz else ${of.work.now}::timestamptz end,
        updated_by = case when ${isWhole} then (u.found ->> 'updatedBy')::bigint else ${of.work.actor.person}::bigint end,
        updated_import = case when ${isWhole} then (u.found ->> 'updatedImport')::bigint else null end
      from u
      where t.org_id = ${of.work.org}::bigint and t.id = u.record_id
        and exists (select 1 from jsonb_each(u.after) a where u.current -> a.key = a.value)`,
  )
  return run(
    of.work.db,
    sql`update import_changes c set undone_at = ${of.work.now}::timestamptz
      where c.org_id = ${of.work.org}::bigint and c.import_id = ${of.importId}::bigint and c.kind = ${of.kind.name}::text
        and c.change = 'updated' and c.undone_at is null
        and not exists (select 1 from import_kept k where k.org_id = c.org_id and k.import_id = c.import_id
          and k.kind = c.kind and k.record_id = c.record_id)`,
  )
}
