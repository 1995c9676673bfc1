/** Lists of records as people keep and use them: saved views, changes and deletions of many and back, exports of what is shown. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createApiKey } from '../../src/accounts/api-keys/contract.ts'
import {
  changeClient,
  changeManyClients,
  createClient,
  createContact,
  createLead,
  deleteClient,
  deleteManyClients,
  findClient,
  findLead,
  listClients,
  listContacts,
  mergeClients,
} from '../../src/clients/contract.ts'
import { exportKind } from '../../src/exports/contract.ts'
import { listHistory } from '../../src/history/contract.ts'
import { lookUpRecords, restoreFromBin, undoChange } from '../../src/kinds/records/contract.ts'
import { changeView, createView, deleteView, listViews } from '../../src/kinds/views/contract.ts'
import { operationPath } from '../../src/platform/contract.ts'
import { openStreet, type Street } from '../support/imports.ts'

let street: Street

beforeAll(async () => {
  street = await openStreet({ isWorking: false })
})
beforeEach(() =>
  street.stored(
    'truncate carryover.clients, carryover.contacts, carryover.record_bin, carryover.saved_views, carryover.history',
  ),
)
afterAll(() => street?.close())

type Values = Record<string, string | null>

const as = () => ({ as: street.owner })
const client = (values: Values) => street.app.call(createClient, { body: { values } }, as())
const find = (id: string) => street.app.call(findClient, { params: { id } }, as())

describe('changes of many', () => {
  test('are taken back together, except where somebody has changed the value since', async () => {
    const made = []
    for (const name of ['Alfa', 'Beta', 'Gama'])
      made.push(await client({ name, state: 'potential', tags: name === 'Alfa' ? 'vip' : null }))
    const { event, changed } = await street.app.call(
      changeManyClients,
      { body: { filter: {}, expected: 3, values: { state: 'actual', rating: 'A' }, addTags: ['2026'] } },
      as(),
    )
    expect(changed).toBe(3)
    const [alfa, beta, gama] = await Promise.all(made.map(({ id }) => find(id)))
    expect(alfa!.values).toMatchObject({ state: 'actual', rating: 'A', tags: 'vip, 2026' })
    await street.app.call(
      changeClient,
      {
        params: { id: beta!.id },
        body: { version: beta!.version, values: { state: 'potential', rating: 'B' } },
      },
      as(),
    )
    const undone = await street.app.call(
      undoChange,
      { params: { id: event! }, body: { together: true } },
      as(),
    )
    expect(undone).toEqual({ restored: 3, kept: 0, left: [] })
    expect((await find(alfa!.id)).values).toMatchObject({ state: 'potential', rating: null, tags: 'vip' })
    expect((await find(beta!.id)).values).toMatchObject({ state: 'potential', rating: 'B', tags: null })
    expect((await find(gama!.id)).values).toMatchObject({ state: 'potential', rating: null, tags: null })
    const { events } = await street.app.call(
      listHistory,
      { query: { kind: 'clients', recordId: beta!.id } },
      as(),
    )
    expect(events[0]).toMatchObject({ event: 'record.change_undone' })
    expect(events[0]!.changes.map(({ field }) => field)).toEqual(['tags'])
  })

  test('of one record only that event is taken back; other events cannot be', async () => {
    const { id, version } = await client({ name: 'Alfa', email: 'a@example.com', turnover: '100 CZK' })
    const body = { version, values: { email: 'b@example.com', turnover: '250.50 EUR' } }
    await street.app.call(changeClient, { params: { id }, body }, as())
    const { events } = await street.app.call(listHistory, { query: { kind: 'clients', recordId: id } }, as())
    const undo = (event: string) => street.app.call(undoChange, { params: { id: event }, body: {} }, as())
    expect(await undo(events[0]!.id)).toEqual({ restored: 1, kept: 0, left: [] })
    expect((await find(id)).values).toMatchObject({ email: 'a@example.com', turnover: '100.00 CZK' })
    expect(await undo(events[0]!.id)).toEqual({ restored: 0, kept: 1, left: [] })
    await expect(undo(events[1]!.id)).rejects.toMatchObject({ problem: { code: 'record.no_undo' } })
  })
})

describe('deletions of many', () => {
  test('say how many, ask about what hangs on them, and come back as one', async () => {
    const alfa = await client({ name: 'Alfa' })
    const beta = await client({ name: 'Beta' })
    await client({ name: 'Gama' })
    const values = { name: 'Jana', client: beta.id }
    await street.app.call(createContact, { body: { values } }, as())
    const remove = (more: { expected: number; attached?: 'detach' | 'delete' }) =>
      street.app.call(deleteManyClients, { body: { ids: [alfa.id, beta.id], ...more } }, as())
    await expect(remove({ expected: 3 })).rejects.toMatchObject({ problem: { code: 'record.count_differs' } })
    await expect(remove({ expected: 2 })).rejects.toMatchObject({ problem: { code: 'record.attached' } })
    const removed = await remove({ expected: 2, attached: 'delete' })
    expect(removed).toMatchObject({ deleted: 3, detached: 0 })
    const left = await street.app.call(listClients, {}, as())
    expect(left.records.map(({ title }) => title)).toEqual(['Gama'])
    await street.app.call(restoreFromBin, { params: { id: removed.bin } }, as())
    expect((await street.app.call(listClients, {}, as())).total).toBe(3)
    const { records } = await street.app.call(listContacts, {}, as())
    expect(records.map((one) => one.references['client']?.title)).toEqual(['Beta'])
  })
})

describe('saved views', () => {
  const definition = { columns: ['name', 'state'], sort: '-name', where: ['state=actual'] }

  test('are one’s own until they are shared; others read, their owner and administrators change', async () => {
    const support = { as: await street.visitor('support') }
    const operator = { as: await street.visitor('operator') }
    const list = async (visitor: typeof support) =>
      (await street.app.call(listViews, { query: { kind: 'clients' } }, visitor)).views
    const { id } = await street.app.call(
      createView,
      { body: { kind: 'clients', name: 'Current ones', definition } },
      operator,
    )
    expect(await list(support)).toEqual([])
    await expect(
      street.app.call(changeView, { params: { id }, body: { name: 'Mine' } }, support),
    ).rejects.toMatchObject({ problem: { code: 'view.not_found' } })
    await street.app.call(changeView, { params: { id }, body: { shared: true } }, operator)
    expect(await list(support)).toMatchObject([
      { name: 'Current ones', shared: true, mayChange: false, definition: { ...definition, search: null } },
    ])
    await expect(street.app.call(deleteView, { params: { id } }, support)).rejects.toMatchObject({
      problem: { code: 'view.not_yours' },
    })
    await expect(
      street.app.call(createView, { body: { kind: 'clients', name: 'current ONES', definition } }, support),
    ).rejects.toMatchObject({ problem: { code: 'view.name_taken' } })
    await street.app.call(deleteView, { params: { id } }, as())
    expect(await list(operator)).toEqual([])
  })
})

test('an export of a list has its columns in their order, sorted as it is', async () => {
  await client({ name: 'Alfa', billingCity: 'Brno' })
  await client({ name: 'Beta', billingCity: 'Aš' })
  const written = async (query: string) => {
    const answer = await fetch(
      `${street.app.url}/api/v1${operationPath(exportKind, { kind: 'clients', format: 'csv' })}?${query}`,
      { headers: { cookie: street.owner.cookie! } },
    )
    return (await answer.text()).replace('\uFEFF', '').trim().split(/\r?\n/)
  }
  expect(await written('columns=billingCity,name,import,nothing&sort=billingCity&language=en')).toEqual([
    'Billing city,Name,Import',
    'Aš,Beta,',
    'Brno,Alfa,',
  ])
  expect(await written('columns=name&sort=-name&language=cs')).toEqual(['Název', 'Beta', 'Alfa'])
  expect(await written('where=billingCity%3DBrno&columns=name')).toEqual(['Name', 'Alfa'])
  const { events } = await street.app.call(listHistory, { query: { kind: 'organisation' } }, as())
  expect(events.map(({ event, sentence }) => `${event} ${sentence}`)).toEqual([
    'records.exported Clients: exported as CSV; records: 1.',
    'records.exported Clients: exported as CSV; records: 2.',
    'records.exported Clients: exported as CSV; records: 2.',
  ])
})

test('people are looked up by whoever fills in a reference to them, other kinds only by who may see them', async () => {
  await client({ name: 'Alfa', email: 'alfa@example.com' })
  const operator = { as: await street.visitor('operator') }
  const lookUp = async (kind: string, search: string, visitor = operator) =>
    (await street.app.call(lookUpRecords, { params: { kind }, query: { search } }, visitor)).records
  expect(await lookUp('clients', 'alf')).toMatchObject([{ title: 'Alfa', about: 'alfa@example.com' }])
  expect(await lookUp('clients', 'ALFA@example.com')).toMatchObject([{ title: 'Alfa' }])
  expect(await lookUp('clients', 'example')).toEqual([])
  // Whoever does not see the list of users gets names, and finds nobody by an address.
  const [colleague, ...others] = await lookUp('people', 'operator')
  expect([colleague?.about, others]).toEqual([null, []])
  const [known] = await lookUp('people', 'operator', as())
  expect(known?.about).toContain('@')
  expect(await lookUp('people', known!.about!)).toEqual([])
  expect(await lookUp('people', known!.about!, as())).toMatchObject([{ id: known!.id }])
  const member = { as: await street.visitor('member') }
  await expect(lookUp('people', '', member)).rejects.toMatchObject({ problem: { code: 'permission.denied' } })
})

test('a list is counted once: pages that a cursor continues leave it out', async () => {
  for (const name of ['Alfa', 'Beta', 'Gama']) await client({ name })
  const first = await street.app.call(listClients, { query: { limit: 2 } }, as())
  expect([first.records.length, first.total]).toEqual([2, 3])
  const second = await street.app.call(listClients, { query: { limit: 2, cursor: first.next! } }, as())
  expect([second.records.length, second.total, second.next]).toEqual([1, null, null])
})

test('what is changed with a record asks for its own permission: deleted, merged and brought back', async () => {
  const scopes = ['clients.read', 'clients.write'] as const
  const { secret } = await street.app.call(
    createApiKey,
    { body: { name: 'Clients only', scopes: [...scopes] } },
    as(),
  )
  const program = { as: { bearer: secret } }
  const [alfa, beta] = [await client({ name: 'Alfa' }), await client({ name: 'Beta' })]
  const lead = await street.app.call(
    createLead,
    { body: { values: { topic: 'Roof', client: alfa.id } } },
    as(),
  )
  const alone = { code: 'permission.denied', params: { permission: 'leads.write' } }
  const removal = { params: { id: alfa.id }, query: { attached: 'detach' as const } }
  expect(await street.app.refusal(deleteClient, removal, program)).toMatchObject(alone)
  const merge = {
    params: { id: beta.id },
    body: { other: alfa.id, version: beta.version, otherVersion: alfa.version },
  }
  expect(await street.app.refusal(mergeClients, merge, program)).toMatchObject(alone)
  const { bin } = await street.app.call(deleteClient, removal, as())
  expect(await street.app.refusal(restoreFromBin, { params: { id: bin } }, program)).toMatchObject(alone)
  const shown = async () =>
    (await street.app.call(findLead, { params: { id: lead.id } }, as())).values['client']
  expect(await shown()).toBeFalsy()
  await street.app.call(restoreFromBin, { params: { id: bin } }, as())
  expect(await shown()).toBe(alfa.id)
  // What nothing of another kind hangs on needs nothing more.
  await street.app.call(deleteClient, { params: { id: beta.id } }, program)
})
