/** Former values that are none any more: taking back, restoring and undoing leave them out, and name the fields. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  changeClient,
  changeContact,
  createClient,
  createContact,
  deleteClient,
  findClient,
  findContact,
  listClients,
  mergeClients,
} from '../../src/clients/contract.ts'
import { listHistory } from '../../src/history/contract.ts'
import { previewUndo } from '../../src/imports/undo/contract.ts'
import {
  type CustomField,
  changeCustomField,
  createCustomField,
} from '../../src/kinds/custom-fields/contract.ts'
import { restoreFromBin, undoChange } from '../../src/kinds/records/contract.ts'
import { csv, openStreet, type Street } from '../support/imports.ts'

let street: Street

beforeAll(async () => {
  street = await openStreet()
})
beforeEach(() =>
  street.stored(
    'truncate carryover.clients, carryover.contacts, carryover.record_bin, carryover.history, carryover.custom_fields',
  ),
)
afterAll(() => street?.close())

type Values = Record<string, string | null>

const as = () => ({ as: street.owner })
const byId = (id: string) => ({ params: { id } })
const client = (values: Values) => street.app.call(createClient, { body: { values } }, as())
const change = (of: { id: string; version: number }, values: Values) =>
  street.app.call(changeClient, { ...byId(of.id), body: { version: of.version, values } }, as())
async function takeBackLast(kind: string, recordId: string) {
  const { events } = await street.app.call(listHistory, { query: { kind, recordId } }, as())
  return street.app.call(undoChange, { ...byId(events[0]!.id), body: {} }, as())
}
const ownField = () =>
  street.app.call(
    createCustomField,
    { body: { kind: 'clients', type: 'text', label: { en: 'Floors', cs: null } } },
    as(),
  )
const becomeNumber = ({ id, version }: CustomField) =>
  street.app.call(changeCustomField, { ...byId(id), body: { version, type: 'number' } }, as())
/** A list that is sorted and filtered by the field answers. */
const listed = async ({ name }: CustomField) =>
  (await street.app.call(listClients, { query: { sort: name, where: `${name}>=0` } }, as())).records.map(
    ({ title }) => title,
  )

test('taking back never points to a record that is gone, and never blanks what is required', async () => {
  const gone = await client({ name: 'Gone' })
  const now = await client({ name: 'Now' })
  const jana = await street.app.call(
    createContact,
    { body: { values: { lastName: 'Nováková', client: gone.id, position: 'CEO' } } },
    as(),
  )
  await street.app.call(
    changeContact,
    { ...byId(jana.id), body: { version: 1, values: { client: now.id, position: 'CFO' } } },
    as(),
  )
  await street.app.call(deleteClient, byId(gone.id), as())
  expect(await takeBackLast('contacts', jana.id)).toEqual({ restored: 1, kept: 0, left: ['client'] })
  const after = await street.app.call(findContact, byId(jana.id), as())
  expect(after.values).toMatchObject({ client: now.id, position: 'CEO' })

  const { id } = await client({ name: 'Named' })
  await street.stored(
    `insert into carryover.history (org_id, at, via, kind, record_id, event, changes, by_name)
     select org_id, at, via, kind, record_id, 'record.changed',
       '[{"field": "name", "before": null, "after": "Named"}]', by_name
     from carryover.history where kind = 'clients' and record_id = $1::bigint`,
    [id],
  )
  expect(await takeBackLast('clients', id)).toEqual({ restored: 0, kept: 1, left: ['name'] })
  expect((await street.app.call(findClient, byId(id), as())).values['name']).toBe('Named')
})

test('taking back leaves out a value of a type that its field had before', async () => {
  const field = await ownField()
  const made = await client({ name: 'Alfa', note: 'one', [field.name]: 'abc' })
  await change(made, { note: 'two', [field.name]: '12' })
  await becomeNumber(field)
  expect(await takeBackLast('clients', made.id)).toEqual({ restored: 1, kept: 0, left: [field.name] })
  const after = await street.app.call(findClient, byId(made.id), as())
  expect(after.values).toMatchObject({ note: 'one', [field.name]: '12' })
  expect(await listed(field)).toEqual(['Alfa'])
})

test('a restored record comes without a value of a type that its field had before, and says so', async () => {
  const field = await ownField()
  const made = await client({ name: 'Beta', note: 'one', [field.name]: 'abc' })
  const { bin } = await street.app.call(deleteClient, byId(made.id), as())
  await becomeNumber(field)
  expect(await street.app.call(restoreFromBin, byId(bin), as())).toMatchObject({
    restored: 1,
    left: [field.name],
  })
  const after = await street.app.call(findClient, byId(made.id), as())
  expect(after.values).toMatchObject({ note: 'one', [field.name]: null })
  expect(await listed(field)).toEqual([])
})

test('an undone import leaves out a former value of a type that its field had before, and keeps the record with the reason', async () => {
  const field = await ownField()
  await client({ externalId: 'T1', name: 'Gama', note: 'one', [field.name]: 'abc' })
  const loaded = await street.load(
    csv([
      ['External id', 'Note', 'Floors'],
      ['T1', 'two', '12'],
    ]),
    { settings: { existing: 'update', match: ['externalId'] } },
  )
  expect(loaded.status).toBe('completed')
  await becomeNumber(field)
  const seen = await street.app.call(previewUndo, { params: { id: loaded.id }, query: {} }, as())
  expect(seen.records).toMatchObject([{ outcome: 'kept', because: expect.stringContaining(field.name) }])
  expect(await street.undo(loaded.id)).toMatchObject({ status: 'partly_undone', undo: { kept: 1 } })
  const [after] = (await street.app.call(listClients, {}, as())).records
  expect(after!.values).toMatchObject({ note: 'one', [field.name]: '12' })
  expect(await listed(field)).toEqual(['Gama'])
})

test('a merge that is taken back leaves out a value of a type that its field had before', async () => {
  const field = await ownField()
  const kept = await client({ name: 'Kept', [field.name]: 'abc' })
  const other = await client({ name: 'Other', [field.name]: '12' })
  const { bin } = await street.app.call(
    mergeClients,
    { ...byId(kept.id), body: { other: other.id, version: 1, otherVersion: 1, take: ['name', field.name] } },
    as(),
  )
  await becomeNumber(field)
  expect(await street.app.call(restoreFromBin, byId(bin), as())).toMatchObject({ left: [field.name] })
  const after = await street.app.call(findClient, byId(kept.id), as())
  expect(after.values).toMatchObject({ name: 'Kept', [field.name]: '12' })
  expect(await listed(field)).toEqual(expect.arrayContaining(['Kept', 'Other']))
})
