/** Children in numbered columns: several records from one row, each with its own fate, counted by themselves. */
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import * as checkContract from '../../src/imports/check/contract.ts'
import { findImport, saveMapping } from '../../src/imports/contract.ts'
import * as loadContract from '../../src/imports/load/contract.ts'
import * as mapContract from '../../src/imports/map/contract.ts'
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
const firms = { kind: 'firms' }

const header = [
  'External id',
  'Name',
  'Contact person 1 – First name',
  'Contact person 1 – Last name',
  'Contact person 1 e-mail',
  'Contact person 2 – First name',
  'Contact person 2 – Last name',
  'Contact person 2 e-mail',
]

const membersOf = () =>
  street.stored<{ firm: string | null; name: string; row: string }>(
    `select f.name as firm, concat_ws(' ', m.first_name, m.last_name) as name, m.import_row as row
     from carryover.sample_members m left join carryover.sample_firms f on f.org_id = m.org_id and f.id = m.firm_id
     order by m.id`,
  )

test('a row with two people makes three records, which belong together; the undo takes all of them', async () => {
  const loaded = await street.load(
    csv([
      header,
      ['F1', 'Alfa', 'Jan', 'Novák', 'jan@alfa.example', 'Eva', 'Malá', ''],
      ['F2', 'Beta', '', '', '', '', '', ''],
      ['F3', 'Gama', '', '', '', 'Petr', 'Velký', 'petr@gama.example'],
    ]),
    firms,
  )
  expect(loaded).toMatchObject({ status: 'completed', balanced: true })
  expect(loaded.counts).toMatchObject({ rows: 3, loaded: 3, created: 6, updated: 0, failed: 0 })
  expect(loaded.counts!.records).toEqual([
    { kind: 'firms', created: 3, updated: 0, unchanged: 0, joined: 0, skipped: 0, failed: 0 },
    { kind: 'members', created: 3, updated: 0, unchanged: 0, joined: 0, skipped: 0, failed: 0 },
  ])
  expect(await membersOf()).toEqual([
    { firm: 'Alfa', name: 'Jan Novák', row: '1' },
    { firm: 'Alfa', name: 'Eva Malá', row: '1' },
    { firm: 'Gama', name: 'Petr Velký', row: '3' },
  ])
  const { records } = await street.app.call(
    loadContract.listImportRecords,
    { params: { id: loaded.id }, query: { kind: 'members' } },
    as(),
  )
  expect(records.map(({ kind, title, row }) => [kind, title, row])).toEqual([
    ['members', 'Novák', 1],
    ['members', 'Malá', 1],
    ['members', 'Velký', 3],
  ])
  expect(await street.undo(loaded.id)).toMatchObject({ status: 'undone', undo: { reversed: 6, blocked: 0 } })
  expect(await street.stored(sampleDump)).toEqual([])
})

test('a bad child keeps out itself only, a bad parent its children; each says why, and rows stay balanced', async () => {
  const checked = await street.check(
    csv([
      header,
      ['F1', 'Alfa', 'Jan', 'Novák', 'not an address', 'Eva', 'Malá', 'eva@alfa.example'],
      ['F2', '', 'Petr', 'Velký', 'petr@beta.example', '', '', ''],
      ['F3', 'Gama', 'Only a first name', '', '', '', '', ''],
    ]),
    { ...firms, settings: { rows: 'valid_only' } },
  )
  expect(checked.counts).toMatchObject({ rows: 3, loaded: 2, failed: 1, created: 3 })
  expect(checked.counts!.records).toMatchObject([
    { kind: 'firms', created: 2, failed: 1 },
    { kind: 'members', created: 1, failed: 3 },
  ])
  const found = await street.findings(checked.id)
  expect(found.map(({ row, column, field, code }) => [row, column, field, code])).toEqual([
    [1, 4, 'members[1].email', 'value.not_an_email'],
    [2, 1, 'name', 'value.required'],
    [2, null, 'members[1]', 'row.parent_failed'],
    [3, 3, 'members[1].lastName', 'value.required'],
  ])
  expect(checked.findingGroups.map(({ title }) => title)).toContain(
    'Member 1 – E-mail: not an e-mail address',
  )
  const { rows } = await street.app.call(
    checkContract.listRows,
    { params: { id: checked.id, source: 0 }, query: {} },
    as(),
  )
  expect(rows[0]!.children.map(({ group, action }) => [group, action])).toEqual([
    [1, 'fail'],
    [2, 'create'],
  ])
  expect(await street.approve(checked.id)).toMatchObject({ status: 'completed', balanced: true })
  expect(await membersOf()).toMatchObject([{ firm: 'Alfa', name: 'Eva Malá' }])
})

test('all or nothing holds for children too', async () => {
  const checked = await street.check(
    csv([header, ['F1', 'Alfa', 'Jan', 'Novák', 'not an address', '', '', '']]),
    firms,
  )
  expect(checked).toMatchObject({ status: 'failed', counts: { loaded: 1, failed: 0 } })
  expect(checked.reason).toMatch(/inside of rows/)
})

test.each([
  ['Contact 1 – Last name', 'members[1].lastName'],
  ['Kontaktní osoba 2 – Příjmení', 'members[2].lastName'],
  ['Contact person 3 e-mail', 'members[3].email'],
  ['Ansprechpartner 1 Nachname', 'members[1].lastName'],
  ['contact_person_12_first_name', 'members[12].firstName'],
  ['Last name (contact 4)', 'members[4].lastName'],
  ['Contact – Surname 2', 'members[2].lastName'],
  ['Members 7 Position', 'members[7].position'],
] as const)('the header “%s” is understood as %s', async (text, field) => {
  const brought = await street.bring(
    csv([
      ['Name', text],
      ['Alfa', 'x'],
    ]),
    firms,
  )
  expect(brought.sources[0]!.mapping.columns.map((column) => column.field)).toContain(field)
})

test('a constant stands in every group that says something, and makes no record by itself', async () => {
  const loaded = await street.load(
    csv([
      header,
      ['F1', 'Alfa', 'Jan', 'Novák', '', 'Eva', 'Malá', ''],
      ['F2', 'Beta', '', '', '', '', '', ''],
    ]),
    { ...firms, mapping: { constants: [{ field: 'members.position', value: 'Buyer' }] } },
  )
  expect(loaded.counts!.records[1]).toMatchObject({ kind: 'members', created: 2 })
  expect(await street.stored('select distinct position from carryover.sample_members')).toEqual([
    { position: 'Buyer' },
  ])
})

test('the same file again changes nothing; changed children are updated, new ones created, and an undo puts all back', async () => {
  const settings: Settings = { existing: 'upsert', match: ['externalId'] }
  const rows = [
    ['F1', 'Alfa', 'Jan', 'Novák', 'jan@alfa.example', 'Eva', 'Malá', 'eva@alfa.example'],
    ['F2', 'Beta', 'Petr', 'Velký', 'petr@beta.example', '', '', ''],
  ]
  await street.load(csv([header, ...rows]), { ...firms, settings })
  const before = await street.stored(sampleDump)
  const again = await street.check(csv([header, ...rows]), { ...firms, settings })
  expect(again.counts).toMatchObject({ rows: 2, loaded: 0, unchanged: 2, created: 0, updated: 0 })

  rows[0]![5] = 'Evička'
  rows[1]![5] = 'Jiří'
  rows[1]![6] = 'Nový'
  const changed = await street.load(csv([header, ...rows]), { ...firms, settings })
  expect(changed.counts).toMatchObject({ rows: 2, loaded: 2, unchanged: 0, created: 1, updated: 1 })
  expect(changed.counts!.records).toMatchObject([
    { kind: 'firms', unchanged: 2 },
    { kind: 'members', created: 1, updated: 1, unchanged: 2 },
  ])
  expect(await membersOf()).toMatchObject([
    { firm: 'Alfa', name: 'Jan Novák' },
    { firm: 'Alfa', name: 'Evička Malá' },
    { firm: 'Beta', name: 'Petr Velký' },
    { firm: 'Beta', name: 'Jiří Nový' },
  ])
  expect((await street.undo(changed.id)).status).toBe('undone')
  expect(await street.stored(sampleDump)).toEqual(before)
})

test('a mapping that names no group, no such child or a group twice is refused', async () => {
  const { id } = await street.bring(
    csv([
      ['Name', 'Mail'],
      ['Alfa', 'x@y.example'],
    ]),
    firms,
  )
  const column = (field: string) => ({ column: 1, header: 'Mail', field })
  for (const [columns, code] of [
    [[column('members.email')], 'mapping.unknown_field'],
    [[column('members[0].email')], 'mapping.unknown_field'],
    [[column('people[1].email')], 'mapping.unknown_field'],
    [[column('members[1].email'), column('members[1].email')], 'mapping.field_twice'],
  ] as const) {
    const refused = await street.app.refusal(
      saveMapping,
      { params: { id, source: 0 }, body: { columns: [...columns], constants: [] } },
      as(),
    )
    expect(refused.code).toBe(code)
  }
  const view = await street.app.call(findImport, { params: { id } }, as())
  const described = await street.app.call(mapContract.describeColumns, { params: { id, source: 0 } }, as())
  expect(described.columns).toHaveLength(2)
  expect(view.sources[0]!.missingFields).toEqual([])
})

test('staging that a crash has emptied is built again from the file, children too', async () => {
  const checked = await street.check(
    csv([header, ['F1', 'Alfa', 'Jan', 'Novák', 'jan@alfa.example', 'Eva', 'Malá', '']]),
    firms,
  )
  await street.stored(`truncate staging.rows_${checked.id}_0_1`)
  expect(await street.approve(checked.id)).toMatchObject({ status: 'completed', counts: { created: 3 } })
  expect(await membersOf()).toHaveLength(2)
  const left = await street.stored(
    `select relname from pg_class where relnamespace = 'staging'::regnamespace and relname like '%\\_${checked.id}\\_%'`,
  )
  expect(left).toEqual([])
})

const cell = fc.constantFrom('', 'A', 'B', 'C')
const row = fc.tuple(
  fc.constantFrom('1', '2', '3', '4'),
  fc.constantFrom('', 'Alfa', 'Beta'),
  cell,
  cell,
  fc.constantFrom('', 'a@x.example', 'b@x.example', 'no address'),
  cell,
  cell,
  fc.constantFrom('', 'c@x.example', 'no address'),
)

test('whatever the files are, rows and records balance, and undoing what was loaded restores the store', async () => {
  const run = fc.record({
    rows: fc.array(row, { minLength: 1, maxLength: 6 }),
    existing: fc.constantFrom('create', 'update', 'upsert'),
    duplicates: fc.constantFrom('allow', 'refuse'),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 3 }), async (runs) => {
      await street.stored('truncate carryover.sample_firms, carryover.sample_members')
      const loaded: { id: string; before: unknown }[] = []
      for (const { rows, existing, duplicates } of runs) {
        const before = await street.stored(sampleDump)
        const view = await street.check(csv([header, ...rows]), {
          ...firms,
          settings: { rows: 'valid_only', existing, duplicates, match: ['externalId'] },
          reading: { delimiter: ',', quote: '"', headerRows: 1, preambleRows: 0, encoding: 'utf-8' },
        })
        expect(view.balanced).toBe(true)
        if (view.status !== 'waiting_for_approval') continue
        const done = await street.approve(view.id)
        expect(done).toMatchObject({ status: 'completed', balanced: true })
        loaded.push({ id: done.id, before })
      }
      for (const { id, before } of loaded.reverse()) {
        expect(await street.undo(id)).toMatchObject({ status: 'undone', undo: { kept: 0, blocked: 0 } })
        expect(await street.stored(sampleDump)).toEqual(before)
      }
    }),
    { numRuns: 12 },
  )
})
