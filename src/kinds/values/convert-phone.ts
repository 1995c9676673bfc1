/**
 * Telephone numbers: E.164 for machines, and the form that was given, with its extension, for people.
 * A number without a country code belongs to the column's country, or is a problem.
 */
import type { CountryCode } from 'libphonenumber-js/max'
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { Compile, Converted } from './value.ts'
import { PART_SEPARATOR, problem, quoted } from './value.ts'

const EXTENSION = /[\s,;]*(?:\(?(?:ext|kl|klapka|linka|l|dw|durchwahl|x|app|#)\b?\.?:?\s*)\d{1,6}\)?$/i
const SEVERAL = /(?:[,;|]|\s\/\s|\s(?:or|oder|nebo|a|und|and)\s)\s*\+?[\d(][\d\s()/-]{5,}/i

export const compilePhone: Compile = (_rules, format) => {
  const country = format.defaultCountry?.toUpperCase()
  const known = country !== undefined && isSupportedCountry(country) ? country : undefined
  return (text) => parsePhone(text, known)
}

function parsePhone(text: string, country: CountryCode | undefined): Converted {
  const parsed = parsePhoneNumberFromString(text.replace(EXTENSION, ''), {
    ...(country === undefined ? {} : { defaultCountry: country }),
    extract: false,
  })
  if (parsed?.isValid()) return `${parsed.number}${PART_SEPARATOR}${text}`
  const digits = text.replace(/\D/g, '').length
  if (SEVERAL.test(text) && digits >= 12) return problem('value.several_values')
  if (/\p{L}{2}/u.test(text.replace(/(?:ext|kl|klapka|linka|durchwahl|dw|x)\b\.?/giu, '')) || digits < 3) {
    return problem('value.not_a_phone', { value: quoted(text) })
  }
  if (parsed !== undefined) {
    return problem('value.no_such_phone', {
      value: quoted(text),
      country: parsed.country ?? `+${parsed.countryCallingCode}`,
    })
  }
  if (country === undefined && !text.startsWith('+'))
    return problem('value.phone_without_country', { value: quoted(text) })
  return problem('value.not_a_phone', { value: quoted(text) })
}
