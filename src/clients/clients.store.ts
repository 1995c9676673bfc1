/** Clients in the database, one by one and as filtered pages. The import writes them through their kind. */
import { type RawBuilder, sql } from 'kysely'
import { canonicalOf, columnsOf, typedFrom } from '../kinds/kinds.ts'
import { one, row, rows, run } from '../platform/database.ts'
import type { Work } from '../platform/work.ts'
import { clientFields } from './clients/client-fields.ts'

export type StoredClient = {
  id: string
  version: number
  /** Canonical text by field name. */
  values: Record<string, string | null>
  import_id: string | null
  import_source: number | null
  import_row: string | null
  import_label: string | null
  import_file: string | null
  created_at: Date
  updated_at: Date
  updated_by_name: string
}

const canonicalValues = sql`(select jsonb_object_agg(x.name, x.value) from (values ${sql.join(
  clientFields.map((field) => sql`(${sql.lit(field.name)}, ${canonicalOf(field, 't')})`),
)}) as x (name, value))`

/** With `lock`, others who would change the client wait. */
export async function readClient(
  work: Work,
  id: string,
  lock: 'lock' | 'read' = 'read',
): Promise<StoredClient | null> {
  return row(
    work.db,
    sql<StoredClient>`
      select t.id, t.version, ${canonicalValues} as values, t.import_id, t.import_source, t.import_row, i.label as import_label,
        f.name as import_file, t.created_at, t.updated_at,
        coalesce((select u.label from imports u where u.org_id = t.org_id and u.id = t.updated_import), p.name, 'Carryover') as updated_by_name
      from clients t
      left join imports i on i.org_id = t.org_id and i.id = t.import_id
      left join import_sources s on s.org_id = t.org_id and s.import_id = t.import_id and s.source = t.import_source
      left join files f on f.org_id = s.org_id and f.id = s.file_id
      left join people p on p.org_id = t.org_id and p.id = t.updated_by
      where t.org_id = ${work.org}::bigint and t.id = ${id}::bigint ${lock === 'lock' ? sql`for update of t` : sql``}`,
  )
}

function assignments(
  values: Readonly<Record<string, string | null>>,
): { column: RawBuilder<unknown>; value: RawBuilder<unknown> }[] {
  return clientFields
    .filter((field) => field.name in values)
    .flatMap((field) => {
      const typed = typedFrom(field, sql`${values[field.name] ?? null}::text`)
      return columnsOf(field).map((column, at) => ({ column: sql.ref(column.name), value: typed[at]! }))
    })
}

export async function insertClient(
  work: Work,
  values: Readonly<Record<string, string | null>>,
): Promise<string> {
  const set = assignments(values)
  const { id } = await one(
    work.db,
    sql<{ id: string }>`
      insert into clients (org_id, ${sql.join(set.map((of) => of.column))}, created_at, created_by, updated_at, updated_by)
      values (${work.org}::bigint, ${sql.join(set.map((of) => of.value))}, ${work.now}::timestamptz, ${work.actor.person}::bigint,
        ${work.now}::timestamptz, ${work.actor.person}::bigint)
      returning id`,
  )
  return id
}

export async function updateClient(
  work: Work,
  id: string,
  values: Readonly<Record<string, string | null>>,
): Promise<void> {
  const set = assignments(values).map((of) => sql`${of.column} = ${of.value}`)
  await run(
    work.db,
    sql`update clients set ${sql.join(set)}, version = version + 1, updated_at = ${work.now}::timestamptz,
        updated_by = ${work.actor.person}::bigint, updated_import = null
      where org_id = ${work.org}::bigint and id = ${id}::bigint`,
  )
}

export async function removeClient(work: Work, id: string): Promise<boolean> {
  return (
    (await run(
      work.db,
      sql`delete from clients where org_id = ${work.org}::bigint and id = ${id}::bigint`,
    )) === 1
  )
}

export type ClientFilter = {
  readonly search?: string | undefined
  readonly importId?: string | undefined
  readonly state?: string | undefined
  readonly rating?: string | undefined
  readonly country?: string | undefined
  readonly tag?: string | undefined
}

export type ClientSort = 'newest' | 'name' | 'city' | 'updated'

export type ListedClient = {
  id: string
  name: string
  email: string | null
  phone: string | null
  city: string | null
  country: string | null
  state: string | null
  rating: string | null
  reg_number: string | null
  external_id: string | null
  flag: string | null
  tags: string[] | null
  import_label: string | null
  updated_at: Date
  /** Place of the row in the chosen order, for the next page. */
  place: string
}

function conditions(work: Work, filter: ClientFilter): RawBuilder<unknown> {
  const found = [sql`t.org_id = ${work.org}::bigint`]
  if (filter.search) {
    const part = `%${filter.search.replace(/[\\%_]/g, (c) => `\\${c}`)}%`
    found.push(
      sql`(t.name ilike ${part}::text or t.email ilike ${part}::text or t.external_id ilike ${part}::text or t.reg_number ilike ${part}::text)`,
    )
  }
  if (filter.importId) found.push(sql`t.import_id = ${filter.importId}::bigint`)
  if (filter.state) found.push(sql`t.state = ${filter.state}::text`)
  if (filter.rating) found.push(sql`t.rating = ${filter.rating}::text`)
  if (filter.country) found.push(sql`t.billing_country = ${filter.country.toUpperCase()}::text`)
  if (filter.tag) found.push(sql`${filter.tag}::text = any(t.tags)`)
  return sql.join(found, sql` and `)
}

/** Text sorts by the rules of the person's language; blanks come last. */
function sortKey(sort: ClientSort, language: string): { key: RawBuilder<unknown>; isDescending: boolean } {
  const collation = sql.raw(language === 'cs' ? '"cs-x-icu"' : '"en-x-icu"')
  const last = sql`E'\\uffff'`
  switch (sort) {
    case 'name':
      return { key: sql`(t.name collate ${collation})`, isDescending: false }
    case 'city':
      return { key: sql`(coalesce(t.billing_city, ${last}) collate ${collation})`, isDescending: false }
    case 'updated':
      return { key: sql`to_char(t.updated_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS')`, isDescending: true }
    default:
      return { key: sql`''::text`, isDescending: true }
  }
}

export async function pageClients(
  work: Work,
  filter: ClientFilter,
  page: {
    readonly sort: ClientSort
    readonly after: { place: string; id: string } | null
    readonly limit: number
  },
): Promise<ListedClient[]> {
  const { key, isDescending } = sortKey(page.sort, work.actor.language)
  const direction = sql.raw(isDescending ? 'desc' : 'asc')
  const compare = sql.raw(isDescending ? '<' : '>')
  const order = page.sort === 'newest' ? sql`t.id desc` : sql`${key} ${direction}, t.id ${direction}`
  const after = page.after
    ? page.sort === 'newest'
      ? sql`and t.id < ${page.after.id}::bigint`
      : sql`and (${key}, t.id) ${compare} (${page.after.place}::text, ${page.after.id}::bigint)`
    : sql``
  return rows(
    work.db,
    sql<ListedClient>`
      select t.id, t.name, t.email, coalesce(nullif(t.phone_given, ''), t.phone) as phone, t.billing_city as city,
        t.billing_country as country, t.state, t.rating, t.reg_number, t.external_id, t.flag, t.tags,
        (select i.label from imports i where i.org_id = t.org_id and i.id = t.import_id) as import_label,
        t.updated_at, ${key} as place
      from clients t where ${conditions(work, filter)} ${after}
      order by ${order} limit ${page.limit}::int`,
  )
}

export async function countClients(work: Work, filter: ClientFilter): Promise<number> {
  const { n } = await one(
    work.db,
    sql<{ n: string }>`select count(*) as n from clients t where ${conditions(work, filter)}`,
  )
  return Number(n)
}
