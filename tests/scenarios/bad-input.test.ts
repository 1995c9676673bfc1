/** Files that nobody should send, and everybody does: each gets a clear finding or refusal, and nothing is lost. */
import { readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { findClient, listClients } from '../../src/clients/contract.ts'
import * as checkContract from '../../src/imports/check/contract.ts'
import * as contract from '../../src/imports/contract.ts'
import * as mapContract from '../../src/imports/map/contract.ts'
import * as readContract from '../../src/imports/read/contract.ts'
import { detectReading, readRowBatches } from '../../src/tabular/tabular.ts'
import { AnsweredProblem } from '../support/http.ts'
import { type Bring, type Bytes, clientsDump, csv, openStreet, type Street } from '../support/imports.ts'

let street: Street

beforeAll(async () => {
  street = await openStreet()
})
afterEach(() => street.stored('truncate carryover.clients'))
afterAll(() => street?.close())

const as = () => ({ as: street.owner })
const valid = { settings: { rows: 'valid_only' } } as const

/** The refusal that bringing the file meets. */
async function refusal(bytes: Bytes, options?: Bring) {
  try {
    const view = await street.bring(bytes, options)
    throw new Error(`It was taken: ${view.sources[0]!.readingSentence}`)
  } catch (error) {
    if (error instanceof AnsweredProblem) return error.problem
    throw error
  }
}

const codes = async (id: string) => [...new Set((await street.findings(id)).map(({ code }) => code))].sort()

test.each([
  ['an empty file', '', 'file.empty'],
  ['a file of a byte order mark', '\uFEFF', 'file.no_rows'],
  ['a file of line ends', '\r\n\r\n\n', 'file.no_rows'],
  ['a header and nothing below', 'Name;E-mail\r\n', 'file.no_rows'],
])('%s is refused in words', async (_, text, code) => {
  const problem = await refusal(text)
  expect(problem).toMatchObject({ code, status: 422 })
  expect(problem.detail).toContain('clients.csv')
})

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

test.each([
  ['a picture named .csv', Buffer.concat([png, Buffer.alloc(3000, 1)])],
  ['a zip archive', Buffer.concat([Buffer.from('PK\x03\x04\x14\0\0\0'), Buffer.alloc(2000, 7)])],
  ['a PDF', Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n', 'latin1')],
  ['an old workbook', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(4000)])],
])('%s is told from a table by its bytes, whatever its name', async (_, bytes) => {
  const problem = await refusal(bytes, { name: 'clients.csv' })
  expect(problem.status).toBe(422)
  // What begins as an archive or a workbook and is none is a damaged one.
  expect(['file.not_a_table', 'file.damaged']).toContain(problem.code)
  expect(problem.detail).toContain('clients.csv')
})

test('a NUL byte is taken out, told, and the rest of the row is kept', async () => {
  const view = await street.load('Name,Flag\nAl\0fa,x\nBeta,y\n', valid)
  expect(view).toMatchObject({ status: 'completed', counts: { rows: 2 } })
  expect(await codes(view.id)).toContain('cell.nul_removed')
  const names = await street.stored<{ name: string }>('select name from carryover.clients order by name')
  expect(names.map(({ name }) => name)).toContain('Beta')
})

test('a NUL byte in a header, in a sample and beside a bad value stops nothing', async () => {
  const view = await street.check('Na\0me,E-mail\nAlfa,bad\0value\nBeta,b@example.com\n', valid)
  expect(['waiting_for_approval', 'incomplete', 'failed']).toContain(view.status)
  expect(view.balanced).toBe(true)
})

test('twenty thousand columns are read, or refused in words, in a moment', async () => {
  const columns = 20_000
  const line = (cell: (at: number) => string) =>
    `${Array.from({ length: columns }, (_, at) => cell(at)).join(',')}\n`
  const text =
    line((at) => (at === 7 ? 'Name' : `Column ${at}`)) + line((at) => `a${at}`) + line((at) => `b${at}`)
  const started = performance.now()
  try {
    const view = await street.check(text, valid)
    expect(view.counts).toMatchObject({ rows: 2 })
  } catch (error) {
    if (!(error instanceof AnsweredProblem)) throw error
    expect(error.problem).toMatchObject({ code: 'file.too_many_columns', status: 422 })
  }
  expect(performance.now() - started).toBeLessThan(20_000)
})

test('duplicate and empty headers get names of their own, and are told', async () => {
  const view = await street.check(',Name,Name,\nx,Alfa,second,y\nx,Beta,third,z\n', valid)
  const [source] = view.sources
  expect(new Set(source!.reading.columns).size).toBe(4)
  expect(await codes(view.id)).toEqual(
    expect.arrayContaining(['column.duplicate_header', 'column.empty_header']),
  )
  const fields = source!.mapping.columns.map(({ field }) => field)
  expect(new Set(fields).size).toBe(fields.length)
})

test('rows with too few and too many cells are told where they stand; nothing slips into another column', async () => {
  const view = await street.check(
    'Name,E-mail,Flag\nAlfa,a@example.com,x\nBeta\nGama,g@example.com,y,more\n',
    {
      ...valid,
      reading: { delimiter: ',', headerRows: 1, preambleRows: 0 },
    },
  )
  const found = await street.findings(view.id)
  expect(found.map(({ row, code }) => [row, code])).toEqual(
    expect.arrayContaining([
      [2, 'row.too_few_cells'],
      [3, 'row.too_many_cells'],
    ]),
  )
  expect(view.balanced).toBe(true)
})

const nasty = [
  "Robert'); drop table clients;--",
  '<script>alert(1)</script>',
  '=HYPERLINK("http://evil.example";"x")',
  "'=1+1",
  '@SUM(A1)',
  '+420 not a phone',
  '-1 Ltd',
  '\u202Egnirts desrever\u202C',
  'شركة الأمل',
  '{name} $1 %s ${x} \\N \\. \\t',
  '👩‍👩‍👧‍👦 family',
  'e\u0301 and \u00e9',
  '\\',
  '"quoted"',
  "O'Neill & Sons",
]

test('names that are code, markup, formulas or right to left are names, there and back again', async () => {
  const text = csv([['External id', 'Name'], ...nasty.map((name, at) => [`N${at}`, name])])
  const loaded = await street.load(text, { reading: { delimiter: ',', quote: '"', headerRows: 1 } })
  expect(loaded).toMatchObject({ status: 'completed', counts: { created: nasty.length, failed: 0 } })
  const { records: clients } = await street.app.call(listClients, { query: { limit: 200 } }, as())
  const stored = new Map(clients.map((client) => [client.values['externalId'], client.values['name']]))
  // Two spellings of one letter are one letter; a guard that somebody's spreadsheet wrote is undone.
  const expected = (name: string) => (name === "'=1+1" ? '=1+1' : name.normalize('NFC'))
  for (const [at, name] of nasty.entries())
    expect(stored.get(`N${at}`)?.replace(/[\u202A-\u202E]/g, '')).toBe(
      expected(name).replace(/[\u202A-\u202E]/g, ''),
    )
  const exported = await fetch(`${street.app.url}/api/v1/exports/clients.csv`, {
    headers: { cookie: street.owner.cookie! },
  })
  const again = await street.check(Buffer.from(await exported.arrayBuffer()), {
    settings: { existing: 'upsert', match: ['externalId'] },
  })
  expect(again.counts).toMatchObject({ rows: nasty.length, unchanged: nasty.length, failed: 0, loaded: 0 })
})

test('a long cell with an emoji at any place of a cut is shown and kept', async () => {
  const cut = [199, 200, 299, 300].map((at) => `${'x'.repeat(at)}👩‍👩‍👧‍👦 tail`)
  const text = csv([
    ['Name', 'Note'],
    ...cut.map((note, at) => [`Firm ${at}`, note]),
    ['Last', 'bad'.repeat(4000)],
  ])
  const view = await street.check(text, valid)
  expect(view.counts).toMatchObject({ rows: 5, failed: 1 })
  await street.app.call(readContract.previewRows, { params: { id: view.id, source: 0 } }, as())
  await street.app.call(mapContract.describeColumns, { params: { id: view.id, source: 0 } }, as())
  await street.approve(view.id)
  const { records: clients } = await street.app.call(listClients, { query: { search: 'Firm 0' } }, as())
  const { values } = await street.app.call(findClient, { params: { id: clients[0]!.id } }, as())
  expect(values['note']).toBe(cut[0])
})

test('every one of 10,000 rows is wrong in several ways: the list is whole, paged and downloadable', async () => {
  const rows = 10_000
  const text = csv([
    ['Name', 'E-mail', 'Employees', 'Birthday'],
    ...Array.from({ length: rows }, (_, at) => ['', `bad ${at}`, 'many', '31.2.2020']),
  ])
  const mapping = ['name', 'email', 'employees', 'birthday'].map((field, column) => ({
    column,
    header: ['Name', 'E-mail', 'Employees', 'Birthday'][column]!,
    field,
  }))
  const view = await street.check(text, { ...valid, mapping: { columns: mapping } })
  expect(view).toMatchObject({ status: 'failed', balanced: true, counts: { rows, failed: rows, loaded: 0 } })
  expect(view.findingGroups.map(({ count }) => count)).toEqual([rows, rows, rows, rows])
  const found = await street.findings(view.id)
  expect(found).toHaveLength(rows * 4)
  expect(new Set(found.map(({ row, field }) => `${row} ${field}`)).size).toBe(rows * 4)
  const file = await street.app.send(
    checkContract.downloadFindings,
    { params: { id: view.id, format: 'ndjson' } },
    as(),
  )
  expect((await file.text()).trimEnd().split('\n')).toHaveLength(rows * 4)
})

/** Bytes that are made while they are read, as many as are asked for. */
function endless(first: string, filler: string, bytes: number) {
  const block = Buffer.alloc(1024 * 1024, filler)
  const read = { bytes: 0 }
  const source = {
    name: 'endless.csv',
    size: bytes,
    async *open(from = 0) {
      if (from === 0) yield Buffer.from(first)
      for (let at = from; at < bytes; at += block.length) {
        read.bytes += block.length
        yield block
      }
    },
  }
  return { source, read }
}

test.each([
  ['of one cell', 'Name,Note\nAlfa,', 'x'],
  ['in a quote that nobody closes', 'Name,Note\nAlfa,"', 'word '],
  ['of the header', '', 'Name '],
])('a line of 5 GB, %s: refused after a little of it, in little memory', async (_, first, filler) => {
  const { source, read } = endless(first, filler, 5 * 1024 ** 3)
  const before = process.memoryUsage.rss()
  const reading = async () => {
    const found = await detectReading(source, {})
    for await (const { rows } of readRowBatches(source, found, { source: 0 })) void rows
  }
  await expect(reading()).rejects.toMatchObject({ code: 'file.line_too_long' })
  expect(read.bytes).toBeLessThan(512 * 1024 ** 2)
  expect(process.memoryUsage.rss() - before).toBeLessThan(400 * 1024 ** 2)
})

test('a line of 40 MB in an uploaded file is told in words', async () => {
  const text = `Name,Note\nAlfa,fine\nBeta,${'x'.repeat(40_000_000)}\nGama,fine\n`
  try {
    const view = await street.check(text, valid)
    expect(view).toMatchObject({ status: 'failed' })
    expect(view.reason).toMatch(/line 3/)
  } catch (error) {
    if (!(error instanceof AnsweredProblem)) throw error
    expect(error.problem).toMatchObject({ code: 'file.line_too_long', params: { line: 3 } })
  }
})

/** The only file of the data folder with these bytes, encrypted as it lies on disk. */
async function blobOf(id: string): Promise<string> {
  const { sources } = await street.find(id)
  const folder = join(street.world.platform.config.dataDir, 'files', street.organisation.org)
  const name = (await readdir(folder)).find((entry) => entry === `${sources[0]!.fileId}.blob`)
  return join(folder, name!)
}

const manyRows = csv([
  ['External id', 'Name', 'Note'],
  ...Array.from({ length: 9000 }, (_, at) => [`B${at}`, `Client ${at}`, 'words '.repeat(10)]),
])
const frame = 256 * 1024 + 16 + 16

test.each([
  [
    'a byte was changed',
    async (path: string) => {
      const bytes = await readFile(path)
      bytes[1000]! ^= 1
      await writeFile(path, bytes)
    },
  ],
  ['it was cut in the middle', async (path: string) => truncate(path, (await stat(path)).size - 100)],
  ['it was cut after a whole part', async (path: string) => truncate(path, frame * 2)],
  ['it was deleted', (path: string) => rm(path)],
  ['something was written behind it', async (path: string) => writeFile(path, 'more', { flag: 'a' })],
] as const)('the stored file is no longer what was uploaded: %s; the check says so', async (what, tamper) => {
  const view = await street.bring(manyRows)
  await tamper(await blobOf(view.id))
  const checked = await street.app
    .call(contract.checkImport, { params: { id: view.id } }, as())
    .then(() => street.rest(view.id))
  if (what === 'something was written behind it') {
    // The uploaded bytes are all there and sealed; what follows them is nothing of ours.
    expect(checked).toMatchObject({ status: 'waiting_for_approval', counts: { rows: 9000 } })
    return
  }
  expect(checked).toMatchObject({ status: 'failed', counts: null })
  expect(checked.reason).toMatch(/damaged/)
})

test('the stored file is damaged between approval and load, and staging is gone too: nothing is written', async () => {
  const view = await street.check(manyRows)
  await truncate(await blobOf(view.id), frame)
  await street.stored(`truncate staging.rows_${view.id}_0, staging.verdicts_${view.id}_0`)
  const after = await street.approve(view.id)
  expect(after.status).toBe('failed')
  expect(after.reason).toMatch(/damaged/)
  expect(await street.stored(clientsDump)).toEqual([])
})

test('staging that a crash emptied is built again from the file, and the load is the one that was approved', async () => {
  const view = await street.check(manyRows)
  await street.stored(
    `truncate staging.rows_${view.id}_0, staging.verdicts_${view.id}_0, staging.findings_${view.id}_0`,
  )
  expect(await street.approve(view.id)).toMatchObject({
    status: 'completed',
    balanced: true,
    counts: { rows: 9000, created: 9000 },
  })
})
