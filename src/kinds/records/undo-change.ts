/**
 * Taking back a change that the history tells of: of one record, or of all that were changed together. A field gets
 * its former value only where it still holds what the change wrote; whatever was changed since stays.
 */
import { type RawBuilder, sql } from 'kysely'
import { recordEventForEach } from '../../history/history.ts'
import { one, row, rows, run } from '../../platform/database.ts'
import type { Work } from '../../platform/work.ts'
import type { FieldDeclaration, Kinds } from '../kind.ts'
import { canonicalOf, changedColumns, columnsOf, typedFrom } from '../storage.ts'
import { guardUnique } from './one-record.ts'
import { openRecords, type RecordScope } from './record-scope.ts'
import { changedStamps } from './records.store.ts'
import { refuseRecord } from './refusals.ts'

const undoable: readonly string[] = ['record.changed', 'record.changed_together', 'record.change_undone']

type Told = { kind: string; event: string; together: string | null }

export async function undoChange(
  work: Work,
  kinds: Kinds,
  id: string,
  together: boolean,
): Promise<{ restored: number; kept: number }> {
  const told = await row(
    work.db,
    sql<Told>`select kind, event, params ->> 'together' as together from history
      where org_id = ${work.org}::bigint and id = ${id}::bigint`,
  )
  if (!told || !undoable.includes(told.event)) throw refuseRecord('record.no_undo', { id })
  const of = await openRecords(work, kinds, told.kind, 'write')
  const which =
    together && told.together
      ? sql`h.params ->> 'together' = ${told.together}::text and h.params ? 'together'`
      : sql`h.id = ${id}::bigint`
  const events = sql`h.org_id = ${work.org}::bigint and h.kind = ${told.kind}::text
    and h.event = ${told.event}::text and ${which}`
  const fields = await changedFields(of, events)
  const { n } = await one(
    work.db,
    sql<{ n: number }>`select count(*)::int as n from history h where ${events}`,
  )
  const restored = fields.length === 0 ? 0 : await takeBack(of, fields, events)
  return { restored, kept: n - restored }
}

/** Fields that the organisation has deleted since are left out: there is nothing to restore them into. */
async function changedFields(of: RecordScope, events: RawBuilder<unknown>): Promise<FieldDeclaration[]> {
  const names = await rows(
    of.work.db,
    sql<{ field: string }>`select distinct c ->> 'field' as field
      from history h, jsonb_array_elements(h.changes) c where ${events}`,
  )
  const known = new Set(names.map(({ field }) => field))
  return of.kind.fields.filter((field) => known.has(field.name))
}

async function takeBack(
  of: RecordScope,
  fields: readonly FieldDeclaration[],
  events: RawBuilder<unknown>,
): Promise<number> {
  const { work, kind } = of
  const table = sql.table(kind.table)
  const change = (field: FieldDeclaration) =>
    sql`from jsonb_array_elements(h.changes) c where c ->> 'field' = ${field.name}::text`
  const holds = (field: FieldDeclaration) =>
    sql`exists (select 1 ${change(field)} and c ->> 'after' is not distinct from ${canonicalOf(field, 't')})`
  const before = (field: FieldDeclaration) => sql`(select c ->> 'before' ${change(field)} limit 1)`
  const chosen = sql`t.org_id = ${work.org}::bigint and t.id = h.record_id and ${events}
    and (${sql.join(fields.map(holds), sql` or `)})`
  // Whoever changes one of them meanwhile waits, so that what the history tells is what was there.
  await run(work.db, sql`select 1 from ${table} t, history h where ${chosen} order by t.id for update of t`)
  const told = sql.join(
    fields.map(
      (field) =>
        sql`(${field.name}::text, ${canonicalOf(field, 't')}::text, ${before(field)}::text, ${holds(field)})`,
    ),
  )
  await recordEventForEach(work, {
    kind: kind.name,
    event: 'record.change_undone',
    records: sql`select t.id, '{}'::jsonb,
        (select jsonb_agg(jsonb_build_object('field', x.name, 'before', x.before, 'after', x.after))
          from (values ${told}) as x (name, before, after, held) where x.held)
      from ${table} t, history h where ${chosen}`,
  })
  const sets = changedColumns(
    fields.flatMap((field) => {
      const typed = typedFrom(field, before(field))
      return columnsOf(field).map((column, at) => ({ column, value: typed[at]!, when: holds(field) }))
    }),
  )
  return guardUnique(of, {}, () =>
    run(
      work.db,
      sql`update ${table} t set ${sql.join(sets.map(({ column, value }) => sql`${column} = ${value}`))},
          ${changedStamps(of)}
        from history h where ${chosen}`,
    ),
  )
}
