/** Definitions of custom fields, and the revision under which an organisation's definitions are known. */
import { one, row, rows, run, sql } from '../../platform/database.ts'
import type { Work } from '../../platform/work.ts'
import type { CustomFieldType } from './contract.ts'

export type StoredField = {
  readonly id: string
  readonly kind: string
  readonly key: string
  readonly type: CustomFieldType
  readonly label_en: string | null
  readonly label_cs: string | null
  readonly hint: string | null
  readonly group_name: string | null
  readonly required: boolean
  readonly pattern: string | null
  readonly max_length: number | null
  readonly currency: string | null
  readonly list: string | null
  readonly in_list: boolean
  readonly in_filter: boolean
  readonly in_export: boolean
  readonly place: number
  readonly version: number
  readonly archived_at: Date | null
  readonly deleted_at: Date | null
}

const columns = sql`id, kind, key, type, label_en, label_cs, hint, group_name, required, pattern, max_length, currency,
  list, in_list, in_filter, in_export, place, version, archived_at, deleted_at`

/** Null as long as the organisation has changed nothing. */
export async function readRevision(work: Work): Promise<string | null> {
  const found = await row(
    work.db,
    sql<{ revision: string }>`select revision from kind_revisions where org_id = ${work.org}::bigint`,
  )
  return found?.revision ?? null
}

/**
 * Whoever holds definitions in memory reads them again from now on; others who would change some wait. Called
 * before a change, which is then settled against what is there, and by each statement that changes one.
 */
export async function touchRevision(work: Work): Promise<void> {
  await run(
    work.db,
    sql`insert into kind_revisions (org_id, revision) values (${work.org}::bigint, gen_random_uuid())
      on conflict (org_id) do update set revision = excluded.revision`,
  )
}

/** Deleted ones included, in the order of their places. */
export async function readFields(work: Work): Promise<StoredField[]> {
  return rows(
    work.db,
    sql<StoredField>`select ${columns} from custom_fields where org_id = ${work.org}::bigint order by place, id`,
  )
}

/** Others who would change the field wait. A deleted one is found too. */
export async function lockField(work: Work, id: string): Promise<StoredField | null> {
  return row(
    work.db,
    sql<StoredField>`select ${columns} from custom_fields where org_id = ${work.org}::bigint and id = ${id}::bigint for update`,
  )
}

/** One after the other within a kind: keys, labels and places are settled against the fields that are there. */
export async function lockFieldsOf(work: Work, kind: string): Promise<StoredField[]> {
  await touchRevision(work)
  return (await readFields(work)).filter((field) => field.kind === kind)
}

/** What a person settles about a field. */
export type FieldSettings = Pick<
  StoredField,
  | 'type'
  | 'label_en'
  | 'label_cs'
  | 'hint'
  | 'group_name'
  | 'required'
  | 'pattern'
  | 'max_length'
  | 'currency'
  | 'list'
  | 'in_list'
  | 'in_filter'
  | 'in_export'
>

export async function insertField(
  work: Work,
  kind: string,
  key: string,
  field: FieldSettings,
): Promise<string> {
  const { id } = await one(
    work.db,
    sql<{ id: string }>`
      insert into custom_fields (org_id, kind, key, type, label_en, label_cs, hint, group_name, required, pattern,
        max_length, currency, list, in_list, in_filter, in_export, place, created_at, created_by, updated_at, updated_by)
      select ${work.org}::bigint, ${kind}::text, ${key}::text, ${field.type}::text, ${field.label_en}::text,
        ${field.label_cs}::text, ${field.hint}::text, ${field.group_name}::text, ${field.required}::boolean,
        ${field.pattern}::text, ${field.max_length}::int, ${field.currency}::text, ${field.list}::text,
        ${field.in_list}::boolean, ${field.in_filter}::boolean, ${field.in_export}::boolean,
        coalesce(max(place) + 1, 0), ${work.now}::timestamptz, ${work.actor.person}::bigint,
        ${work.now}::timestamptz, ${work.actor.person}::bigint
      from custom_fields where org_id = ${work.org}::bigint and kind = ${kind}::text
      returning id`,
  )
  await touchRevision(work)
  return id
}

export async function updateField(work: Work, id: string, field: FieldSettings): Promise<void> {
  await run(
    work.db,
    sql`update custom_fields set type = ${field.type}::text, label_en = ${field.label_en}::text,
        label_cs = ${field.label_cs}::text, hint = ${field.hint}::text, group_name = ${field.group_name}::text,
        required = ${field.required}::boolean, pattern = ${field.pattern}::text, max_length = ${field.max_length}::int,
        currency = ${field.currency}::text, list = ${field.list}::text, in_list = ${field.in_list}::boolean,
        in_filter = ${field.in_filter}::boolean, in_export = ${field.in_export}::boolean, version = version + 1,
        updated_at = ${work.now}::timestamptz, updated_by = ${work.actor.person}::bigint
      where org_id = ${work.org}::bigint and id = ${id}::bigint`,
  )
  await touchRevision(work)
}

export async function updateFieldState(
  work: Work,
  id: string,
  state: { readonly archivedAt: Date | null; readonly deletedAt: Date | null },
): Promise<void> {
  await run(
    work.db,
    sql`update custom_fields set archived_at = ${state.archivedAt}::timestamptz, deleted_at = ${state.deletedAt}::timestamptz,
        version = version + 1, updated_at = ${work.now}::timestamptz, updated_by = ${work.actor.person}::bigint
      where org_id = ${work.org}::bigint and id = ${id}::bigint`,
  )
  await touchRevision(work)
}

export async function updatePlaces(work: Work, ids: readonly string[]): Promise<void> {
  await run(
    work.db,
    sql`update custom_fields f set place = o.place
      from unnest(${ids}::bigint[]) with ordinality as o (id, place)
      where f.org_id = ${work.org}::bigint and f.id = o.id`,
  )
  await touchRevision(work)
}
