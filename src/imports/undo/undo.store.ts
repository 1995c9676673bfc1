/**
 * The reversal itself, in SQL: what stays is written down first, created records are deleted in ranges of their
 * rows, changed ones get their former values back.
 */
import { sql } from 'kysely'
import {
  changedColumns,
  columnsOf,
  type FieldDeclaration,
  fitsField,
  movedToBin,
  typedFrom,
} from '../../kinds/kinds.ts'
import { one, run } from '../../platform/database.ts'
import {
  currentValues,
  isFree,
  isUntouched,
  outcomes,
  type UndoTarget,
  unfitNames,
} from './outcomes.store.ts'

/** Writes down what stays and why, before anything is reversed; what an earlier undo kept may go now. */
export async function keepOutcomes(of: UndoTarget, hasKept: boolean): Promise<void> {
  await run(
    of.work.db,
    sql`delete from import_kept where org_id = ${of.work.org}::bigint and import_id = ${of.importId}::bigint
      and kind = ${of.kind.name}::text`,
  )
  if (!hasKept) return
  await run(
    of.work.db,
    sql`insert into import_kept (org_id, import_id, kind, record_id, change, outcome, because)
      select ${of.work.org}::bigint, ${of.importId}::bigint, ${of.kind.name}::text, o.record_id, o.change, o.outcome, o.because
      from (${outcomes(of)}) o where o.outcome <> 'reversed'`,
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

/**
 * Deletes the created records of a range of rows that are not among those that stay (`keepOutcomes`). By its label
 * what somebody has edited goes too, so all of it goes into the bin; an undo takes back only what the file can bring again.
 */
export async function deleteCreated(
  of: UndoTarget,
  range: { readonly from: number; readonly to: number },
  hasKept: boolean,
): Promise<number> {
  const free = hasKept
    ? sql`and not exists (select 1 from import_kept k where k.org_id = t.org_id and k.import_id = ${of.importId}::bigint
        and k.kind = ${of.kind.name}::text and k.record_id = t.id)`
    : sql``
  // Asked again: a person may have changed one since the outcomes were counted.
  const untouched = of.mode === 'delete' ? sql`` : sql`and ${isUntouched(of.kind)}`
  const gone = sql`delete from ${sql.table(of.kind.table)} t
      where t.org_id = ${of.work.org}::bigint and t.import_id = ${of.importId}::bigint
        and t.import_row >= ${range.from}::bigint and t.import_row < ${range.to}::bigint
        and ${isFree(of.kind)} ${untouched} ${free}`
  return run(of.work.db, of.mode === 'delete' ? movedToBin(of, gone) : gone)
}

/**
 * Gives fields that still hold what the import wrote their former values back. A record that is restored whole
 * gets its former stamps too; its version counts on, so that nobody who has read it in between is deceived.
 */
export async function restoreUpdated(of: UndoTarget, fields: readonly FieldDeclaration[]): Promise<number> {
  const changed = sql`
    select c.record_id, c.before, c.after, c.found, ${currentValues(of.kind)} as current, ${unfitNames(of.kind)} as unfit
    from import_changes c join ${sql.table(of.kind.table)} t on t.org_id = c.org_id and t.id = c.record_id
    where c.org_id = ${of.work.org}::bigint and c.import_id = ${of.importId}::bigint and c.kind = ${of.kind.name}::text
      and c.change = 'updated' and c.undone_at is null
    for update of t`
  const assigned = changedColumns(
    fields.flatMap((field) => {
      const values = typedFrom(field, sql`(u.before ->> ${field.name}::text)`)
      const when = sql`(u.after ? ${field.name}::text and u.current -> ${field.name}::text = u.after -> ${field.name}::text
        and ${fitsField(field, sql`(u.before ->> ${field.name}::text)`)})`
      return columnsOf(field).map((column, at) => ({ column, when, value: values[at]! }))
    }),
  )
  const isWhole = sql`(u.current = u.after and u.unfit is null)`
  await run(
    of.work.db,
    // Materialised: joined in place, the comparison of each record would run again for every other one.
    sql`with u as materialized (${changed})
      update ${sql.table(of.kind.table)} t
      set ${sql.join(assigned.map(({ column, value }) => sql`${column} = ${value}`))}, version = t.version + 1,
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
