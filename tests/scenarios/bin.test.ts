/** Deleting and merging records: what hangs on them is decided about, and all of it comes back from the bin. */
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
  createClient,
  createContact,
  createContactClient,
  deleteClient,
  findClient,
  findContact,
  listContactClients,
  listContacts,
  mergeClients,
  mergeContacts,
  previewClientDeletion,
} from '../../src/clients/contract.ts'
import { listHistory } from '../../src/history/contract.ts'
import { listBin, restoreFromBin } from '../../src/kinds/records/contract.ts'
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
