/** A template's columns find their fields: by the stamp, in any order; and without it, by their names alone. Pure. */
import { describe, expect, test } from 'vitest'
import { kinds } from '../../app.ts'
import { markedHeaders, planTemplate, type TemplatePlan } from '../../kinds/templates/template-plan.ts'
import { stampTemplate } from '../../kinds/templates/template-stamp.ts'
import type { ColumnFacts } from '../run.ts'
import { fitTemplate } from './recognise-template.ts'
import { suggestFor } from './suggest.ts'

const facts = (header: string): ColumnFacts => ({ header, samples: [], filled: 0, rows: 0 })
const defaults = { country: 'CZ', currency: 'CZK', timeZone: 'Europe/Prague' }

function fit(plan: TemplatePlan, language: 'en' | 'cs', headers: readonly string[], mark = 'ours') {
  const stamp = stampTemplate(plan, {
    language,
    organisation: { mark: 'ours', name: 'Sunrise' },
    madeAt: '2026-03-02T09:00:00.000Z',
    sheets: plan.sheets.map(({ kind }) => ({
      name: kind.name,
      example: { path: kind.title, texts: ['EXAMPLE'] },
    })),
  })
  const columns = headers.map(facts)
  return fitTemplate({
    kinds,
    kind: plan.kind,
    stamp,
    sheet: stamp.sheets[0]!,
    mark,
    columns,
    hints: [],
    defaults,
  })
}

describe.each([
  ['clients', 'one-table'],
  ['clients', 'two-tables'],
  ['leads', 'one-table'],
  ['people', 'one-table'],
] as const)('%s, %s', (name, shape) => {
  const plan = planTemplate(kinds, kinds.get(name), shape)

  test.each(['en', 'cs'] as const)('%s: without its stamp every column is known by its name', (language) => {
    for (const { kind, columns } of plan.sheets) {
      const headers = markedHeaders(columns, language)
      const found = suggestFor(kinds, kind, headers.map(facts))
      expect(found.map(({ field }) => field)).toEqual(columns.map(({ path }) => path))
    }
  })

  test.each(['en', 'cs'] as const)('%s: with it too, in any order, and nothing is to be said', (language) => {
    const { columns } = plan.sheets[0]!
    const headers = markedHeaders(columns, language).toReversed()
    const { mapping, findings } = fit(plan, language, headers)
    expect(mapping.columns.map(({ field }) => field)).toEqual(columns.map(({ path }) => path).toReversed())
    expect(findings).toEqual([])
    expect(mapping.leaveOut?.header).toBe(headers[mapping.leaveOut!.column])
  })
})

const clients = planTemplate(kinds, kinds.get('clients'), 'two-tables')

test('columns that are gone, unknown or there twice: the first of each field, the others left to the person', () => {
  const { mapping } = fit(clients, 'en', ['Shoe size', 'E-MAIL', 'E-mail ', 'name'])
  expect(mapping.columns.map(({ column, field }) => [column, field])).toEqual([
    [1, 'email'],
    [3, 'name'],
  ])
  expect(fit(clients, 'en', ['E-mail']).mapping.leaveOut).toBeUndefined()
})

test('of another house: said, and the fields that all have are assigned', () => {
  const { mapping, findings } = fit(clients, 'en', ['Name *'], 'theirs')
  expect(findings.map(({ code, params }) => [code, params])).toEqual([
    ['template.other_organisation', { organisation: 'Sunrise' }],
  ])
  expect(mapping.columns).toHaveLength(1)
})
