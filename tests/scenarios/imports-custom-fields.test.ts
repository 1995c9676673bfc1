/** Fields of an organisation's own on the street: checked, loaded, updated, told in the history, undone, exported. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { exportKind } from '../../src/exports/contract.ts'
import { listHistory } from '../../src/history/contract.ts'
import * as checkContract from '../../src/imports/check/contract.ts'
import { createCustomField } from '../../src/kinds/custom-fields/contract.ts'
import type { OperationCall } from '../../src/platform/contract.ts'
import { clientsDump, csv, openStreet, type Settings, type Street } from '../support/imports.ts'

type Input = OperationCall<typeof createCustomField>['body']

let street: Street
const names: Record<string, string> = {}

/** A field of every type that can be told from its cell alone, and a cell for it. */
const cells = {
  text: ['Sklad', 'Brno'],
  multiline: ['Popis', 'first\nsecond'],
  integer: ['Kusy', '12'],
  number: ['Míra', '1.5'],
  money: ['Kredit', '1500.50 CZK'],
  percent: ['Sleva', '12.5 %'],
  date: ['Výročí', '2020-02-29'],
  time: ['Otevírá', '08:30'],
  boolean: ['Věrný', 'yes'],
  url: ['Mapa', 'https://maps.example/alfa'],
  email: ['Fakturace', 'billing@alfa.example'],
  phone: ['Pohotovost', '+420 601 000 009'],
  country: ['Původ', 'Slovakia'],
} as const

async function field(type: string, label: string, more: Partial<Input> = {}): Promise<string> {
  const body = { kind: 'clients', type, label: { en: label, cs: null }, ...more } as Input
  return (await street.app.call(createCustomField, { body }, as())).name
}

beforeAll(async () => {
  street = await openStreet()
  for (const [type, [label]] of Object.entries(cells))
    names[type] = await field(type, label, type === 'money' ? { currency: 'CZK' } : {})
})
afterEach(() => street.stored('truncate carryover.clients, carryover.contacts'))
afterAll(() => street?.close())

const as = () => ({ as: street.owner })
const header = ['External id', 'Name', ...Object.values(cells).map(([label]) => label)]
const full = ['C1', 'Alfa', ...Object.values(cells).map(([, cell]) => cell)]
const upsert: Settings = { existing: 'upsert', match: ['externalId'] }
const update: Settings = { existing: 'update', match: ['externalId'] }
const customOf = async () =>
  street.stored<{ custom: Record<string, string> | null }>(
    'select custom from carryover.clients order by external_id',
  )

async function exported(): Promise<string> {
  const response = await street.app.send(
    exportKind,
    { params: { kind: 'clients', format: 'csv' }, query: {} },
    as(),
  )
  return response.text()
}

test('a value of every type is loaded, exported, imported again without a change, and undone', async () => {
  const before = await street.stored(clientsDump)
  const loaded = await street.load(csv([header, full, ['C2', 'Beta', ...Object.keys(cells).map(() => '')]]))
  expect(loaded).toMatchObject({ status: 'completed', counts: { created: 2 } })
  const [alfa, beta] = await customOf()
  expect(Object.keys(alfa!.custom!)).toHaveLength(Object.keys(cells).length)
  expect(beta!.custom).toBeNull()
  const text = await exported()
  for (const label of ['Sklad', 'Kredit', 'Výročí']) expect(text.split('\n')[0]).toContain(label)
  expect(text).toContain('Brno')
  const again = await street.check(text, { settings: upsert })
  expect(again.counts).toMatchObject({ rows: 2, unchanged: 2, updated: 0, failed: 0 })
  await street.undo(loaded.id)
  expect(await street.stored(clientsDump)).toEqual(before)
})

test('an update changes only the keys that it brings, tells the history, and gives them back', async () => {
  await street.load(csv([header, full]))
  const before = await street.stored(clientsDump)
  const changed = await street.load(
    csv([
      ['External id', 'Sklad', 'Kusy', 'Míra'],
      ['C1', 'Praha', '12', ''],
    ]),
    { settings: update },
  )
  expect(changed.counts).toMatchObject({ updated: 1 })
  const [{ custom } = { custom: null }] = await customOf()
  expect(Object.keys(custom!)).toHaveLength(Object.keys(cells).length)
  expect(Object.values(custom!)).toContain('Praha')
  const { events } = await street.app.call(listHistory, { query: { kind: 'clients' } }, as())
  expect(events[0]!.changes).toEqual([{ field: names['text'], before: 'Brno', after: 'Praha' }])
  expect((await street.undo(changed.id)).status).toBe('undone')
  expect(await street.stored(clientsDump)).toEqual(before)
})

test('clearing a value takes its key away, and the last one the whole object', async () => {
  await street.load(
    csv([
      ['External id', 'Name', 'Sklad'],
      ['C1', 'Alfa', 'Brno'],
    ]),
  )
  const before = await street.stored(clientsDump)
  const brought = await street.bring(
    csv([
      ['External id', 'Sklad'],
      ['C1', ''],
    ]),
    {
      settings: { existing: 'update', match: ['externalId'] },
      mapping: {
        columns: [
          { column: 0, header: 'External id', field: 'externalId' },
          { column: 1, header: 'Sklad', field: names['text']!, blank: 'clear' },
        ],
      },
    },
  )
  const cleared = await street.approve((await street.checkAgain(brought.id)).id)
  expect(await customOf()).toEqual([{ custom: null }])
  await street.undo(cleared.id)
  expect(await street.stored(clientsDump)).toEqual(before)
})

test('records are recognised by an own field; a bad value is found, and a required one missed', async () => {
  await street.load(csv([header, full]))
  const found = await street.check(
    csv([
      ['Sklad', 'Name'],
      ['brno', 'Alfa renamed'],
    ]),
    {
      settings: { existing: 'update', match: [names['text']!] },
    },
  )
  expect(found.counts).toMatchObject({ updated: 1, skipped: 0 })
  const bad = await street.check(
    csv([
      ['Name', 'Výročí'],
      ['Beta', '2021-02-29'],
    ]),
    {
      settings: { rows: 'valid_only' },
    },
  )
  expect(await street.findings(bad.id)).toMatchObject([{ field: names['date'], code: 'value.no_such_date' }])
})

test('children have fields of the organisation’s own too', async () => {
  const name = await field('text', 'Hobby', { kind: 'contacts' })
  const loaded = await street.load(
    csv([
      ['Name', 'Contact 1 – Last name', 'Contact 1 – Hobby'],
      ['Alfa', 'Novák', 'chess'],
    ]),
  )
  expect(loaded.counts!.records).toMatchObject([
    { kind: 'clients', created: 1 },
    { kind: 'contacts', created: 1 },
  ])
  const [contact] = await street.stored<{ custom: Record<string, string> }>(
    'select custom from carryover.contacts',
  )
  expect(contact!.custom).toEqual({ [name.slice('custom.'.length)]: 'chess' })
  const plan = loaded.sources[0]!.mapping.columns.map((column) => column.field)
  expect(plan).toContain(`contacts[1].${name}`)
})

test('the plan shows people by name: before, after, and in the records of the import', async () => {
  const person = await field('person', 'Správce skladu')
  await street.load(
    csv([
      ['External id', 'Name', 'Owner'],
      ['C1', 'Alfa', 'operator@sunrise.example'],
    ]),
  )
  const checked = await street.check(
    csv([
      ['External id', 'Owner', 'Správce skladu'],
      ['C1', 'manager@sunrise.example', 'support@sunrise.example'],
    ]),
    {
      settings: update,
      mapping: {
        columns: [
          { column: 0, header: 'External id', field: 'externalId' },
          { column: 1, header: 'Owner', field: 'owner' },
          { column: 2, header: 'Správce skladu', field: person },
        ],
      },
    },
  )
  expect(checked.status).toBe('waiting_for_approval')
  const { updates } = await street.app.call(checkContract.describePlan, { params: { id: checked.id } }, as())
  expect(updates[0]!.fields).toContainEqual({
    field: 'owner',
    before: 'operator of sunrise',
    after: 'manager@sunrise.example',
  })
  const loaded = await street.approve(checked.id)
  expect(loaded.status).toBe('completed')
  const { listImportRecords } = await import('../../src/imports/load/contract.ts')
  const { records } = await street.app.call(
    listImportRecords,
    { params: { id: loaded.id }, query: { change: 'updated' } },
    as(),
  )
  expect(records[0]!.fields).toEqual(
    expect.arrayContaining([
      { field: 'owner', before: 'operator of sunrise', after: 'manager of sunrise' },
      { field: person, before: null, after: 'support of sunrise' },
    ]),
  )
})
