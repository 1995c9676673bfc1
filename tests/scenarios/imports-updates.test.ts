/** Imports that meet records which are there already: created, updated, left alone, skipped, or not to be told apart. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { changeClient, createClient, findClient, listClients } from '../../src/clients/contract.ts'
import { listHistory } from '../../src/history/contract.ts'
import * as checkContract from '../../src/imports/check/contract.ts'
import * as contract from '../../src/imports/contract.ts'
import * as loadContract from '../../src/imports/load/contract.ts'
import { clientsDump, csv, openStreet, type Street } from '../support/imports.ts'

let street: Street

beforeAll(async () => {
  street = await openStreet()
})
afterEach(() => street.stored('truncate carryover.clients'))
afterAll(() => street?.close())

const as = () => ({ as: street.owner })

async function there(values: Record<string, string>) {
  return street.app.call(createClient, { body: { values } }, as())
}

async function idOf(externalId: string) {
  const { records: clients } = await street.app.call(listClients, { query: { search: externalId } }, as())
  return clients.find((client) => client.values['externalId'] === externalId)!.id
}

async function valuesOf(externalId: string) {
  const { records: clients } = await street.app.call(listClients, { query: { search: externalId } }, as())
  const found = clients.find((client) => client.values['externalId'] === externalId)
  if (!found) return null
  return (await street.app.call(findClient, { params: { id: found.id } }, as())).values
}

test('create or update: new rows are created, others updated, equal ones left alone; the former values are kept', async () => {
  const alfa = await there({ externalId: 'U1', name: 'Alfa', phone: '+420 601 000 001', rating: 'A' })
  await there({ externalId: 'U2', name: 'Beta', email: 'beta@example.com' })
  await there({ externalId: 'U4', name: 'Untouched' })
  const before = await street.stored(clientsDump)
  const checked = await street.check(
    csv([
      ['External id', 'Name', 'E-mail', 'Phone', 'Rating'],
      ['U1', 'Alfa renamed', 'new@example.com', '601000001', 'B'],
      ['U2', 'Beta', 'beta@example.com', '', ''],
      ['U3', 'Gama', 'gama@example.com', '', 'C'],
    ]),
    { settings: { existing: 'upsert', match: ['externalId'] } },
  )
  expect(checked.counts).toMatchObject({
    rows: 3,
    loaded: 2,
    created: 1,
    updated: 1,
    unchanged: 1,
    failed: 0,
  })
  const plan = await street.app.call(checkContract.describePlan, { params: { id: checked.id } }, as())
  expect(plan.updates).toEqual([
    {
      source: 0,
      kind: 'clients',
      row: 1,
      line: 2,
      recordId: alfa.id,
      title: 'Alfa',
      fields: expect.arrayContaining([
        { field: 'name', before: 'Alfa', after: 'Alfa renamed' },
        { field: 'email', before: null, after: 'new@example.com' },
        { field: 'rating', before: 'A', after: 'B' },
      ]),
    },
  ])
  expect(plan.updates[0]!.fields).toHaveLength(3)
  const loaded = await street.approve(checked.id)
  expect(loaded).toMatchObject({ status: 'completed', balanced: true, counts: { created: 1, updated: 1 } })
  expect(await valuesOf('U1')).toMatchObject({ name: 'Alfa renamed', email: 'new@example.com', rating: 'B' })
  expect((await street.stored(clientsDump)).length).toBe(4)

  const { records } = await street.app.call(
    loadContract.listImportRecords,
    { params: { id: loaded.id }, query: { change: 'updated' } },
    as(),
  )
  expect(records).toMatchObject([{ id: alfa.id, row: 1, title: 'Alfa renamed' }])
  expect(records[0]!.fields).toContainEqual({ field: 'rating', before: 'A', after: 'B' })
  const told = async () =>
    (await street.app.call(listHistory, { query: { kind: 'clients', recordId: alfa.id } }, as())).events
  const [updated] = await told()
  expect(updated).toMatchObject({ event: 'record.updated_by_import' })
  expect(updated!.sentence).toContain(loaded.label)
  expect(updated!.changes).toContainEqual({ field: 'rating', before: 'A', after: 'B' })

  expect(await street.undo(loaded.id)).toMatchObject({ status: 'undone', undo: { reversed: 2, kept: 0 } })
  expect(await street.stored(clientsDump)).toEqual(before)
  expect((await told()).map(({ event }) => event)).toEqual([
    'record.restored_by_undo',
    'record.updated_by_import',
    'record.created',
  ])
})

test('update only: rows that nobody has are skipped, each with its reason', async () => {
  await there({ externalId: 'X1', name: 'Known' })
  const checked = await street.check(
    csv([
      ['External id', 'Note'],
      ['X1', 'a note'],
      ['X2', 'another note'],
      ['', 'nobody'],
    ]),
    { settings: { existing: 'update', match: ['externalId'], rows: 'valid_only' } },
  )
  expect(checked.counts).toMatchObject({ rows: 3, loaded: 1, updated: 1, created: 0, skipped: 1, failed: 1 })
  const found = await street.findings(checked.id)
  expect(found.map(({ row, code, severity }) => [row, code, severity])).toEqual([
    [2, 'row.no_existing_record', 'info'],
    [3, 'row.no_match_value', 'error'],
  ])
  const plan = await street.app.call(checkContract.describePlan, { params: { id: checked.id } }, as())
  expect(plan.skipped).toMatchObject([{ row: 2, line: 3 }])
  expect(await street.approve(checked.id)).toMatchObject({ status: 'completed', balanced: true })
  expect(await valuesOf('X1')).toMatchObject({ name: 'Known', note: 'a note' })
})

test('a blank cell keeps, clears or takes the default, as its column says', async () => {
  const text = csv([
    ['External id', 'Note', 'Flag', 'Rating'],
    ['B1', '', '', ''],
  ])
  await there({ externalId: 'B1', name: 'Blank', note: 'kept', flag: 'cleared', rating: 'A' })
  const brought = await street.bring(text, { settings: { existing: 'update', match: ['externalId'] } })
  const at = (column: number, field: string, more: object = {}) => ({
    column,
    header: ['External id', 'Note', 'Flag', 'Rating'][column]!,
    field,
    ...more,
  })
  const columns = [
    at(0, 'externalId'),
    at(1, 'note', { blank: 'keep' }),
    at(2, 'flag', { blank: 'clear' }),
    at(3, 'rating', { blank: 'default', default: 'C' }),
  ]
  await street.app.call(
    contract.saveMapping,
    { params: { id: brought.id, source: 0 }, body: { columns, constants: [] } },
    as(),
  )
  const before = await street.stored(clientsDump)
  const checked = await street.checkAgain(brought.id)
  expect(checked.counts).toMatchObject({ updated: 1, failed: 0 })
  const loaded = await street.approve(checked.id)
  expect(await valuesOf('B1')).toMatchObject({ note: 'kept', flag: null, rating: 'C' })
  await street.undo(loaded.id)
  expect(await street.stored(clientsDump)).toEqual(before)
})

test('a key that two records have is a finding, never a pick', async () => {
  const one = await there({ name: 'First', regNumber: '12345678' })
  const two = await there({ name: 'Second', regNumber: '12345678' })
  const checked = await street.check(
    csv([
      ['Registration number', 'Name'],
      ['12345678', 'Which'],
    ]),
    { settings: { existing: 'upsert', match: ['regNumber'], rows: 'valid_only' } },
  )
  expect(checked.counts).toMatchObject({ failed: 1, loaded: 0 })
  const [finding] = await street.findings(checked.id)
  expect(finding).toMatchObject({ code: 'row.ambiguous_match', row: 1, value: '12345678' })
  expect(finding!.sentence).toMatch(/^2 records/)
  expect([one.version, two.version]).toEqual([1, 1])
})

test('records are recognised by several fields together, without case', async () => {
  await there({ name: 'ŠKODA Plzeň', email: 'info@skoda.example' })
  await there({ name: 'ŠKODA Plzeň', email: 'other@skoda.example' })
  const checked = await street.check(
    csv([
      ['Name', 'E-mail', 'Flag'],
      ['Škoda plzeň', 'INFO@skoda.example', 'seen'],
    ]),
    { settings: { existing: 'update', match: ['name', 'email'] } },
  )
  expect(checked.counts).toMatchObject({ updated: 1, skipped: 0, failed: 0 })
})

test.each([
  ['isPerson', 'Is a person', 'yes', { isPerson: 'true', lastName: 'Key' }],
  ['birthday', 'Birthday', '1980-02-01', { birthday: '1980-02-01' }],
  ['phone', 'Phone', '+420601000444', { phone: '601 000 444' }],
  ['employees', 'Employees', '12', { employees: '12' }],
  ['turnover', 'Turnover', '1500.50 CZK', { turnover: '1500.50 CZK' }],
  ['rating', 'Rating', 'b', { rating: 'B' }],
  ['owner', 'Owner', 'manager@sunrise.example', {}],
  ['tags', 'Tags', 'vip', { tags: 'vip' }],
] as const)(
  'a record is recognised by %s, or the choice is refused',
  async (field, header, value, values) => {
    const made = await there({ externalId: 'K1', name: 'Key', ...values })
    if (field === 'owner')
      await street.stored(
        "update carryover.clients set owner_id = (select id from carryover.people where email = 'manager@sunrise.example')",
      )
    const brought = street.bring(
      csv([
        [header, 'Flag'],
        [value, 'found'],
      ]),
      {
        settings: { existing: 'update', match: [field] },
        mapping: {
          columns: [
            { column: 0, header, field },
            { column: 1, header: 'Flag', field: 'flag' },
          ],
        },
      },
    )
    const outcome = await brought.then(
      async (view) => (await street.checkAgain(view.id)).counts,
      (error: { problem?: { code: string } }) => error.problem?.code,
    )
    if (typeof outcome === 'string') expect(outcome).toBe('mapping.match_not_usable')
    else expect(outcome).toMatchObject({ updated: 1, skipped: 0, failed: 0 })
    expect(made.version).toBe(1)
  },
)

test('creating only: a record that is there already is named for the unique key and hinted at for the others', async () => {
  const known = await there({ externalId: 'E1', name: 'There', regNumber: '777' })
  const checked = await street.check(
    csv([
      ['External id', 'Name', 'Registration number'],
      ['E1', 'Again', '1'],
      ['E2', 'Perhaps', '777'],
    ]),
    { settings: { rows: 'valid_only' } },
  )
  const found = await street.findings(checked.id)
  expect(found.map(({ row, code, severity }) => [row, code, severity])).toEqual([
    [1, 'row.exists_already', 'error'],
  ])
  expect(checked.counts).toMatchObject({ loaded: 1, failed: 1 })
  expect(known.version).toBe(1)
})

test('a unique value that another record has stops the row', async () => {
  await there({ externalId: 'T1', name: 'Owner of it', regNumber: '1' })
  await there({ externalId: 'T2', name: 'Wants it', regNumber: '2' })
  const checked = await street.check(
    csv([
      ['Registration number', 'External id'],
      ['2', 'T1'],
    ]),
    { settings: { existing: 'update', match: ['regNumber'], rows: 'valid_only' } },
  )
  expect((await street.findings(checked.id)).map(({ code }) => code)).toEqual(['row.taken_by_another'])
})

const movers: readonly [string, () => Promise<unknown>][] = [
  [
    'the record that would be updated was changed',
    async () => {
      const id = await idOf('M1')
      return street.app.call(
        changeClient,
        { params: { id }, body: { version: 1, values: { flag: 'changed by hand' } } },
        as(),
      )
    },
  ],
  [
    'the record that would be updated was deleted',
    () => street.stored("delete from carryover.clients where external_id = 'M1'"),
  ],
  [
    'a record that the import wanted to create has appeared',
    () => there({ externalId: 'M2', name: 'Faster' }),
  ],
  [
    'the record that equalled its row was changed',
    async () => {
      const id = await idOf('M3')
      return street.app.call(
        changeClient,
        { params: { id }, body: { version: 1, values: { name: 'No longer equal' } } },
        as(),
      )
    },
  ],
  [
    'the owner that a row names has gone',
    () => street.stored("update carryover.people set email = 'gone@x.example' where role = 'operator'"),
  ],
]

test.each(movers)('between check and load: %s; it is checked again and says why', async (_, move) => {
  await there({ externalId: 'M1', name: 'Will be updated' })
  await there({ externalId: 'M3', name: 'Equal' })
  const checked = await street.check(
    csv([
      ['External id', 'Name', 'Flag', 'Owner'],
      ['M1', 'Updated', 'by import', 'operator@sunrise.example'],
      ['M2', 'Created', '', ''],
      ['M3', 'Equal', '', ''],
    ]),
    { settings: { existing: 'upsert', match: ['externalId'], rows: 'valid_only' } },
  )
  expect(checked.counts).toMatchObject({ created: 1, updated: 1, unchanged: 1 })
  const plan = await street.app.call(checkContract.describePlan, { params: { id: checked.id } }, as())
  expect(checked.planHash).toBe(plan.hash)
  await move()
  const before = await street.stored(clientsDump)
  const again = await street.approve(checked.id)
  await street.stored(
    "update carryover.people set email = 'operator@sunrise.example' where role = 'operator'",
  )
  expect(again.status).toBe('waiting_for_approval')
  expect(again.reason).toMatch(/have changed since it was checked/)
  expect(await street.stored(clientsDump)).toEqual(before)
  const stale = await street.app.refusal(
    contract.approveImport,
    { params: { id: checked.id }, body: { planHash: plan.hash } },
    as(),
  )
  expect(stale.code).toBe('import.plan_moved')
  expect(await street.approve(checked.id)).toMatchObject({ status: 'completed', balanced: true })
})

test('a person without a last name is not let in, whether the column is there or not', async () => {
  for (const header of ['Last name', 'Flag']) {
    const checked = await street.check(
      csv([
        ['Name', 'Is a person', header],
        ['Jan Novák', 'yes', ''],
        ['Firma', 'no', ''],
      ]),
      { settings: { rows: 'valid_only' } },
    )
    expect(checked.counts, header).toMatchObject({ failed: 1, loaded: 1 })
    expect(await street.findings(checked.id)).toMatchObject([{ row: 1, code: 'value.required' }])
  }
})

test('an update that leaves the last name blank keeps the one that is there', async () => {
  await there({ externalId: 'P1', name: 'Jan Novák', isPerson: 'true', lastName: 'Novák' })
  const checked = await street.check(
    csv([
      ['External id', 'Is a person', 'Last name', 'Flag'],
      ['P1', 'yes', '', 'news'],
    ]),
    { settings: { existing: 'update', match: ['externalId'] } },
  )
  expect(checked.counts).toMatchObject({ updated: 1, failed: 0 })
})

test('create or update: a person without a last name is missed where the row creates, not where it updates', async () => {
  await there({ externalId: 'P1', name: 'Jan Novák', isPerson: 'true', lastName: 'Novák' })
  const checked = await street.check(
    csv([
      ['External id', 'Name', 'Is a person', 'Last name'],
      ['P1', 'Jan Novák', 'yes', ''],
      ['P2', 'Petr Malý', 'yes', ''],
      ['P3', 'Firma', 'no', ''],
    ]),
    { settings: { existing: 'upsert', match: ['externalId'], rows: 'valid_only' } },
  )
  expect(checked.counts).toMatchObject({ unchanged: 1, created: 1, failed: 1 })
  expect(await street.findings(checked.id)).toMatchObject([{ row: 2, code: 'value.required' }])
})

test('blank rows are counted in the plan, by themselves', async () => {
  const checked = await street.check('Name,Flag\nAlfa,x\n,\n\nBeta,y\n')
  const plan = await street.app.call(checkContract.describePlan, { params: { id: checked.id } }, as())
  expect(plan).toMatchObject({ blankRows: 2, counts: { rows: 2, loaded: 2 } })
})
