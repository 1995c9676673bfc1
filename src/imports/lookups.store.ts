/**
 * References of a part, looked up once for each different value instead of once for each row: a temporary table
 * for each such field with value, record and how many there are. Needs no index on what is referred to.
 */
import { type RawBuilder, sql } from 'kysely'
import { one, run } from '../platform/database.ts'
import type { Work } from '../platform/work.ts'
import type { MappedField } from './map/cell-readers.ts'
import type { Part } from './part.ts'
import { type RecordSql, stagedKey, stagedText, tablesOf } from './record-sql.ts'

export type Lookups = {
  /** Field → temporary table `(k, id, n, failed)`; `id` is negative for a record that the set will create. */
  readonly tables: ReadonlyMap<string, string>
  /** Fields in which a value does not name exactly one record. */
  readonly broken: readonly MappedField[]
  /** Values of all fields that do not. */
  readonly brokenCount: number
}

export type LookupInput = {
  readonly work: Work
  readonly record: Omit<RecordSql, 'lookups'>
  /** Parts of the set that have been checked before, whose records are not in the store yet. */
  readonly among: readonly Part[]
  /** Whether rows are left out that verdicts keep out. */
  readonly hasVerdicts: boolean
}

export async function prepareLookups(input: LookupInput): Promise<Lookups> {
  const { part } = input.record
  const tables = new Map<string, string>()
  const broken: MappedField[] = []
  let brokenCount = 0
  for (const [at, mapped] of part.fields.entries()) {
    if (mapped.lookup === null) continue
    const name = `lookup_${part.source}_${part.part}_${at}`
    await run(
      input.work.db,
      sql`create temporary table ${sql.table(name)} on commit drop as ${found(input, mapped)}`,
    )
    await run(input.work.db, sql`create unique index on ${sql.table(name)} (k)`)
    const { n } = await one(
      input.work.db,
      sql<{ n: string }>`select count(*) as n from ${sql.table(name)} where n <> 1`,
    )
    tables.set(mapped.field.name, name)
    if (n !== '0') broken.push(mapped)
    brokenCount += Number(n)
  }
  return { tables, broken, brokenCount }
}

function found(input: LookupInput, mapped: MappedField): RawBuilder<unknown> {
  const { record, hasVerdicts } = input
  const { rows, verdicts } = tablesOf(record.part)
  const text = stagedText(record, mapped)
  const kept = hasVerdicts
    ? sql`and not exists (select 1 from ${verdicts} v where v.row_number = s.row_number and v.action in ('f', 's'))`
    : sql``
  return sql`
    with wanted as (select distinct lower(${text}) as k from ${rows} s
      where ${text} is not null and s.action = 'c' ${kept}),
    candidates as (${sql.join(candidates(input, mapped), sql` union all `)})
    select wanted.k, min(c.id) filter (where not c.is_failed) as id,
      count(distinct c.id) filter (where not c.is_failed)::int as n, min(c.row_number) filter (where c.is_failed) as failed
    from wanted left join candidates c on c.k = wanted.k group by wanted.k`
}

/** Records of the store, and of the set: both count, so that what is in both ways there is not told apart by chance. */
function candidates(input: LookupInput, mapped: MappedField): RawBuilder<unknown>[] {
  const { record, among } = input
  const target = record.kinds.target(mapped.field.reference!.kind)
  const attribute = mapped.lookup!
  const column = sql.ref(`r.${target.attributes[attribute]!}`)
  const parts = among
    .map((part, at) => ({ part, at }))
    .filter(
      ({ part }) =>
        part.kind.name === target.kind &&
        part.fields.some((of) => of.field.name === attribute && !of.isParent && of.lookup === null),
    )
  // A record that the set gives another value is found by that one, not by the one it still has.
  const replaced = parts.map(({ part }) => {
    const { rows, verdicts } = tablesOf(part)
    const value = sql`m.${sql.ref(valueName(part, attribute))}`
    return sql`and not exists (select 1 from ${verdicts} mv join ${rows} m using (row_number)
      where mv.record_id = r.id and mv.action in ('u', 'n') and ${value} is not null)`
  })
  return [
    sql`select lower(${column}::text) as k, r.id, false as is_failed, null::int as row_number
      from ${sql.table(target.table)} r where r.org_id = ${record.org}::bigint and ${column} is not null ${sql.join(replaced, sql` `)}`,
    ...parts.map(({ part, at }) => candidatesOf(part, attribute, at)),
  ]
}

function valueName(part: Part, attribute: string): string {
  return `v${part.fields.findIndex((of) => of.field.name === attribute)}`
}

function candidatesOf(part: Part, attribute: string, at: number): RawBuilder<unknown> {
  const { rows, verdicts } = tablesOf(part)
  const key = stagedKey({ part }, attribute)
  const text = sql.ref(`s.${valueName(part, attribute)}`)
  const number = part.parent ? sql.ref('s.parent_row') : sql.ref('s.row_number')
  const pseudo = sql`-(s.row_number::bigint + ${at}::bigint * 4294967296)`
  return sql`select lower(${key}) as k, coalesce(v.record_id, ${pseudo}) as id,
      coalesce(v.action, s.action) = 'f' as is_failed, ${number} as row_number
    from ${rows} s left join ${verdicts} v using (row_number)
    where ${text} is not null and coalesce(v.action, s.action) <> 's'`
}
