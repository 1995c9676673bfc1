/**
 * Records of any kind in its table, one by one and as filtered pages; the statements are written from the kind's
 * declaration. Whatever changes a record counts its version on. The import writes its own statements.
 */
import { type RawBuilder, sql } from 'kysely'
import { one, row, rows, run } from '../../platform/database.ts'
import type { Language } from '../../platform/refusal.ts'
import { type CastType, castText, comparedType } from '../cast-text.ts'
import type { FieldDeclaration } from '../kind.ts'
import { canonicalOf, changedColumns, columnsOf, insertedColumns, typedFrom } from '../storage.ts'
import { filterConditions, type RecordFilter } from './record-filter.ts'
import { type RecordScope, titleColumn } from './record-scope.ts'
import type { Values } from './record-values.ts'
import { refuseRecord } from './refusals.ts'

export type ReferredRecord = { readonly id: string; readonly title: string }

export type StoredRecord = {
  id: string
  version: number
  title: string
  /** Canonical text by field name. */
  values: Record<string, string | null>
  references: Record<string, ReferredRecord> | null
  import_id: string | null
  import_source: number | null
  import_row: string | null
  import_label: string | null
  import_file: string | null
  import_sheet: string | null
  created_at: Date
  updated_at: Date
  updated_by_name: string
}

/** `{name: text}` of these fields, as one value; in parts, because a function takes at most 100 arguments. */
function valuesOf(fields: readonly FieldDeclaration[]): RawBuilder<unknown> {
  if (fields.length === 0) return sql`'{}'::jsonb`
  return sql`(select jsonb_object_agg(x.name, x.value) from (values ${sql.join(
    fields.map((field) => sql`(${field.name}::text, ${canonicalOf(field, 't')})`),
  )}) as x (name, value))`
}

/** Title and id of what the record refers to, by field. */
function referencesOf(of: RecordScope, fields: readonly FieldDeclaration[]): RawBuilder<unknown> {
  const found = fields.flatMap((field) => {
    if (!field.reference) return []
    const { table } = of.kinds.target(field.reference.kind)
    const title = sql.ref(`r.${titleColumn(of.kinds.get(field.reference.kind))}`)
    return [
      sql`select ${field.name}::text as name, r.id, ${title}::text as title from ${sql.table(table)} r
        where r.org_id = t.org_id and r.id = ${idOf(field)}`,
    ]
  })
  if (found.length === 0) return sql`null::jsonb`
  return sql`(select jsonb_object_agg(x.name, jsonb_build_object('id', x.id::text, 'title', coalesce(x.title, '')))
    from (${sql.join(found, sql` union all `)}) x)`
}

/** The id that a reference of `t` names. */
function idOf(field: FieldDeclaration): RawBuilder<unknown> {
  const id = canonicalOf(field, 't')
  return field.custom ? castText(id, 'bigint') : sql`(${id})::bigint`
}

function recordColumns(of: RecordScope, fields: readonly FieldDeclaration[]): RawBuilder<unknown> {
  return sql`t.id, t.version, coalesce(${sql.ref(`t.${titleColumn(of.kind)}`)}::text, '#' || t.id) as title,
    ${valuesOf(fields)} as values, ${referencesOf(of, fields)} as references,
    t.import_id, t.import_source, t.import_row, t.created_at, t.updated_at,
    (select i.label from imports i where i.org_id = t.org_id and i.id = t.import_id) as import_label,
    (select f.name from import_sources s join files f on f.org_id = s.org_id and f.id = s.file_id
      where s.org_id = t.org_id and s.import_id = t.import_id and s.source = t.import_source) as import_file,
    (select s.reading->'sheet'->>'name' from import_sources s
      where s.org_id = t.org_id and s.import_id = t.import_id and s.source = t.import_source) as import_sheet,
    coalesce((select u.label from imports u where u.org_id = t.org_id and u.id = t.updated_import),
      (select p.name from people p where p.org_id = t.org_id and p.id = t.updated_by), 'Carryover') as updated_by_name`
}

/** With `lock`, others who would change the record wait; refuses `record.not_found` by null. */
export async function readRecord(
  of: RecordScope,
  id: string,
  lock: 'lock' | 'read' = 'read',
): Promise<StoredRecord | null> {
  return row(
    of.work.db,
    sql<StoredRecord>`select ${recordColumns(of, of.kind.fields)} from ${sql.table(of.kind.table)} t
      where t.org_id = ${of.work.org}::bigint and t.id = ${id}::bigint ${lock === 'lock' ? sql`for update of t` : sql``}`,
  )
}

function typedColumns(of: RecordScope, values: Values) {
  return of.kind.fields
    .filter((field) => field.name in values)
    .flatMap((field) => {
      const typed = typedFrom(field, sql`${values[field.name] ?? null}::text`)
      return columnsOf(field).map((column, at) => ({ column, value: typed[at]! }))
    })
}

export async function insertRecord(of: RecordScope, values: Values): Promise<string> {
  const set = insertedColumns(typedColumns(of, values))
  const { id } = await one(
    of.work.db,
    sql<{ id: string }>`
      insert into ${sql.table(of.kind.table)} (org_id, ${sql.join(set.map(({ column }) => column))}, created_at, created_by,
        updated_at, updated_by)
      values (${of.work.org}::bigint, ${sql.join(set.map(({ value }) => value))}, ${of.work.now}::timestamptz,
        ${of.work.actor.person}::bigint, ${of.work.now}::timestamptz, ${of.work.actor.person}::bigint)
      returning id`,
  )
  return id
}

/** Columns that say who changed a record now, and that it is another version. */
export function changedStamps(of: Pick<RecordScope, 'work'>): RawBuilder<unknown> {
  return sql`version = t.version + 1, updated_at = ${of.work.now}::timestamptz,
    updated_by = ${of.work.actor.person}::bigint, updated_import = null`
}

export async function updateRecord(of: RecordScope, id: string, values: Values): Promise<void> {
  const changes = typedColumns(of, values).map((change) => ({ ...change, when: sql`true` }))
  const sets = changedColumns(changes).map(({ column, value }) => sql`${column} = ${value}`)
  await run(
    of.work.db,
    sql`update ${sql.table(of.kind.table)} t set ${sql.join(sets)}, ${changedStamps(of)}
      where t.org_id = ${of.work.org}::bigint and t.id = ${id}::bigint`,
  )
}

export type Page = {
  readonly sort: string
  readonly after: { readonly place: string | null; readonly id: string } | null
  readonly limit: number
  /** Names of fields whose values are wanted. */
  readonly columns: readonly string[] | null
}

export type ListedRecord = StoredRecord & { readonly place: string | null }

type OrderScope = Pick<RecordScope, 'kinds' | 'kind'> & {
  readonly work: { readonly actor: { readonly language: Language } }
}

type Order = { readonly key: RawBuilder<unknown>; readonly type: CastType; readonly isDescending: boolean }

const longest = 200

/** Text sorts by the rules of the person's language; blanks come last in both directions. */
function orderOf(of: OrderScope, sort: string): Order | null {
  if (sort === 'newest') return null
  const isDescending = sort.startsWith('-')
  const name = isDescending ? sort.slice(1) : sort
  if (name === 'updated') return { key: sql`t.updated_at`, type: 'timestamptz', isDescending: !isDescending }
  const field = of.kind.fields.find((candidate) => candidate.name === name)
  if (!field) throw refuseRecord('record.unknown_sort', { sort })
  const [column] = columnsOf(field)
  const text = canonicalOf(field, 't')
  if (field.reference) {
    const target = of.kinds.get(field.reference.kind)
    const title = sql.ref(`r.${titleColumn(target)}`)
    const named = sql`(select left(${title}::text, ${longest}::int) from ${sql.table(target.table)} r
      where r.org_id = t.org_id and r.id = ${idOf(field)})`
    return { key: collated(of, named), type: 'text', isDescending }
  }
  const type = field.type === 'time' ? null : comparedType(field)
  if (type) {
    const value = field.type === 'money' ? sql`split_part(${text}, E'\\x1f', 1)` : text
    // What stands in a column is of its type.
    const key = field.custom ? castText(value, type) : sql`(${value})::${sql.raw(type)}`
    return { key, type, isDescending }
  }
  const isPlain = !field.custom && column!.sqlType === 'text'
  const words = isPlain ? sql.ref(`t.${column!.name}`) : text
  return { key: collated(of, sql`left(${words}, ${longest}::int)`), type: 'text', isDescending }
}

function collated(of: OrderScope, text: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(${text} collate ${sql.raw(of.work.actor.language === 'cs' ? '"cs-x-icu"' : '"en-x-icu"')})`
}

function afterPlace(order: Order | null, after: NonNullable<Page['after']>): RawBuilder<unknown> {
  const id = sql`${after.id}::bigint`
  if (!order) return sql`t.id < ${id}`
  const compare = sql.raw(order.isDescending ? '<' : '>')
  if (after.place === null) return sql`(${order.key} is null and t.id ${compare} ${id})`
  // A place that somebody wrote by hand is none.
  const place = castText(sql`${after.place}::text`, order.type)
  return sql`(${order.key} ${compare} ${place} or (${order.key} = ${place} and t.id ${compare} ${id}) or ${order.key} is null)`
}

function ordering(order: Order | null): RawBuilder<unknown> {
  const direction = sql.raw(order?.isDescending ? 'desc' : 'asc')
  return order ? sql`${order.key} ${direction} nulls last, t.id ${direction}` : sql`t.id desc`
}

/** What a list of `t` is ordered by; refuses `record.unknown_sort`. */
export function recordOrder(of: OrderScope, sort: string): RawBuilder<unknown> {
  return ordering(orderOf(of, sort))
}

export async function pageRecords(
  of: RecordScope,
  filter: RecordFilter,
  page: Page,
): Promise<ListedRecord[]> {
  const order = orderOf(of, page.sort)
  const fields = page.columns
    ? of.kind.fields.filter((field) => page.columns!.includes(field.name))
    : of.kind.fields
  const after = page.after ? sql`and ${afterPlace(order, page.after)}` : sql``
  const key = order ? sql`${order.key}::text` : sql`''::text`
  return rows(
    of.work.db,
    sql<ListedRecord>`
      select ${recordColumns(of, fields)}, ${key} as place
      from ${sql.table(of.kind.table)} t where ${filterConditions(scopeOf(of), of.kind, filter)} ${after}
      order by ${ordering(order)}
      limit ${page.limit}::int`,
  )
}

export function scopeOf(of: RecordScope) {
  return { org: of.work.org, language: of.work.actor.language }
}

export async function countRecords(of: RecordScope, filter: RecordFilter): Promise<number> {
  const { n } = await one(
    of.work.db,
    sql<{ n: string }>`select count(*) as n from ${sql.table(of.kind.table)} t
      where ${filterConditions(scopeOf(of), of.kind, filter)}`,
  )
  return Number(n)
}

/** Their ids, locked, in the order in which every other change of many locks them. */
export async function idsOfRecords(of: RecordScope, filter: RecordFilter): Promise<string[]> {
  const found = await rows(
    of.work.db,
    sql<{ id: string }>`select t.id from ${sql.table(of.kind.table)} t
      where ${filterConditions(scopeOf(of), of.kind, filter)} order by t.id for update`,
  )
  return found.map(({ id }) => id)
}
