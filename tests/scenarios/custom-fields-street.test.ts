/** Custom fields on their way: a value of every type imported, changed, told, filtered, exported and undone. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { changeClient, createClient, listClients } from '../../src/clients/contract.ts'
import { listHistory } from '../../src/history/contract.ts'
import { checkImport, saveMapping } from '../../src/imports/contract.ts'
import { proposeColumnField } from '../../src/imports/map/contract.ts'
import { changeListOption } from '../../src/kinds/code-lists/contract.ts'
import {
  type CustomField,
  type CustomFieldType,
  changeCustomField,
  createCustomField,
  customFieldTypes,
} from '../../src/kinds/custom-fields/contract.ts'
import type { OperationCall } from '../../src/platform/contract.ts'
import { csv, openStreet, type Street } from '../support/imports.ts'

let street: Street
const fields = new Map<CustomFieldType, CustomField>()

/** As a file has it, as it is stored, as a person reads it; and another value in the same way. */
const values: Readonly<Record<CustomFieldType, readonly [cell: string, stored: string, shown: string]>> = {
  text: ['00123', '00123', '00123'],
  multiline: ['one\ntwo', 'one\ntwo', 'one\ntwo'],
  integer: ['1 200', '1200', '1200'],
  number: ['12,5', '12.5', '12.5'],
  money: ['1 234,50 €', '123450\u001fEUR', '1234.50 EUR'],
  percent: ['7,5 %', '7.5', '7.5 %'],
  date: ['31. 12. 2024', '2024-12-31', '2024-12-31'],
  time: ['14:30', '14:30:00', '14:30'],
  datetime: ['2024-06-01 12:00', '2024-06-01T10:00:00Z', '2024-06-01T10:00:00Z'],
  boolean: ['ano', 't', 'yes'],
  enum: ['modrá', 'Blue', 'Blue'],
  choices: ['Red; Blue', 'Blue\u001fRed', 'Blue; Red'],
  url: ['www.example.com/a', 'https://www.example.com/a', 'https://www.example.com/a'],
  email: ['Someone@Example.com', 'Someone@example.com', 'Someone@example.com'],
  phone: ['777 123 456', '+420777123456\u001f777 123 456', '777 123 456'],
  country: ['Německo', 'DE', 'DE'],
  person: ['manager@sunrise.example', '', ''],
  file: ['\\\\server\\a.pdf', '\\\\server\\a.pdf', '\\\\server\\a.pdf'],
}

/** The same values as the API gives and takes them, where that is not what a person reads. */
const written: Readonly<Record<CustomFieldType, string>> = {
  ...(Object.fromEntries(customFieldTypes.map((type) => [type, values[type][2]])) as Record<
    CustomFieldType,
    string
  >),
  percent: '7.5',
  boolean: 'true',
  phone: '+420 777 123 456',
}

const as = () => ({ as: street.owner })
const make = (body: Partial<OperationCall<typeof createCustomField>['body']>, en: string) =>
  street.app.call(
    createCustomField,
    { body: { kind: 'clients', type: 'text', label: { en, cs: null }, ...body } },
    as(),
  )

beforeAll(async () => {
  street = await openStreet()
  for (const type of customFieldTypes) {
    const more =
      type === 'money'
        ? { currency: 'EUR' }
        : type === 'enum' || type === 'choices'
          ? { options: ['Blue', 'Red', 'Green'] }
          : {}
    fields.set(type, await make({ type, ...more }, `Own ${type}`))
  }
  const { list } = fields.get('enum')!
  const option = { value: 'Blue', label: { en: 'Blue', cs: 'Modrá' } }
  await street.app.call(changeListOption, { params: { name: list! }, body: option }, as())
})
afterAll(() => street?.close())

const header = ['External id', 'Name', ...customFieldTypes.map((type) => `Own ${type}`)]
const keyOf = (type: CustomFieldType): string => fields.get(type)!.name.slice('custom.'.length)

async function custom(externalId: string): Promise<Record<string, string> | null> {
  const [found] = await street.stored<{ custom: Record<string, string> | null }>(
    'select custom from carryover.clients where external_id = $1',
    [externalId],
  )
  return found?.custom ?? null
}

async function exported(query = ''): Promise<string> {
  const response = await fetch(`${street.app.url}/api/v1/exports/clients.csv${query}`, {
    headers: { cookie: street.owner.cookie! },
  })
  expect(response.status).toBe(200)
  return await response.text()
}

test('a value of every type comes in under its label, as canonical text', async () => {
  const file = csv([
    header,
    ['A', 'Alfa', ...customFieldTypes.map((type) => values[type][0])],
    ['B', 'Beta', ...customFieldTypes.map(() => '')],
  ])
  const run = await street.load(file)
  expect(run).toMatchObject({ status: 'completed', counts: { created: 2, failed: 0 } })
  const stored = (await custom('A'))!
  const [manager] = await street.stored<{ id: string }>(
    "select id from carryover.people where email = 'manager@sunrise.example'",
  )
  for (const type of customFieldTypes)
    expect(stored[keyOf(type)], type).toBe(type === 'person' ? manager!.id : values[type][1])
  // Blank cells are no values at all.
  expect(await custom('B')).toBeNull()
})

test('what cannot be a value of its field keeps its row out, and says why', async () => {
  const file = csv([
    ['External id', 'Name', 'Own integer', 'Own enum', 'Own time'],
    ['X', 'Bad', 'a dozen', 'Purple', '25:00'],
  ])
  const run = await street.check(file)
  expect(run).toMatchObject({ status: 'failed' })
  expect((await street.findings(run.id)).map((finding) => [finding.field, finding.code])).toEqual([
    ['custom.ownInteger', 'value.not_an_integer'],
    ['custom.ownEnum', 'value.unknown_option'],
    ['custom.ownTime', 'value.not_a_time'],
  ])
})

test('an export holds every field, filters by them, and imports again without a change', async () => {
  const text = await exported()
  for (const type of customFieldTypes) expect(text).toContain(`Own ${type}`)
  const again = await street.load(text, { settings: { existing: 'upsert', match: ['externalId'] } })
  expect(again.counts).toMatchObject({ rows: 2, unchanged: 2, failed: 0 })
  const filter = (field: string, value: string) =>
    exported(`?where=${encodeURIComponent(`custom.${field}=${value}`)}`)
  expect(await filter('ownEnum', 'Blue')).toContain('Alfa')
  expect(await filter('ownEnum', 'Red')).not.toContain('Alfa')
  expect(await filter('ownTime', '14:30')).toContain('Alfa')
  expect(await filter('ownPercent', '')).toContain('Beta')
})

test('a field that is not to be exported stays at home', async () => {
  const field = await make({ shownIn: { list: true, filter: true, export: false } }, 'Secret remark')
  expect(await exported()).not.toContain('Secret remark')
  const { id, version } = field
  await street.app.call(
    changeCustomField,
    { params: { id }, body: { version, shownIn: { list: true, filter: true, export: true } } },
    as(),
  )
  expect(await exported()).toContain('Secret remark')
})

test('an update changes only its own keys, is told in the history in words, and is undone', async () => {
  const before = await custom('A')
  const [client] = await street.stored<{ id: string }>(
    "select id from carryover.clients where external_id = 'A'",
  )
  const file = csv([
    ['External id', 'Own percent', 'Own choices', 'Own boolean'],
    ['A', '8', 'Green', 'ne'],
  ])
  const run = await street.load(file, { settings: { existing: 'update', match: ['externalId'] } })
  expect(run).toMatchObject({ status: 'completed', counts: { updated: 1 } })
  expect(await custom('A')).toEqual({ ...before, ownPercent: '8', ownChoices: 'Green', ownBoolean: 'f' })
  const { events } = await street.app.call(
    listHistory,
    { query: { kind: 'clients', recordId: client!.id } },
    as(),
  )
  expect(events[0]!.changes).toEqual(
    expect.arrayContaining([
      { field: 'custom.ownPercent', before: '7.5 %', after: '8 %' },
      { field: 'custom.ownChoices', before: 'Blue; Red', after: 'Green' },
      { field: 'custom.ownBoolean', before: 'yes', after: 'no' },
    ]),
  )
  await street.undo(run.id)
  expect(await custom('A')).toEqual(before)
})

test('a field that was archived after an import is still restored by its undo', async () => {
  const before = await custom('A')
  const file = csv([
    ['External id', 'Own number'],
    ['A', '99'],
  ])
  const run = await street.load(file, { settings: { existing: 'update', match: ['externalId'] } })
  expect((await custom('A'))!['ownNumber']).toBe('99')
  const { id, version } = fields.get('number')!
  const waiting = await street.check(file, { settings: { existing: 'update', match: ['externalId'] } })
  await street.app.call(changeCustomField, { params: { id }, body: { version, archived: true } }, as())
  const again = await street.app.refusal(checkImport, { params: { id: waiting.id } }, as())
  expect(again).toMatchObject({ code: 'mapping.unknown_field', params: { field: 'custom.ownNumber' } })
  const undone = await street.undo(run.id)
  expect(undone, JSON.stringify(undone)).toMatchObject({ status: 'undone' })
  expect(await custom('A')).toEqual(before)
  await street.app.call(
    changeCustomField,
    { params: { id }, body: { version: version + 1, archived: false } },
    as(),
  )
})

test('a required field is asked of every row that creates', async () => {
  const { id, version } = fields.get('text')!
  await street.app.call(changeCustomField, { params: { id }, body: { version, required: true } }, as())
  const without = await street.bring(csv([['Name'], ['Gamma']]))
  expect(without.status).toBe('incomplete')
  const run = await street.check(
    csv([
      ['Name', 'Own text'],
      ['Gamma', ''],
    ]),
  )
  expect((await street.findings(run.id)).map((finding) => finding.code)).toEqual(['value.required'])
})

test('a column that no field fits is proposed as one, made, and read as its values are written', async () => {
  const shoes = [...Array(12)].map((_, at) => [
    `S${at}`,
    `Shop ${at}`,
    'x',
    `${(at % 12) + 1}. 2. 2024`,
    `${at},50 Kč`,
  ])
  const run = await street.bring(
    csv([['External id', 'Name', 'Own text', 'Odesláno', 'Sleva dne'], ...shoes]),
  )
  const propose = (column: number) =>
    street.app.call(proposeColumnField, { params: { id: run.id, source: 0, column } }, as())
  const sent = await propose(3)
  expect(sent).toEqual({ kind: 'clients', label: 'Odesláno', type: 'date', options: [], currency: null })
  expect(await propose(4)).toMatchObject({ type: 'money', currency: 'CZK' })
  const made = await make({ type: sent.type, label: { en: null, cs: sent.label } }, '')
  const mapping = run.sources[0]!.mapping
  const saved = await street.app.call(
    saveMapping,
    {
      params: { id: run.id, source: 0 },
      body: {
        ...mapping,
        columns: [...mapping.columns, { column: 3, header: 'Odesláno', field: made.name }],
      },
    },
    as(),
  )
  expect(saved.sources[0]!.mapping.columns.find((of) => of.column === 3)?.format).toMatchObject({
    dateOrder: 'dmy',
  })
  await street.checkAgain(run.id)
  await street.approve(run.id)
  expect(await custom('S3')).toMatchObject({ odeslano: '2024-02-04' })
  const missing = await street.app.refusal(
    proposeColumnField,
    { params: { id: run.id, source: 0, column: 99 } },
    as(),
  )
  expect(missing.code).toBe('mapping.no_column')
})

test('by hand: values are given and read as a person writes them, filtered, and told in the history', async () => {
  const given = Object.fromEntries(
    customFieldTypes
      .filter((type) => type !== 'person')
      .map((type) => [fields.get(type)!.name, written[type]]),
  )
  const made = await street.app.call(createClient, { body: { values: { name: 'By hand', ...given } } }, as())
  expect(made.values).toMatchObject(given)
  const { id, version } = made
  const name = fields.get('percent')!.name
  const changed = await street.app.call(
    changeClient,
    { params: { id }, body: { version, values: { [name]: '9.5' } } },
    as(),
  )
  expect(changed.values).toMatchObject({ ...given, [name]: '9.5' })
  const { events } = await street.app.call(listHistory, { query: { kind: 'clients', recordId: id } }, as())
  expect(events[0]!.changes).toEqual([{ field: name, before: '7.5 %', after: '9.5 %' }])
  const titles = async (where: string) =>
    (await street.app.call(listClients, { query: { where } }, as())).records.map((record) => record.title)
  expect(await titles(`${name}>=9`)).toEqual(['By hand'])
  expect(await titles(`${name}<9`)).not.toContain('By hand')
  expect(await titles(`${fields.get('enum')!.name}=Blue`)).toContain('By hand')
  const bad = await street.app.refusal(
    changeClient,
    { params: { id }, body: { version: changed.version, values: { [fields.get('enum')!.name]: 'Purple' } } },
    as(),
  )
  expect(bad.code).toBe('record.invalid')
})
