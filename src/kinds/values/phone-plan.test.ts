import * as fc from 'fast-check'
import { getCountries, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import examples from 'libphonenumber-js/mobile/examples'
import { expect, test } from 'vitest'
import { compileOrdinaryPhone } from './phone-plan.ts'

const digits = fc.string({
  unit: fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'),
  minLength: 4,
  maxLength: 12,
})
const marks = fc.constantFrom('', ' ', '-', '/', '.', ' (0) ')

test('says nothing else than the library, for every country', () => {
  const readers = new Map(getCountries().map((country) => [country, compileOrdinaryPhone(country)]))
  fc.assert(
    fc.property(
      fc.constantFrom(...getCountries()),
      fc.constantFrom(...getCountries()),
      fc.constantFrom('', '0', '00', '+', '+0', '1', '8'),
      fc.boolean(),
      fc.oneof(digits, fc.tuple(fc.nat(7), digits)),
      marks,
      (country, other, start, hasCode, tail, mark) => {
        const example = examples[other] ?? ''
        const end =
          typeof tail === 'string'
            ? tail
            : example.slice(0, example.length - tail[0]) + tail[1].slice(0, tail[0])
        const text = `${start}${hasCode ? getCountryCallingCode(other) : ''}${mark}${end.slice(0, 3)}${mark}${end.slice(3)}`
        const ordinary = readers.get(country)!(text)
        if (ordinary === undefined) return
        const parsed = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false })
        expect({ text, country, number: parsed?.number, isValid: parsed?.isValid() }).toEqual({
          text,
          country,
          number: ordinary,
          isValid: true,
        })
      },
    ),
    { numRuns: 30_000 },
  )
})

test.each(['CZ', 'SK', 'DE', 'AT', 'PL', 'HU', 'CH', 'FR', 'IT', 'ES', 'NL', 'BE'] as const)(
  'knows ordinary numbers of %s, in the country and from abroad',
  (country) => {
    const read = compileOrdinaryPhone(country)
    const example = parsePhoneNumberFromString(examples[country], country)!
    expect(read(example.formatInternational())).toBe(example.number)
    if (country !== 'HU') expect(read(example.formatNational())).toBe(example.number)
    expect(compileOrdinaryPhone(undefined)(example.formatInternational())).toBe(example.number)
    expect(compileOrdinaryPhone(undefined)(example.formatNational())).toBeUndefined()
  },
)
