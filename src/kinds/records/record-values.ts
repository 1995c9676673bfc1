/** Values of a record as the API gives and takes them ↔ canonical text. */
import { findOrganisation } from '../../accounts/accounts.ts'
import { row, sql } from '../../platform/database.ts'
import { displayMoney, displayValue } from '../display.ts'
import type { FieldDeclaration } from '../kind.ts'
import { type Parsed, parseValue } from '../parse.ts'
import { PART_SEPARATOR } from '../values/value.ts'
import type { RecordScope } from './record-scope.ts'
import { refuseRecord } from './refusals.ts'

export type Values = Readonly<Record<string, string | null>>

const sentences = {
  unknownField: { en: 'There is no such field.', cs: 'Takové pole není.' },
  unknownRecord: { en: 'There is no such record.', cs: 'Takový záznam není.' },
  missing: { en: 'Fill it in.', cs: 'Vyplňte.' },
} as const

/** Nothing that only the store understands: `true`, `1234.50 CZK`, `vip, late payer`, the id of a reference. */
export function plainValue(field: FieldDeclaration, canonical: string | null): string | null {
  if (canonical === null) return null
  if (field.reference || field.type === 'enum' || field.type === 'percent') return canonical
  if (field.type === 'boolean') return canonical === 't' ? 'true' : 'false'
  if (field.type === 'money') return displayMoney(canonical)
  if (field.type === 'choices') return canonical.split(PART_SEPARATOR).join('; ')
  return displayValue(field, canonical, 'en')
}

export function plainValues(
  fields: readonly FieldDeclaration[],
  values: Values,
): Record<string, string | null> {
  return Object.fromEntries(
    fields.map((field) => [field.name, plainValue(field, values[field.name] ?? null)]),
  )
}

/** Canonical text of the given values; refuses `record.invalid` with what is wrong. */
export async function parseValues(of: RecordScope, values: Values): Promise<Record<string, string | null>> {
  const { country, currency, timeZone } = await findOrganisation(of.work)
  const canonical: Record<string, string | null> = {}
  for (const [name, text] of Object.entries(values)) {
    const field = of.kind.fields.find((candidate) => candidate.name === name)
    if (!field) throw refuseRecord('record.invalid', problemOf(of, name, sentences.unknownField))
    const parsed = parseField(of, field, text, { defaultCountry: country, currency, timeZone })
    if ('problem' in parsed)
      throw refuseRecord('record.invalid', { ...fieldWords(field), problem: parsed.problem })
    if (field.reference && parsed.canonical !== null && !(await isThere(of, field, parsed.canonical)))
      throw refuseRecord('record.invalid', problemOf(of, name, sentences.unknownRecord))
    canonical[name] = parsed.canonical
  }
  return canonical
}

/** The organisation's currency stands in for one that is not named; another one that is named is taken as it is. */
function parseField(
  of: RecordScope,
  field: FieldDeclaration,
  text: string | null,
  defaults: { defaultCountry: string; currency: string; timeZone: string },
): Parsed {
  const { language } = of.work.actor
  const { currency, ...rest } = defaults
  const own = field.currency ? { ...rest, currency: field.currency } : rest
  const parsed = parseValue(field, text, own, language)
  if (field.type !== 'money' || field.currency || !('problem' in parsed)) return parsed
  return parseValue(field, text, { ...rest, currency }, language)
}

/** Refuses where a record with these values would lack one that it needs; of a change, only fields that it names. */
export function requireValues(of: RecordScope, values: Values, changed: Values | null): void {
  for (const field of of.kind.fields) {
    if (values[field.name] != null) continue
    const other = field.requiredIf
    const isNeeded = field.required || (other && other.values.includes(values[other.field] ?? ''))
    const isAsked = changed === null || field.name in changed || (other && other.field in changed)
    if (isNeeded && isAsked)
      throw refuseRecord('record.invalid', problemOf(of, field.name, sentences.missing))
  }
}

export function fieldWords(field: FieldDeclaration): { fieldEn: string; fieldCs: string } {
  return { fieldEn: field.labels.en, fieldCs: field.labels.cs }
}

function problemOf(of: RecordScope, name: string, sentence: { en: string; cs: string }) {
  const field = of.kind.fields.find((candidate) => candidate.name === name)
  const words = field ? fieldWords(field) : { fieldEn: name, fieldCs: name }
  return { ...words, problem: sentence[of.work.actor.language] }
}

async function isThere(of: RecordScope, field: FieldDeclaration, id: string): Promise<boolean> {
  if (!/^\d{1,18}$/.test(id)) return false
  const { table } = of.kinds.target(field.reference!.kind)
  const found = await row(
    of.work.db,
    sql`select 1 from ${sql.table(table)} r where r.org_id = ${of.work.org}::bigint and r.id = ${id}::bigint`,
  )
  return found !== null
}
