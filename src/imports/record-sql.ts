/**
 * SQL over staged rows and records, written from a kind's declaration: what a row would write, whether that
 * differs from what is there, how both are compared as keys. Aliases: `s` a staged row, `t` a record, `w` the
 * typed values to write.
 */
import { type RawBuilder, sql } from 'kysely'
import {
  canonicalFrom,
  canonicalOf,
  columnsOf,
  type FieldDeclaration,
  type Kinds,
  storedValue,
  typedFrom,
} from '../kinds/kinds.ts'
import type { OrgId } from '../platform/ids.ts'
import type { MappedField } from './map/cell-readers.ts'
import type { Part } from './part.ts'
import { stagingTable } from './run.ts'
import { valueColumn } from './staging.store.ts'

export type RecordSql = {
  readonly org: OrgId
  readonly kinds: Kinds
  readonly part: Part
  /**
   * Names of the tables by which references have been looked up, by field (`prepareLookups`). Without them each
   * row looks for itself, which is for a few rows only.
   */
  readonly lookups: ReadonlyMap<string, string> | null
}

export type StagingTables = {
  readonly rows: RawBuilder<unknown>
  readonly verdicts: RawBuilder<unknown>
  readonly findings: RawBuilder<unknown>
}

export function tablesOf(part: Part): StagingTables {
  const names = stagingTable(part.importId, part)
  return {
    rows: sql.table(names.rows),
    verdicts: sql.table(names.verdicts),
    findings: sql.table(names.findings),
  }
}

/** Number of the row in the file; staged children count themselves and name their row. */
export function fileRow(part: Part, alias = 's'): RawBuilder<unknown> {
  return sql.ref(part.parent ? `${alias}.parent_row` : `${alias}.row_number`)
}

/** Staged canonical text of a mapped field. */
export function stagedText(
  of: Pick<RecordSql, 'part'>,
  mapped: MappedField,
  alias = 's',
): RawBuilder<unknown> {
  if (mapped.isParent) throw new Error('Nothing is staged for the record that a child belongs to.')
  return sql.ref(`${alias}.${valueColumn(of.part.fields.indexOf(mapped))}`)
}

export function mappedField(part: Part, name: string): MappedField {
  const found = part.fields.find((mapped) => mapped.field.name === name)
  if (!found) throw new Error(`The field ${name} is not mapped.`)
  return found
}

/** Addresses are one without case, also where only one record may have them. */
function isBytewise(field: FieldDeclaration): boolean {
  return field.unique === true && field.type !== 'email'
}

/** How a value is compared as a key: a phone by its E.164, a unique id byte by byte, other text without case. */
export function stagedKey(of: Pick<RecordSql, 'part'>, name: string, alias = 's'): RawBuilder<unknown> {
  const mapped = mappedField(of.part, name)
  const text = stagedText(of, mapped, alias)
  if (mapped.field.type === 'phone') return sql`split_part(${text}, E'\\x1f', 1)`
  return isBytewise(mapped.field) ? text : sql`lower(${text})`
}

export function storedKey(field: FieldDeclaration, alias = 't'): RawBuilder<unknown> {
  const value = storedValue(columnsOf(field)[0]!, alias)
  if (isBytewise(field)) return value
  return field.custom && field.type === 'phone'
    ? sql`split_part(${value}, E'\\x1f', 1)`
    : sql`lower(${value}::text)`
}

const and = sql` and `

/** Whether row `s` and record `t` have the same key. */
export function keyEquals(of: Pick<RecordSql, 'part'>, key: readonly string[]): RawBuilder<unknown> {
  return sql.join(
    key.map((name) => sql`${storedKey(mappedField(of.part, name).field)} = ${stagedKey(of, name)}`),
    and,
  )
}

export function keyFilled(
  of: Pick<RecordSql, 'part'>,
  key: readonly string[],
  alias = 's',
): RawBuilder<unknown> {
  return sql.join(
    key.map((name) => sql`${stagedText(of, mappedField(of.part, name), alias)} is not null`),
    and,
  )
}

/** Typed values of a mapped field as they would be written; a reference is looked up. */
export function writtenValues(of: RecordSql, mapped: MappedField): readonly RawBuilder<unknown>[] {
  if (mapped.isParent) return [parentId(of)]
  const text = stagedText(of, mapped)
  if (!mapped.field.reference) return typedFrom(mapped.field, text)
  const lookup = of.lookups?.get(mapped.field.name)
  const id = lookup
    ? sql`(select l.id from ${sql.table(lookup)} l where l.k = lower(${text}))`
    : foundId(of, mapped, text)
  return [mapped.field.custom ? sql`${id}::text` : id]
}

function foundId(of: RecordSql, mapped: MappedField, text: RawBuilder<unknown>): RawBuilder<unknown> {
  const target = of.kinds.target(mapped.field.reference!.kind)
  const column = sql.ref(`r.${target.attributes[mapped.lookup!]!}`)
  // What nobody has yet, another source of the set brings: it is a change in any case.
  return sql`coalesce((select min(r.id) from ${sql.table(target.table)} r
    where r.org_id = ${of.org}::bigint and lower(${column}::text) = lower(${text})), -1)`
}

/** The record that a child belongs to: the one its row updates, the one it has created, or not yet there (negative). */
export function parentId(of: RecordSql): RawBuilder<unknown> {
  const { parent } = of.part
  if (!parent) throw new Error('Only a child belongs to a record of its row.')
  return sql`coalesce(
    (select pv.record_id from ${tablesOf(parent).verdicts} pv where pv.row_number = s.parent_row),
    (select p.id from ${sql.table(parent.kind.table)} p where p.org_id = ${of.org}::bigint
      and p.import_id = ${parent.importId}::bigint and p.import_source = ${parent.source}::smallint
      and p.import_row = s.parent_row),
    -s.parent_row::bigint)`
}

/** `lateral (select …) w`: every column that the row would write, under its own name. */
export function writtenLateral(of: RecordSql): RawBuilder<unknown> {
  const values = of.part.fields.flatMap((mapped) =>
    writtenValues(of, mapped).map(
      (value, at) => sql`${value} as ${sql.ref(columnsOf(mapped.field)[at]!.name)}`,
    ),
  )
  return sql`lateral (select ${sql.join(values)}) w`
}

/** Canonical text of what would be written. */
export function canonicalWritten(field: FieldDeclaration): RawBuilder<string | null> {
  return canonicalFrom(
    field,
    columnsOf(field).map((column) => sql.ref(`w.${column.name}`)),
  )
}

/** Whether updating `t` from `w` would change the field; a phone in another spelling is the same phone. */
export function wouldChange(of: RecordSql, mapped: MappedField): RawBuilder<unknown> {
  const { field } = mapped
  const columns = columnsOf(field)
  const compared = field.type === 'phone' ? columns.slice(0, 1) : columns
  const bare = (value: RawBuilder<unknown>): RawBuilder<unknown> =>
    field.type === 'phone' && field.custom ? sql`split_part(${value}, E'\\x1f', 1)` : value
  const differs = sql.join(
    compared.map(
      (column) =>
        sql`${bare(storedValue(column, 't'))} is distinct from ${bare(sql.ref(`w.${column.name}`))}`,
    ),
    sql` or `,
  )
  return mapped.blank === 'clear' || mapped.isParent
    ? sql`(${differs})`
    : sql`(${stagedText(of, mapped)} is not null and (${differs}))`
}

/**
 * `(name, before, after, changes)` for each field of the row, for `values`. A reference is an id; for a person to
 * look at, what would be written is the value by which it is looked up, which may not be there yet.
 */
export function changeValues(of: RecordSql, how: 'ids' | 'shown' = 'ids'): RawBuilder<unknown> {
  return sql.join(
    of.part.fields.map((mapped) => {
      const { field } = mapped
      const after =
        how === 'shown' && mapped.lookup !== null ? stagedText(of, mapped) : canonicalWritten(field)
      return sql`(${field.name}::text, ${canonicalOf(field, 't')}, ${after}, ${wouldChange(of, mapped)})`
    }),
  )
}
