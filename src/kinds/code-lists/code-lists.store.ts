/** Lists that the organisation has changed, and their options. */
import type { RawBuilder } from 'kysely'
import { one, rows, run, sql } from '../../platform/database.ts'
import type { Work } from '../../platform/work.ts'
import { touchRevision } from '../custom-fields/custom-fields.store.ts'

export type StoredList = {
  readonly id: string
  readonly name: string
  readonly label_en: string | null
  readonly label_cs: string | null
}

export type StoredOption = {
  readonly id: string
  readonly list: string
  readonly value: string
  readonly label_en: string | null
  readonly label_cs: string | null
  readonly synonyms: readonly string[]
  readonly archived_at: Date | null
}

export async function readLists(work: Work): Promise<StoredList[]> {
  return rows(
    work.db,
    sql<StoredList>`select id, name, label_en, label_cs from code_lists where org_id = ${work.org}::bigint order by id`,
  )
}

/** Of one list or of all, in the order of their places. */
export async function readOptions(work: Work, list: string | null = null): Promise<StoredOption[]> {
  return rows(
    work.db,
    sql<StoredOption>`
      select id, list, value, label_en, label_cs, synonyms, archived_at from list_options
      where org_id = ${work.org}::bigint and (${list}::text is null or list = ${list}::text)
      order by place, id`,
  )
}

/** Whether the list was not the organisation's own before. */
export async function insertList(
  work: Work,
  name: string,
  labels: { readonly en: string | null; readonly cs: string | null },
): Promise<boolean> {
  const inserted = await run(
    work.db,
    sql`insert into code_lists (org_id, name, label_en, label_cs, created_at, created_by)
      values (${work.org}::bigint, ${name}::text, ${labels.en}::text, ${labels.cs}::text, ${work.now}::timestamptz,
        ${work.actor.person}::bigint)
      on conflict (org_id, name) do nothing`,
  )
  return inserted > 0
}

/** Others who would change the list wait; gives its id. */
export async function lockList(work: Work, name: string): Promise<string> {
  const { id } = await one(
    work.db,
    sql<{
      id: string
    }>`select id from code_lists where org_id = ${work.org}::bigint and name = ${name}::text for update`,
  )
  return id
}

export type OptionInput = {
  readonly value: string
  readonly en: string | null
  readonly cs: string | null
  readonly synonyms: readonly string[]
  readonly isArchived: boolean
}

/** Behind the options that are there; a value that the list has already is left out. Gives what was added. */
export async function insertOptions(
  work: Work,
  list: string,
  options: readonly OptionInput[],
  importId: string | null = null,
): Promise<string[]> {
  const added = await rows(
    work.db,
    sql<{ value: string }>`
      insert into list_options (org_id, list, value, label_en, label_cs, synonyms, place, archived_at, created_at, created_by, import_id)
      select ${work.org}::bigint, ${list}::text, o.value, o.en, o.cs,
        coalesce((select array_agg(s) from jsonb_array_elements_text(o.synonyms::jsonb) s), '{}'),
        o.place + (select coalesce(max(place), 0) from list_options p where p.org_id = ${work.org}::bigint and p.list = ${list}::text),
        case when o.archived then ${work.now}::timestamptz end, ${work.now}::timestamptz, ${work.actor.person}::bigint, ${importId}::bigint
      from unnest(${options.map((of) => of.value)}::text[], ${options.map((of) => of.en)}::text[], ${options.map((of) => of.cs)}::text[],
        ${options.map((of) => JSON.stringify(of.synonyms))}::text[], ${options.map((of) => of.isArchived)}::boolean[])
        with ordinality as o (value, en, cs, synonyms, archived, place)
      on conflict (org_id, list, value) do nothing
      returning value`,
  )
  await touchRevision(work)
  return added.map((of) => of.value)
}

export async function updateOption(work: Work, list: string, option: OptionInput): Promise<void> {
  await run(
    work.db,
    sql`update list_options set label_en = ${option.en}::text, label_cs = ${option.cs}::text,
        synonyms = ${[...option.synonyms]}::text[],
        archived_at = case when ${option.isArchived}::boolean then coalesce(archived_at, ${work.now}::timestamptz) end
      where org_id = ${work.org}::bigint and list = ${list}::text and value = ${option.value}::text`,
  )
  await touchRevision(work)
}

export async function updateOptionPlaces(work: Work, list: string, values: readonly string[]): Promise<void> {
  await run(
    work.db,
    sql`update list_options t set place = o.place
      from unnest(${values}::text[]) with ordinality as o (value, place)
      where t.org_id = ${work.org}::bigint and t.list = ${list}::text and t.value = o.value`,
  )
  await touchRevision(work)
}

export async function removeOptions(work: Work, list: string, values: readonly string[]): Promise<void> {
  await run(
    work.db,
    sql`delete from list_options where org_id = ${work.org}::bigint and list = ${list}::text and value = any(${values}::text[])`,
  )
  await touchRevision(work)
}

/** Options that an import created and that are still there. */
export async function readCreatedOptions(
  work: Work,
  importId: string,
): Promise<{ list: string; value: string }[]> {
  return rows(
    work.db,
    sql<{ list: string; value: string }>`
      select list, value from list_options
      where org_id = ${work.org}::bigint and import_id = ${importId}::bigint order by list, place`,
  )
}

/** How many records of a kind hold each option in one field; `several` when a field holds more than one. */
export async function countUses(
  work: Work,
  of: {
    readonly table: string
    readonly canonical: RawBuilder<unknown>
    readonly isSeveral: boolean
    /** Only these; all when not given. */
    readonly values?: readonly string[] | undefined
  },
): Promise<{ value: string; count: string }[]> {
  const value = of.isSeveral ? sql`unnest(string_to_array(${of.canonical}, E'\\x1f'))` : of.canonical
  const wanted = of.values ?? null
  return rows(
    work.db,
    sql<{ value: string; count: string }>`
      select u.value, count(*) from (
        select ${value} as value from ${sql.table(of.table)} t where t.org_id = ${work.org}::bigint) u
      where u.value is not null and (${wanted}::text[] is null or u.value = any(${wanted}::text[]))
      group by u.value`,
  )
}
