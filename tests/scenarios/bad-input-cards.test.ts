/** Card numbers in files: refused while they arrive, and not a digit of one is left on any disk. */
import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import * as contract from '../../src/imports/contract.ts'
import { asAdmin } from '../support/database.ts'
import { AnsweredProblem } from '../support/http.ts'
import { csv, openStreet, type Street } from '../support/imports.ts'

let street: Street

beforeAll(async () => {
  street = await openStreet()
})
afterAll(() => street?.close())

// Numbers that the card networks publish for testing.
const cards = [
  '4242424242424242',
  '5555555555554444',
  '378282246310005',
  '4000056655665556',
  '6011111111111117',
]

async function refused(act: Promise<unknown>) {
  const error = await act.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof AnsweredProblem)) throw error ?? new Error('It was taken.')
  return error.problem
}

/** Every file of the data folder and every row of every table, searched for digits of the cards. */
async function findDigits(): Promise<string[]> {
  const found: string[] = []
  const isThere = (text: string) =>
    cards.some((card) =>
      [card, card.slice(0, 12), card.replace(/(....)(?=.)/g, '$1 ')].some((of) => text.includes(of)),
    )
  const folder = street.world.platform.config.dataDir
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) {
      const bytes = await readFile(join(entry.parentPath, entry.name))
      if (isThere(bytes.toString('latin1')) || isThere(bytes.toString('utf16le'))) found.push(entry.name)
    }
  const tables = await street.stored<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('carryover', 'staging', 'pgboss')",
  )
  const everything = tables.map(({ name }) => `select '${name}' as name, t::text as row from ${name} t`)
  for (const { name, row } of await street.stored<{ name: string; row: string }>(
    everything.join(' union all '),
  ))
    if (isThere(row)) found.push(name)
  return found
}

const rows = (cell: (at: number) => string) =>
  csv([
    ['Name', 'Card', 'Note'],
    ...Array.from({ length: 40 }, (_, at) => [`Client ${at}`, cell(at), 'words']),
  ])

test.each([
  ['a column of them', rows((at) => cards[at % cards.length]!)],
  ['a column with blanks between the groups', rows((at) => cards[at % 2]!.replace(/(....)(?=.)/g, '$1 '))],
  [
    'one in free text',
    csv([
      ['Name', 'Note'],
      ['Alfa', `please charge ${cards[0]} next month`],
    ]),
  ],
  [
    'a column in UTF-16',
    Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from(
        rows((at) => cards[at % 2]!),
        'utf16le',
      ),
    ]),
  ],
  ['a column after megabytes of nothing', rows((at) => (at === 39 ? cards[0]! : 'x'.repeat(100_000)))],
])('%s: refused, with column and row, and nothing of it is kept', async (_, bytes) => {
  const problem = await refused(street.upload(bytes))
  expect(problem).toMatchObject({ code: 'file.card_numbers', status: 422 })
  expect(problem.params['row']).toEqual(expect.any(Number))
  expect(problem.detail).toMatch(/Nothing of it was kept/)
  for (const card of cards) expect(JSON.stringify(problem)).not.toContain(card)
  expect(await findDigits()).toEqual([])
  const [file] = await street.stored<{ state: string; sealed_key: unknown }>(
    'select state, sealed_key from carryover.files order by id desc limit 1',
  )
  expect(file).toEqual({ state: 'refused', sealed_key: null })
})

test('a number cut in two by the pieces of a resumed upload is seen all the same', async () => {
  const bytes = Buffer.from(csv([['Name', 'Card'], ...cards.map((card, at) => [`Client ${at}`, card])]))
  const headers = { 'tus-resumable': '1.0.0', cookie: street.owner.cookie! }
  const begun = await fetch(`${street.app.url}/api/v1/uploads`, {
    method: 'POST',
    headers: { ...headers, 'upload-length': String(bytes.length), 'upload-metadata': 'filename YS5jc3Y=' },
  })
  const url = new URL(begun.headers.get('location')!, begun.url).href
  const cut = bytes.indexOf(cards[0]!) + 8
  let refusal: Response | null = null
  for (const [from, to] of [
    [0, cut],
    [cut, bytes.length],
  ] as const) {
    const response = await fetch(url, {
      method: 'PATCH',
      headers: {
        ...headers,
        'upload-offset': String(from),
        'content-type': 'application/offset+octet-stream',
      },
      body: bytes.subarray(from, to),
    })
    if (response.status >= 400) refusal = response
  }
  expect(refusal?.status).toBe(422)
  expect(await refusal!.text()).toContain('file.card_numbers')
  const id = url.split('/').at(-1)!
  const problem = await street.app.refusal(
    contract.createImport,
    { body: { kind: 'clients', fileId: id } },
    { as: street.owner },
  )
  expect(problem.code).toBe('file.card_numbers')
  expect(await findDigits()).toEqual([])
})

test('the server of the database has written none of them to its own files', async () => {
  await asAdmin((admin) => admin.query('checkpoint'))
  const [{ data_directory: folder }] = await asAdmin(
    async (admin) => (await admin.query('show data_directory')).rows as [{ data_directory: string }],
  )
  expect(inject('postgres').host).toBeTruthy()
  const grep = promisify(execFile)('grep', ['-rlaE', cards.join('|'), folder]).catch(
    (error: { code?: number }) => ({ stdout: error.code === 1 ? '' : 'grep failed' }),
  )
  expect((await grep).stdout).toBe('')
})

test('long numbers that are not cards are no reason to refuse a file', async () => {
  const view = await street.load(
    csv([
      ['Name', 'Bank account', 'Phone', 'Note'],
      ['Alfa', 'CZ6508000000192000145399', '+420601000001', 'order 1234567890123456'],
      ['Beta', '19-2000145399/0800', '601000002', '2026-01-02 03:04:05.123456'],
    ]),
  )
  expect(view).toMatchObject({ status: 'completed', counts: { created: 2 } })
})
