/** Undo: what goes back, what stays and why, and that a load with its undo leaves the store as it was. */
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { changeClient, createClient, deleteClient, listClients } from '../../src/clients/contract.ts'
import * as contract from '../../src/imports/contract.ts'
import * as undoContract from '../../src/imports/undo/contract.ts'
import { restoreFromBin } from '../../src/kinds/records/contract.ts'
import { clientsDump, csv, openStreet, type Settings, type Street } from '../support/imports.ts'

let street: Street

beforeAll(async () => {
  street = await openStreet()
})
afterEach(() => street.stored('truncate carryover.clients, carryover.record_bin'))
afterAll(() => street?.close())

const as = () => ({ as: street.owner })
const upsert: Settings = { existing: 'upsert', match: ['externalId'] }

async function clientOf(externalId: string) {
  const { records: clients } = await street.app.call(listClients, { query: { search: externalId } }, as())
  return clients.find((client) => client.values['externalId'] === externalId)!
}

async function edit(externalId: string, version: number, values: Record<string, string>) {
  const { id } = await clientOf(externalId)
  return street.app.call(changeClient, { params: { id }, body: { version, values } }, as())
}

async function preview(id: string, outcome?: 'reversed' | 'kept' | 'blocked') {
  return street.app.call(
    undoContract.previewUndo,
    { params: { id }, query: outcome ? { outcome } : {} },
    as(),
  )
}

test('three lists: reversed, kept because a person edited, kept because another import did; then the rest', async () => {
  const first = await street.load(
    csv([
      ['External id', 'Name', 'Flag'],
      ['K1', 'Untouched', ''],
      ['K2', 'Edited by hand', ''],
      ['K3', 'Edited by import', ''],
    ]),
  )
  await edit('K2', 1, { flag: 'by hand' })
  const second = await street.load(
    csv([
      ['External id', 'Flag'],
      ['K3', 'by import'],
    ]),
    { settings: { existing: 'update', match: ['externalId'] } },
  )
  const seen = await preview(first.id)
  expect(seen.counts).toEqual({ reversed: 1, kept: 2, blocked: 0 })
  const kept = await preview(first.id, 'kept')
  expect(kept.records.map(({ title, because }) => [title, because])).toEqual([
    ['Edited by hand', expect.stringContaining('administrator of sunrise')],
    ['Edited by import', expect.stringContaining(second.label)],
  ])
  const partly = await street.undo(first.id)
  expect(partly).toMatchObject({ status: 'partly_undone', undo: { reversed: 1, kept: 2, blocked: 0 } })
  expect(await clientOf('K1')).toBeUndefined()

  expect((await street.undo(second.id)).status).toBe('undone')
  const again = await street.undo(first.id)
  expect(again).toMatchObject({ status: 'partly_undone', undo: { reversed: 2, kept: 1 } })
  const { id } = await clientOf('K2')
  await street.app.call(deleteClient, { params: { id } }, as())
  expect((await preview(first.id)).records).toMatchObject([
    { id, outcome: 'kept', because: expect.stringMatching(/^Deleted since by .* it lies in the bin\.$/) },
  ])
  expect(await street.undo(first.id)).toMatchObject({
    status: 'partly_undone',
    undo: { reversed: 2, kept: 1 },
  })
  await street.stored('delete from carryover.record_bin')
  expect(await street.undo(first.id)).toMatchObject({ status: 'undone', undo: { reversed: 2, kept: 0 } })
  expect(await street.stored(clientsDump)).toEqual([])
  expect((await street.app.refusal(contract.undoImport, { params: { id: first.id } }, as())).code).toBe(
    'import.not_undoable',
  )
})

test('an updated record that a person changed since keeps that change, and gets the other fields back', async () => {
  await street.app.call(
    createClient,
    { body: { values: { externalId: 'F1', name: 'Former', flag: 'former', note: 'former' } } },
    as(),
  )
  const loaded = await street.load(
    csv([
      ['External id', 'Name', 'Flag', 'Note'],
      ['F1', 'Imported', 'imported', 'imported'],
    ]),
    { settings: upsert },
  )
  await edit('F1', 2, { flag: 'by hand' })
  const undone = await street.undo(loaded.id)
  expect(undone).toMatchObject({ status: 'partly_undone', undo: { reversed: 0, kept: 1 } })
  const [stored] = await street.stored('select name, flag, note from carryover.clients')
  expect(stored).toEqual({ name: 'Former', flag: 'by hand', note: 'former' })
})

test('a record that was deleted since is told, and stands in the way of nothing', async () => {
  await street.app.call(createClient, { body: { values: { externalId: 'G1', name: 'Goes' } } }, as())
  const loaded = await street.load(
    csv([
      ['External id', 'Flag'],
      ['G1', 'imported'],
    ]),
    { settings: { existing: 'update', match: ['externalId'] } },
  )
  const { id } = await clientOf('G1')
  await street.app.call(deleteClient, { params: { id } }, as())
  const kept = await preview(loaded.id, 'kept')
  expect(kept.records).toMatchObject([{ id, because: 'Deleted since.' }])
  expect((await street.undo(loaded.id)).status).toBe('partly_undone')
})

test('a created record that a person deleted is kept in the bin, and comes back under an import that is partly undone', async () => {
  const loaded = await street.load(
    csv([
      ['External id', 'Name'],
      ['B1', 'Goes'],
      ['B2', 'Stays'],
    ]),
  )
  const { id } = await clientOf('B1')
  const { bin } = await street.app.call(deleteClient, { params: { id } }, as())
  expect((await preview(loaded.id)).counts).toEqual({ reversed: 1, kept: 1, blocked: 0 })
  expect((await preview(loaded.id, 'kept')).records).toMatchObject([
    { id, title: 'Goes', change: 'created', because: expect.stringMatching(/it lies in the bin\.$/) },
  ])
  expect(await street.undo(loaded.id)).toMatchObject({
    status: 'partly_undone',
    undo: { reversed: 1, kept: 1 },
  })
  expect(await street.app.call(restoreFromBin, { params: { id: bin } }, as())).toMatchObject({
    restored: 1,
    undoneImports: [],
  })
  expect((await preview(loaded.id)).counts).toEqual({ reversed: 0, kept: 1, blocked: 0 })
  expect((await street.find(loaded.id)).status).toBe('partly_undone')
})

test('the preview counts and lists every record, page by page, as the undo then does', async () => {
  const rows = Array.from({ length: 25 }, (_, at) => [`P${at}`, `Client ${at}`])
  const loaded = await street.load(csv([['External id', 'Name'], ...rows]))
  const titles: string[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof preview>> = await street.app.call(
      undoContract.previewUndo,
      { params: { id: loaded.id }, query: { limit: 10, ...(cursor ? { cursor } : {}) } },
      as(),
    )
    titles.push(...page.records.map(({ title }) => title))
    cursor = page.next
  } while (cursor !== null)
  expect(titles).toEqual(rows.map(([, name]) => name))
  expect((await street.undo(loaded.id)).undo).toMatchObject({ reversed: 25 })
})

const header = [
  'External id',
  'Name',
  'E-mail',
  'Phone',
  'Turnover',
  'Birthday',
  'Tags',
  'Pays VAT',
  'Rating',
]
const cells = fc.tuple(
  fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '8'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
  fc.constantFrom('', 'a@example.com', 'b@example.com', 'not an address'),
  fc.constantFrom('', '+420 601 000 001', '601000002', 'no phone'),
  fc.constantFrom('', '10.50 CZK', '1000 JPY', '-3.25 EUR'),
  fc.constantFrom('', '1980-02-29', '2001-12-31', '1981-02-29'),
  fc.constantFrom('', 'vip', 'vip, late payer'),
  fc.constantFrom('', 'yes', 'no', 'perhaps'),
  fc.constantFrom('', 'A', 'B', 'C', 'Z'),
)
const columns = [
  'externalId',
  'name',
  'email',
  'phone',
  'turnover',
  'birthday',
  'tags',
  'taxPayer',
  'rating',
] as const
const rule = fc.constantFrom('keep', 'clear')
const run = fc.record({
  rows: fc.array(cells, { minLength: 1, maxLength: 8 }),
  existing: fc.constantFrom('create', 'update', 'upsert'),
  blanks: fc.array(rule, { minLength: 9, maxLength: 9 }),
})

test('undoing what was loaded restores the store exactly, whatever the files were', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 3 }), async (runs) => {
      await street.stored('truncate carryover.clients')
      const loaded: { id: string; before: unknown }[] = []
      for (const { rows, existing, blanks } of runs) {
        const before = await street.stored(clientsDump)
        const mapping = columns.map((field, column) => ({
          column,
          header: header[column]!,
          field,
          ...(column > 1 ? { blank: blanks[column]! } : {}),
          ...(field === 'phone' ? { format: { defaultCountry: 'CZ' } } : {}),
        }))
        const view = await street.check(csv([header, ...rows]), {
          settings: { rows: 'valid_only', existing, match: ['externalId'] },
          mapping: { columns: mapping },
          reading: { delimiter: ',', quote: '"', headerRows: 1, preambleRows: 0, encoding: 'utf-8' },
        })
        expect(view.balanced).toBe(true)
        expect(view.counts!.rows).toBe(rows.length)
        if (view.status !== 'waiting_for_approval') continue
        const done = await street.approve(view.id)
        expect(done).toMatchObject({ status: 'completed', balanced: true })
        loaded.push({ id: done.id, before })
      }
      for (const { id, before } of loaded.reverse()) {
        expect(await street.undo(id)).toMatchObject({ status: 'undone', undo: { kept: 0, blocked: 0 } })
        expect(await street.stored(clientsDump)).toEqual(before)
      }
    }),
    { numRuns: 15 },
  )
})
