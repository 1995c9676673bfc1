/**
 * Text into the type that a field has now, where it fits, and null where not. A value that was written down before
 * its field got another type (in the bin, the history, an import) may be anything, and one bad cast fails a whole list.
 * The shapes are stricter than PostgreSQL needs, so that a cast behind them never throws (15 cannot ask before).
 */
import { type RawBuilder, sql } from 'kysely'
import type { FieldDeclaration } from './kind.ts'

export type CastType = 'bigint' | 'numeric' | 'date' | 'time' | 'timestamptz' | 'text'

const leapYear = String.raw`(\d\d(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)`
const day = String.raw`(?!0000)(\d{4}-((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|1\d|2[0-8]))|${leapYear}-02-29)`
const time = String.raw`([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?`
const zone = String.raw`(Z|[+-](0\d|1[0-4])(:[0-5]\d)?)`

const shapes: Readonly<Record<Exclude<CastType, 'text'>, string>> = {
  bigint: String.raw`^-?\d{1,18}$`,
  numeric: String.raw`^-?\d+(\.\d+)?$`,
  date: `^${day}$`,
  time: `^${time}$`,
  timestamptz: `^${day}[T ]${time}${zone}$`,
}

/** Null where the text is none of the type. */
export function castText(text: RawBuilder<unknown>, type: CastType): RawBuilder<unknown> {
  if (type === 'text') return sql`(${text})::text`
  return sql`(case when (${text})::text ~ ${sql.lit(shapes[type])} then ((${text})::text)::${sql.raw(type)} end)`
}

/** What values of this type compare and sort as; null for those that do so as text. */
export function comparedType(field: FieldDeclaration): Exclude<CastType, 'text'> | null {
  switch (field.type) {
    case 'integer':
    case 'number':
    case 'percent':
    case 'money':
      return 'numeric'
    case 'date':
      return 'date'
    case 'time':
      return 'time'
    case 'datetime':
      return 'timestamptz'
    default:
      return null
  }
}

/** Whether a value that was written down some time ago is one of the type that its field has now; a blank always is. */
export function fitsField(field: FieldDeclaration, text: RawBuilder<unknown>): RawBuilder<unknown> {
  // Only fields of the organisation's own get another type.
  if (!field.custom) return sql`true`
  if (field.reference) return sql`(${text} is null or ${castText(text, 'bigint')} is not null)`
  const type = comparedType(field)
  if (field.type === 'money')
    return sql`(${text} is null or ${text} ~ ${sql.lit(String.raw`^-?\d{1,18}\x1f[A-Z]{3}$`)})`
  if (field.type === 'integer') return sql`(${text} is null or ${text} ~ ${sql.lit(String.raw`^-?\d+$`)})`
  if (type) return sql`(${text} is null or ${castText(text, type)} is not null)`
  if (field.type === 'boolean') return sql`(${text} is null or ${text} in ('t', 'f'))`
  if (field.type !== 'enum' && field.type !== 'choices') return sql`true`
  const options = (field.options ?? []).map(({ value }) => value)
  return sql`(${text} is null or string_to_array(${text}, E'\\x1f') <@ ${options}::text[])`
}
