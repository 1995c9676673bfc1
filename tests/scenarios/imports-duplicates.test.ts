/** The same thing twice by the rules of a kind: let in with a hint, or kept out, and shown in groups either way. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import * as checkContract from '../../src/imports/check/contract.ts'
import { csv, openStreet, type Street } from '../support/imports.ts'
import { sampleKinds, sampleSchema } from '../support/sample-kinds.ts'

let street: Street

beforeAll(async () => {
  street = await openStreet({ kinds: sampleKinds(), schema: sampleSchema })
})
afterEach(() => street.stored('truncate carryover.sample_firms, carryover.sample_members'))
afterAll(() => street?.close())

const rows = csv([
  ['Name', 'Registration number'],
  ['Alfa', '111'],
  ['Alfa again', '111'],
  ['Beta', ''],
  ['BETA', ''],
  ['Beta', '222'],
  ['There', '999'],
  ['Known by name', ''],
  ['Single', '333'],
])

async function there() {
  await street.load(
    csv([
      ['Name', 'Registration number'],
      ['There already', '999'],
      ['Known by name', '5'],
    ]),
    {
      kind: 'firms',
    },
  )
}

const groupsOf = async (id: string, query: object = {}) =>
  street.app.call(checkContract.listDuplicates, { params: { id }, query }, { as: street.owner })

test('kept out: the first rule whose fields a row fills speaks for it, in the file and in the store', async () => {
  await there()
  const checked = await street.check(rows, {
    kind: 'firms',
    settings: { duplicates: 'refuse', rows: 'valid_only' },
  })
  const found = await street.findings(checked.id)
  expect(found.map(({ row, field, code }) => [row, field, code])).toEqual([
    [1, 'regNumber', 'row.duplicate_in_file'],
    [2, 'regNumber', 'row.duplicate_in_file'],
    [3, 'name', 'row.duplicate_in_file'],
    [4, 'name', 'row.duplicate_in_file'],
    [6, 'regNumber', 'row.exists_already'],
    [7, 'name', 'row.exists_already'],
  ])
  expect(checked.counts).toMatchObject({ rows: 8, loaded: 2, failed: 6 })
  expect(await street.approve(checked.id)).toMatchObject({ status: 'completed', balanced: true })
})

test('let in: at most hints, and everything is loaded', async () => {
  await there()
  const checked = await street.check(rows, { kind: 'firms', settings: { duplicates: 'allow' } })
  expect((await street.findings(checked.id)).map(({ severity }) => severity)).not.toContain('error')
  expect(await street.approve(checked.id)).toMatchObject({ status: 'completed', counts: { created: 8 } })
})

test.each(['refuse', 'allow'] as const)('the groups are shown, page by page (%s)', async (duplicates) => {
  await there()
  const checked = await street.check(rows, { kind: 'firms', settings: { duplicates, rows: 'valid_only' } })
  const { groups } = await groupsOf(checked.id)
  expect(
    groups.map(({ fields, values, count, rows: of }) => [fields, values, count, of.map(({ row }) => row)]),
  ).toEqual([
    [['regNumber'], ['111'], 2, [1, 2]],
    [['regNumber'], ['999'], 1, [6]],
    [['name'], ['beta'], 2, [3, 4]],
    [['name'], ['known by name'], 1, [7]],
  ])
  expect(groups[1]!.records).toMatchObject([{ title: 'There already' }])
  const pages: unknown[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof groupsOf>> = await groupsOf(checked.id, {
      limit: 1,
      ...(cursor ? { cursor } : {}),
    })
    pages.push(...page.groups)
    cursor = page.next
  } while (cursor !== null)
  expect(pages).toEqual(groups)
})

test('children are told apart by the rules of their own kind', async () => {
  const checked = await street.check(
    csv([
      ['Name', 'Contact 1 – Last name', 'Contact 1 – e-mail', 'Contact 2 – Last name', 'Contact 2 – e-mail'],
      ['Alfa', 'Novák', 'n@x.example', 'Novák', 'N@x.example'],
      ['Beta', 'Malá', '', 'Malá', ''],
    ]),
    { kind: 'firms', settings: { duplicates: 'refuse', rows: 'valid_only' } },
  )
  const found = await street.findings(checked.id)
  expect(found.map(({ row, field, code }) => [row, field, code])).toEqual([
    [1, 'members[1].lastName', 'row.duplicate_in_file'],
    [1, 'members[2].lastName', 'row.duplicate_in_file'],
  ])
  expect(checked.counts!.records).toMatchObject([{ created: 2 }, { created: 2, failed: 2 }])
  expect((await groupsOf(checked.id, { kind: 'members' })).groups).toMatchObject([
    { kind: 'members', fields: ['lastName', 'email'], count: 2, rows: [{ row: 1 }, { row: 1 }] },
  ])
})
