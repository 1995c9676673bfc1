/**
 * How a field lies in its kind's table. Canonical text (what the import stages) ↔ typed columns: money is
 * minor units and currency, a phone its E.164 and its given form, tags an array, a reference an id.
 */
import { type RawBuilder, sql } from 'kysely'
import type { FieldDeclaration } from './kind.ts'

export type StoredColumn = {
  readonly name: string
  readonly sqlType: string
  /** Typed value from canonical text. */
  readonly fromText: (text: RawBuilder<unknown>) => RawBuilder<unknown>
}

export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/([a-z])(\d)/g, '$1$2')
}

const part = (text: RawBuilder<unknown>, n: number): RawBuilder<unknown> =>
  sql`split_part(${text}, E'\\x1f', ${sql.lit(n)})`

/** The columns of a field, in order. */
export function columnsOf(field: FieldDeclaration): readonly StoredColumn[] {
  const name = snakeCase(field.name)
  if (field.reference)
    return [{ name: `${name}_id`, sqlType: 'bigint', fromText: (text) => sql`${text}::bigint` }]
  switch (field.type) {
    case 'phone':
      return [
        { name, sqlType: 'text', fromText: (text) => part(text, 1) },
        { name: `${name}_given`, sqlType: 'text', fromText: (text) => part(text, 2) },
      ]
    case 'money':
      return [
        { name: `${name}_minor`, sqlType: 'bigint', fromText: (text) => sql`${part(text, 1)}::bigint` },
        { name: `${name}_currency`, sqlType: 'text', fromText: (text) => part(text, 2) },
      ]
    case 'tags':
      return [{ name, sqlType: 'text[]', fromText: (text) => sql`string_to_array(${text}, E'\\x1f')` }]
    case 'integer':
      return [{ name, sqlType: 'bigint', fromText: (text) => sql`${text}::bigint` }]
    case 'number':
      return [{ name, sqlType: 'numeric', fromText: (text) => sql`${text}::numeric` }]
    case 'boolean':
      return [{ name, sqlType: 'boolean', fromText: (text) => sql`${text}::boolean` }]
    case 'date':
      return [{ name, sqlType: 'date', fromText: (text) => sql`${text}::date` }]
    case 'datetime':
      return [{ name, sqlType: 'timestamptz', fromText: (text) => sql`${text}::timestamptz` }]
    default:
      return [{ name, sqlType: 'text', fromText: (text) => text }]
  }
}

/** Canonical text of a stored field; null where it is blank. A reference gives its id. */
export function canonicalOf(field: FieldDeclaration, alias: string): RawBuilder<string | null> {
  const columns = columnsOf(field).map((column) => sql.ref(`${alias}.${column.name}`))
  const [first, second] = columns
  if (second)
    return sql`case when ${first} is not null then ${first}::text || E'\\x1f' || coalesce(${second}, '') end`
  if (field.reference) return sql`${first}::text`
  if (field.type === 'tags') return sql`array_to_string(${first}, E'\\x1f')`
  if (field.type === 'boolean') return sql`case ${first} when true then 't' when false then 'f' end`
  if (field.type === 'datetime')
    return sql`to_char(${first} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
  return sql`${first}::text`
}

/** Typed columns of a field from canonical text; a blank keeps each column null. */
export function typedFrom(
  field: FieldDeclaration,
  text: RawBuilder<unknown>,
): readonly RawBuilder<unknown>[] {
  return columnsOf(field).map((column) => column.fromText(text))
}
