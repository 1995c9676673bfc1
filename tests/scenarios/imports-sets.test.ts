/** Several files as one import: loaded in the order of their references, resolved inside of the set, one undo. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import * as checkContract from '../../src/imports/check/contract.ts'
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

type Sheet = { kind: string; rows: string[][]; lookups?: Record<string, string> }

async function bring(sheets: readonly Sheet[], settings: Settings = {}): Promise<contract.ImportView> {
  const sources = []
  for (const { kind, rows } of sheets) {
    const file = await street.upload(csv(rows), `${kind}.csv`)
    sources.push({ kind, fileId: file.id })
  }
  const view = await street.app.call(contract.createImport, { body: { sources, settings } }, as())
  for (const [at, { lookups }] of sheets.entries()) if (lookups) await lookUp(view, at, lookups)
  return view
}

/** Chooses by which attribute fields are looked up. */
async function lookUp(view: contract.ImportView, source: number, lookups: Record<string, string>) {
  const { mapping } = view.sources[source]!
  const columns = mapping.columns.map((column) => {
    const lookup = lookups[column.field]
    return lookup ? { ...column, lookup } : column
  })
  await street.app.call(
    contract.saveMapping,
    { params: { id: view.id, source }, body: { ...mapping, columns } },
    as(),
  )
}

const check = async (sheets: readonly Sheet[], settings: Settings = {}) =>
  street.checkAgain((await bring(sheets, settings)).id)

const firms: Sheet = {
  kind: 'firms',
  rows: [
    ['External id', 'Name', 'Registration number', 'E-mail'],
    ['F1', 'Alfa', '111', 'info@alfa.example'],
    ['F2', 'Beta', '222', 'info@beta.example'],
  ],
}
const members = (...rows: string[][]): Sheet => ({
  kind: 'members',
  rows: [['Last name', 'Email', 'Firm'], ...rows],
})

const codesOf = async (id: string) =>
  (await street.findings(id)).map(({ source, row, code }) => [source, row, code])

test('what refers stands first in the request and is loaded last; one plan, one label, one undo', async () => {
  const checked = await check([
    {
      kind: 'deals',
      rows: [
        ['Title', 'Firm', 'Member'],
        ['Big one', 'Alfa', 'novak@alfa.example'],
      ],
    },
    members(['Novák', 'novak@alfa.example', 'F1'], ['Malá', 'mala@beta.example', 'f2']),
    firms,
  ])
  expect(checked).toMatchObject({ status: 'waiting_for_approval', kind: 'deals' })
  const plan = await street.app.call(checkContract.describePlan, { params: { id: checked.id } }, as())
  expect(plan.sources.map(({ source, kind, counts }) => [source, kind, counts.loaded])).toEqual([
    [2, 'firms', 2],
    [1, 'members', 2],
    [0, 'deals', 1],
  ])
  expect(checked.sources.map(({ counts }) => counts?.rows)).toEqual([1, 2, 2])
  const loaded = await street.approve(checked.id)
  expect(loaded).toMatchObject({ status: 'completed', balanced: true, counts: { rows: 5, created: 5 } })
  expect(
    await street.stored(`select d.title, m.last_name, f.name, o.name as of_member from carryover.sample_deals d
      join carryover.sample_members m on m.id = d.member_id join carryover.sample_firms f on f.id = d.firm_id
      join carryover.sample_firms o on o.id = m.firm_id`),
  ).toEqual([{ title: 'Big one', last_name: 'Novák', name: 'Alfa', of_member: 'Alfa' }])
  const preview = await street.app.call(undoContract.previewUndo, { params: { id: loaded.id } }, as())
  expect(preview.counts).toEqual({ reversed: 5, kept: 0, blocked: 0 })
  expect(preview.records.map(({ kind }) => kind)).toEqual(['deals', 'members', 'members', 'firms', 'firms'])
  expect(await street.undo(loaded.id)).toMatchObject({ status: 'undone', undo: { reversed: 5 } })
  expect(await street.stored(sampleDump)).toEqual([])
})

test.each([
  ['externalId', 'F1'],
  ['regNumber', '111'],
  ['name', 'ALFA'],
  ['email', 'Info@Alfa.example'],
])(
  'a firm of the set and one of the store are found by %s, chosen for the column',
  async (attribute, value) => {
    await street.load(
      csv([
        ['Name', 'E-mail', 'External id', 'Registration number'],
        ['Old', 'old@x.example', 'O1', '999'],
      ]),
      {
        kind: 'firms',
      },
    )
    const old = { externalId: 'O1', regNumber: '999', name: 'old', email: 'OLD@x.example' }[attribute]!
    const sheet = members(['Novák', 'a@x.example', value], ['Starý', 'b@x.example', old])
    const checked = await check([firms, { ...sheet, lookups: { firm: attribute } }])
    expect(checked).toMatchObject({ status: 'waiting_for_approval', counts: { created: 4 } })
    await street.approve(checked.id)
    expect(
      await street.stored(`select m.last_name as member, f.name as firm from carryover.sample_members m
      join carryover.sample_firms f on f.id = m.firm_id order by m.id`),
    ).toEqual([
      { member: 'Novák', firm: 'Alfa' },
      { member: 'Starý', firm: 'Old' },
    ])
  },
)

test('a row that fails fails what refers to it; what nobody brings is not found', async () => {
  const checked = await check(
    [
      { kind: 'firms', rows: [...firms.rows, ['F3', 'Gama', '333', 'no address']] },
      members(['Novák', '', 'F3'], ['Malá', '', 'F9'], ['Velký', '', 'F1']),
    ],
    { rows: 'valid_only' },
  )
  expect(await codesOf(checked.id)).toEqual([
    [0, 3, 'value.not_an_email'],
    [1, 1, 'reference.row_failed'],
    [1, 2, 'reference.not_found'],
  ])
  const [, failed, lost] = await street.findings(checked.id)
  expect(failed!.sentence).toContain('row 3')
  expect(lost!.sentence).toContain('F9 was not found by External id')
  // Each group is one source's, and its field is called as in that source's kind.
  const groups = checked.findingGroups.map(({ source, field, title }) => [source, field, title.split(':')[0]])
  expect(groups).toEqual([
    [0, 'email', 'E-mail'],
    [1, 'firm', 'Firm'],
    [1, 'firm', 'Firm'],
  ])
  expect(checked.counts).toMatchObject({ rows: 6, loaded: 3, failed: 3 })
  expect(await street.approve(checked.id)).toMatchObject({ status: 'completed', balanced: true })
})

test('two candidates, in the store, in the set or in both, are a finding and never a pick', async () => {
  await street.load(csv([['Name'], ['Alfa'], ['Twice'], ['Twice']]), { kind: 'firms' })
  const checked = await check(
    [
      {
        kind: 'firms',
        rows: [
          ['Name', 'External id'],
          ['Alfa', 'A'],
          ['Both', 'B1'],
          ['Both', 'B2'],
          ['Single', 'S'],
        ],
      },
      {
        ...members(
          ['InBoth', '', 'alfa'],
          ['InStore', '', 'Twice'],
          ['InSet', '', 'Both'],
          ['Fine', '', 'single'],
        ),
        lookups: { firm: 'name' },
      },
    ],
    { rows: 'valid_only' },
  )
  expect((await street.findings(checked.id, 'reference.ambiguous')).map(({ row }) => row)).toEqual([1, 2, 3])
  expect(checked.counts!.records).toMatchObject([
    { kind: 'firms', created: 4 },
    { kind: 'members', created: 1, failed: 3 },
  ])
  expect(await street.approve(checked.id)).toMatchObject({ status: 'completed' })
})

test('an existing record takes a reference to a record of the set, and gives it back', async () => {
  await street.load(
    csv([
      ['Last name', 'External id'],
      ['Novák', 'M1'],
    ]),
    { kind: 'members' },
  )
  const before = await street.stored(sampleDump)
  const checked = await check(
    [
      firms,
      {
        kind: 'members',
        rows: [
          ['External id', 'Last name', 'Firm'],
          ['M1', 'Novák', 'F2'],
        ],
      },
    ],
    { existing: 'upsert' },
  )
  expect(checked.counts).toMatchObject({ created: 2, updated: 1 })
  const plan = await street.app.call(checkContract.describePlan, { params: { id: checked.id } }, as())
  expect(plan.updates).toMatchObject([
    { kind: 'members', fields: [{ field: 'firm', before: null, after: 'F2' }] },
  ])
  const loaded = await street.approve(checked.id)
  expect(loaded.status).toBe('completed')
  expect(await street.undo(loaded.id)).toMatchObject({ status: 'undone', undo: { reversed: 3, blocked: 0 } })
  expect(await street.stored(sampleDump)).toEqual(before)
})

test('kinds that refer to each other in a circle are refused; what they need is said', async () => {
  const { id } = await bring([
    {
      kind: 'firms',
      rows: [
        ['Name', 'Main deal'],
        ['Alfa', 'Big one'],
      ],
    },
    {
      kind: 'deals',
      rows: [
        ['Title', 'Firm'],
        ['Big one', 'Alfa'],
      ],
    },
  ])
  const refused = await street.app.refusal(contract.checkImport, { params: { id } }, as())
  expect(refused).toMatchObject({ code: 'import.reference_cycle', status: 422 })
})

test('the same thing in two files of one kind is found out, and so is one record that both would update', async () => {
  const twice = await check(
    [
      firms,
      {
        kind: 'firms',
        rows: [
          ['External id', 'Name'],
          ['F2', 'Beta again'],
        ],
      },
    ],
    {
      rows: 'valid_only',
    },
  )
  expect(await codesOf(twice.id)).toEqual([[1, 1, 'row.duplicate_in_set']])
  await street.approve(twice.id)
  const updated = await check(
    [
      {
        kind: 'firms',
        rows: [
          ['External id', 'Name'],
          ['F1', 'One'],
        ],
      },
      {
        kind: 'firms',
        rows: [
          ['Registration number', 'Name'],
          ['111', 'Two'],
        ],
      },
    ],
    { existing: 'update', rows: 'valid_only' },
  )
  expect(await codesOf(updated.id)).toEqual([[1, 1, 'row.same_record_in_set']])
  expect(await street.approve(updated.id)).toMatchObject({ status: 'completed', counts: { updated: 1 } })
})

test('a source can be added, given another file and taken out while the import rests', async () => {
  const begun = await bring([
    {
      kind: 'members',
      rows: [
        ['Last name', 'Firm', 'Mail'],
        ['Novák', 'F1', 'wrong'],
      ],
    },
  ])
  const params = (source: number) => ({ params: { id: begun.id, source } })
  const file = await street.upload(csv(firms.rows), 'firms.csv')
  const added = await street.app.call(
    contract.addSource,
    { params: { id: begun.id }, body: { kind: 'firms', fileId: file.id } },
    as(),
  )
  expect(added.sources.map(({ source, kind }) => [source, kind])).toEqual([
    [0, 'members'],
    [1, 'firms'],
  ])
  expect(await street.checkAgain(begun.id)).toMatchObject({ status: 'waiting_for_approval' })

  const again = await street.upload(
    csv([
      ['Firm', 'Position', 'Last name'],
      ['F2', 'Buyer', 'Nový'],
    ]),
    'better.csv',
  )
  const replaced = await street.app.call(
    contract.replaceFile,
    { ...params(0), body: { fileId: again.id } },
    as(),
  )
  expect(replaced).toMatchObject({ status: 'incomplete', sources: [{ fileName: 'better.csv' }, {}] })
  expect(replaced.sources[0]!.mapping.columns.map(({ column, field }) => [column, field])).toEqual([
    [2, 'lastName'],
    [0, 'firm'],
    [1, 'position'],
  ])
  const third = await street.app.call(
    contract.addSource,
    { params: { id: begun.id }, body: { kind: 'firms', fileId: file.id } },
    as(),
  )
  expect(third.sources.map(({ source }) => source)).toEqual([0, 1, 2])
  const fewer = await street.app.call(contract.removeSource, params(1), as())
  expect(fewer.sources.map(({ source }) => source)).toEqual([0, 2])
  const loaded = await street.approve((await street.checkAgain(begun.id)).id)
  expect(loaded).toMatchObject({ status: 'completed', counts: { created: 3 } })
  expect((await street.app.refusal(contract.removeSource, params(0), as())).code).toBe('import.not_editable')
})

test('the only source cannot be taken out', async () => {
  const { id } = await bring([firms])
  const refused = await street.app.refusal(contract.removeSource, { params: { id, source: 0 } }, as())
  expect(refused.code).toBe('import.last_source')
})
