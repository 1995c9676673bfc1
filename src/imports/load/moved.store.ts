/**
 * Whether the store still is what the check compared the rows with. Asked in the loading transaction, before
 * anything is written, about everything that the statements of the load do not see by themselves.
 */
import { type RawBuilder, sql } from 'kysely'
import { columnsOf } from '../../kinds/kinds.ts'
import { one } from '../../platform/database.ts'
import type { MappedField } from '../map/compile.ts'
import { stagedText } from '../record-sql.ts'
import { stagingTable } from '../run.ts'
import type { LoadTarget } from './load.store.ts'

type Tables = { readonly rows: RawBuilder<unknown>; readonly verdicts: RawBuilder<unknown> }

/** Rows whose records or references are not what they were; `key` as the check resolved it. */
export async function countMoved(
  of: LoadTarget,
  plan: { readonly hasVerdicts: boolean; readonly key: readonly string[]; readonly isUpsert: boolean },
): Promise<number> {
  const names = stagingTable(of.importId, of.source)
  const tables = { rows: sql.table(names.rows), verdicts: sql.table(names.verdicts) }
  let moved = plan.hasVerdicts ? await count(of, otherVersions(of, tables)) : 0
  for (const mapped of of.record.fields)
    if (mapped.field.reference) moved += await count(of, brokenReferences(of, tables, mapped))
  // A value that only one record may have is guarded by its index; any other key has no such guard.
  if (plan.isUpsert && !isUnique(of, plan.key)) moved += await count(of, appeared(of, tables, plan.key))
  return moved
}

async function count(of: LoadTarget, counted: RawBuilder<unknown>): Promise<number> {
  const { n } = await one(of.work.db, sql<{ n: string }>`select count(*) as n from (${counted}) moved`)
  return Number(n)
}

/** Records that rows update, or were found to equal, and that have changed or gone since. */
function otherVersions(of: LoadTarget, tables: Tables): RawBuilder<unknown> {
  return sql`select 1 from ${tables.verdicts} v
    left join ${sql.table(of.record.kind.table)} t on t.org_id = ${of.work.org}::bigint and t.id = v.record_id
    where v.record_id is not null and t.version is distinct from v.record_version`
}

/** Values by which not exactly one record is found any more; a load would leave the reference blank. */
function brokenReferences(of: LoadTarget, tables: Tables, mapped: MappedField): RawBuilder<unknown> {
  const target = of.record.kinds.target(mapped.field.reference!.kind)
  const column = sql.ref(`r.${target.attributes[mapped.lookup!]!}`)
  const text = stagedText(of.record, mapped)
  return sql`select 1 from (
      select distinct lower(${text}) as k from ${tables.rows} s where ${text} is not null and s.action = 'c'
        and not exists (select 1 from ${tables.verdicts} v where v.row_number = s.row_number and v.action in ('f', 's'))) wanted
    where (select count(*) from ${sql.table(target.table)} r
      where r.org_id = ${of.work.org}::bigint and lower(${column}::text) = wanted.k) <> 1`
}

function isUnique(of: LoadTarget, key: readonly string[]): boolean {
  return key.length === 1 && of.record.fields.some(({ field }) => field.name === key[0] && field.unique)
}

/** Rows that create a record, although one that they are recognised by is there by now. */
function appeared(of: LoadTarget, tables: Tables, key: readonly string[]): RawBuilder<unknown> {
  const matches = key.map((name) => {
    const mapped = of.record.fields.find(({ field }) => field.name === name)!
    const column = sql.ref(`t.${columnsOf(mapped.field)[0]!.name}`)
    const text = stagedText(of.record, mapped)
    const staged = mapped.field.type === 'phone' ? sql`split_part(${text}, E'\\x1f', 1)` : text
    return mapped.field.unique ? sql`${column} = ${staged}` : sql`lower(${column}::text) = lower(${staged})`
  })
  return sql`select 1 from ${tables.rows} s
    join ${sql.table(of.record.kind.table)} t on t.org_id = ${of.work.org}::bigint and ${sql.join(matches, sql` and `)}
    where s.action = 'c' and not exists (select 1 from ${tables.verdicts} v where v.row_number = s.row_number)`
}
