/** Records of every kind as a person works with them: lists and filters, changes of many, duplicates, rights. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  changeContact,
  changeManyClients,
  createClient,
  createContact,
  createLead,
  deleteContact,
  listClients,
  listDuplicateClients,
  listDuplicateContacts,
  listLeads,
} from '../../src/clients/contract.ts'
import { exportKind } from '../../src/exports/contract.ts'
import { listHistory } from '../../src/history/contract.ts'
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

/** A filter may be given several times. */
async function list(path: string, query: readonly (readonly [string, string])[]) {
  const response = await fetch(
    `${street.app.url}/api/v1/${path}?${new URLSearchParams(query.map(([k, v]): [string, string] => [k, v])).toString()}`,
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
    expect(changed).toMatchObject({ changed: 3, unchanged: 0 })
    const { records } = await list('clients', [['sort', 'name']])
    expect(records.map(({ values }) => values['tags'])).toEqual(['vip, new', 'Vip, new', 'VIP, new'])
    const again = await street.app.call(
      changeManyClients,
      { body: { filter: {}, expected: 3, values: { state: 'actual' } } },
      as(),
    )
    expect(again).toMatchObject({ changed: 0, unchanged: 3 })
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
    expect(none).toMatchObject({ changed: 0, unchanged: 0 })
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
