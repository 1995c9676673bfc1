/** Records of every kind as a person works with them: lists and filters, changes of many, the bin, merging, duplicates. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  createPrice,
  createProduct,
  deleteProduct,
  findProduct,
  listPrices,
  listProducts,
} from '../../src/catalogue/contract.ts'
import {
  changeClient,
  changeContact,
  changeManyClients,
  createClient,
  createContact,
  createContactClient,
  createLead,
  deleteClient,
  deleteContact,
  findClient,
  findContact,
  listClients,
  listContactClients,
  listContacts,
  listDuplicateClients,
  listDuplicateContacts,
  listLeads,
  mergeClients,
  mergeContacts,
  previewClientDeletion,
} from '../../src/clients/contract.ts'
import { exportKind } from '../../src/exports/contract.ts'
import { listHistory } from '../../src/history/contract.ts'
import { listBin, restoreFromBin } from '../../src/kinds/records/contract.ts'
import { operationPath } from '../../src/platform/contract.ts'
import { openStreet, type Street } from '../support/imports.ts'

let street: Street

beforeAll(async () => {
  street = await openStreet()
})
beforeEach(() =>
  street.stored(
    'truncate carryover.clients, carryover.contacts, carryover.contact_clients, carryover.leads, carryover.products, carryover.price_list_items, carryover.record_bin',
  ),
)
afterAll(() => street?.close())

type Values = Record<string, string | null>

const as = () => ({ as: street.owner })
const byId = (id: string) => ({ params: { id } })
const client = (values: Values) => street.app.call(createClient, { body: { values } }, as())
const contact = (values: Values) => street.app.call(createContact, { body: { values } }, as())
const eventsOf = async (kind: string, recordId: string) =>
  (await street.app.call(listHistory, { query: { kind, recordId } }, as())).events.map(({ event }) => event)

/** A filter may be given several times. */
async function list(path: string, query: readonly (readonly [string, string])[]) {
  const response = await fetch(
    `${street.app.url}/api/v1/${path}?${new URLSearchParams(query.map(([k, v]): [string, string] => [k, v]))}`,
    {
      headers: { cookie: street.owner.cookie! },
    },
  )
  expect(response.status, await (response.ok ? '' : response.clone().text())).toBe(200)
  return (await response.json()) as { records: { title: string; values: Values }[]; total: number }
}

const titles = async (...where: string[]) =>
  (await list('clients', [['sort', 'name'], ...where.map((one) => ['where', one] as const)])).records.map(
    ({ title }) => title,
  )

describe('a list', () => {
  beforeEach(async () => {
    await client({
      name: 'Alfa',
      rating: 'A',
      employees: '5',
      turnover: '1000.00 CZK',
      tags: 'vip, brno',
      birthday: '1980-01-02',
    })
    await client({
      name: 'Beta',
      rating: 'B',
      employees: '50',
      turnover: '2000.00 CZK',
      email: 'b@beta.example',
      phone: '+420601000001',
    })
    await client({
      name: 'Gama',
      employees: '500',
      turnover: '10.00 EUR',
      tags: 'VIP',
      note: 'asks for more',
    })
  })

  test.each([
    [['rating=A'], ['Alfa']],
    [['rating=A|B'], ['Alfa', 'Beta']],
    [['rating='], ['Gama']],
    [['rating!='], ['Alfa', 'Beta']],
    [['rating!=A'], ['Beta', 'Gama']],
    [['tags=vip'], ['Alfa', 'Gama']],
    [['tags=vip', 'rating=A'], ['Alfa']],
    [['employees>=50'], ['Beta', 'Gama']],
    [['employees<50'], ['Alfa']],
    [['turnover>1500 CZK'], ['Beta']],
    [['birthday<=1980-01-02'], ['Alfa']],
    [['note~MORE'], ['Gama']],
    [['email!~beta'], ['Alfa', 'Gama']],
    [['phone=+420 601 000 001'], ['Beta']],
    [['createdAt>=2026-03-02'], ['Alfa', 'Beta', 'Gama']],
    [['createdAt=2026-03-01'], []],
  ])('filtered by %j shows %j', async (where, expected) => {
    expect(await titles(...where)).toEqual(expected)
  })

  test.each(['nothing=1', 'rating', 'name>5', 'employees>many', 'turnover>=x', 'createdAt>=soon', '=x'])(
    'the filter %s is refused in words',
    async (where) => {
      const problem = await street.app.refusal(listClients, { query: { where } }, as())
      expect(problem).toMatchObject({ code: 'record.unknown_filter', status: 422 })
    },
  )

  test('is sorted by any field, blanks last in both directions, and gives the columns that are asked for', async () => {
    const sorted = async (sort: string) =>
      (await list('clients', [['sort', sort]])).records.map(({ title }) => title)
    expect(await sorted('employees')).toEqual(['Alfa', 'Beta', 'Gama'])
    expect(await sorted('-employees')).toEqual(['Gama', 'Beta', 'Alfa'])
    expect(await sorted('rating')).toEqual(['Alfa', 'Beta', 'Gama'])
    expect(await sorted('-rating')).toEqual(['Beta', 'Alfa', 'Gama'])
    const page = await street.app.call(
      listClients,
      { query: { columns: 'name, email', search: 'Beta' } },
      as(),
    )
    expect(page.records[0]!.values).toEqual({ name: 'Beta', email: 'b@beta.example' })
    const refused = await street.app.refusal(listClients, { query: { sort: 'nothing' } }, as())
    expect(refused.code).toBe('record.unknown_sort')
  })

  test('is exported as it is filtered', async () => {
    const path = operationPath(exportKind, { kind: 'clients', format: 'csv' })
    const response = await fetch(`${street.app.url}/api/v1${path}?where=tags%3Dvip&search=Gam`, {
      headers: { cookie: street.owner.cookie! },
    })
    const lines = (await response.text()).trim().split('\n')
    expect(lines).toHaveLength(2)
    expect(lines[1]).toContain('Gama')
  })

  test('many are changed and tagged at once; each keeps what it held in its history', async () => {
    const changed = await street.app.call(
      changeManyClients,
      {
        body: {
          filter: { where: ['employees>=5'] },
          expected: 3,
          values: { state: 'actual' },
          addTags: ['Vip', 'new'],
          removeTags: ['BRNO'],
        },
      },
      as(),
    )
    expect(changed).toEqual({ changed: 3, unchanged: 0 })
    const { records } = await list('clients', [['sort', 'name']])
    expect(records.map(({ values }) => values['tags'])).toEqual(['vip, new', 'Vip, new', 'VIP, new'])
    const again = await street.app.call(
      changeManyClients,
      { body: { filter: {}, expected: 3, values: { state: 'actual' } } },
      as(),
    )
    expect(again).toEqual({ changed: 0, unchanged: 3 })
    const { records: found } = await street.app.call(listClients, { query: { search: 'Alfa' } }, as())
    const { events } = await street.app.call(
      listHistory,
      { query: { kind: 'clients', recordId: found[0]!.id } },
      as(),
    )
    expect(events[0]).toMatchObject({ event: 'record.changed_together' })
    expect(events[0]!.changes).toContainEqual({ field: 'tags', before: 'vip, brno', after: 'vip, new' })
  })

  test('a change of many is refused when the list is not the one that was seen, and chooses nothing by itself', async () => {
    const change = (body: object) => street.app.refusal(changeManyClients, { body: body as never }, as())
    expect((await change({ filter: {}, expected: 2, values: { state: 'actual' } })).code).toBe(
      'record.count_differs',
    )
    expect((await change({ filter: {}, expected: 3, values: { name: null } })).code).toBe('record.invalid')
    expect((await change({ filter: {}, expected: 3, values: { externalId: 'X' } })).code).toBe(
      'record.value_taken',
    )
    const none = await street.app.call(
      changeManyClients,
      { body: { expected: 0, values: { state: 'actual' } } },
      as(),
    )
    expect(none).toEqual({ changed: 0, unchanged: 0 })
  })
})

describe('the bin', () => {
  test('a client with contact persons goes only as it was decided, and comes back with them', async () => {
    const alfa = await client({ name: 'Alfa' })
    const other = await client({ name: 'Other' })
    const jana = await contact({ lastName: 'Nováková', firstName: 'Jana', client: alfa.id, position: 'CEO' })
    await street.app.call(
      createContactClient,
      { body: { values: { contact: jana.id, client: other.id, position: 'board' } } },
      as(),
    )
    expect(await street.app.call(previewClientDeletion, byId(alfa.id), as())).toEqual({
      title: 'Alfa',
      attached: [{ kind: 'contacts', field: 'client', count: 1, fate: 'may_go' }],
    })
    const refused = await street.app.refusal(deleteClient, byId(alfa.id), as())
    expect(refused).toMatchObject({ code: 'record.attached', status: 409 })
    const gone = await street.app.call(
      deleteClient,
      { ...byId(alfa.id), query: { attached: 'delete' } },
      as(),
    )
    expect(gone).toMatchObject({ deleted: 3, detached: 0 })
    expect((await street.app.call(listContacts, {}, as())).total).toBe(0)
    expect((await street.app.call(listContactClients, {}, as())).total).toBe(0)
    const { entries } = await street.app.call(listBin, {}, as())
    expect(entries).toMatchObject([
      { title: 'Alfa', kind: 'clients', reason: 'deleted', together: 2, until: '2026-05-31T09:00:00.000Z' },
    ])
    expect(await street.app.call(restoreFromBin, byId(gone.bin), as())).toMatchObject({
      id: alfa.id,
      restored: 3,
    })
    const back = await street.app.call(findContact, byId(jana.id), as())
    expect(back).toMatchObject({
      title: 'Jana Nováková',
      references: { client: { id: alfa.id, title: 'Alfa' } },
    })
    expect((await street.app.refusal(restoreFromBin, byId(gone.bin), as())).code).toBe('bin.not_found')
    expect(await eventsOf('clients', alfa.id)).toEqual([
      'record.restored',
      'record.deleted',
      'record.created',
    ])
  })

  test('detached contact persons stay, and belong to the client again when it comes back, unless they moved on', async () => {
    const alfa = await client({ name: 'Alfa' })
    const beta = await client({ name: 'Beta' })
    const stays = await contact({ lastName: 'Stays', client: alfa.id })
    const moves = await contact({ lastName: 'Moves', client: alfa.id })
    const gone = await street.app.call(
      deleteClient,
      { ...byId(alfa.id), query: { attached: 'detach' } },
      as(),
    )
    expect(gone).toMatchObject({ deleted: 1, detached: 2 })
    const now = await street.app.call(findContact, byId(moves.id), as())
    expect(now.values['client']).toBeNull()
    await street.app.call(
      changeContact,
      { ...byId(moves.id), body: { version: now.version, values: { client: beta.id } } },
      as(),
    )
    expect(await street.app.call(restoreFromBin, byId(gone.bin), as())).toMatchObject({
      restored: 1,
      attached: 1,
    })
    expect((await street.app.call(findContact, byId(stays.id), as())).values['client']).toBe(alfa.id)
    expect((await street.app.call(findContact, byId(moves.id), as())).values['client']).toBe(beta.id)
  })

  test('a product takes its prices with it; an external id that is taken by now keeps it in the bin', async () => {
    const product = await street.app.call(
      createProduct,
      { body: { values: { code: 'P1', name: 'Pump', price: '10.00 CZK' } } },
      as(),
    )
    const [list] = await street.stored<{ value: string }>(
      "insert into carryover.code_lists (org_id, name, created_at) select org_id, 'priceList', now() from carryover.organisations returning name as value",
    )
    await street.stored(
      "insert into carryover.list_options (org_id, list, value, label_en, place, created_at) select org_id, $1, 'vip', 'VIP', 1, now() from carryover.organisations",
      [list!.value],
    )
    await street.stored(
      'insert into carryover.kind_revisions (org_id, revision) select org_id, gen_random_uuid() from carryover.organisations on conflict (org_id) do update set revision = excluded.revision',
    )
    await street.app.call(
      createPrice,
      { body: { values: { product: product.id, priceList: 'vip', price: '8.00 CZK' } } },
      as(),
    )
    expect(
      (await street.app.call(listPrices, { query: { where: `product=${product.id}` } }, as())).total,
    ).toBe(1)
    const gone = await street.app.call(deleteProduct, byId(product.id), as())
    expect(gone.deleted).toBe(2)
    const second = await street.app.call(
      createProduct,
      { body: { values: { code: 'P1', name: 'Other' } } },
      as(),
    )
    expect((await street.app.refusal(restoreFromBin, byId(gone.bin), as())).code).toBe('record.value_taken')
    await street.app.call(deleteProduct, byId(second.id), as())
    expect(await street.app.call(restoreFromBin, byId(gone.bin), as())).toMatchObject({ restored: 2 })
    expect((await street.app.call(findProduct, byId(product.id), as())).values).toMatchObject({
      code: 'P1',
      price: '10.00 CZK',
    })
    expect((await street.app.call(listProducts, {}, as())).total).toBe(1)
  })

  test('is seen and used by those who may change such records, and by nobody else', async () => {
    const made = await client({ name: 'Alfa' })
    const gone = await street.app.call(deleteClient, byId(made.id), as())
    const member = { as: await street.visitor('support') }
    expect((await street.app.call(listBin, {}, member)).entries).toEqual([])
    expect((await street.app.refusal(restoreFromBin, byId(gone.bin), member)).code).toBe('permission.denied')
  })
})

describe('merging', () => {
  test('two clients become one: chosen fields, everything that hung on the other one, and the whole taken back', async () => {
    const kept = await client({ name: 'Alfa', email: 'a@alfa.example', tags: 'one', rating: 'A' })
    const other = await client({
      externalId: 'X1',
      name: 'Alfa s.r.o.',
      email: 'b@alfa.example',
      tags: 'ONE, two',
      phone: '+420601000001',
    })
    const jana = await contact({ lastName: 'Nováková', client: other.id })
    const before = await street.app.call(findClient, byId(kept.id), as())
    const merged = await street.app.call(
      mergeClients,
      { ...byId(kept.id), body: { other: other.id, version: 1, otherVersion: 1, take: ['name'] } },
      as(),
    )
    expect(merged.record.values).toMatchObject({
      name: 'Alfa s.r.o.',
      email: 'a@alfa.example',
      externalId: 'X1',
      tags: 'one, two',
      rating: 'A',
      phone: '+420601000001',
    })
    expect(merged.moved).toBe(1)
    expect((await street.app.call(findContact, byId(jana.id), as())).values['client']).toBe(kept.id)
    expect((await street.app.refusal(findClient, byId(other.id), as())).code).toBe('record.not_found')
    await street.app.call(
      changeClient,
      { ...byId(kept.id), body: { version: 2, values: { phone: '+420602000002' } } },
      as(),
    )
    const undone = await street.app.call(restoreFromBin, byId(merged.bin), as())
    expect(undone).toMatchObject({ id: other.id, restored: 1, attached: 1, left: ['phone'] })
    const after = await street.app.call(findClient, byId(kept.id), as())
    expect(after.values).toEqual({ ...before.values, phone: '+420602000002' })
    expect((await street.app.call(findClient, byId(other.id), as())).values).toEqual(other.values)
    expect((await street.app.call(findContact, byId(jana.id), as())).values['client']).toBe(other.id)
    expect(await eventsOf('clients', kept.id)).toEqual([
      'record.unmerged',
      'record.changed',
      'record.merged',
      'record.created',
    ])
  })

  test('is refused with itself and when either was changed meanwhile', async () => {
    const one = await contact({ lastName: 'One' })
    const two = await contact({ lastName: 'Two' })
    const merge = (id: string, other: string, version = 1, otherVersion = 1) =>
      street.app.refusal(mergeContacts, { ...byId(id), body: { other, version, otherVersion } }, as())
    expect((await merge(one.id, one.id)).code).toBe('record.same')
    expect((await merge(one.id, two.id, 2)).code).toBe('record.changed_meanwhile')
    expect((await merge(one.id, two.id, 1, 2)).code).toBe('record.changed_meanwhile')
    expect((await merge(one.id, '999999')).code).toBe('record.not_found')
  })

  test('the same two, both ways at the same moment: one merge, one refusal, nothing lost', async () => {
    const one = await contact({ lastName: 'One' })
    const two = await contact({ lastName: 'Two' })
    const answers = await Promise.all(
      [
        [one.id, two.id],
        [two.id, one.id],
      ].map(([id, other]) =>
        street.app.send(
          mergeContacts,
          { ...byId(id!), body: { other: other!, version: 1, otherVersion: 1 } },
          as(),
        ),
      ),
    )
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404])
    expect((await street.app.call(listContacts, {}, as())).total).toBe(1)
    expect((await street.app.call(listBin, {}, as())).entries).toHaveLength(1)
  })
})

test('duplicates: companies by number, then by name; persons by name with e-mail or telephone', async () => {
  await client({ name: 'Alfa', regNumber: '1' })
  await client({ name: 'ALFA s.r.o.', regNumber: '1' })
  await client({ name: 'Beta' })
  await client({ name: 'beta' })
  await client({ name: 'Jan Novák', isPerson: 'true', lastName: 'Novák', email: 'j@novak.example' })
  await client({ name: 'Jan Novák', isPerson: 'true', lastName: 'Novák', email: 'J@NOVAK.example' })
  await client({ name: 'Jan Novák', isPerson: 'true', lastName: 'Novák', email: 'other@novak.example' })
  const { groups } = await street.app.call(listDuplicateClients, {}, as())
  expect(groups.map(({ by, count }) => [by.join('+'), count])).toEqual([
    ['regNumber', 2],
    ['name+email', 2],
    ['name', 2],
  ])
  await contact({ firstName: 'Eva', lastName: 'Malá', phone: '601 000 001' })
  await contact({ firstName: 'Eva', lastName: 'Malá', phone: '+420 601000001' })
  const persons = await street.app.call(listDuplicateContacts, {}, as())
  expect(persons.groups).toMatchObject([{ by: ['firstName', 'lastName', 'phone'], count: 2 }])
})

test('a contact person always has a name: the one given, its parts, or what else there is', async () => {
  const named = async (values: Values) => (await contact(values)).title
  expect(await named({ firstName: 'Eva', lastName: 'Malá' })).toBe('Eva Malá')
  expect(await named({ name: 'Eva M.', lastName: 'Malá' })).toBe('Eva M.')
  const made = await contact({ firstName: 'Jan', lastName: 'Novák' })
  const changed = await street.app.call(
    changeContact,
    { ...byId(made.id), body: { version: 1, values: { lastName: 'Starý' } } },
    as(),
  )
  expect(changed.title).toBe('Jan Starý')
  const refused = await street.app.refusal(
    createContact,
    { body: { values: { email: 'a@b.example' } } },
    as(),
  )
  expect(refused.code).toBe('record.invalid')
})

test('who may not see or change a kind is refused, whatever the operation', async () => {
  const made = await street.app.call(createLead, { body: { values: { topic: 'Pumps' } } }, as())
  expect(made.title).toBe('Pumps')
  const support = { as: await street.visitor('support') }
  expect((await street.app.call(listLeads, {}, support)).total).toBe(1)
  const member = { as: await street.visitor('member') }
  expect((await street.app.refusal(listLeads, {}, member)).code).toBe('permission.denied')
  const someone = await contact({ lastName: 'X' })
  expect((await street.app.refusal(deleteContact, byId(someone.id), support)).code).toBe('permission.denied')
  const path = operationPath(exportKind, { kind: 'leads', format: 'csv' })
  const exported = await fetch(`${street.app.url}/api/v1${path}`, { headers: { cookie: support.as.cookie! } })
  expect(exported.status).toBe(403)
})
