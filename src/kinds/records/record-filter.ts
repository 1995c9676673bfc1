/**
 * Which records a list shows, an export writes and a bulk change touches: the same words for all three. A filter is
 * `FIELD=VALUE`, with `!=`, `~` (contains), `!~`, `>=`, `<=`, `>`, `<`; no value stands for a blank, `a|b` for either.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Language } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { castText, comparedType } from '../cast-text.ts'
import type { FieldDeclaration, KindDeclaration } from '../kind.ts'
import { parseValue } from '../parse.ts'
import { canonicalOf, columnsOf, storedValue } from '../storage.ts'
import { refuseRecord } from './refusals.ts'

export type RecordFilter = {
  readonly search?: string | undefined
  readonly where?: readonly string[] | undefined
  /** Records that this import created. */
  readonly importId?: string | undefined
  readonly ids?: readonly string[] | undefined
}

type Operator = '=' | '!=' | '~' | '!~' | '>=' | '<=' | '>' | '<'

const written = /^\s*([A-Za-z][\w.]*)\s*(!=|!~|>=|<=|=|~|>|<)([\s\S]*)$/

/** Stamps that every record has, beside the fields of its kind. */
const stamps: Readonly<Record<string, string>> = { createdAt: 'created_at', updatedAt: 'updated_at' }

/** Fields in which a search looks, of those that a kind has. */
const searched = new Set([
  'name',
  'topic',
  'code',
  'firstName',
  'lastName',
  'companyName',
  'email',
  'email2',
  'phone',
  'phone2',
  'regNumber',
  'taxNumber',
  'externalId',
])

/** Conditions on the alias `t`; refuses `record.unknown_filter`. */
export function filterConditions(
  { org, language }: { readonly org: Work['org']; readonly language: Language },
  kind: KindDeclaration,
  filter: RecordFilter,
): RawBuilder<unknown> {
  const found = [sql`t.org_id = ${org}::bigint`]
  if (filter.search?.trim()) found.push(searchCondition(kind, filter.search.trim()))
  if (filter.importId) found.push(sql`t.import_id = ${filter.importId}::bigint`)
  if (filter.ids) found.push(sql`t.id = any(${[...filter.ids]}::bigint[])`)
  for (const text of filter.where ?? []) found.push(whereCondition(kind, text, language))
  return sql.join(found, sql` and `)
}

function searchCondition(kind: KindDeclaration, search: string): RawBuilder<unknown> {
  const part = `%${escapeLike(search)}%`
  const digits = search.replace(/\D/g, '')
  const conditions = kind.fields
    .filter((field) => searched.has(field.name) || field.name === kind.title)
    .flatMap((field) => {
      const value = storedValue(columnsOf(field)[0]!, 't')
      if (field.type !== 'phone') return [sql`${value} ilike ${part}::text`]
      return digits.length >= 3 && !/[a-z]/i.test(search) ? [sql`${value} like ${`%${digits}%`}::text`] : []
    })
  return conditions.length === 0 ? sql`false` : sql`(${sql.join(conditions, sql` or `)})`
}

function whereCondition(kind: KindDeclaration, text: string, language: Language): RawBuilder<unknown> {
  const parts = written.exec(text)
  const [, name = '', operator = '=', value = ''] = parts ?? []
  const stamp = stamps[name]
  const field = kind.fields.find((candidate) => candidate.name === name)
  if (!parts || (!field && !stamp))
    throw refuseRecord('record.unknown_filter', {
      where: text,
      fields: [...kind.fields.map((of) => of.name), ...Object.keys(stamps)].join(', '),
    })
  const refused = (): never => {
    throw refuseRecord('record.unknown_filter', { where: text, fields: name })
  }
  if (!field) return stampCondition(stamp!, operator as Operator, value.trim(), refused)
  return fieldCondition(field, operator as Operator, value.trim(), language, refused)
}

function stampCondition(
  column: string,
  operator: Operator,
  value: string,
  refused: () => never,
): RawBuilder<unknown> {
  const moment = momentOf(value)
  if (moment === null) return refused()
  if (operator === '=')
    return sql`(${sql.ref(`t.${column}`)} at time zone 'UTC')::date = ${moment.slice(0, 10)}::date`
  if (!['>=', '<=', '>', '<'].includes(operator)) return refused()
  return sql`${sql.ref(`t.${column}`)} ${sql.raw(operator)} ${moment}::timestamptz`
}

/** A day or a moment of the calendar, whole; the 31st of February, which a date turns into the 3rd of March, is none. */
function momentOf(value: string): string | null {
  if (!/^(?!0000)\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/.test(value)) return null
  const at = new Date(value)
  if (Number.isNaN(at.getTime())) return null
  const moment = at.toISOString()
  return moment.slice(0, 10) === value.slice(0, 10) ? moment : null
}

function fieldCondition(
  field: FieldDeclaration,
  operator: Operator,
  value: string,
  language: Language,
  refused: () => never,
): RawBuilder<unknown> {
  const stored = canonicalOf(field, 't')
  if (value === '' && operator === '=') return sql`${stored} is null`
  if (value === '' && operator === '!=') return sql`${stored} is not null`
  switch (operator) {
    case '~':
      return sql`${stored} ilike ${`%${escapeLike(value)}%`}::text`
    case '!~':
      return sql`coalesce(${stored} not ilike ${`%${escapeLike(value)}%`}::text, true)`
    case '=':
      return equals(field, stored, value, language)
    case '!=':
      return sql`coalesce(not (${equals(field, stored, value, language)}), true)`
    default: {
      if (!comparedType(field)) return refused()
      const canonical = canonicalText(field, value, language)
      if (canonical === null) return refused()
      const { compared, wanted } = comparable(field, canonical)
      return sql`${compared} ${sql.raw(operator)} ${wanted}`
    }
  }
}

/** Both sides as what they are; money is compared within the currency that is asked for. */
function comparable(field: FieldDeclaration, canonical: string) {
  const type = comparedType(field)!
  const wanted = sql`${canonical}::text`
  const stored = canonicalOf(field, 't')
  if (field.type !== 'money') return { compared: castStored(field, stored), wanted: castText(wanted, type) }
  const minor = (of: RawBuilder<unknown>) => sql`split_part(${of}, E'\\x1f', 1)`
  const currency = (of: RawBuilder<unknown>) => sql`split_part(${of}, E'\\x1f', 2)`
  return {
    compared: sql`case when ${currency(stored)} = ${currency(wanted)} then ${castStored(field, minor(stored))} end`,
    wanted: castText(minor(wanted), type),
  }
}

/** What stands in a column is of its type; a field of the organisation's own had another one, perhaps. */
function castStored(field: FieldDeclaration, text: RawBuilder<unknown>): RawBuilder<unknown> {
  const type = comparedType(field)!
  return field.custom ? castText(text, type) : sql`(${text})::${sql.raw(type)}`
}

function equals(
  field: FieldDeclaration,
  stored: RawBuilder<unknown>,
  value: string,
  language: Language,
): RawBuilder<unknown> {
  const wanted = value.split('|').map((one) => canonicalText(field, one.trim(), language) ?? one.trim())
  if (field.type === 'tags' || field.type === 'choices')
    return sql`string_to_array(lower(${stored}), E'\\x1f') && ${wanted.map((one) => one.toLowerCase())}::text[]`
  if (field.type === 'phone')
    return sql`split_part(${stored}, E'\\x1f', 1) = any(${wanted.map((one) => one.split('\u001f')[0]!)}::text[])`
  return sql`lower(${stored}) = any(${wanted.map((one) => one.toLowerCase())}::text[])`
}

function canonicalText(field: FieldDeclaration, value: string, language: Language): string | null {
  const parsed = parseValue(field, value, {}, language)
  return 'problem' in parsed ? null : parsed.canonical
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`)
}
