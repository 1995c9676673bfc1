/** Values that a person or another program gives one by one (not in a file): parsed with the same types. */
import { fillSentence, type Language } from '../platform/refusal.ts'
import { valueFindings } from './findings.ts'
import type { FieldDeclaration } from './kind.ts'
import type { FieldValueRules, ValueFormat } from './values/value.ts'
import { compileConvert } from './values/value-types.ts'

export type Parsed = { readonly canonical: string | null } | { readonly problem: string }

/** The length, range, pattern and options that a field asks for. */
export function rulesOf(field: FieldDeclaration): FieldValueRules {
  const { maxLength, min, max, pattern, options, currency } = field
  return {
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(options === undefined ? {} : { options }),
    ...(currency === undefined ? {} : { currency }),
  }
}

/** Dates and numbers are read in their international form; `true` and `false` stand for yes and no. */
export function parseValue(
  field: FieldDeclaration,
  text: string | null,
  defaults: Pick<ValueFormat, 'defaultCountry' | 'currency' | 'timeZone'>,
  language: Language,
): Parsed {
  if (text === null || text.trim() === '') return { canonical: null }
  if (field.reference) return { canonical: text }
  const format: ValueFormat = { ...defaults, decimal: '.', dateOrder: 'ymd' }
  const converted = compileConvert(field.type, rulesOf(field), format)(text)
  if (converted === null || typeof converted === 'string') return { canonical: converted }
  return {
    problem: fillSentence(valueFindings[converted.code][language], { value: text, ...converted.params }),
  }
}
