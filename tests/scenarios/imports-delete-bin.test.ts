/** Deleting an import by its label: what goes lies in the bin and comes back whole; people who were invited stay. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listPeople, resendInvitation } from '../../src/accounts/people/contract.ts'
import {
  changeClient,
  deleteClient,
  findClient,
  listClients,
  listContacts,
} from '../../src/clients/contract.ts'
import { listHistory } from '../../src/history/contract.ts'
import * as undoContract from '../../src/imports/undo/contract.ts'
import { listBin, restoreFromBin } from '../../src/kinds/records/contract.ts'
import { csv, openStreet, type Street } from '../support/imports.ts'

let street: Street

beforeAll(async () => {
  street = await openStreet()
})
afterAll(() => street?.close())

const as = () => ({ as: street.owner })
const byId = (id: string) => ({ params: { id } })
async function deleteByLabel(id: string) {
  await street.app.call(undoContract.deleteImportRecords, { params: { id }, body: {} }, as())
  return street.rest(id)
}

test('what is deleted by its label comes back from the bin as it was, edited or not, and says that its import is undone', async () => {
  const loaded = await street.load(
    csv([
      ['External id', 'Name', 'Contact 1 Last name', 'Contact 1 E-mail'],
      ['L1', 'Alfa', 'Nováková', 'jana@alfa.example'],
      ['L2', 'Beta', '', ''],
    ]),
  )
  const { records } = await street.app.call(listClients, { query: { sort: 'name' } }, as())
  const [alfa] = records
  await street.app.call(
    changeClient,
    { ...byId(alfa!.id), body: { version: alfa!.version, values: { note: 'Months of work' } } },
    as(),
  )
  const before = await street.app.call(findClient, byId(alfa!.id), as())
  expect(await deleteByLabel(loaded.id)).toMatchObject({ status: 'undone', undo: { reversed: 3, kept: 0 } })
  expect((await street.app.call(listClients, {}, as())).total).toBe(0)
  const { entries } = await street.app.call(listBin, {}, as())
  expect(entries.map(({ title, kind }) => `${kind} ${title}`).toSorted((a, b) => a.localeCompare(b))).toEqual(
    ['clients Alfa', 'clients Beta', 'contacts Nováková'],
  )
  const restore = (title: string) =>
    street.app.call(restoreFromBin, byId(entries.find((entry) => entry.title === title)!.id), as())
  expect(await restore('Alfa')).toMatchObject({ restored: 1, undoneImports: [loaded.label] })
  await restore('Nováková')
  const back = await street.app.call(findClient, byId(alfa!.id), as())
  expect(back.values).toEqual(before.values)
  const [contact] = (await street.app.call(listContacts, {}, as())).records
  expect(contact!.references['client']).toEqual({ id: alfa!.id, title: 'Alfa' })
  const { events } = await street.app.call(
    listHistory,
    { query: { kind: 'clients', recordId: alfa!.id } },
    as(),
  )
  expect(events[0]).toMatchObject({
    event: 'record.restored_after_undo',
    sentence: expect.stringContaining(loaded.label),
  })
})

test('a record that was deleted by hand before is told by the deletion of the rest', async () => {
  const loaded = await street.load(
    csv([
      ['External id', 'Name'],
      ['M1', 'Deleted by hand'],
      ['M2', 'Deleted by label'],
    ]),
  )
  const { records } = await street.app.call(listClients, { query: { where: 'externalId=M1' } }, as())
  await street.app.call(deleteClient, byId(records[0]!.id), as())
  expect(await deleteByLabel(loaded.id)).toMatchObject({
    status: 'partly_undone',
    undo: { reversed: 1, kept: 1 },
  })
})

test('a person who was invited since stays, with the reason; the others come back without sign-in', async () => {
  const loaded = await street.load(
    csv([
      ['Name', 'E-mail', 'Role'],
      ['Eva Malá', 'eva@sunrise.example', 'Manager'],
      ['Petr Starý', 'petr@sunrise.example', 'Member'],
    ]),
    { kind: 'people' },
  )
  const { people } = await street.app.call(listPeople, { query: { status: 'uninvited' } }, as())
  await street.app.call(resendInvitation, byId(people.find(({ name }) => name === 'Eva Malá')!.id), as())
  const seen = await street.app.call(
    undoContract.previewDeletion,
    { params: { id: loaded.id }, query: {} },
    as(),
  )
  expect(seen.kinds).toMatchObject([
    {
      kind: 'people',
      deletable: 1,
      kept: 1,
      reasons: [{ count: 1, because: expect.stringContaining('Invited since') }],
    },
  ])
  expect(await deleteByLabel(loaded.id)).toMatchObject({
    status: 'partly_undone',
    undo: { reversed: 1, kept: 0, blocked: 1 },
  })
  const [entry] = (await street.app.call(listBin, { query: { kind: 'people' } }, as())).entries
  expect(entry!.title).toBe('Petr Starý')
  await street.app.call(restoreFromBin, byId(entry!.id), as())
  const now = await street.app.call(listPeople, {}, as())
  expect(now.people.find(({ name }) => name === 'Petr Starý')).toMatchObject({ status: 'uninvited' })
  expect(now.people.find(({ name }) => name === 'Eva Malá')).toMatchObject({ status: 'invited' })
})
