/** The File step through the API: how a file would be read, what it holds, rows around a place, and while it arrives. */
import { truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import * as XLSX from '@e965/xlsx'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import * as contract from '../../src/imports/contract.ts'
import * as readContract from '../../src/imports/read/contract.ts'
import { csv, openStreet, type Street } from '../support/imports.ts'

let street: Street

beforeAll(async () => {
  street = await openStreet()
})
afterAll(() => street?.close())

const as = () => ({ as: street.owner })
const options = (options: z.input<typeof readContract.ReadOptions> = {}, limit = 5) => ({ options, limit })
const read = (id: string, body = options()) =>
  street.app.call(readContract.readFile, { params: { id }, body }, as())
const contents = (id: string) => street.app.call(readContract.listContents, { params: { id } }, as())
const preview = (id: string, query: { from?: number; limit?: number } = {}) =>
  street.app.call(readContract.previewRows, { params: { id, source: 0 }, query }, as())

const framed = [
  'Export of clients;;',
  ';;',
  'Client;;Money',
  'Id;Name;Turnover',
  ...Array.from({ length: 30 }, (_, at) => `C${at};"Client ${at}";${at},50`),
  'C30;short',
  '',
  'Note: these figures were exported by the old system and are not audited.',
].join('\r\n')

test('a reading tells its parts, what is left out above and below, the joined header and the hints', async () => {
  const { id } = await street.upload(framed, 'framed.csv')
  const { reading, sentence, firstRows, waitsFor, isReceived } = await read(id)
  expect({ waitsFor, isReceived }).toEqual({ waitsFor: null, isReceived: true })
  expect(reading).toMatchObject({
    format: 'csv',
    delimiter: ';',
    quote: '"',
    escape: '"',
    recordEnd: '\r\n',
    headerRow: 3,
    headerRows: 2,
    preambleRows: 2,
    footerRows: 1,
    columns: ['Client Id', 'Client Name', 'Money Turnover'],
    rowsEstimated: 31,
    rowsCounted: true,
  })
  expect(sentence).toBe('Semicolon-separated, UTF-8, header in rows 3 to 4, 31 rows')
  expect(firstRows?.above).toEqual([{ record: 1, line: 1, cells: ['Export of clients'] }])
  expect(firstRows?.header.map(({ record, cells }) => [record, cells])).toEqual([
    [3, ['Client', '', 'Money']],
    [4, ['Id', 'Name', 'Turnover']],
  ])
  expect(firstRows?.rows[0]).toEqual({ row: 1, line: 5, cells: ['C0', 'Client 0', '0,50'] })
  expect(firstRows?.below.map(({ cells }) => cells[0])).toEqual([expect.stringMatching(/^Note: these/)])
  expect(firstRows?.hints[2]?.decimalMark).toBe(',')
})

test('every override is taken, and what it breaks is refused by name', async () => {
  const { id } = await street.upload(framed, 'framed.csv')
  const taken = async (given: z.input<typeof readContract.ReadOptions>) =>
    (await read(id, options(given))).reading
  expect(await taken({ headerRow: 4, headerRows: 1 })).toMatchObject({
    headerRow: 4,
    columns: ['Id', 'Name', 'Turnover'],
    chosen: { headerRow: 4, headerRows: 1 },
  })
  expect(await taken({ headerRow: 0 })).toMatchObject({
    headerRow: 0,
    columns: ['Column A', 'Column B', 'Column C'],
  })
  expect(await taken({ footerRows: 0 })).toMatchObject({ footerRows: 0, rowsEstimated: 32 })
  expect(
    await taken({ delimiter: ',', quote: '', ragged: 'refuse', encoding: 'windows-1250' }),
  ).toMatchObject({
    delimiter: ',',
    quote: '',
    ragged: 'refuse',
    encoding: 'windows-1250',
    chosen: { quote: '' },
  })
  for (const [given, code] of [
    [{ encoding: 'klingon' }, 'file.encoding_unknown'],
    [{ table: 7 }, 'file.table_missing'],
    [{ delimiter: '\n' }, 'file.option_invalid'],
  ] as const)
    expect(
      await street.app.refusal(readContract.readFile, { params: { id }, body: options(given) }, as()),
    ).toMatchObject({ code })
})

/** Two tables of clients and contact persons, a blank sheet and a hidden one; a filter hides rows and a column. */
function workbook(): Buffer {
  const book = XLSX.utils.book_new()
  const clients = XLSX.utils.aoa_to_sheet([
    ['Clients of 2025'],
    [],
    ['External id', 'Name', 'E-mail', 'Internal'],
    ...Array.from({ length: 12 }, (_, at) => [
      `W${at}`,
      at === 6 ? null : `Firm ${at}`,
      `w${at}@example.com`,
      'x',
    ]),
  ])
  clients['!rows'] = []
  clients['!rows'][5] = { hidden: true }
  clients['!rows'][6] = { hidden: true }
  clients['!cols'] = [{}, {}, {}, { hidden: true }]
  clients['!autofilter'] = { ref: 'A3:D15' }
  clients['!merges'] = [{ s: { r: 8, c: 1 }, e: { r: 9, c: 1 } }]
  XLSX.utils.book_append_sheet(book, clients, 'Clients')
  const people = [
    ['First name', 'Last name', 'E-mail'],
    ['Jan', 'Novák', 'jan@example.com'],
    ['Eva', 'Malá', 'eva@example.com'],
  ]
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(people), 'Contact persons')
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([[]]), 'Blank')
  XLSX.utils.book_append_sheet(
    book,
    XLSX.utils.aoa_to_sheet([
      ['Shoe size', 'Colour'],
      ['41', 'red'],
    ]),
    'Codes',
  )
  book.Workbook = { Sheets: [{}, {}, {}, { Hidden: 1 }] }
  return XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer
}

test('what a workbook holds: each sheet with its rows, what is hidden, the kind that it looks like', async () => {
  const { id } = await street.upload(workbook(), 'firms.xlsx')
  const found = await contents(id)
  expect(found).toMatchObject({ format: 'xlsx', blankSheets: ['Blank'] })
  expect(found.parts).toMatchObject([
    {
      options: { sheet: 'Clients' },
      sheet: { name: 'Clients', state: 'visible' },
      rows: 12,
      isCounted: true,
      columnCount: 4,
      hiddenRows: 2,
      hiddenColumns: 1,
      isFiltered: true,
      suggestedKind: 'clients',
      sentence: 'Sheet “Clients”, header in row 3, 12 rows, 2 hidden rows and 1 hidden column included',
    },
    { sheet: { name: 'Contact persons' }, rows: 2, suggestedKind: 'contacts' },
    { sheet: { name: 'Codes', state: 'hidden' }, rows: 1, suggestedKind: null },
  ])
})

test('hidden rows and columns are left out when somebody says so, merged cells keep their value where it stands', async () => {
  const run = await street.bring(workbook(), { name: 'firms.xlsx' })
  expect(run.sources[0]?.reading.sheet).toMatchObject({
    name: 'Clients',
    hiddenRows: 2,
    hiddenColumns: 1,
    hiddenColumnNames: 'D',
    mergedRanges: 1,
    isFiltered: true,
    hidden: 'include',
    merged: 'fill',
  })
  expect((await preview(run.id)).rows.map(({ cells }) => cells[1])).toEqual(
    Array.from({ length: 12 }, (_, at) => (at === 6 ? 'Firm 5' : `Firm ${at}`)),
  )
  const changed = await street.app.call(
    contract.changeReading,
    { params: { id: run.id, source: 0 }, body: { hidden: 'leave-out', merged: 'top-left' } },
    as(),
  )
  expect(changed.sources[0]?.reading).toMatchObject({
    columns: ['External id', 'Name', 'E-mail'],
    chosen: { hidden: 'leave-out', merged: 'top-left' },
  })
  const { rows } = await preview(run.id)
  expect(rows.map(({ line }) => line)).toEqual([4, 5, 8, 9, 10, 11, 12, 13, 14, 15])
  expect(rows[4]?.cells[1]).toBe('')
})

test('a sheet is imported as the source that was chosen; several go in together', async () => {
  const { id: fileId } = await street.upload(workbook(), 'firms.xlsx')
  const { parts } = await contents(fileId)
  const run = await street.app.call(
    contract.createImport,
    {
      body: {
        sources: parts
          .filter(({ suggestedKind }) => suggestedKind !== null)
          .map(({ suggestedKind, options: reading }) => ({ kind: suggestedKind ?? '', fileId, reading })),
      },
    },
    as(),
  )
  expect(run.sources.map(({ kind, reading }) => [kind, reading.sheet?.name])).toEqual([
    ['clients', 'Clients'],
    ['contacts', 'Contact persons'],
  ])
})

test('several tables of one text file are told apart, each with its rows', async () => {
  const text = [
    'Id,Name,Town,Since',
    ...Array.from({ length: 6 }, (_, at) => `${at},Client ${at},Brno,2020-01-0${at + 1}`),
    '',
    '',
    'Code,Country',
    ...['CZ,Czechia', 'SK,Slovakia', 'PL,Poland', 'AT,Austria'],
  ].join('\n')
  const { id } = await street.upload(text, 'two.csv')
  const { parts } = await contents(id)
  expect(
    parts.map(({ options: of, table, tables, rows, columns }) => ({ of, table, tables, rows, columns })),
  ).toEqual([
    { of: { table: 1 }, table: 1, tables: 2, rows: 6, columns: ['Id', 'Name', 'Town', 'Since'] },
    { of: { table: 2 }, table: 2, tables: 2, rows: 4, columns: ['Code', 'Country'] },
  ])
})

test('what reading came across, by cause, with places that can be gone to', async () => {
  const bytes = Buffer.concat([
    Buffer.from(csv([['Name', 'Town'], ...Array.from({ length: 40 }, (_, at) => [`Čapek ${at}`, 'Plzeň'])])),
    Buffer.from('Bad \xff byte,Brno\n', 'latin1'),
    Buffer.from('Long,Ostrava,beyond\nShort\n'),
    Buffer.from(csv(Array.from({ length: 40 }, (_, at) => [`Další ${at}`, 'Zlín']))),
  ])
  const run = await street.bring(bytes, { name: 'places.csv', reading: { encoding: 'utf-8' } })
  const found = await street.app.call(
    readContract.listReadingFindings,
    { params: { id: run.id, source: 0 } },
    as(),
  )
  expect(found).toMatchObject({ rows: 83, isWhole: true })
  const places = Object.fromEntries(found.groups.map(({ code, places: at }) => [code, at]))
  expect(places['cell.undecodable']).toMatchObject([{ row: 41, line: 42, column: 0, columnName: 'Name' }])
  expect(places['row.too_many_cells']).toMatchObject([{ row: 42, line: 43 }])
  expect(places['row.too_few_cells']).toMatchObject([{ row: 43, line: 44 }])
  expect(found.groups.every(({ title }) => /^\p{Lu}/u.test(title))).toBe(true)
  const around = await preview(run.id, { from: 40, limit: 3 })
  expect(around.rows.map(({ row }) => row)).toEqual([40, 41, 42])
  expect(around.findings.filter(({ row }) => row > 0).map(({ code }) => code)).toEqual([
    'cell.undecodable',
    'row.too_many_cells',
  ])
})

test.each([
  ['a file of nothing', Buffer.alloc(0), 'file.empty'],
  [
    'a picture',
    Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(200, 7)]),
    'file.not_a_table',
  ],
  ['a workbook cut in the middle', workbook().subarray(0, 4000), 'file.damaged'],
  ['a packed file cut in the middle', gzipSync(framed.repeat(50)).subarray(0, 300), 'file.damaged'],
])('%s is refused by name before an import begins', async (_, bytes, code) => {
  const { id } = await street.upload(bytes, 'odd.csv')
  const refused = await street.app.refusal(readContract.listContents, { params: { id } }, as())
  expect(refused).toMatchObject({ code, status: 422 })
  expect(refused.detail).toContain('odd.csv')
})

test('a workbook that is protected by a password says so', async () => {
  const container = XLSX.CFB.utils.cfb_new()
  for (const part of ['EncryptedPackage', 'EncryptionInfo'])
    XLSX.CFB.utils.cfb_add(container, `/${part}`, Buffer.alloc(5000, 7))
  const protectedBook = XLSX.CFB.write(container, { type: 'buffer' }) as Buffer
  const { id } = await street.upload(protectedBook, 'secret.xlsx')
  expect(await street.app.refusal(readContract.listContents, { params: { id } }, as())).toMatchObject({
    code: 'file.encrypted',
    detail: expect.stringContaining('password'),
  })
})

test('a stored workbook that is no longer what was uploaded is found before anything is loaded', async () => {
  const run = await street.bring(workbook(), { name: 'firms.xlsx' })
  const { dataDir } = street.world.platform.config
  const blob = join(dataDir, 'files', street.organisation.org, `${run.sources[0]?.fileId}.blob`)
  await truncate(blob, 3000)
  await street.app.call(contract.checkImport, { params: { id: run.id } }, as())
  const rested = await street.rest(run.id)
  expect(rested).toMatchObject({ status: 'failed', counts: null })
  expect(rested.reason).toMatch(/damaged/)
})

test('a caller who has gone ends the reading: nothing is changed, and the next choice does not wait', async () => {
  const rows = Array.from({ length: 60_000 }, (_, at) => [`X${at}`, `Client ${at}`, 'a note of some length'])
  const run = await street.bring(csv([['External id', 'Name', 'Note'], ...rows]))
  const gone = new AbortController()
  const address = `${street.app.url}/api/v1/imports/${run.id}/sources/0/reading`
  const request = fetch(address, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', cookie: street.owner.cookie ?? '' },
    body: JSON.stringify({ headerRow: 0 }),
    signal: gone.signal,
  })
  setImmediate(() => gone.abort())
  await expect(request).rejects.toThrow()
  const after = await street.app.call(
    contract.changeReading,
    { params: { id: run.id, source: 0 }, body: { headerRow: 2 } },
    as(),
  )
  expect(after.sources[0]?.reading).toMatchObject({ headerRow: 2, chosen: { headerRow: 2 } })
})
