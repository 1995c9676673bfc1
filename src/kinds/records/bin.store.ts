/**
 * The bin: records whole, as they lay in their tables, so that they come back under their own ids with all that they
 * held. Moves records between their tables and the bin, and points what referred to them somewhere else and back.
 */
import { type RawBuilder, sql } from 'kysely'
import { row, rows, run } from '../../platform/database.ts'
import type { Work } from '../../platform/work.ts'
import { fitsField } from '../cast-text.ts'
import type { FieldDeclaration, KindDeclaration } from '../kind.ts'
import { changedColumns, columnsOf } from '../storage.ts'
import { type RecordScope, titleColumn } from './record-scope.ts'
import { changedStamps } from './records.store.ts'
import { type Referrer, referredId } from './referrers.ts'

export type Moved = { readonly kind: string; readonly field: string; readonly id: string }
export type FieldChanges = Readonly<
  Record<string, { readonly before: string | null; readonly after: string | null }>
>

export type StoredEntry = {
  readonly id: string
  readonly kind: string
  readonly record_id: string
  readonly title: string
  readonly reason: 'deleted' | 'merged'
  readonly moved: readonly Moved[]
  readonly kept_id: string | null
  readonly changes: FieldChanges | null
  readonly with_id: string | null
  readonly removed_at: Date
  readonly by_name: string
  /** Label of the import that made it, where that import has been undone. */
  readonly undone_label: string | null
}

type Removal = {
  readonly reason: 'deleted' | 'merged'
  readonly keptId: string | null
  readonly withId: string | null
  /** Referring records that stay: they are written down with the record, to be pointed at it again. */
  readonly staying: readonly Referrer[]
}

/** Copies records into the bin and deletes them; gives the entries. */
export async function takeOut(
  of: RecordScope,
  ids: readonly string[],
  removal: Removal,
): Promise<{ id: string; recordId: string; title: string }[]> {
  const { work, kind } = of
  const moved = removal.staying.map(
    (
      referrer,
    ) => sql`select jsonb_build_object('kind', ${referrer.kind.name}::text, 'field', ${referrer.field.name}::text,
        'id', r.id::text) as item
      from ${sql.table(referrer.kind.table)} r where r.org_id = t.org_id and ${referredId(referrer)} = t.id`,
  )
  const items =
    moved.length === 0
      ? sql`'[]'::jsonb`
      : sql`coalesce((select jsonb_agg(m.item) from (${sql.join(moved, sql` union all `)}) m), '[]')`
  const entries = await rows(
    work.db,
    sql<{ id: string; recordId: string; title: string }>`
      insert into record_bin (org_id, kind, record_id, title, reason, record, moved, kept_id, with_id, removed_at, removed_by, by_name)
      select t.org_id, ${kind.name}::text, t.id, coalesce(${sql.ref(`t.${titleColumn(kind)}`)}::text, '#' || t.id),
        ${removal.reason}::text, to_jsonb(t), ${items}, ${removal.keptId}::bigint, ${removal.withId}::bigint,
        ${work.now}::timestamptz, ${work.actor.person}::bigint, ${work.actor.name}::text
      from ${sql.table(kind.table)} t
      where t.org_id = ${work.org}::bigint and t.id = any(${[...ids]}::bigint[]) order by t.id
      returning id, record_id as "recordId", title`,
  )
  await run(
    work.db,
    sql`delete from ${sql.table(kind.table)} t
      where t.org_id = ${work.org}::bigint and t.id = any(${[...ids]}::bigint[])`,
  )
  return entries
}

/** Beside the columns of a record in the bin: it went with the others of its import, and that import knows it. */
export const removedByLabel = 'removed_by_label'

/** One statement: what `gone` deletes from the kind's table lies in the bin, each record by itself. */
export function movedToBin({ work, kind }: Pick<RecordScope, 'work' | 'kind'>, gone: RawBuilder<unknown>) {
  return sql`
    with t as (${gone} returning t.*)
    insert into record_bin (org_id, kind, record_id, title, reason, record, moved, removed_at, removed_by, by_name)
    select t.org_id, ${kind.name}::text, t.id, coalesce(${sql.ref(`t.${titleColumn(kind)}`)}::text, '#' || t.id),
      'deleted', to_jsonb(t) || jsonb_build_object(${removedByLabel}::text, true), '[]',
      ${work.now}::timestamptz, ${work.actor.person}::bigint, ${work.actor.name}::text
    from t order by t.id`
}

/** Points referring records from these to another record, or to none; gives their ids. */
export async function pointElsewhere(
  of: RecordScope,
  referrer: Referrer,
  from: readonly string[],
  to: string | null,
): Promise<string[]> {
  return point(of, referrer, to, sql`${referredId(referrer, 't')} = any(${[...from]}::bigint[])`)
}

/** Points those of the given records back that still point to nothing, or to what the record was merged into. */
export async function pointBack(
  of: RecordScope,
  referrer: Referrer,
  ids: readonly string[],
  to: string,
  since: string | null,
): Promise<string[]> {
  const unchanged = since === null ? sql`is null` : sql`= ${since}::bigint`
  return point(
    of,
    referrer,
    to,
    sql`t.id = any(${[...ids]}::bigint[]) and ${referredId(referrer, 't')} ${unchanged}`,
  )
}

async function point(
  of: RecordScope,
  { kind, field }: Referrer,
  to: string | null,
  which: RawBuilder<unknown>,
): Promise<string[]> {
  const [column] = columnsOf(field)
  const value = field.custom ? sql`${to}::text` : sql`${to}::bigint`
  const sets = changedColumns([{ column: column!, when: sql`true`, value }])
  const pointed = await rows(
    of.work.db,
    sql<{ id: string }>`
      update ${sql.table(kind.table)} t
      set ${sql.join(sets.map((set) => sql`${set.column} = ${set.value}`))}, ${changedStamps(of)}
      where t.org_id = ${of.work.org}::bigint and ${which} returning t.id`,
  )
  return pointed.map(({ id }) => id)
}

/**
 * Puts the record of an entry back into its table, under its id. Values of fields that got another type meanwhile
 * are left out where they are none of it; gives the names of those fields.
 */
export async function putBack(of: RecordScope, entry: StoredEntry): Promise<string[]> {
  const { work, kind } = of
  const table = sql.table(kind.table)
  const own = kind.fields.filter((field) => field.custom)
  const unfit = await unfitFields(
    work,
    own.map((field) => ({ field, text: sql`(b.record -> 'custom' ->> ${field.custom!}::text)` })),
    sql`from record_bin b where b.org_id = ${work.org}::bigint and b.id = ${entry.id}::bigint`,
  )
  const left = own.filter((field) => unfit.includes(field.name))
  const record =
    left.length === 0
      ? sql`b.record`
      : sql`jsonb_set(b.record, '{custom}', (b.record -> 'custom') - ${left.map(({ custom }) => custom!)}::text[])`
  await run(
    work.db,
    sql`insert into ${table} overriding system value
      select (jsonb_populate_record(null::${table}, ${record})).* from record_bin b
      where b.org_id = ${work.org}::bigint and b.id = ${entry.id}::bigint`,
  )
  await run(
    work.db,
    sql`delete from record_bin where org_id = ${work.org}::bigint and id = ${entry.id}::bigint`,
  )
  return unfit
}

/** Names of the fields whose text, written down some time ago, is no value of theirs now. */
export async function unfitFields(
  work: Work,
  values: readonly { readonly field: FieldDeclaration; readonly text: RawBuilder<unknown> }[],
  from: RawBuilder<unknown> = sql``,
): Promise<string[]> {
  if (values.length === 0) return []
  const pairs = values.map(({ field, text }) => sql`(${field.name}::text, ${fitsField(field, text)})`)
  const found = await row(
    work.db,
    sql<{ names: string[] | null }>`
      select (select array_agg(x.name) from (values ${sql.join(pairs)}) as x (name, fits) where not x.fits) as names ${from}`,
  )
  return found?.names ?? []
}

/** References of these records to records that are no more; after all that belongs together is back. */
export async function blankLostReferences(of: RecordScope, ids: readonly string[]): Promise<void> {
  for (const field of of.kind.fields) {
    if (!field.reference || field.required || field.custom) continue
    const column = sql.ref(columnsOf(field)[0]!.name)
    const target = sql.table(of.kinds.target(field.reference.kind).table)
    await run(
      of.work.db,
      sql`update ${sql.table(of.kind.table)} t set ${column} = null
        where t.org_id = ${of.work.org}::bigint and t.id = any(${[...ids]}::bigint[]) and ${column} is not null
          and not exists (select 1 from ${target} r where r.org_id = t.org_id and r.id = t.${column})`,
    )
  }
}

export async function countOn(of: Pick<RecordScope, 'work' | 'kind'>, ids: readonly string[]): Promise<void> {
  await run(
    of.work.db,
    sql`update ${sql.table(of.kind.table)} t set version = t.version + 1, updated_at = ${of.work.now}::timestamptz,
        updated_by = ${of.work.actor.person}::bigint, updated_import = null
      where t.org_id = ${of.work.org}::bigint and t.id = any(${[...ids]}::bigint[])`,
  )
}

const entryColumns = sql`b.id, b.kind, b.record_id, b.title, b.reason, b.moved, b.kept_id, b.changes, b.with_id, b.removed_at, b.by_name,
  (select i.label from imports i where i.org_id = b.org_id and i.id = (b.record ->> 'import_id')::bigint
    and i.status = 'undone') as undone_label`

/** The entry and those that went with it; others who would restore it wait. */
export async function lockEntries(work: Work, id: string): Promise<StoredEntry[]> {
  return rows(
    work.db,
    sql<StoredEntry>`select ${entryColumns} from record_bin b
      where b.org_id = ${work.org}::bigint and (b.id = ${id}::bigint or b.with_id = ${id}::bigint)
      order by b.with_id nulls first, b.id for update`,
  )
}

export async function readEntry(work: Work, id: string): Promise<StoredEntry | null> {
  return row(
    work.db,
    sql<StoredEntry>`select ${entryColumns} from record_bin b
      where b.org_id = ${work.org}::bigint and b.id = ${id}::bigint`,
  )
}

export async function pageEntries(
  work: Work,
  query: {
    readonly kinds: readonly string[]
    readonly search: string | undefined
    readonly after: string | undefined
    readonly limit: number
  },
): Promise<(StoredEntry & { readonly together: number })[]> {
  const part = query.search ? `%${query.search.replace(/[\\%_]/g, '\\$&')}%` : null
  return rows(
    work.db,
    sql<StoredEntry & { together: number }>`
      select ${entryColumns}, (select count(*)::int from record_bin w where w.org_id = b.org_id and w.with_id = b.id) as together
      from record_bin b
      where b.org_id = ${work.org}::bigint and b.with_id is null and b.kind = any(${[...query.kinds]}::text[])
        and (${part}::text is null or b.title ilike ${part}::text)
        and (${query.after ?? null}::bigint is null or b.id < ${query.after ?? null}::bigint)
      order by b.id desc limit ${query.limit}::int`,
  )
}

/** What a merge changed in the record that stayed. */
export async function keepChanges(work: Work, id: string, changes: FieldChanges): Promise<void> {
  await run(
    work.db,
    sql`update record_bin set changes = ${JSON.stringify(changes)}::jsonb
      where org_id = ${work.org}::bigint and id = ${id}::bigint`,
  )
}

/** Entries that were put there before the given moment go for good. */
export async function emptyBin(work: Work, before: Date): Promise<number> {
  return run(
    work.db,
    sql`delete from record_bin where org_id = ${work.org}::bigint and removed_at < ${before}::timestamptz`,
  )
}

/** Records of a kind in the bin that hold a person's data are erased with it. */
export async function eraseEntries(
  work: Work,
  kind: KindDeclaration,
  which: RawBuilder<unknown>,
): Promise<number> {
  return run(
    work.db,
    sql`delete from record_bin b where b.org_id = ${work.org}::bigint and b.kind = ${kind.name}::text and ${which}`,
  )
}

export async function idsReferring(
  of: RecordScope,
  referrer: Referrer,
  ids: readonly string[],
): Promise<string[]> {
  const found = await rows(
    of.work.db,
    sql<{ id: string }>`select r.id from ${sql.table(referrer.kind.table)} r
      where r.org_id = ${of.work.org}::bigint and ${referredId(referrer)} = any(${[...ids]}::bigint[])
      order by r.id for update`,
  )
  return found.map(({ id }) => id)
}
