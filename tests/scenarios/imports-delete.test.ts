/** What is attached to a record: what an undo finds blocked, and deleting an import by its label (RN-14 to RN-17). */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import * as contract from '../../src/imports/contract.ts'
import * as undoContract from '../../src/imports/undo/contract.ts'
import { csv, openStreet, type Settings, type Street } from '../support/imports.ts'
import { sampleDump, sampleKinds, sampleSchema } from '../support/sample-kinds.ts'

let street: Street

beforeAll(async () => {
  street = await openStreet({ kinds: sampleKinds(), schema: sampleSchema })
})
afterEach(() =>
  street.stored('truncate carryover.sample_firms, carryover.sample_members, carryover.sample_deals'),
)
afterAll(() => street?.close())

const as = () => ({ as: street.owner })

const withMembers = csv([
  ['External id', 'Name', 'Contact 1 – Last name', 'Contact 1 – e-mail', 'Contact 2 – Last name'],
  ['F1', 'Alfa', 'Novák', 'novak@alfa.example', 'Malá'],
  ['F2', 'Beta', 'Velký', 'velky@beta.example', ''],
  ['F3', 'Gama', '', '', ''],
])
const loadFirms = () => street.load(withMembers, { kind: 'firms' })
const loadDeals = (...rows: string[][]) =>
  street.load(csv([['Title', 'Firm', 'Member'], ...rows]), { kind: 'deals' })

const preview = (id: string) => street.app.call(undoContract.previewUndo, { params: { id }, query: {} }, as())
const whatStays = async (id: string) =>
  (await preview(id)).records
    .filter(({ outcome }) => outcome !== 'reversed')
    .map(({ kind, title, outcome, because }) => [kind, title, outcome, because])
const deletion = (id: string, kinds?: string) =>
  street.app.call(undoContract.previewDeletion, { params: { id }, query: kinds ? { kinds } : {} }, as())
async function deleteRecords(id: string, kinds?: string[]) {
  await street.app.call(
    undoContract.deleteImportRecords,
    { params: { id }, body: kinds ? { kinds } : {} },
    as(),
  )
  return street.rest(id)
}

test('a record that others refer to is blocked, with their kinds and numbers; once they are gone it goes', async () => {
  const loaded = await loadFirms()
  const deals = await loadDeals(['One', 'Alfa', ''], ['Two', 'Alfa', ''], ['Three', '', 'velky@beta.example'])
  const seen = await preview(loaded.id)
  expect(seen.counts).toEqual({ reversed: 3, kept: 0, blocked: 3 })
  expect(await whatStays(loaded.id)).toEqual([
    ['members', 'Velký', 'blocked', 'Referred to by 1 × Deals.'],
    ['firms', 'Alfa', 'blocked', 'Referred to by 2 × Deals.'],
    ['firms', 'Beta', 'blocked', 'Referred to by 1 × Members.'],
  ])
  const partly = await street.undo(loaded.id)
  expect(partly).toMatchObject({ status: 'partly_undone', undo: { reversed: 3, kept: 0, blocked: 3 } })
  expect(await street.stored('select name from carryover.sample_firms order by 1')).toEqual([
    { name: 'Alfa' },
    { name: 'Beta' },
  ])
  await street.undo(deals.id)
  expect(await street.undo(loaded.id)).toMatchObject({ status: 'undone', undo: { reversed: 6, blocked: 0 } })
  expect(await street.stored(sampleDump)).toEqual([])
})

test('a child that somebody has changed since stays, and so does the record that it belongs to', async () => {
  const loaded = await loadFirms()
  await street.stored(
    "update carryover.sample_members set position = 'Boss', version = 2, updated_by = null where last_name = 'Malá'",
  )
  expect(await whatStays(loaded.id)).toEqual([
    ['members', 'Malá', 'kept', expect.stringMatching(/^Changed since by/)],
    ['firms', 'Alfa', 'blocked', 'Referred to by 1 × Members.'],
  ])
  expect(await street.undo(loaded.id)).toMatchObject({
    status: 'partly_undone',
    undo: { reversed: 4, kept: 1, blocked: 1 },
  })
})

test('versions count on: who read a record before an undo is told that it changed', async () => {
  await street.load(
    csv([
      ['External id', 'Name'],
      ['F1', 'Former'],
    ]),
    { kind: 'firms' },
  )
  const settings: Settings = { existing: 'update', match: ['externalId'] }
  const update = await street.load(
    csv([
      ['External id', 'Name'],
      ['F1', 'Changed'],
    ]),
    { kind: 'firms', settings },
  )
  await street.undo(update.id)
  expect(await street.stored('select name, version from carryover.sample_firms')).toEqual([
    { name: 'Former', version: 3 },
  ])
})

test('an import that another one changed and gave back is undone as if nothing had been', async () => {
  const first = await street.load(
    csv([
      ['External id', 'Name'],
      ['F1', 'Former'],
    ]),
    { kind: 'firms' },
  )
  const settings: Settings = { existing: 'update', match: ['externalId'] }
  for (const name of ['Once', 'Twice']) {
    const update = await street.load(
      csv([
        ['External id', 'Name'],
        ['F1', name],
      ]),
      { kind: 'firms', settings },
    )
    expect((await preview(first.id)).counts).toEqual({ reversed: 0, kept: 1, blocked: 0 })
    await street.undo(update.id)
  }
  expect(await street.undo(first.id)).toMatchObject({ status: 'undone', undo: { reversed: 1, kept: 0 } })
})

test('RN-15 RN-16 labels are offered by record type, with how many records each still has', async () => {
  const loaded = await loadFirms()
  const deals = await loadDeals(['One', 'Alfa', ''])
  const labels = async (kind?: string) =>
    (await street.app.call(undoContract.listImportLabels, { query: kind ? { kind } : {} }, as())).labels
  expect(await labels()).toMatchObject([
    { id: deals.id, label: deals.label, kinds: [{ kind: 'deals', records: 1 }] },
    {
      id: loaded.id,
      kinds: [
        { kind: 'firms', records: 3 },
        { kind: 'members', records: 3 },
      ],
    },
  ])
  expect(await labels('members')).toMatchObject([{ id: loaded.id, kinds: [{ kind: 'members', records: 3 }] }])
})

test('RN-17 what nothing is attached to is deleted, its own people before it; the rest stays with the reason', async () => {
  const loaded = await loadFirms()
  await loadDeals(['One', 'Alfa', ''], ['Two', 'Beta', 'velky@beta.example'])
  await street.stored("update carryover.sample_firms set reg_number = '1', version = 2 where name = 'Gama'")
  expect((await deletion(loaded.id)).kinds).toEqual([
    {
      kind: 'members',
      deletable: 2,
      edited: 0,
      kept: 1,
      reasons: [{ because: 'Referred to by Deals.', count: 1 }],
    },
    {
      kind: 'firms',
      deletable: 1,
      edited: 1,
      kept: 2,
      reasons: [
        { because: 'Referred to by Deals.', count: 1 },
        { because: 'Referred to by Deals, Members.', count: 1 },
      ],
    },
  ])
  const deleted = await deleteRecords(loaded.id)
  expect(deleted).toMatchObject({ status: 'partly_undone', undo: { reversed: 3, kept: 0, blocked: 3 } })
  expect(await street.stored('select name from carryover.sample_firms order by 1')).toEqual([
    { name: 'Alfa' },
    { name: 'Beta' },
  ])
  await street.stored('truncate carryover.sample_deals')
  expect(await deleteRecords(loaded.id)).toMatchObject({
    status: 'undone',
    undo: { reversed: 6, blocked: 0 },
  })
  expect(await street.stored(sampleDump)).toEqual([])
})

test('one record type alone: the other stays, and so does what it refers to', async () => {
  const loaded = await loadFirms()
  expect((await deletion(loaded.id, 'firms')).kinds).toMatchObject([{ kind: 'firms', deletable: 1, kept: 2 }])
  const deleted = await deleteRecords(loaded.id, ['members'])
  expect(deleted).toMatchObject({ status: 'partly_undone', undo: { reversed: 3, blocked: 0 } })
  expect((await street.stored('select 1 from carryover.sample_firms')).length).toBe(3)
  const unknown = await street.app.refusal(
    undoContract.previewDeletion,
    { params: { id: loaded.id }, query: { kinds: 'deals' } },
    as(),
  )
  expect(unknown.code).toBe('import.nothing_to_delete')
})

test('records that the import only changed are left alone by a deletion', async () => {
  await street.load(
    csv([
      ['External id', 'Name'],
      ['F1', 'There before'],
    ]),
    { kind: 'firms' },
  )
  const settings: Settings = { existing: 'upsert', match: ['externalId'] }
  const loaded = await street.load(
    csv([
      ['External id', 'Name'],
      ['F1', 'Changed'],
      ['F2', 'New'],
    ]),
    {
      kind: 'firms',
      settings,
    },
  )
  expect(await deleteRecords(loaded.id)).toMatchObject({ status: 'partly_undone', undo: { reversed: 1 } })
  expect(await street.stored('select name from carryover.sample_firms')).toEqual([{ name: 'Changed' }])
  expect((await street.undo(loaded.id)).status).toBe('undone')
  expect(await street.stored('select name from carryover.sample_firms')).toEqual([{ name: 'There before' }])
  const refused = await street.app.refusal(
    undoContract.deleteImportRecords,
    { params: { id: loaded.id }, body: {} },
    as(),
  )
  expect(refused.code).toBe('import.not_undoable')
  expect((await street.app.call(contract.findImport, { params: { id: loaded.id } }, as())).may.undo).toBe(
    false,
  )
})
