/** A lead becomes a client and a contact person, and takes that back. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  changeClient,
  convertLead,
  createContact,
  createLead,
  findClient,
  findContact,
  findLead,
  listLeads,
  undoLeadConversion,
} from '../../src/clients/contract.ts'
import { listBin } from '../../src/kinds/records/contract.ts'
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

const as = () => ({ as: street.owner })
const byId = (id: string) => ({ params: { id } })

test('a lead becomes a client and a contact person; taken back, nothing of it remains', async () => {
  const lead = await street.app.call(
    createLead,
    {
      body: {
        values: {
          topic: 'Pumps for Alfa',
          companyName: 'Alfa s.r.o.',
          regNumber: '12345678',
          firstName: 'Jana',
          lastName: 'Nováková',
          email: 'jana@alfa.example',
          phone: '+420601000001',
          addressCity: 'Brno',
          tags: 'fair',
        },
      },
    },
    as(),
  )
  const converted = await street.app.call(convertLead, { ...byId(lead.id), body: { version: 1 } }, as())
  expect(converted).toMatchObject({
    madeClient: true,
    madeContact: true,
    client: {
      title: 'Alfa s.r.o.',
      values: { regNumber: '12345678', billingCity: 'Brno', tags: 'fair', state: 'potential' },
    },
    contact: { title: 'Jana Nováková', values: { email: 'jana@alfa.example', client: converted.client.id } },
  })
  const after = await street.app.call(findLead, byId(lead.id), as())
  expect(after).toMatchObject({
    values: { state: 'converted' },
    references: { client: { title: 'Alfa s.r.o.' } },
  })
  const again = await street.app.refusal(
    convertLead,
    { ...byId(lead.id), body: { version: after.version } },
    as(),
  )
  expect(again.code).toBe('lead.converted_already')
  const undone = await street.app.call(undoLeadConversion, byId(lead.id), as())
  expect(undone).toMatchObject({ kept: [], lead: { values: lead.values } })
  expect((await street.app.refusal(findClient, byId(converted.client.id), as())).code).toBe(
    'record.not_found',
  )
  expect((await street.app.refusal(findContact, byId(converted.contact!.id), as())).code).toBe(
    'record.not_found',
  )
  expect((await street.app.call(listBin, {}, as())).entries).toHaveLength(2)
  expect((await street.app.refusal(undoLeadConversion, byId(lead.id), as())).code).toBe('lead.not_converted')
})

test('what a conversion made and somebody has worked with since stays, with the reason', async () => {
  const lead = await street.app.call(
    createLead,
    { body: { values: { topic: 'T', companyName: 'Beta', lastName: 'Malý' } } },
    as(),
  )
  const { client, contact } = await street.app.call(
    convertLead,
    { ...byId(lead.id), body: { version: 1 } },
    as(),
  )
  await street.app.call(
    changeClient,
    { ...byId(client.id), body: { version: 1, values: { rating: 'A' } } },
    as(),
  )
  expect((await street.app.call(undoLeadConversion, byId(lead.id), as())).kept).toEqual([
    { kind: 'clients', id: client.id, reason: 'changed' },
  ])
  expect((await street.app.refusal(findContact, byId(contact!.id), as())).code).toBe('record.not_found')
  const other = await street.app.call(
    createLead,
    { body: { values: { topic: 'T2', companyName: 'Gama' } } },
    as(),
  )
  const made = await street.app.call(convertLead, { ...byId(other.id), body: { version: 1 } }, as())
  expect(made.contact).toBeNull()
  await street.app.call(
    createContact,
    { body: { values: { lastName: 'New', client: made.client.id } } },
    as(),
  )
  expect((await street.app.call(undoLeadConversion, byId(other.id), as())).kept).toEqual([
    { kind: 'clients', id: made.client.id, reason: 'attached' },
  ])
})

test('a lead of a person without a company becomes a person as a client; existing records are taken instead', async () => {
  const lead = await street.app.call(
    createLead,
    { body: { values: { topic: 'T', firstName: 'Jan', lastName: 'Novák', email: 'j@n.example' } } },
    as(),
  )
  const { client, contact } = await street.app.call(
    convertLead,
    { ...byId(lead.id), body: { version: 1 } },
    as(),
  )
  expect(contact).toBeNull()
  expect(client.values).toMatchObject({
    name: 'Jan Novák',
    isPerson: 'true',
    lastName: 'Novák',
    email: 'j@n.example',
  })
  const second = await street.app.call(
    createLead,
    { body: { values: { topic: 'T2', lastName: 'Other', companyName: 'X' } } },
    as(),
  )
  const into = await street.app.call(
    convertLead,
    { ...byId(second.id), body: { version: 1, client: client.id, withContact: false } },
    as(),
  )
  expect(into).toMatchObject({ madeClient: false, contact: null, client: { id: client.id } })
  await street.app.call(undoLeadConversion, byId(second.id), as())
  expect((await street.app.call(findClient, byId(client.id), as())).version).toBe(1)
  expect((await street.app.call(listLeads, { query: { where: 'state=converted' } }, as())).total).toBe(1)
})
