/** What templates show is what the import understands: examples, countries, headers, the stamp. Pure. */
import { describe, expect, test } from 'vitest'
import { kinds } from '../../app.ts'
import { parseValue } from '../../kinds/parse.ts'
import { headersOf, keyOfHeader, planTemplate, shapesOf } from '../../kinds/templates/template-plan.ts'
import { readStamp, stampTemplate, writeStamp } from '../../kinds/templates/template-stamp.ts'
import { countryNames } from './country-names.ts'
import { exampleOf } from './example-values.ts'
import { templateWords } from './template-words.ts'

const defaults = { defaultCountry: 'CZ', currency: 'CZK', timeZone: 'Europe/Prague' }
const languages = ['en', 'cs'] as const
const plans = kinds.all.flatMap((kind) => shapesOf(kind).map((shape) => planTemplate(kinds, kind, shape)))

describe.each(languages)('in %s', (language) => {
  test('every example is a value of its field', () => {
    const wrong = kinds.all.flatMap((kind) =>
      kind.fields.flatMap((field) =>
        ([0, 1] as const).flatMap((row) => {
          const value = exampleOf(kind, field, row, language)
          const parsed = parseValue(field, value === '' ? null : value, defaults, language)
          return 'problem' in parsed ? [`${kind.name}.${field.name}: ${value}: ${parsed.problem}`] : []
        }),
      ),
    )
    expect(wrong).toEqual([])
  })

  test('every country that can be chosen is read as that country, the own one first', () => {
    const field = kinds.get('clients').fields.find(({ type }) => type === 'country')!
    const names = countryNames(language, 'CZ')
    expect(parseValue(field, names[0]!, defaults, language)).toEqual({ canonical: 'CZ' })
    const read = names.map((name) => parseValue(field, name, defaults, language))
    expect(read.flatMap((one, at) => ('problem' in one ? [names[at]!] : []))).toEqual([])
    expect(new Set(read.map((one) => ('canonical' in one ? one.canonical : null))).size).toBe(names.length)
  })

  test('no two headers of a sheet are alike', () => {
    for (const { sheets } of plans)
      for (const { columns } of sheets) {
        const keys = headersOf(columns, language).map(keyOfHeader)
        expect(new Set(keys).size).toBe(keys.length)
      }
  })

  test('what is chosen for yes and no is understood', () => {
    const field = kinds.get('clients').fields.find(({ type }) => type === 'boolean')!
    const words = templateWords(language)
    expect(parseValue(field, words('yes'), defaults, language)).toEqual({ canonical: 't' })
    expect(parseValue(field, words('no'), defaults, language)).toEqual({ canonical: 'f' })
  })
})

const facts = {
  language: 'cs',
  organisation: { mark: 'abc', name: 'Žluťoučký kůň' },
  madeAt: '2026-03-02T09:00:00.000Z',
} as const

test('a stamp comes out of its cells as it went in, wherever they begin, in pieces that a cell holds', () => {
  for (const plan of plans) {
    const example = { path: plan.kind.title, texts: ['PŘÍKLAD – první'] }
    const stamp = stampTemplate(plan, {
      ...facts,
      sheets: plan.sheets.map(() => ({ name: 'List', example })),
    })
    const cells = writeStamp(stamp)
    expect(Math.max(...cells.map(({ length }) => length))).toBeLessThanOrEqual(32_767)
    expect(readStamp(cells)).toEqual(stamp)
    expect(readStamp(['Table 1', ...cells])).toEqual(stamp)
  }
})

test('what is no stamp, or was changed by hand, is none', () => {
  expect(readStamp([])).toBeNull()
  expect(readStamp(['a', 'b'])).toBeNull()
  expect(readStamp(['carryover-template 1', '{"template":'])).toBeNull()
  expect(readStamp(['carryover-template 1', '{"template":"x"}'])).toBeNull()
})
