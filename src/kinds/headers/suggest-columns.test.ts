import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SuggestibleField } from './suggest-columns.ts'
import { suggestColumns } from './suggest-columns.ts'

const CLIENT_FIELDS: readonly SuggestibleField[] = [
  {
    name: 'externalId',
    type: 'text',
    labels: { en: 'External ID', cs: 'Externí ID' },
    synonyms: ['id', 'company id'],
  },
  { name: 'name', type: 'text', labels: { en: 'Name', cs: 'Název' }, required: true },
  { name: 'state', type: 'enum', labels: { en: 'State', cs: 'Stav' } },
  {
    name: 'regNumber',
    type: 'text',
    labels: { en: 'Registration number', cs: 'IČ' },
    synonyms: ['company id'],
  },
  { name: 'birthday', type: 'date', labels: { en: 'Birthday', cs: 'Datum narození' } },
  { name: 'email', type: 'email', labels: { en: 'E-mail', cs: 'E-mail' } },
  { name: 'phone', type: 'phone', labels: { en: 'Phone', cs: 'Telefon' } },
  { name: 'phone2', type: 'phone', labels: { en: 'Phone 2', cs: 'Telefon 2' } },
  {
    name: 'billingProvince',
    type: 'text',
    labels: { en: 'Billing province', cs: 'Kraj' },
    synonyms: ['state'],
  },
]

describe('values', () => {
  test('decide what State is', () => {
    const options = [
      { value: 'potential', labels: { en: 'Potential', cs: 'Potenciální' } },
      { value: 'actual', labels: { en: 'Actual', cs: 'Aktuální' } },
    ]
    const fields = CLIENT_FIELDS.map((field) => (field.name === 'state' ? { ...field, options } : field))
    const fieldOf = (samples: string[]) => suggestColumns([{ name: 'State', samples }], fields)[0]!.field
    expect(fieldOf(['Actual', 'potential', 'Aktuální'])).toBe('state')
    expect(fieldOf(['CA', 'NY', 'TX'])).toBe('billingProvince')
  })

  test('contradict a name', () => {
    const [suggestion] = suggestColumns(
      [{ name: 'Telefon', samples: ['jan@example.com', 'eva@example.org', 'x@example.net'] }],
      CLIENT_FIELDS,
    )
    expect(suggestion).toMatchObject({
      field: null,
      reason: { code: 'contradicted', params: { type: 'phone', share: 0 } },
    })
    expect(suggestion!.alternatives[0]!.field).toBe('phone')
  })

  test('confirm what is only similar', () => {
    const misspelt = 'Telefonn'
    expect(suggestColumns([{ name: misspelt, samples: [] }], CLIENT_FIELDS)[0]!.field).toBeNull()
    const [confirmed] = suggestColumns(
      [{ name: misspelt, samples: ['+420 777 123 456', '+420 602 111 222'] }],
      CLIENT_FIELDS,
    )
    expect(confirmed).toMatchObject({ field: 'phone', reason: { code: 'similar', params: { share: 100 } } })
  })

  test('speak alone where the header says nothing', () => {
    const emails = ['a@example.com', 'b@example.com', 'c@example.com']
    expect(suggestColumns([{ name: 'Column 3', samples: emails }], CLIENT_FIELDS)[0]).toMatchObject({
      field: 'email',
      reason: { code: 'values' },
    })
    expect(suggestColumns([{ name: 'Manažer', samples: emails }], CLIENT_FIELDS)[0]).toMatchObject({
      field: null,
    })
    expect(suggestColumns([{ name: '', samples: ['1.2.2024', '3.4.2024'] }], CLIENT_FIELDS)[0]).toMatchObject(
      {
        field: null,
        alternatives: [{ field: 'birthday' }],
      },
    )
  })

  test('each field once; what fits two alike is left to a person', () => {
    const twice = suggestColumns(
      [
        { name: 'E-mail', samples: [] },
        { name: 'Email', samples: [] },
      ],
      CLIENT_FIELDS,
    )
    expect(twice.map(({ field }) => field)).toEqual(['email', null])
    expect(twice[1]!.reason).toEqual({ code: 'taken', params: { name: 'email', field: 'email' } })
    const [company] = suggestColumns([{ name: 'Company ID', samples: [] }], CLIENT_FIELDS)
    expect(company).toMatchObject({ field: null, reason: { code: 'ambiguous' } })
    expect(company!.alternatives.slice(0, 2).map(({ field }) => field)).toEqual(['externalId', 'regNumber'])
  })
})

test('whatever the headers are, each column gets an answer and each field at most one column', () => {
  const header = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('E-mail', 'State', 'Phone 2', 'tel/fax', 'Name (x)', '((', '/', 'billing', '2'),
  )
  const column = fc.record({
    name: header,
    samples: fc.array(fc.string({ unit: 'binary' }), { maxLength: 5 }),
  })
  fc.assert(
    fc.property(fc.array(column, { maxLength: 12 }), (columns) => {
      const suggestions = suggestColumns(columns, CLIENT_FIELDS)
      expect(suggestions).toHaveLength(columns.length)
      const fields = suggestions.map(({ field }) => field).filter((field) => field !== null)
      expect(new Set(fields).size).toBe(fields.length)
      for (const { confidence, alternatives } of suggestions) {
        for (const value of [confidence, ...alternatives.map((alternative) => alternative.confidence)]) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(1)
        }
      }
    }),
  )
})
