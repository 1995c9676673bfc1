import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inferFormat } from '../values/infer-format.ts'
import { type FieldProposal, proposeField } from './propose-field.ts'

const propose = (samples: readonly string[], filled = samples.length): FieldProposal =>
  proposeField({ header: ' Of  the\ncolumn ', samples, filled })

describe('the type that all values of a column fit', () => {
  const cases: [FieldProposal['type'], string[]][] = [
    ['text', []],
    ['text', ['Novák', 'Dvořák & spol.']],
    ['text', ['00123', '00456', '7']],
    ['text', ['12345678901234567']],
    ['text', ['12', 'a dozen']],
    ['text', ['5 EUR', '7 USD']],
    ['multiline', ['one\ntwo', 'three']],
    ['integer', ['12', '1 200', '7']],
    ['number', ['12,5', '1 200', '7']],
    ['percent', ['12,5 %', '7%']],
    ['money', ['1 200,50 Kč', '7 CZK']],
    ['date', ['31. 12. 2024', '1.2.2024']],
    ['date', ['2024-02-29']],
    ['datetime', ['2024-02-29 14:30', '2024-03-01 08:00:05']],
    ['time', ['14:30', '8:05']],
    ['time', ['2 pm', '11:30 am']],
    ['boolean', ['ano', 'ne']],
    ['boolean', ['0', '1']],
    ['integer', ['1']],
    ['email', ['a@example.com', 'b@example.com']],
    ['url', ['https://example.com/a', 'www.example.org']],
    ['phone', ['+420 777 123 456', '+420 602 000 001']],
    ['country', ['Česko', 'Německo']],
    ['file', ['smlouvy/a.pdf', 'smlouvy/b.docx']],
  ]
  test.each(cases)('%s: %j', (type, samples) => {
    expect(propose(samples).type).toBe(type)
  })
})

test('a few words that come again and again are a selection, with those words as its options', () => {
  expect(propose(['S', 'M', 'XL'], 30)).toEqual({
    label: 'Of the column',
    type: 'enum',
    options: ['S', 'M', 'XL'],
    currency: null,
  })
  expect(propose(['S', 'M', 'XL'], 5).type).toBe('text')
  expect(propose(['red; blue', 'red', 'green;red'], 30)).toMatchObject({
    type: 'choices',
    options: ['red', 'blue', 'green'],
  })
})

test('money brings the currency that its values name', () => {
  expect(propose(['€ 5', '7,50 EUR'])).toMatchObject({ type: 'money', currency: 'EUR' })
})

test('whatever the values, something is proposed that all of them fit', () => {
  const words = fc.constantFrom(
    '12',
    '1,5',
    '7 %',
    'ano',
    'no',
    '2024-01-31',
    '14:30',
    '€ 5',
    'S',
    'a@example.com',
    '0007',
    'x; y',
  )
  const samples = fc.uniqueArray(fc.oneof(words, fc.string({ unit: 'binary', maxLength: 20 })), {
    maxLength: 40,
  })
  fc.assert(
    fc.property(samples, fc.nat(500), (values, filled) => {
      const { type, options } = proposeField({ header: 'x', samples: values, filled })
      const isSelection = type === 'enum' || type === 'choices'
      expect(options.length > 0).toBe(isSelection)
      if (isSelection || type === 'person' || type === 'phone') return
      const filledIn = values.filter((value) => value.trim() !== '')
      const loose = type === 'text' || type === 'multiline'
      expect(loose || inferFormat(type, filledIn).problems === 0).toBe(true)
    }),
    { numRuns: 2000 },
  )
})
