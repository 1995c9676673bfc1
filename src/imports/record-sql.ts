/**
 * SQL over staged rows and records, written from a kind's declaration: what a row would write, and whether
 * that differs from what is there. Aliases: `s` a staged row, `t` a record, `w` the typed values to write.
 */
import { type RawBuilder, sql } from 'kysely'
import { columnsOf, type KindDeclaration, type Kinds, type StoredColumn, typedFrom } from '../kinds/kinds.ts'
import type { OrgId } from '../platform/ids.ts'
import type { MappedField } from './map/compile.ts'
import { valueColumn } from './staging.store.ts'

export type RecordSql = {
  readonly org: OrgId
  readonly kinds: Kinds
  readonly kind: KindDeclaration
  readonly fields: readonly MappedField[]
}

/** Staged canonical text of a mapped field. */
export function stagedText(of: RecordSql, mapped: MappedField): RawBuilder<unknown> {
  return sql.ref(`s.${valueColumn(of.fields.indexOf(mapped))}`)
}

/** Typed values of a mapped field as they would be written; a reference is looked up. */
export function writtenValues(of: RecordSql, mapped: MappedField): readonly RawBuilder<unknown>[] {
  const text = stagedText(of, mapped)
  if (!mapped.field.reference) return typedFrom(mapped.field, text)
  const target = of.kinds.target(mapped.field.reference.kind)
  const column = sql.ref(`r.${target.attributes[mapped.lookup!]!}`)
  return [
    sql`(select r.id from ${sql.table(target.table)} r
      where r.org_id = ${of.org}::bigint and lower(${column}::text) = lower(${text}))`,
  ]
}

/** `lateral (select …) w`: every column that the row would write, under its own name. */
export function writtenLateral(of: RecordSql): RawBuilder<unknown> {
  const values = of.fields.flatMap((mapped) =>
    writtenValues(of, mapped).map(
      (value, at) => sql`${value} as ${sql.ref(columnsOf(mapped.field)[at]!.name)}`,
    ),
  )
  return sql`lateral (select ${sql.join(values)}) w`
}

/** Whether updating `t` from `w` would change the field; a phone in another spelling is the same phone. */
export function wouldChange(of: RecordSql, mapped: MappedField): RawBuilder<unknown> {
  const columns = columnsOf(mapped.field)
  const compared: readonly StoredColumn[] = mapped.field.type === 'phone' ? columns.slice(0, 1) : columns
  const differs = sql.join(
    compared.map(
      (column) => sql`${sql.ref(`t.${column.name}`)} is distinct from ${sql.ref(`w.${column.name}`)}`,
    ),
    sql` or `,
  )
  return mapped.blank === 'clear'
    ? sql`(${differs})`
    : sql`(${stagedText(of, mapped)} is not null and (${differs}))`
}
