import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { valueFindings } from '../findings.ts'
import { compileConvert, valueTypeNames } from './value-types.ts'

describe('every type', () => {
  const formats = fc.record(
    {
      decimal: fc.constantFrom('.' as const, ',' as const),
      thousands: fc.constantFrom('.' as const, ',' as const, ' ' as const, "'" as const, '' as const),
      dateOrder: fc.constantFrom('ymd' as const, 'dmy' as const, 'mdy' as const),
      pivotYear: fc.constant(2049),
      timeZone: fc.constantFrom('Europe/Prague', 'UTC', 'America/New_York'),
      excelSerial: fc.constantFrom('1900' as const, '1904' as const),
      defaultCountry: fc.constantFrom('CZ', 'DE', 'US', 'XX'),
      currency: fc.constantFrom('CZK', 'JPY'),
      nullWords: fc.constant(['?']),
      separator: fc.constant(';'),
    },
    { requiredKeys: [] },
  )
  const cells = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.string({ unit: fc.constantFrom(...Array.from('0123456789.,-/ :()+€$Kč@aTZE%')), maxLength: 20 }),
    fc
      .tuple(
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 0, max: 15 }),
        fc.integer({ min: 0, max: 9999 }),
        fc.constantFrom('.', '/', '-', ' '),
      )
      .map(([day, month, year, mark]) => [day, month, year].join(mark)),
  )

  test('never throws, and rejects by a declared code with every parameter of its sentence', () => {
    fc.assert(
      fc.property(fc.constantFrom(...valueTypeNames), formats, cells, (type, format, text) => {
        const converted = compileConvert(type, { maxLength: 20, min: -100, max: 1e9 }, format)(text)
        if (typeof converted === 'string') {
          expect(converted).not.toBe('')
          expect(converted).not.toContain('\u0000')
        } else if (converted !== null) {
          const { en, cs } = valueFindings[converted.code]
          for (const [, name] of `${en}${cs}`.matchAll(/\{(\w+)\}/g))
            expect(converted.params).toHaveProperty(name!)
        }
      }),
      { numRuns: 5000 },
    )
  })

  test('canonical text of one part converts to itself', () => {
    const plain = valueTypeNames.filter((type) => !['money', 'phone'].includes(type))
    fc.assert(
      fc.property(fc.constantFrom(...plain), formats, cells, (type, { dateOrder, timeZone }, text) => {
        const settled = {
          decimal: '.',
          pivotYear: 2049,
          ...(dateOrder === undefined ? {} : { dateOrder }),
          ...(timeZone === undefined ? {} : { timeZone }),
        } as const
        const convert = compileConvert(type, {}, settled)
        const canonical = convert(text)
        if (typeof canonical === 'string') expect(convert(canonical)).toBe(canonical)
      }),
      { numRuns: 5000 },
    )
  })

  test('text in the cell is either kept whole or rejected', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(...Array.from('abcčřžäöüß0123 .,;"\'')),
          minLength: 1,
          maxLength: 40,
        }),
        (text) => {
          const converted = compileConvert('text', { maxLength: 20 }, { nullWords: [] })(text)
          if (typeof converted === 'string') expect(converted).toBe(text.trim())
          else if (converted === null) expect(text.trim()).toBe('')
          else expect(text.trim().length).toBeGreaterThan(20)
        },
      ),
    )
  })
})

describe('cells that are meant to take long', () => {
  const LENGTH = 300_000
  const cells = [
    `a${' '.repeat(LENGTH)}b`,
    `1${' '.repeat(LENGTH)}2\u00a0`,
    `0.${'0'.repeat(LENGTH)}1`,
    '1'.repeat(LENGTH),
    `1${',000'.repeat(LENGTH / 4)}x`,
    `${'('.repeat(LENGTH / 2)}1${')'.repeat(LENGTH / 2)}`,
    'a@'.repeat(LENGTH / 2),
    `a@${'a.'.repeat(LENGTH / 2)}`,
    `${'\u200d '.repeat(LENGTH / 2)}x`,
    `a${' \n'.repeat(LENGTH / 2)}b`,
    `1.${' '.repeat(LENGTH)}1.2024`,
    'ext '.repeat(LENGTH / 4),
  ]
  test.each(valueTypeNames)('are answered at once as %s', (type) => {
    const rules = { maxLength: 200, options: [{ value: 'a', labels: { en: 'a', cs: 'a' } }] }
    for (const format of [{}, { decimal: '.', dateOrder: 'dmy', defaultCountry: 'CZ' }] as const) {
      const read = compileConvert(type, rules, format)
      for (const cell of cells) {
        const converted = read(cell)
        if (typeof converted === 'string' && type !== 'tags')
          expect(converted.length).toBeLessThanOrEqual(200)
      }
    }
  })
})
