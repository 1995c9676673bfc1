/** Clients one by one, in lists and as files: what is written is what is read, and what is exported imports again. */
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import {
  changeClient,
  createClient,
  deleteClient,
  findClient,
  listClients,
} from '../../src/clients/contract.ts'
import { listHistory } from '../../src/history/contract.ts'
import { csv, openStreet, type Street } from '../support/imports.ts'

let street: Street

beforeAll(async () => {
  street = await openStreet()
})
afterEach(() => street.stored('truncate carryover.clients'))
afterAll(() => street?.close())

const as = () => ({ as: street.owner })

const create = (values: Record<string, string | null>) =>
  street.app.call(createClient, { body: { values } }, as())

async function exported(query = '', format = 'csv'): Promise<Buffer> {
  const response = await fetch(`${street.app.url}/api/v1/exports/clients.${format}${query}`, {
    headers: { cookie: street.owner.cookie! },
  })
  expect(response.status, await (response.ok ? 'fine' : response.clone().text())).toBe(200)
  return Buffer.from(await response.arrayBuffer())
}

const full = {
  externalId: 'F1',
  name: 'Full & Sons, "Ltd"',
  isPerson: 'true',
  lastName: 'Full',
  birthday: '1980-02-29',
  tags: 'vip, late payer',
  note: 'first line\nsecond line',
  rating: 'A',
  state: 'actual',
  role: 'supplier',
  employees: '12',
  turnover: '1234.50 CZK',
  taxPayer: 'false',
  email: 'full@example.com',
  phone: '+420 601 000 001',
  website: 'https://example.com/path?a=b',
  billingCountry: 'DE',
}

test('a client is added, read, changed and deleted; each is told in its history', async () => {
  const made = await create(full)
  expect(made).toMatchObject({ version: 1, origin: null, values: full })
  const params = { params: { id: made.id } }
  const changed = await street.app.call(
    changeClient,
    { ...params, body: { version: 1, values: { rating: 'B', note: null } } },
    as(),
  )
  expect(changed).toMatchObject({ version: 2, values: { ...full, rating: 'B', note: null } })
  const late = await street.app.refusal(
    changeClient,
    { ...params, body: { version: 1, values: { rating: 'C' } } },
    as(),
  )
  expect(late).toMatchObject({
    code: 'record.changed_meanwhile',
    params: { name: 'administrator of sunrise' },
  })
  await street.app.call(deleteClient, params, as())
  expect((await street.app.refusal(findClient, params, as())).code).toBe('record.not_found')
  const { events } = await street.app.call(
    listHistory,
    { query: { kind: 'clients', recordId: made.id } },
    as(),
  )
  expect(events.map(({ event }) => event)).toEqual(['record.deleted', 'record.changed', 'record.created'])
  expect(events[1]!.changes).toContainEqual({ field: 'rating', before: 'A', after: 'B' })
})

test.each([
  ['a name that is missing', { flag: 'x' }],
  ['a name that is blank', { name: '  ' }],
  ['a field that does not exist', { name: 'x', nothing: 'x' }],
  ['an address that is none', { name: 'x', email: 'nope' }],
  ['a day that does not exist', { name: 'x', birthday: '2023-02-29' }],
  ['an owner who does not exist', { name: 'x', owner: '999999' }],
  ['an owner that is no id', { name: 'x', owner: 'somebody' }],
  ['a number out of range', { name: 'x', employees: '-1' }],
  ['an amount that does not fit', { name: 'x', turnover: '99999999999999999999.00 CZK' }],
  ['a NUL in the name', { name: 'a\0b' }],
  ['half a character', { name: 'a\ud83d' }],
])('%s is refused in words, and nothing is written', async (_, values) => {
  const problem = await street.app.refusal(createClient, { body: { values } }, as())
  expect(problem.status, problem.detail).toBeGreaterThanOrEqual(400)
  expect(problem.status, `${problem.code}: ${problem.detail}`).toBeLessThan(500)
  expect(await street.stored('select 1 from carryover.clients')).toEqual([])
})

test('the same external id twice, at the same moment: one client, one refusal', async () => {
  const answers = await Promise.all(
    [1, 2].map((n) =>
      street.app.send(createClient, { body: { values: { externalId: 'X', name: `Client ${n}` } } }, as()),
    ),
  )
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409])
})

test.each(['newest', 'name', '-name', 'billingCity', '-billingCity', 'updated', 'externalId'] as const)(
  'pages sorted by %s hold every client once, also where sorted values are equal or missing',
  async (sort) => {
    const rows = Array.from({ length: 45 }, (_, at) => [
      `${['Čapek', 'Cibulka', 'chata', 'Žák', 'žák', 'Adam'][at % 6]!}${at % 4 ? ` ${at}` : ''}`,
      ['Brno', '', 'Plzeň'][at % 3]!,
      `S${at}`,
    ])
    await street.load(csv([['Name', 'City', 'External id'], ...rows]))
    for (const limit of [7, 50]) {
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const page: Awaited<ReturnType<typeof list>> = await list({
          sort,
          limit,
          ...(cursor ? { cursor } : {}),
        })
        // A list is counted on its first page.
        expect(page.total).toBe(cursor ? null : 45)
        seen.push(...page.records.map(({ values }) => values['externalId']!))
        cursor = page.next
      } while (cursor !== null)
      expect(seen).toHaveLength(45)
      expect(new Set(seen).size).toBe(45)
    }
  },
)

const list = (query: object) => street.app.call(listClients, { query }, as())

test('a search is words, not a pattern', async () => {
  await create({ name: '100% wool_and\\more' })
  await create({ name: 'something else' })
  for (const search of ['100%', 'wool_', '\\more', '%'])
    expect(
      (await list({ search })).records.map(({ title }) => title),
      search,
    ).toEqual(['100% wool_and\\more'])
})

test('an export holds every field, and imports again without a change', async () => {
  await create(full)
  await create({ externalId: 'F2', name: 'Only a name' })
  await street.stored(
    "update carryover.clients set owner_id = (select id from carryover.people where role = 'manager') where external_id = 'F1'",
  )
  for (const language of ['en', 'cs']) {
    const view = await street.check(await exported(`?language=${language}`), {
      settings: { existing: 'upsert', match: ['externalId'] },
    })
    expect(await street.findings(view.id), language).toEqual([])
    expect(view.counts, language).toMatchObject({ rows: 2, unchanged: 2, failed: 0, loaded: 0 })
  }
})

test('an export keeps what the organisation’s own country, language and spreadsheet would read otherwise', async () => {
  await street.load(
    csv([
      ['External id', 'Name', 'Phone', 'Turnover', 'Tags'],
      ['P1', '=1+1', '030 123456', '1234.567 KWD', 'one, two'],
      ['P2', '-5 degrees', '030 654321', '1500 JPY', ''],
    ]),
    {
      mapping: {
        columns: [
          { column: 0, header: 'External id', field: 'externalId' },
          { column: 1, header: 'Name', field: 'name' },
          { column: 2, header: 'Phone', field: 'phone', format: { defaultCountry: 'DE' } },
          { column: 3, header: 'Turnover', field: 'turnover', format: { decimal: '.' } },
          { column: 4, header: 'Tags', field: 'tags' },
        ],
      },
    },
  )
  const view = await street.check(await exported(), {
    settings: { existing: 'upsert', match: ['externalId'] },
  })
  expect(await street.findings(view.id)).toEqual([])
  expect(view.counts).toMatchObject({ rows: 2, unchanged: 2, failed: 0 })
})

test('a filter of an export is a field and its value', async () => {
  await create({ name: 'Alfa', rating: 'A' })
  await create({ name: 'Beta', rating: 'B' })
  const text = (await exported('?where=rating%3DB')).toString()
  expect(text).toContain('Beta')
  expect(text).not.toContain('Alfa')
  const refused = await fetch(`${street.app.url}/api/v1/exports/clients.csv?where=nothing`, {
    headers: { cookie: street.owner.cookie! },
  })
  expect(await refused.json()).toMatchObject({ code: 'record.unknown_filter', status: 422 })
})

test('whatever a name and a note hold, the export imports again unchanged', async () => {
  const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(words, words), { minLength: 1, maxLength: 6 }), async (values) => {
      await street.stored('truncate carryover.clients')
      let made = 0
      for (const [at, [name, note]] of values.entries()) {
        const body = { values: { externalId: `E${at}`, name, note } }
        const response = await street.app.send(createClient, { body }, as())
        expect(response.status).toBeLessThan(500)
        if (response.ok) made += 1
      }
      if (made === 0) return
      const view = await street.check(await exported(), {
        settings: { existing: 'upsert', match: ['externalId'] },
      })
      expect(view.counts, JSON.stringify(values)).toMatchObject({ rows: made, unchanged: made, failed: 0 })
    }),
    { numRuns: 20 },
  )
})
