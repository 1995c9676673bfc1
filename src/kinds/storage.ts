/**
 * How a field lies in its kind's table. Canonical text (what the import stages) ↔ typed columns: money is
 * minor units and currency, a phone its E.164 and its given form, tags an array, a reference an id. A field of
 * the organisation's own has no column: its canonical text stands in `custom jsonb` under its key, blanks not at all.
 */
import { type RawBuilder, sql } from 'kysely'
import type { FieldDeclaration } from './kind.ts'

export type StoredColumn = {
  readonly name: string
  readonly sqlType: string
  /** Typed value from canonical text. */
  readonly fromText: (text: RawBuilder<unknown>) => RawBuilder<unknown>
  /** Key in `custom`; then `name` is only what the value is called on its way there. */
  readonly custom?: string
}

export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/([a-z])(\d)/g, '$1$2')
}

const part = (text: RawBuilder<unknown>, n: number): RawBuilder<unknown> =>
  sql`split_part(${text}, E'\\x1f', ${sql.lit(n)})`

/** The columns of a field, in order. */
export function columnsOf(field: FieldDeclaration): readonly StoredColumn[] {
  if (field.custom)
    return [
      {
        name: `@${field.custom}`,
        sqlType: 'text',
        custom: field.custom,
        fromText: (text) => sql`${text}::text`,
      },
    ]
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
    case 'choices':
      return [{ name, sqlType: 'text[]', fromText: (text) => sql`string_to_array(${text}, E'\\x1f')` }]
    case 'integer':
      return [{ name, sqlType: 'bigint', fromText: (text) => sql`${text}::bigint` }]
    case 'number':
    case 'percent':
      return [{ name, sqlType: 'numeric', fromText: (text) => sql`${text}::numeric` }]
    case 'boolean':
      return [{ name, sqlType: 'boolean', fromText: (text) => sql`${text}::boolean` }]
    case 'time':
      return [{ name, sqlType: 'time without time zone', fromText: (text) => sql`${text}::time` }]
    case 'date':
      return [{ name, sqlType: 'date', fromText: (text) => sql`${text}::date` }]
    case 'datetime':
      return [{ name, sqlType: 'timestamptz', fromText: (text) => sql`${text}::timestamptz` }]
    default:
      return [{ name, sqlType: 'text', fromText: (text) => text }]
  }
}

/** What a column of the record `alias` holds. */
export function storedValue(column: StoredColumn, alias: string): RawBuilder<unknown> {
  return column.custom
    ? sql`(${sql.ref(`${alias}.custom`)} ->> ${sql.lit(column.custom)})`
    : sql.ref(`${alias}.${column.name}`)
}

/** Canonical text of a stored field; null where it is blank. A reference gives its id. */
export function canonicalOf(field: FieldDeclaration, alias: string): RawBuilder<string | null> {
  return canonicalFrom(
    field,
    columnsOf(field).map((column) => storedValue(column, alias)),
  )
}

/** Canonical text from the typed values of a field, one for each of its columns. */
export function canonicalFrom(
  field: FieldDeclaration,
  values: readonly RawBuilder<unknown>[],
): RawBuilder<string | null> {
  const [first, second] = values
  if (field.custom || field.reference) return sql`${first}::text`
  if (second)
    return sql`case when ${first} is not null then ${first}::text || E'\\x1f' || coalesce(${second}, '') end`
  if (field.type === 'tags' || field.type === 'choices') return sql`array_to_string(${first}, E'\\x1f')`
  if (field.type === 'boolean') return sql`case ${first} when true then 't' when false then 'f' end`
  if (field.type === 'datetime')
    return sql`to_char(${first} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
  return sql`${first}::text`
}

export type Assignment = { readonly column: RawBuilder<unknown>; readonly value: RawBuilder<unknown> }

/** For an insert: the columns of these fields and their values; fields of the organisation's own go into one. */
export function insertedColumns(
  values: readonly { readonly column: StoredColumn; readonly value: RawBuilder<unknown> }[],
): readonly Assignment[] {
  const own = values.filter(({ column }) => column.custom)
  const rest = values.filter(({ column }) => !column.custom)
  const pairs = own.map(({ column, value }) => sql`jsonb_build_object(${sql.lit(column.custom)}, ${value})`)
  return [
    ...rest.map(({ column, value }) => ({ column: sql.ref(column.name), value })),
    ...(own.length > 0
      ? [{ column: sql.ref('custom'), value: compactCustom(sql.join(pairs, sql` || `)) }]
      : []),
  ]
}

/** For an update of `t`: each column gets its value where `when` holds; of the organisation's own fields only those keys. */
export function changedColumns(
  changes: readonly {
    readonly column: StoredColumn
    readonly when: RawBuilder<unknown>
    readonly value: RawBuilder<unknown>
  }[],
): readonly Assignment[] {
  const own = changes.filter(({ column }) => column.custom)
  const rest = changes.filter(({ column }) => !column.custom)
  const pairs = own.map(
    ({ column, when, value }) =>
      sql`case when ${when} then jsonb_build_object(${sql.lit(column.custom)}, ${value}) else '{}'::jsonb end`,
  )
  const merged = sql`coalesce(t.custom, '{}'::jsonb) || ${sql.join(pairs, sql` || `)}`
  return [
    ...rest.map(({ column, when, value }) => ({
      column: sql.ref(column.name),
      value: sql`case when ${when} then ${value} else ${sql.ref(`t.${column.name}`)} end`,
    })),
    ...(own.length > 0 ? [{ column: sql.ref('custom'), value: compactCustom(merged) }] : []),
  ]
}

/** A blank value is no key, and no keys are no object. */
function compactCustom(value: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`nullif(jsonb_strip_nulls(${value}), '{}'::jsonb)`
}

/** Typed columns of a field from canonical text; a blank keeps each column null. */
export function typedFrom(
  field: FieldDeclaration,
  text: RawBuilder<unknown>,
): readonly RawBuilder<unknown>[] {
  return columnsOf(field).map((column) => column.fromText(text))
}
