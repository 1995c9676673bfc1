/**
 * A change of many records at once: the same values or tags for all that a person has chosen, in one transaction.
 * Records that hold the values already are left alone; each other one gets an event with what it held before.
 */
import { randomUUID } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { recordEventForEach } from '../../history/history.ts'
import { row, run } from '../../platform/database.ts'
import type { Work } from '../../platform/work.ts'
import type { FieldDeclaration, Kinds } from '../kind.ts'
import { canonicalOf, changedColumns, columnsOf, typedFrom } from '../storage.ts'
import type { BulkChange } from './contract.ts'
import { filterConditions, type RecordFilter } from './record-filter.ts'
import { openRecords, type RecordScope } from './record-scope.ts'
import { fieldWords, parseValues, requireValues } from './record-values.ts'
import { changedStamps, countRecords, idsOfRecords, scopeOf } from './records.store.ts'
import { refuseRecord } from './refusals.ts'

const MOST_AT_ONCE = 50_000

/** What a field becomes, as canonical text over the record `t`. */
type Change = { readonly field: FieldDeclaration; readonly text: RawBuilder<unknown> }

export async function changeManyRecords(
  work: Work,
  kinds: Kinds,
  kind: string,
  input: z.output<typeof BulkChange>,
): Promise<{ changed: number; unchanged: number; event: string | null }> {
  const of = await openRecords(work, kinds, kind, 'write')
  // Nothing chosen is nothing, not everything.
  const ids = input.ids ?? (input.filter ? undefined : [])
  const chosen: RecordFilter = { ...input.filter, ids }
  const count = await countRecords(of, chosen)
  if (count > MOST_AT_ONCE) throw refuseRecord('record.too_many', { count, maximum: MOST_AT_ONCE })
  // From here on these, whatever else may come to fit the filter: what the history tells is what was changed.
  const locked = await idsOfRecords(of, chosen)
  if (locked.length !== input.expected)
    throw refuseRecord('record.count_differs', { count: locked.length, expected: input.expected })
  const changes = await changesOf(of, input)
  if (changes.length === 0 || locked.length === 0)
    return { changed: 0, unchanged: locked.length, event: null }
  const together = randomUUID()
  const changed = await writeChanges(of, locked, changes, together)
  return { changed, unchanged: locked.length - changed, event: await eventOf(work, together) }
}

async function changesOf(of: RecordScope, input: z.output<typeof BulkChange>): Promise<Change[]> {
  const canonical = await parseValues(of, input.values ?? {})
  requireValues(of, canonical, canonical)
  const changes = Object.entries(canonical).map(([name, value]): Change => {
    const field = of.kind.fields.find((one) => one.name === name)!
    // Two records cannot hold one value of such a field.
    if (field.unique && value !== null)
      throw refuseRecord('record.value_taken', { ...fieldWords(field), value })
    return { field, text: sql`${value}::text` }
  })
  const tags = of.kind.fields.find((field) => field.name === 'tags')
  const { addTags = [], removeTags = [] } = input
  if (tags && addTags.length + removeTags.length > 0 && !('tags' in canonical))
    changes.push({ field: tags, text: changedTags(tags, addTags, removeTags) })
  return changes
}

/** Tags that are there keep their order; new ones come behind. Tags that differ only by case are one. */
function changedTags(
  field: FieldDeclaration,
  add: readonly string[],
  remove: readonly string[],
): RawBuilder<unknown> {
  const gone = remove.map((tag) => tag.toLowerCase())
  return sql`(select nullif(string_agg(x.tag, E'\\x1f' order by x.place), '') from (
      select distinct on (lower(u.tag)) u.tag, u.place from (
        select tag, place from unnest(string_to_array(${canonicalOf(field, 't')}, E'\\x1f')) with ordinality as h (tag, place)
        union all
        select tag, 100000 + place from unnest(${[...add]}::text[]) with ordinality as n (tag, place)) u
      where lower(u.tag) <> all(${gone}::text[])
      order by lower(u.tag), u.place) x)`
}

async function writeChanges(
  of: RecordScope,
  ids: readonly string[],
  changes: readonly Change[],
  together: string,
): Promise<number> {
  const { work, kind } = of
  const table = sql.table(kind.table)
  const differs = (change: Change) => sql`${canonicalOf(change.field, 't')} is distinct from ${change.text}`
  const chosen = sql`${filterConditions(scopeOf(of), kind, { ids })} and (${sql.join(changes.map(differs), sql` or `)})`
  const told = sql.join(
    changes.map(
      (change) =>
        sql`(${change.field.name}::text, ${canonicalOf(change.field, 't')}, ${change.text}, ${differs(change)})`,
    ),
  )
  const records = sql`select t.id, jsonb_build_object('together', ${together}::text), (select jsonb_agg(jsonb_build_object('field', x.name, 'before', x.before, 'after', x.after))
      from (values ${told}) as x (name, before, after, differs) where x.differs)
    from ${table} t where ${chosen}`
  await recordEventForEach(work, { kind: kind.name, event: 'record.changed_together', records })
  const sets = changedColumns(
    changes.flatMap(({ field, text }) => {
      const typed = typedFrom(field, text)
      return columnsOf(field).map((column, at) => ({ column, value: typed[at]!, when: sql`true` }))
    }),
  )
  return run(
    work.db,
    sql`update ${table} t set ${sql.join(sets.map(({ column, value }) => sql`${column} = ${value}`))}, ${changedStamps(of)}
      where ${chosen}`,
  )
}

/** Any of the events of this change: each finds the others by what they have in common. */
async function eventOf(work: Work, together: string): Promise<string | null> {
  const found = await row(
    work.db,
    sql<{ id: string }>`select id from history
      where org_id = ${work.org}::bigint and params ->> 'together' = ${together}::text and params ? 'together' limit 1`,
  )
  return found?.id ?? null
}
