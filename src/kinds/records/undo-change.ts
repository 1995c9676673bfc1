/**
 * Taking back a change that the history tells of: of one record, or of all that were changed together. A field gets
 * its former value only where it still holds what the change wrote; whatever was changed since stays. So does a field
 * whose former value is none any more (a record that is gone, another type, a blank that must not be): it is named.
 */
import { type RawBuilder, sql } from 'kysely'
import { recordEventForEach } from '../../history/history.ts'
import { one, row, rows, run } from '../../platform/database.ts'
import type { Work } from '../../platform/work.ts'
import { castText, fitsField } from '../cast-text.ts'
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
): Promise<{ restored: number; kept: number; left: string[] }> {
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
  if (fields.length === 0) return { restored: 0, kept: n, left: [] }
  const { restored, left } = await takeBack(of, fields, events)
  return { restored, kept: n - restored, left }
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

/** In SQL, of a field that event `h` changed in record `t`. */
type Change = {
  readonly field: FieldDeclaration
  readonly before: RawBuilder<unknown>
  /** It still holds what the change wrote. */
  readonly holds: RawBuilder<unknown>
}

function changeOf(field: FieldDeclaration): Change {
  const change = sql`from jsonb_array_elements(h.changes) c where c ->> 'field' = ${field.name}::text`
  return {
    field,
    before: sql`(select c ->> 'before' ${change} limit 1)`,
    holds: sql`exists (select 1 ${change} and c ->> 'after' is not distinct from ${canonicalOf(field, 't')})`,
  }
}

/** Whether the former value can be one again. */
function isStillOne(of: RecordScope, changes: readonly Change[], { field, before }: Change) {
  const conditions = [fitsField(field, before)]
  if (field.reference)
    conditions.push(sql`(${before} is null or exists (select 1
      from ${sql.table(of.kinds.target(field.reference.kind).table)} r
      where r.org_id = t.org_id and r.id = ${castText(before, 'bigint')}))`)
  if (field.required) conditions.push(sql`${before} is not null`)
  const needs = field.requiredIf && of.kind.fields.find(({ name }) => name === field.requiredIf!.field)
  if (needs) {
    const other = changes.find((change) => change.field === needs)
    const now = canonicalOf(needs, 't')
    const becomes = other ? sql`case when ${other.holds} then ${other.before} else ${now} end` : now
    conditions.push(
      sql`(${before} is not null or not coalesce(${becomes} = any(${[...field.requiredIf.values]}::text[]), false))`,
    )
  }
  return sql`(${sql.join(conditions, sql` and `)})`
}

/** Names of fields that hold what the change wrote and whose former value is none any more. */
async function fieldsLeft(
  of: RecordScope,
  changes: readonly Change[],
  events: RawBuilder<unknown>,
): Promise<string[]> {
  const found = sql.join(
    changes.map(
      (change) =>
        sql`(${change.field.name}::text, ${change.holds} and not ${isStillOne(of, changes, change)})`,
    ),
  )
  const left = await rows(
    of.work.db,
    sql<{ name: string }>`select distinct x.name from ${sql.table(of.kind.table)} t, history h,
        lateral (values ${found}) as x (name, is_left)
      where t.org_id = ${of.work.org}::bigint and t.id = h.record_id and ${events} and x.is_left order by 1`,
  )
  return left.map(({ name }) => name)
}

async function takeBack(
  of: RecordScope,
  fields: readonly FieldDeclaration[],
  events: RawBuilder<unknown>,
): Promise<{ restored: number; left: string[] }> {
  const { work, kind } = of
  const table = sql.table(kind.table)
  const all = fields.map(changeOf)
  const changes = all.map((change) => ({
    ...change,
    returns: sql`(${change.holds} and ${isStillOne(of, all, change)})`,
  }))
  const concerned = sql`t.org_id = ${work.org}::bigint and t.id = h.record_id and ${events}`
  const chosen = sql`${concerned} and (${sql.join(
    changes.map(({ returns }) => returns),
    sql` or `,
  )})`
  // Whoever changes one of them meanwhile waits, so that what the history tells is what was there.
  await run(
    work.db,
    sql`select 1 from ${table} t, history h where ${concerned} order by t.id for update of t`,
  )
  const left = await fieldsLeft(of, all, events)
  const told = sql.join(
    changes.map(
      ({ field, before, returns }) =>
        sql`(${field.name}::text, ${canonicalOf(field, 't')}::text, ${before}::text, ${returns})`,
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
    changes.flatMap(({ field, before, returns }) => {
      const typed = typedFrom(field, before)
      return columnsOf(field).map((column, at) => ({ column, value: typed[at]!, when: returns }))
    }),
  )
  const restored = await guardUnique(of, {}, () =>
    run(
      work.db,
      sql`update ${table} t set ${sql.join(sets.map(({ column, value }) => sql`${column} = ${value}`))},
          ${changedStamps(of)}
        from history h where ${chosen}`,
    ),
  )
  return { restored, left }
}
