/** Lists that an organisation maintains: their options made, renamed, ordered, archived, and made by an import. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { kinds } from '../../src/app.ts'
import { listHistory } from '../../src/history/contract.ts'
import { describePlan } from '../../src/imports/check/contract.ts'
import { approveImport, saveMapping } from '../../src/imports/contract.ts'
import {
  addListOption,
  changeListOption,
  countListUses,
  deleteListOption,
  findCodeList,
  listCodeLists,
  orderListOptions,
} from '../../src/kinds/code-lists/contract.ts'
import { createCustomField, deleteCustomField } from '../../src/kinds/custom-fields/contract.ts'
import { createOptions, removeCreatedOptions } from '../../src/kinds/kinds.ts'
import type { OperationCall } from '../../src/platform/contract.ts'
import type { Visitor } from '../support/http.ts'
import { csv, openStreet, type Street } from '../support/imports.ts'

let street: Street
/** Two fields of clients that share a list of colours. */
let name: string
let one: string
let several: string

beforeAll(async () => {
  street = await openStreet({ isWorking: false })
  const make = (body: Partial<OperationCall<typeof createCustomField>['body']>, en: string) =>
    street.app.call(
      createCustomField,
      { body: { kind: 'clients', type: 'enum', label: { en, cs: null }, ...body } },
      as(),
    )
  const field = await make({ options: ['Red', 'Green', 'Blue'] }, 'Colour')
  name = field.list!
  one = 'colour'
  several = (await make({ type: 'choices', list: name }, 'More colours')).name.slice('custom.'.length)
})
afterAll(() => street?.close())

const as = (visitor: Visitor = street.owner) => ({ as: visitor })
const params = () => ({ name })
const find = () => street.app.call(findCodeList, { params: params() }, as())
const values = async () => (await find()).options.map((option) => option.value)
const add = (en: string, more: { cs?: string; synonyms?: string[] } = {}) =>
  street.app.call(
    addListOption,
    { params: params(), body: { label: { en, cs: more.cs ?? null }, synonyms: more.synonyms ?? [] } },
    as(),
  )
const change = (body: OperationCall<typeof changeListOption>['body']) =>
  street.app.call(changeListOption, { params: params(), body }, as())

const hold = (key: string, value: string) =>
  street.stored(
    `insert into carryover.clients (org_id, name, custom, created_at, updated_at)
     values ($1::bigint, 'Holder', jsonb_build_object($2::text, $3::text), now(), now())`,
    [street.organisation.org, key, value],
  )

const told = async () =>
  (await street.app.call(listHistory, { query: { kind: 'code_lists' } }, as())).events.map(
    (of) => of.sentence,
  )

test('a list says which fields offer it; everybody may read it, administrators change it', async () => {
  const member = await street.visitor('member')
  const { lists } = await street.app.call(listCodeLists, {}, as(member))
  expect(lists.find((list) => list.name === name)).toMatchObject({
    labels: { en: 'Colour', cs: 'Colour' },
    offered: 3,
    archived: 0,
    usedBy: [{ field: 'custom.colour' }, { field: 'custom.moreColours' }],
  })
  const body = { label: { en: 'Pink', cs: null }, synonyms: [] }
  for (const role of ['manager', 'migration', 'member'] as const) {
    const refused = await street.app.refusal(
      addListOption,
      { params: params(), body },
      as(await street.visitor(role)),
    )
    expect(refused.code).toBe('permission.denied')
  }
  const missing = await street.app.refusal(findCodeList, { params: { name: 'nowhere' } }, as())
  expect(missing.code).toBe('list.not_found')
})

test('an option is added, renamed in both languages, given other words, and told of', async () => {
  const added = await add('Black', { synonyms: ['schwarz'] })
  expect(added.options.at(-1)).toEqual({
    value: 'Black',
    labels: { en: 'Black', cs: 'Black' },
    synonyms: ['schwarz'],
    archived: false,
  })
  const renamed = await change({ value: 'Black', label: { en: 'Jet black', cs: 'Černá' } })
  expect(renamed.options.at(-1)).toMatchObject({
    value: 'Black',
    labels: { en: 'Jet black', cs: 'Černá' },
    synonyms: ['schwarz'],
  })
  expect((await told()).slice(0, 2)).toEqual([
    'Option Jet black of Colour changed.',
    'Option Black added to Colour.',
  ])
})

describe('a word means one option', () => {
  test.each([
    ['red', []],
    ['SCHWARZ', []],
    ['White', ['černá']],
  ])('%s with other words %j is refused', async (en, synonyms) => {
    const body = { label: { en, cs: null }, synonyms }
    expect((await street.app.refusal(addListOption, { params: params(), body }, as())).code).toBe(
      'list.option_taken',
    )
  })

  test.each(['a;b', 'a|b', 'a\nb', ' ', 'x'.repeat(101)])('%j cannot name an option', async (en) => {
    const body = {
      label: { en: en.slice(0, 100), cs: en.length > 100 ? `${en.slice(0, 99)};` : null },
      synonyms: [],
    }
    expect((await street.app.refusal(addListOption, { params: params(), body }, as())).code).toBe(
      'list.option_unusable',
    )
  })

  test('an option may be given the same words again', async () => {
    await change({
      value: 'Red',
      label: { en: 'Red', cs: 'Červená' },
      synonyms: ['rot', 'Rot ', ''].filter(Boolean),
    })
    const { options } = await find()
    expect(options.find((option) => option.value === 'Red')).toMatchObject({ synonyms: ['rot', 'Rot'] })
  })
})

test('options stand in the order that they are given', async () => {
  const reversed = (await values()).reverse()
  const ordered = await street.app.call(
    orderListOptions,
    { params: params(), body: { values: reversed } },
    as(),
  )
  expect(ordered.options.map((option) => option.value)).toEqual(reversed)
  const stale = await street.app.refusal(
    orderListOptions,
    { params: params(), body: { values: reversed.slice(1) } },
    as(),
  )
  expect(stale.code).toBe('list.order_outdated')
})

test('an option that records hold is archived rather than deleted, and one that none holds may go', async () => {
  await hold(one, 'Blue')
  await hold(several, 'Green\u001fBlue')
  const { uses } = await street.app.call(countListUses, { params: params() }, as())
  expect(uses).toEqual({ Blue: 2, Green: 1 })
  const refused = await street.app.refusal(
    deleteListOption,
    { params: params(), body: { value: 'Blue' } },
    as(),
  )
  expect(refused).toMatchObject({ code: 'list.option_in_use', params: { count: 2, option: 'Blue' } })
  const archived = await change({ value: 'Blue', archived: true })
  expect(archived.options.find((option) => option.value === 'Blue')).toMatchObject({ archived: true })
  await change({ value: 'Blue', archived: false })
  await street.app.call(deleteListOption, { params: params(), body: { value: 'Black' } }, as())
  expect(await values()).not.toContain('Black')
  const gone = await street.app.refusal(
    deleteListOption,
    { params: params(), body: { value: 'Black' } },
    as(),
  )
  expect(gone.code).toBe('list.option_not_found')
})

test('an import creates what is missing, once; its undo takes back what nobody holds', async () => {
  const create = (wanted: string[]) =>
    street.organisation.as(
      'migration',
      (work) => createOptions(work, kinds, { list: name, values: wanted, importId: '77' }),
      'loader',
    )
  expect(await create(['Pink', 'Red', 'Mint', 'Pink'])).toEqual(['Pink', 'Mint'])
  expect(await create(['Mint', 'Red'])).toEqual([])
  expect((await values()).slice(-2)).toEqual(['Pink', 'Mint'])
  await hold(several, 'Red\u001fMint')
  const undo = () =>
    street.organisation.as('migration', (work) => removeCreatedOptions(work, kinds, '77'), 'loader')
  expect(await undo()).toEqual({ removed: 1, kept: 1 })
  expect(await values()).not.toContain('Pink')
  expect(await values()).toContain('Mint')
  expect(await undo()).toEqual({ removed: 0, kept: 1 })
  expect((await told()).slice(0, 2)).toEqual([
    'Options of Colour that an import had created and no record holds, removed when it was undone (1): Pink.',
    'Options of Colour created by an import (2): Pink, Mint.',
  ])
})

test('two imports that create the same option at the same moment both have it, and it is there once', async () => {
  const create = (importId: string) =>
    street.organisation.as(
      'migration',
      (work) => createOptions(work, kinds, { list: name, values: ['Race', `Of ${importId}`], importId }),
      'loader',
    )
  await Promise.all(['81', '82', '83'].map(create))
  expect((await values()).filter((value) => value === 'Race')).toHaveLength(1)
  expect(await values()).toEqual(expect.arrayContaining(['Of 81', 'Of 82', 'Of 83']))
})

test('values of a field that was deleted still count as uses of their options', async () => {
  const field = await street.app.call(
    createCustomField,
    { body: { kind: 'clients', type: 'enum', label: { en: 'Forgotten colour', cs: null }, list: name } },
    as(),
  )
  await add('Teal')
  await hold('forgottenColour', 'Teal')
  await street.app.call(deleteCustomField, { params: { id: field.id }, query: { values: 1 } }, as())
  const refused = await street.app.refusal(
    deleteListOption,
    { params: params(), body: { value: 'Teal' } },
    as(),
  )
  expect(refused.code).toBe('list.option_in_use')
})

describe('an import whose column may create options', () => {
  let worker: () => Promise<void>
  beforeAll(async () => {
    worker = await street.app.work()
  })
  afterAll(() => worker())

  const rows = csv([
    ['External id', 'Name', 'Colour', 'More colours'],
    ['I1', 'One', 'Violet', 'Red; Amber'],
    ['I2', 'Two', 'VIOLET', 'Amber; Ivory'],
    ['I3', '', 'Never seen', ''],
    ['I4', 'Four', 'Red', ''],
  ])
  const bring = async () => {
    const run = await street.bring(rows, { settings: { rows: 'valid_only' } })
    const { mapping } = run.sources[0]!
    const own = (column: number, header: string, field: string) => ({
      column,
      header,
      field,
      createOptions: true,
    })
    const columns = [
      ...mapping.columns.filter((column) => column.column < 2),
      own(2, 'Colour', 'custom.colour'),
      own(3, 'More colours', 'custom.moreColours'),
    ]
    await street.app.call(
      saveMapping,
      { params: { id: run.id, source: 0 }, body: { ...mapping, columns } },
      as(),
    )
    return street.checkAgain(run.id)
  }

  test('says in its plan which, creates them with the load, and its undo takes them back', async () => {
    const before = await values()
    const run = await bring()
    expect(run).toMatchObject({ status: 'waiting_for_approval', counts: { created: 3, failed: 1 } })
    const plan = await street.app.call(describePlan, { params: { id: run.id } }, as())
    expect(plan.policies).toContain('New options of Colour (3): Violet, Amber, Ivory.')
    expect(await values()).toEqual(before)
    expect((await street.approve(run.id)).counts).toMatchObject({ created: 3, failed: 1 })
    expect(await values()).toEqual([...before, 'Violet', 'Amber', 'Ivory'])
    const stored = await street.stored<{ custom: unknown }>(
      "select custom from carryover.clients where external_id like 'I_' order by external_id",
    )
    expect(stored.map((row) => row.custom)).toEqual([
      { colour: 'Violet', moreColours: 'Red\u001fAmber' },
      { colour: 'Violet', moreColours: 'Amber\u001fIvory' },
      { colour: 'Red' },
    ])
    await hold(one, 'Ivory')
    expect((await street.undo(run.id)).status).toBe('undone')
    expect(await values()).toEqual([...before, 'Ivory'])
  })

  test('is checked again where somebody has changed the list meanwhile', async () => {
    const run = await bring()
    await add('Lavender', { synonyms: ['violet'] })
    await street.app.call(approveImport, { params: { id: run.id }, body: {} }, as())
    const again = await street.rest(run.id)
    expect(again, JSON.stringify(again.counts)).toMatchObject({ status: 'waiting_for_approval' })
    const plan = await street.app.call(describePlan, { params: { id: run.id } }, as())
    // One of its words names another option by now.
    expect(plan.policies).toContain('New options of Colour (1): Amber.')
    expect(await values()).not.toContain('Violet')
  })
})
