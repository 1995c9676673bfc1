/**
 * Whether the store still is what the check compared the rows with. Asked in the loading transaction, before
 * anything is written, about everything that the statements of the load do not see by themselves.
 */
import { type RawBuilder, sql } from 'kysely'
import { one } from '../../platform/database.ts'
import { keyEquals, mappedField, tablesOf } from '../record-sql.ts'
import type { LoadTarget } from './load.store.ts'

/** Rows whose records are not what they were; `key` as the check resolved it. */
export async function countMoved(
  of: LoadTarget,
  plan: { readonly hasVerdicts: boolean; readonly key: readonly string[]; readonly isUpsert: boolean },
): Promise<number> {
  let moved = plan.hasVerdicts ? await count(of, otherVersions(of)) : 0
  // A value that only one record may have is guarded by its index, and children are new where their record is:
  // any other key has no such guard.
  if (plan.isUpsert && !of.part.parent && !isUnique(of, plan.key))
    moved += await count(of, appeared(of, plan.key))
  return moved
}

async function count(of: LoadTarget, counted: RawBuilder<unknown>): Promise<number> {
  const { n } = await one(of.work.db, sql<{ n: string }>`select count(*) as n from (${counted}) moved`)
  return Number(n)
}

/** Records that rows update, or were found to equal, and that have changed or gone since. */
function otherVersions(of: LoadTarget): RawBuilder<unknown> {
  return sql`select 1 from ${tablesOf(of.part).verdicts} v
    left join ${sql.table(of.part.kind.table)} t on t.org_id = ${of.work.org}::bigint and t.id = v.record_id
    where v.record_id is not null and t.version is distinct from v.record_version`
}

function isUnique(of: LoadTarget, key: readonly string[]): boolean {
  return key.length === 0 || (key.length === 1 && mappedField(of.part, key[0]!).field.unique === true)
}

/** Rows that create a record, although one that they are recognised by is there by now. */
function appeared(of: LoadTarget, key: readonly string[]): RawBuilder<unknown> {
  const { rows, verdicts } = tablesOf(of.part)
  return sql`select 1 from ${rows} s
    join ${sql.table(of.part.kind.table)} t on t.org_id = ${of.work.org}::bigint and ${keyEquals(of.record, key)}
    where s.action = 'c' and not exists (select 1 from ${verdicts} v where v.row_number = s.row_number)`
}
