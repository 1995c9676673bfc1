/**
 * Telephone numbers: E.164 for machines, and the form that was given, with its extension, for people.
 * A number without a country code belongs to the column's country, or is a problem.
 */
import type { CountryCode } from 'libphonenumber-js/max'
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { compileOrdinaryPhone } from './phone-plan.ts'
import type { Compile, Converted } from './value.ts'
import { PART_SEPARATOR, problem, quoted } from './value.ts'

const EXTENSION = /[\s,;]*\(?(?:\b(?:ext|kl|klapka|linka|dw|durchwahl|app|x)\.?|#)[:\s]*\d{1,6}\)?$/i
const SEVERAL = /(?:[,;|]|\s\/\s|\s(?:or|oder|nebo|a|und|and)\s)\s*\+?[\d(][\d\s()/-]{5,}/i

export const compilePhone: Compile = (_rules, format) => {
  const country = format.defaultCountry?.toUpperCase()
  const known = country !== undefined && isSupportedCountry(country) ? country : undefined
  const readOrdinary = compileOrdinaryPhone(known)
  return (text) => {
    const ordinary = readOrdinary(text)
    return ordinary === undefined ? parsePhone(text, known) : `${ordinary}${PART_SEPARATOR}${text}`
  }
}

/** Longer than any number with its extension and a second one beside it. */
const LONGEST = 100

function parsePhone(text: string, country: CountryCode | undefined): Converted {
  const value = quoted(text)
  if (text.length > LONGEST) return problem('value.not_a_phone', { value })
  const number = text.replace(EXTENSION, '')
  if (/\p{L}/u.test(number) || !/\d/.test(number)) {
    return SEVERAL.test(number) ? problem('value.several_values') : problem('value.not_a_phone', { value })
  }
  const options = country === undefined ? {} : { defaultCountry: country }
  const parsed = parsePhoneNumberFromString(number, { ...options, extract: false })
  if (parsed?.isValid()) return `${parsed.number}${PART_SEPARATOR}${text}`
  if (SEVERAL.test(number)) return problem('value.several_values')
  if (country === undefined && !number.startsWith('+'))
    return problem('value.phone_without_country', { value })
  if (parsed === undefined && number.startsWith('+')) return problem('value.not_a_phone', { value })
  const plan = parsed?.country ?? (parsed === undefined ? country : `+${parsed.countryCallingCode}`)
  return problem('value.no_such_phone', { value, country: plan ?? '' })
}
