/**
 * What an import did to a record, in that record's own history: one event for each record that it changed or
 * that its undo restored, written in one statement. Records that it made tell their origin themselves.
 */
import { type RawBuilder, sql } from 'kysely'
import { recordEventForEach } from '../history/history.ts'
import type { KindDeclaration, Kinds } from '../kinds/kinds.ts'
import type { Work } from '../platform/work.ts'
import type { ImportId } from './run.ts'

export type ChangedRecords = {
  readonly work: Work
  readonly kinds: Kinds
  readonly kind: KindDeclaration
  readonly importId: ImportId
  readonly label: string
}

/** Events for the records that this import has just changed. */
export async function tellUpdates(of: ChangedRecords, source: number): Promise<void> {
  const records = sql`
    select c.record_id, jsonb_build_object('label', ${of.label}::text, 'row', c.row_number),
      ${shownChanges(of, sql`c.before`, sql`c.after`)}
    from import_changes c
    where c.org_id = ${of.work.org}::bigint and c.import_id = ${of.importId}::bigint and c.kind = ${of.kind.name}::text
      and c.source = ${source}::smallint and c.change = 'updated'`
  await recordEventForEach(of.work, { kind: of.kind.name, event: 'record.updated_by_import', records })
}

/** Events for the records that this undo has restored whole. */
export async function tellRestored(of: ChangedRecords): Promise<void> {
  const records = sql`
    select c.record_id, jsonb_build_object('label', ${of.label}::text), ${shownChanges(of, sql`c.after`, sql`c.before`)}
    from import_changes c
    where c.org_id = ${of.work.org}::bigint and c.import_id = ${of.importId}::bigint and c.kind = ${of.kind.name}::text
      and c.change = 'updated' and c.undone_at = ${of.work.now}::timestamptz`
  await recordEventForEach(of.work, { kind: of.kind.name, event: 'record.restored_by_undo', records })
}

function shownChanges(
  of: ChangedRecords,
  before: RawBuilder<unknown>,
  after: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`(select jsonb_agg(jsonb_build_object('field', f.name, 'before', ${shownValue(of, sql`(${before} ->> f.name)`)},
      'after', ${shownValue(of, sql`(${after} ->> f.name)`)}) order by f.name)
    from jsonb_object_keys(c.after) as f (name))`
}

/** Canonical text of the field `f.name`; a reference by the name of what it points to, which may be gone later. */
function shownValue(of: ChangedRecords, text: RawBuilder<unknown>): RawBuilder<unknown> {
  const cases = of.kind.fields.flatMap((field) =>
    field.reference ? [sql`when ${field.name}::text then ${namedRecord(of, field.reference, text)}`] : [],
  )
  return cases.length === 0 ? text : sql`case f.name ${sql.join(cases, sql` `)} else ${text} end`
}

function namedRecord(
  of: ChangedRecords,
  reference: { readonly kind: string; readonly by: readonly string[] },
  text: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const target = of.kinds.target(reference.kind)
  const column = sql.ref(`r.${target.attributes[reference.by[0]!]!}`)
  return sql`(select coalesce(${column}::text, '#' || r.id) from ${sql.table(target.table)} r
    where r.org_id = ${of.work.org}::bigint and r.id = ${text}::bigint)`
}
