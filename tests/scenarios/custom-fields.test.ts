/** Fields that an organisation adds to its kinds: made, changed, ordered, archived, deleted and brought back. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listHistory } from '../../src/history/contract.ts'
import { findCodeList } from '../../src/kinds/code-lists/contract.ts'
import { listKinds } from '../../src/kinds/contract.ts'
import {
  type CustomField,
  changeCustomField,
  createCustomField,
  customFieldTypes,
  deleteCustomField,
  listCustomFields,
  orderCustomFields,
  previewFieldDeletion,
  previewFieldType,
  restoreCustomField,
} from '../../src/kinds/custom-fields/contract.ts'
import type { OperationCall } from '../../src/platform/contract.ts'
import type { Visitor } from '../support/http.ts'
import { openStreet, type Street } from '../support/imports.ts'

let street: Street
beforeAll(async () => {
  street = await openStreet({ isWorking: false })
})
afterAll(() => street?.close())

type Input = Partial<OperationCall<typeof createCustomField>['body']> & { en?: string; cs?: string }

const inputOf = ({ en, cs, ...rest }: Input): OperationCall<typeof createCustomField>['body'] => ({
  kind: 'clients',
  type: 'text',
  label: { en: en ?? null, cs: cs ?? null },
  ...rest,
})

const as = (visitor: Visitor = street.owner) => ({ as: visitor })
const create = (input: Input) => street.app.call(createCustomField, { body: inputOf(input) }, as())
const refuse = (input: Input) => street.app.refusal(createCustomField, { body: inputOf(input) }, as())
const change = (field: CustomField, body: Omit<OperationCall<typeof changeCustomField>['body'], 'version'>) =>
  street.app.call(
    changeCustomField,
    { params: { id: field.id }, body: { version: field.version, ...body } },
    as(),
  )
const fieldsOf = async (kind = 'clients') =>
  (await street.app.call(listKinds, {}, as())).kinds.find((of) => of.name === kind)!.fields
const sentences = async (id: string) =>
  (await street.app.call(listHistory, { query: { kind: 'custom_fields', recordId: id } }, as())).events.map(
    (event) => event.sentence,
  )

/** Clients that hold these values in one field. */
async function hold(field: CustomField, values: readonly string[]): Promise<void> {
  await street.stored(
    `insert into carryover.clients (org_id, name, custom, created_at, updated_at)
     select $1::bigint, 'Holder ' || v, jsonb_build_object($2::text, v), now(), now() from unnest($3::text[]) v`,
    [street.organisation.org, field.name.slice('custom.'.length), values],
  )
}
const held = async (field: CustomField): Promise<(string | null)[]> =>
  (
    await street.stored<{ value: string | null }>(
      `select custom ->> $1::text as value from carryover.clients where custom ? $1::text order by id`,
      [field.name.slice('custom.'.length)],
    )
  ).map((row) => row.value)

test('a field stands at the end of its kind for everybody in the organisation, and for nobody else', async () => {
  const made = await create({
    en: 'Contract number',
    cs: 'Číslo smlouvy',
    hint: 'From the paper.',
    group: 'Contract',
  })
  expect(made).toMatchObject({ name: 'custom.contractNumber', type: 'text', version: 1, archived: false })
  const last = (await fieldsOf()).at(-1)
  expect(last).toMatchObject({
    name: 'custom.contractNumber',
    labels: { en: 'Contract number', cs: 'Číslo smlouvy' },
    section: { labels: { en: 'Contract', cs: 'Contract' } },
    hint: 'From the paper.',
    custom: true,
  })
  expect(await sentences(made.id)).toEqual(['Field Contract number added to Clients.'])
  const { fields } = await street.app.call(
    listCustomFields,
    { query: {} },
    as(await street.visitor('member')),
  )
  expect(fields.map((field) => field.name)).toContain('custom.contractNumber')
})

test('a label in one language is shown in the other, and a field may join a section of the kind', async () => {
  const made = await create({ cs: 'Obchodní zástupce', type: 'person', group: 'business' })
  expect(made.name).toBe('custom.obchodniZastupce')
  expect((await fieldsOf()).at(-1)).toMatchObject({
    labels: { en: 'Obchodní zástupce', cs: 'Obchodní zástupce' },
    section: { name: 'business' },
    reference: { kind: 'people', by: ['email', 'name'] },
  })
})

test('every type can be made, and says what belongs to it', async () => {
  const made: CustomField[] = []
  for (const type of customFieldTypes) {
    const more =
      type === 'money'
        ? { currency: 'EUR' }
        : type === 'enum' || type === 'choices'
          ? { options: ['Red', 'Blue'] }
          : {}
    made.push(await create({ en: `Made of ${type}`, type, ...more }))
  }
  const described = await fieldsOf()
  for (const field of made)
    expect(
      described.some((of) => of.name === field.name),
      field.type,
    ).toBe(true)
  const choices = described.find((of) => of.name === 'custom.madeOfChoices')!
  expect(choices.options?.map((option) => option.labels.en)).toEqual(['Red', 'Blue'])
  const list = await street.app.call(findCodeList, { params: { name: choices.codeList! } }, as())
  expect(list).toMatchObject({ labels: { en: 'Made of choices' }, usedBy: [{ kind: 'clients' }] })
})

describe('what makes no sense is refused', () => {
  const cases: [string, Input][] = [
    ['field.label_too_short', { en: 'ab' }],
    ['field.label_too_short', {}],
    ['field.label_taken', { en: 'e-mail' }],
    ['field.label_taken', { cs: 'NAZEV' }],
    ['field.group_too_short', { en: 'Grouped', group: 'ab' }],
    ['field.currency_needed', { en: 'Budget', type: 'money' }],
    ['field.currency_needed', { en: 'Budget', type: 'money', currency: 'XXY' }],
    ['field.list_needed', { en: 'Colour', type: 'enum' }],
    ['list.not_found', { en: 'Colour', type: 'enum', list: 'nowhere' }],
    ['list.option_taken', { en: 'Colour', type: 'enum', options: ['Red', 'réd'] }],
    ['list.option_unusable', { en: 'Colour', type: 'enum', options: ['Red; Blue'] }],
    ['field.setting_not_for_type', { en: 'Budget', type: 'number', currency: 'EUR' }],
    ['field.pattern_unusable', { en: 'Patterned', pattern: '(' }],
    ['field.pattern_unusable', { en: 'Patterned', pattern: '(a+)+b' }],
    ['field.pattern_unusable', { en: 'Patterned', pattern: '(?:[a-z]*x){2,}' }],
    ['kind.unknown', { en: 'Nowhere', kind: 'ships' }],
  ]
  test.each(cases)('%s: %j', async (code, input) => {
    expect((await refuse(input)).code).toBe(code)
  })

  test('only administrators manage fields', async () => {
    for (const role of ['manager', 'operator', 'support', 'migration', 'member'] as const) {
      const refused = await street.app.refusal(
        createCustomField,
        { body: inputOf({ en: `Field of ${role}` }) },
        as(await street.visitor(role)),
      )
      expect(refused.code, role).toBe('permission.denied')
    }
  })
})

test('a pattern that repeats once is fine', async () => {
  const made = await create({ en: 'Case number', pattern: '[A-Z]{2}-\\d+(?:/\\d{2})?' })
  expect(made.pattern).toBe('[A-Z]{2}-\\d+(?:/\\d{2})?')
})

test('labels that make the same key get keys of their own, and a key is never given twice', async () => {
  const first = await create({ en: 'Key ring' })
  await street.app.call(deleteCustomField, { params: { id: first.id }, query: { values: 0 } }, as())
  const second = await create({ en: 'Key ring' })
  expect([first.name, second.name]).toEqual(['custom.keyRing', 'custom.keyRing2'])
  const back = await street.app.refusal(restoreCustomField, { params: { id: first.id } }, as())
  expect(back.code).toBe('field.label_taken')
})

test('a change is told in the history, and one of an older version is refused', async () => {
  const made = await create({ en: 'Bus line' })
  const changed = await change(made, { label: { en: 'Tram line', cs: null }, required: true })
  expect(changed).toMatchObject({
    name: 'custom.busLine',
    label: { en: 'Tram line', cs: null },
    required: true,
  })
  const late = await street.app.refusal(
    changeCustomField,
    { params: { id: made.id }, body: { version: made.version, required: false } },
    as(),
  )
  expect(late.code).toBe('field.changed_meanwhile')
  const { events } = await street.app.call(
    listHistory,
    { query: { kind: 'custom_fields', recordId: made.id } },
    as(),
  )
  expect(events[0]).toMatchObject({
    sentence: 'Field Tram line changed.',
    changes: [
      { field: 'label_en', before: 'Bus line', after: 'Tram line' },
      { field: 'required', before: 'false', after: 'true' },
    ],
  })
})

describe('another type', () => {
  test('is taken on where every value fits, and the values with it', async () => {
    const field = await create({ en: 'Seats sold' })
    await hold(field, ['1200', '7', '12'])
    const changed = await change(field, { type: 'integer' })
    expect(changed.type).toBe('integer')
    expect(await held(field)).toEqual(['1200', '7', '12'])
    const percent = await change(changed, { type: 'percent' })
    const money = await change(percent, { type: 'money', currency: 'CZK' })
    expect(await held(field)).toEqual(['120000\u001fCZK', '700\u001fCZK', '1200\u001fCZK'])
    const text = await change(money, { type: 'text' })
    expect(await held(field)).toEqual(['1200.00 CZK', '7.00 CZK', '12.00 CZK'])
    expect(text.currency).toBeNull()
    expect(await sentences(field.id)).toContain('Type of the field Seats sold changed; 3 values converted.')
  })

  test('is refused with the number of values that do not fit, and nothing changes', async () => {
    const field = await create({ en: 'Began in' })
    await hold(field, ['2020-01-31', 'last year', '2021-02-29'])
    const preview = await street.app.call(
      previewFieldType,
      { params: { id: field.id }, body: { type: 'date' } },
      as(),
    )
    expect(preview).toMatchObject({ values: 3, unfit: 2 })
    expect(preview.examples.map((example) => example.value)).toEqual(['last year', '2021-02-29'])
    const refused = await street.app.refusal(
      changeCustomField,
      { params: { id: field.id }, body: { version: field.version, type: 'date' } },
      as(),
    )
    expect(refused).toMatchObject({
      code: 'field.values_do_not_fit',
      params: { unfit: 2, values: 3, example: 'last year' },
    })
    expect(await held(field)).toEqual(['2020-01-31', 'last year', '2021-02-29'])
  })

  test('a selection becomes one of several, and text by the names of its options', async () => {
    const field = await create({ en: 'Paint', type: 'enum', options: ['Red', 'Dark blue'] })
    await hold(field, ['Red', 'Dark blue'])
    const several = await change(field, { type: 'choices' })
    expect(several.list).toBe(field.list)
    await hold(field, ['Dark blue\u001fRed'])
    const refused = await street.app.refusal(
      changeCustomField,
      { params: { id: field.id }, body: { version: several.version, type: 'enum' } },
      as(),
    )
    expect(refused).toMatchObject({ code: 'field.values_do_not_fit', params: { unfit: 1, values: 3 } })
    await change(several, { type: 'text' })
    expect(await held(field)).toEqual(['Red', 'Dark blue', 'Dark blue; Red'])
  })
})

test('an archived field is hidden and keeps its values; taken back it is as it was', async () => {
  const field = await create({ en: 'Old system id' })
  await hold(field, ['a', 'b'])
  const archived = await change(field, { archived: true })
  expect(archived.archived).toBe(true)
  expect((await fieldsOf()).map((of) => of.name)).not.toContain(field.name)
  expect(await held(field)).toEqual(['a', 'b'])
  await change(archived, { archived: false })
  expect((await fieldsOf()).map((of) => of.name)).toContain(field.name)
  expect((await sentences(field.id)).slice(0, 2)).toEqual([
    'Field Old system id taken back from the archive.',
    'Field Old system id archived.',
  ])
})

test('who deletes a field with values says how many, and can bring it back with them', async () => {
  const field = await create({ en: 'Shoe size', type: 'integer' })
  await hold(field, ['42', '43', '44'])
  const params = { id: field.id }
  expect(await street.app.call(previewFieldDeletion, { params }, as())).toEqual({ values: 3 })
  const unasked = await street.app.refusal(deleteCustomField, { params, query: {} }, as())
  expect(unasked).toMatchObject({ code: 'field.holds_values', params: { count: 3 } })
  const deleted = await street.app.call(deleteCustomField, { params, query: { values: 3 } }, as())
  expect(deleted).toEqual({ deleted: true, values: 3 })
  expect((await fieldsOf()).map((of) => of.name)).not.toContain(field.name)
  expect((await street.app.refusal(previewFieldDeletion, { params }, as())).code).toBe('field.not_found')
  const back = await street.app.call(restoreCustomField, { params }, as())
  expect(back).toMatchObject({ name: field.name, type: 'integer' })
  expect(await held(field)).toEqual(['42', '43', '44'])
  expect(await sentences(field.id)).toEqual([
    'Field Shoe size brought back.',
    'Field Shoe size deleted, with 3 values. Undoing it brings them back.',
    'Field Shoe size added to Clients.',
  ])
})

test('fields stand in the order that they are given; an order of other fields is refused', async () => {
  const { fields } = await street.app.call(listCustomFields, { query: { kind: 'clients' } }, as())
  const ids = fields.map((field) => field.id).reverse()
  const ordered = await street.app.call(orderCustomFields, { body: { kind: 'clients', ids } }, as())
  expect(ordered.fields.map((field) => field.id)).toEqual(ids)
  const stale = await street.app.refusal(
    orderCustomFields,
    { body: { kind: 'clients', ids: ids.slice(1) } },
    as(),
  )
  expect(stale.code).toBe('field.order_outdated')
  const names = (await fieldsOf()).filter((field) => field.custom).map((field) => field.name)
  expect(names).toEqual(ordered.fields.filter((field) => !field.archived).map((field) => field.name))
})

test('two people who add a field at the same moment both get one, in places of their own', async () => {
  const made = await Promise.all(
    ['One', 'Two', 'Three', 'Four'].map((word) => create({ en: `Race ${word}` })),
  )
  const { fields } = await street.app.call(listCustomFields, { query: { kind: 'clients' } }, as())
  expect(
    fields
      .slice(-4)
      .map((field) => field.id)
      .sort(),
  ).toEqual(made.map((field) => field.id).sort())
  const places = await street.stored<{ place: number }>(
    'select place from carryover.custom_fields where deleted_at is null',
  )
  expect(new Set(places.map((row) => row.place)).size).toBe(places.length)
})
