/** Canonical text for a person to read: money with its decimals, a phone as it was given, options by name. */
import type { Language } from '../platform/refusal.ts'
import type { FieldDeclaration } from './kind.ts'
import { decimalsOf } from './values/currencies.ts'
import { PART_SEPARATOR } from './values/value.ts'

const yesNo = { en: { t: 'yes', f: 'no' }, cs: { t: 'ano', f: 'ne' } } as const

/** Null stays null: a blank is shown as a blank. */
export function displayValue(
  field: FieldDeclaration,
  canonical: string | null,
  language: Language,
): string | null {
  if (canonical === null) return null
  if (field.reference) return canonical
  switch (field.type) {
    case 'money':
      return displayMoney(canonical)
    case 'phone':
      return displayPhone(canonical)
    case 'tags':
      return canonical.split(PART_SEPARATOR).join(', ')
    case 'boolean':
      return yesNo[language][canonical as 't' | 'f'] ?? canonical
    case 'enum':
      return optionLabel(field, canonical, language)
    case 'choices':
      return canonical
        .split(PART_SEPARATOR)
        .map((value) => optionLabel(field, value, language))
        .join('; ')
    case 'percent':
      return `${canonical} %`
    case 'time':
      return canonical.endsWith(':00') ? canonical.slice(0, 5) : canonical
    default:
      return canonical
  }
}

function optionLabel(field: FieldDeclaration, value: string, language: Language): string {
  return field.options?.find((option) => option.value === value)?.labels[language] ?? value
}

/** `1234.50 CZK`: a form that our own import reads again in any language. */
export function displayMoney(canonical: string): string {
  const [minor = '', currency = ''] = canonical.split(PART_SEPARATOR)
  const decimals = decimalsOf(currency)
  const isNegative = minor.startsWith('-')
  const digits = (isNegative ? minor.slice(1) : minor).padStart(decimals + 1, '0')
  const whole = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
  return `${isNegative ? '-' : ''}${whole} ${currency}`
}

function displayPhone(canonical: string): string {
  const [international = '', given = ''] = canonical.split(PART_SEPARATOR)
  return given || international
}
