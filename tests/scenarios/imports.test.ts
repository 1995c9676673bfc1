/** The street from end to end, as a person walks it: what goes in, what balances, what is told, what is undone. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findClient, listClients } from '../../src/clients/contract.ts'
import { listHistory } from '../../src/history/contract.ts'
import * as checkContract from '../../src/imports/check/contract.ts'
import * as contract from '../../src/imports/contract.ts'
import * as loadContract from '../../src/imports/load/contract.ts'
import { clientsDump, csv, openStreet, type Street } from '../support/imports.ts'

let street: Street

beforeAll(async () => {
  street = await openStreet()
})
afterAll(() => street?.close())

const as = () => ({ as: street.owner })

test('valid rows only: the others are named, everything balances, and an undo leaves nothing', async () => {
  const before = await street.stored(clientsDump)
  const checked = await street.check(
    csv([
      ['External id', 'Name', 'E-mail', 'Employees'],
      ['V1', 'Alfa s.r.o.', 'alfa@example.com', 12],
      ['V2', 'Beta a.s.', 'not an address', 5],
      ['V3', '', 'gamma@example.com', 7],
      ['V4', 'Delta GmbH', 'delta@example.com', 'many'],
      ['V5', 'Epsilon', 'epsilon@example.com', 3],
    ]),
    { settings: { rows: 'valid_only' } },
  )
  expect(checked).toMatchObject({
    status: 'waiting_for_approval',
    balanced: true,
    counts: { rows: 5, loaded: 2, failed: 3, unchanged: 0, skipped: 0 },
  })
  const found = await street.findings(checked.id)
  expect(found.map(({ row, line, columnName, code, value }) => [row, line, columnName, code, value])).toEqual(
    [
      [2, 3, 'E-mail', 'value.not_an_email', 'not an address'],
      [3, 4, 'Name', 'value.required', ''],
      [4, 5, 'Employees', 'value.not_an_integer', 'many'],
    ],
  )
  const loaded = await street.approve(checked.id)
  expect(loaded).toMatchObject({
    status: 'completed',
    balanced: true,
    counts: { rows: 5, loaded: 2, failed: 3, created: 2, updated: 0, joined: 0 },
  })
  const { records: clients } = await street.app.call(
    listClients,
    { query: { importId: loaded.id, sort: 'name' } },
    as(),
  )
  expect(clients.map((client) => client.title)).toEqual(['Alfa s.r.o.', 'Epsilon'])
  const undone = await street.undo(loaded.id)
  expect(undone).toMatchObject({ status: 'undone', undo: { reversed: 2, kept: 0, blocked: 0 } })
  expect(await street.stored(clientsDump)).toEqual(before)
})

const mixedRatings = csv([
  ['External id', 'Name', 'Rating'],
  ['R1', 'Alfa', 'A'],
  ['R2', 'Beta', 'Gold'],
  ['R3', 'Gama', 'B'],
])

test('all or nothing: one bad row fails the import, nothing is written; a value map mends it in the same import', async () => {
  const before = await street.stored(clientsDump)
  const failed = await street.check(mixedRatings)
  expect(failed).toMatchObject({
    status: 'failed',
    counts: { rows: 3, loaded: 2, failed: 1 },
    reason: expect.stringMatching(/^Rows that cannot be loaded: 1\./),
    may: { approve: false, check: true },
  })
  const refused = await street.app.refusal(
    contract.approveImport,
    { params: { id: failed.id }, body: {} },
    as(),
  )
  expect(refused.code).toBe('import.not_waiting')
  expect(await street.stored(clientsDump)).toEqual(before)

  const { mapping } = failed.sources[0]!
  const columns = mapping.columns.map((column) =>
    column.field === 'rating' ? { ...column, valueMap: { Gold: 'A' } } : column,
  )
  await street.app.call(
    contract.saveMapping,
    { params: { id: failed.id, source: 0 }, body: { ...mapping, columns } },
    as(),
  )
  const checked = await street.checkAgain(failed.id)
  expect(checked).toMatchObject({ status: 'waiting_for_approval', reason: null, findingGroups: [] })
  const loaded = await street.approve(failed.id)
  expect(loaded).toMatchObject({ id: failed.id, status: 'completed', counts: { rows: 3, created: 3 } })
  const [beta] = (await street.app.call(listClients, { query: { search: 'R2' } }, as())).records
  expect(beta).toMatchObject({ title: 'Beta', values: { rating: 'A' } })
  await street.undo(loaded.id)
})

test('all or nothing: a changed rule mends it too, and the bad row stays in the balance', async () => {
  const failed = await street.check(mixedRatings)
  expect(failed.status).toBe('failed')
  await street.app.call(
    contract.changeSettings,
    { params: { id: failed.id }, body: { rows: 'valid_only' } },
    as(),
  )
  expect((await street.checkAgain(failed.id)).status).toBe('waiting_for_approval')
  const loaded = await street.approve(failed.id)
  expect(loaded).toMatchObject({
    status: 'completed',
    balanced: true,
    counts: { rows: 3, loaded: 2, failed: 1, created: 2 },
  })
  expect(await street.findings(loaded.id)).toHaveLength(1)
  await street.undo(loaded.id)
})

test('not one row can be loaded: valid-only does not wait for an approval of nothing', async () => {
  const failed = await street.check(
    csv([
      ['Name', 'Contact'],
      ['Alfa', 'nope'],
      ['Beta', 'neither'],
    ]),
    {
      settings: { rows: 'valid_only' },
      mapping: {
        columns: [
          { column: 0, header: 'Name', field: 'name' },
          { column: 1, header: 'Contact', field: 'email' },
        ],
      },
    },
  )
  expect(failed).toMatchObject({ status: 'failed', counts: { rows: 2, failed: 2, loaded: 0 } })
  expect(failed.reason).toMatch(/Not one row/)
})

test('checking again gives the same findings and the same plan', async () => {
  const seen = async (id: string) => ({
    findings: await street.findings(id),
    plan: await street.app.call(checkContract.describePlan, { params: { id } }, as()),
  })
  const rows = Array.from({ length: 300 }, (_, at) => [
    `S${at % 280}`,
    `Firm ${at}`,
    at % 7 === 0 ? 'broken' : `firm${at}@example.com`,
    at % 11 === 0 ? 'Gold' : 'B',
  ])
  const first = await street.check(csv([['External id', 'Name', 'E-mail', 'Rating'], ...rows]), {
    settings: { rows: 'valid_only' },
  })
  const before = await seen(first.id)
  expect(before.findings.length).toBeGreaterThan(60)
  await street.checkAgain(first.id)
  const after = await seen(first.id)
  expect(after.plan.hash).toBe(before.plan.hash)
  expect(after).toEqual(before)
})

test('a load is stamped with its label, origin and history, and sends nothing', async () => {
  const loaded = await street.load(
    csv([
      ['Note', 'Name', 'External id', 'E-mail'],
      ['first line', 'Origin s.r.o.', 'O1', 'origin@example.com'],
      ['', 'Second s.r.o.', 'O2', ''],
    ]),
    { name: 'legacy export.csv' },
  )
  expect(loaded.label).toMatch(/^2026-03-02 #\d+$/)
  const { records: clients } = await street.app.call(listClients, { query: { search: 'O2' } }, as())
  expect(clients[0]?.importLabel).toBe(loaded.label)
  const client = await street.app.call(findClient, { params: { id: clients[0]!.id } }, as())
  expect(client.origin).toEqual({
    importId: loaded.id,
    label: loaded.label,
    fileName: 'legacy export.csv',
    sheet: null,
    row: 2,
    source: 0,
  })
  const { events } = await street.app.call(
    listHistory,
    { query: { kind: 'imports', recordId: loaded.id } },
    as(),
  )
  expect(events.map(({ event }) => event)).toEqual([
    'import.loaded',
    'import.approved',
    'import.checked',
    'import.created',
  ])
  expect(await street.stored('select * from carryover.outbox')).toEqual([])
  expect(await street.stored("select name from pgboss.job where name not like 'imports.%'")).toEqual([])
  const records = await street.app.call(
    loadContract.listImportRecords,
    { params: { id: loaded.id }, query: { limit: 1 } },
    as(),
  )
  expect(records.records.map(({ title, row }) => [title, row])).toEqual([['Origin s.r.o.', 1]])
  await street.undo(loaded.id)
  const again = await street.app.call(listHistory, { query: { kind: 'imports', recordId: loaded.id } }, as())
  expect(again.events.map(({ event }) => event).slice(0, 2)).toEqual(['import.undone', 'import.undo_asked'])
})

test('what a field holds in the same file twice is said on both rows', async () => {
  const checked = await street.check(
    csv([
      ['External id', 'Name'],
      ['D1', 'One'],
      ['D2', 'Two'],
      ['D1', 'Three'],
    ]),
    { settings: { rows: 'valid_only' } },
  )
  const found = await street.findings(checked.id, 'row.duplicate_in_file')
  expect(found.map(({ row, value, sentence }) => [row, value, /Row (\d+)/.exec(sentence)?.[1]])).toEqual([
    [1, 'D1', '3'],
    [3, 'D1', '1'],
  ])
  expect(checked.counts).toMatchObject({ loaded: 1, failed: 2 })
})

test('the owner of a client is found by e-mail or name, and told where that fails', async () => {
  const by = (lookup: string) => async (people: readonly string[]) => {
    const brought = await street.bring(csv([['Name', 'Owner'], ...people.map((of, at) => [`N${at}`, of])]), {
      settings: { rows: 'valid_only' },
    })
    const { mapping } = brought.sources[0]!
    const columns = mapping.columns.map((column) =>
      column.field === 'owner' ? { ...column, lookup } : column,
    )
    await street.app.call(
      contract.saveMapping,
      { params: { id: brought.id, source: 0 }, body: { ...mapping, columns } },
      as(),
    )
    const checked = await street.checkAgain(brought.id)
    return { checked, found: await street.findings(checked.id) }
  }
  await street.stored(
    `insert into carryover.people (org_id, name, role, language, status, created_at)
      select $1, 'Jan Novák', 'member', 'en', 'active', now() from generate_series(1, 2)`,
    [street.organisation.org],
  )
  const email = await by('email')(['MANAGER@sunrise.example', 'nobody@sunrise.example'])
  expect(email.found.map(({ row, code, value }) => [row, code, value])).toEqual([
    [2, 'reference.not_found', 'nobody@sunrise.example'],
  ])
  const name = await by('name')(['manager of sunrise', 'jan novák', 'Nobody'])
  expect(name.found.map(({ row, code }) => [row, code])).toEqual([
    [2, 'reference.ambiguous'],
    [3, 'reference.not_found'],
  ])
  const loaded = await street.approve(email.checked.id)
  const [client] = (await street.app.call(listClients, { query: { importId: loaded.id } }, as())).records
  const [owner] = await street.stored<{ email: string }>(
    'select p.email from carryover.clients c join carryover.people p on p.org_id = c.org_id and p.id = c.owner_id where c.id = $1',
    [client!.id],
  )
  expect(owner?.email).toBe('manager@sunrise.example')
  await street.undo(loaded.id)
})

test('the same file again is offered as what it was', async () => {
  const text = csv([
    ['Name', 'External id'],
    ['Twice', 'T1'],
  ])
  const first = await street.load(text)
  const file = await street.upload(text, 'renamed.csv')
  expect(file.sameFileAs).toEqual([{ id: first.id, label: first.label, status: 'completed' }])
  const second = await street.check(text, { settings: { rows: 'valid_only' } })
  expect(second.sameFileAs).toEqual([{ id: first.id, label: first.label, status: 'completed' }])
  expect(second.counts).toMatchObject({ loaded: 0, failed: 1 })
  const [finding] = await street.findings(second.id)
  expect(finding).toMatchObject({ code: 'row.exists_already', row: 1, value: 'T1' })
  await street.undo(first.id)
})
