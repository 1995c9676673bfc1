/** `carryover read`: the file as it was understood, without a database. */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeXlsx } from '../../src/tabular/tabular.ts'
import { launcher, start } from '../support/command-line.ts'

let folder: string
/** A data folder that cannot be made, and a database that is not there: neither is needed. */
const env = { CARRYOVER_DATA: '/proc/nowhere', DATABASE_URL: 'postgres://x:y@127.0.0.1:9/z' }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-read-'))
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function write(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

const read = (...args: string[]) => start(['read', ...args], { env }).ended

test('csv: RFC 4180, UTF-8 and LF, the header as it stands, formulas as they are', async () => {
  const path = await write('a.csv', 'Name;Note;Sum\r\n"Novák; s.r.o.";"two\r\nlines";=1+1\r\nLast;;-5\r\n')
  const { code, out } = await read(path)
  expect(code).toBe(0)
  expect(out).toBe('Name,Note,Sum\nNovák; s.r.o.,"two\r\nlines",=1+1\nLast,,-5\n')
})

test('no header is invented, and an empty file gives an empty output', async () => {
  const none = await write('none.csv', '1,2,3\n4,5,6\n7,8,9\n')
  expect((await read(none, '--header-rows', '0')).out).toBe('1,2,3\n4,5,6\n7,8,9\n')
  expect(await read(await write('empty.csv', ''))).toMatchObject({ code: 0, out: '' })
})

test('ndjson: source, row, physical line and cells', async () => {
  const path = await write('b.csv', 'a,b\n"x\ny",1\nz,2\n')
  const { out } = await read(path, '--format', 'ndjson')
  expect(
    out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual([
    { source: 0, row: 1, line: 2, cells: ['x\ny', '1'] },
    { source: 0, row: 2, line: 4, cells: ['z', '2'] },
  ])
})

test('the report: what was detected, every finding with its place, the totals', async () => {
  const path = await write('c.csv', 'id\tname\n1\tOne\n2\tTwo\textra\n3\tThree\n4\tFour\n')
  const report = join(folder, 'c.json')
  const { code, err } = await read(path, '--report', report)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  const told = JSON.parse(await readFile(report, 'utf8')) as { findings: { row: number; code: string }[] }
  expect(told).toMatchObject({
    encoding: 'utf-8',
    delimiter: '\t',
    recordEnd: '\n',
    headerRows: 1,
    preambleRows: 0,
    footerRows: 0,
    sheet: null,
    rows: 4,
  })
  expect(told.findings).toContainEqual(
    expect.objectContaining({ row: 2, line: 3, code: 'row.too_many_cells' }),
  )
})

test('without a report, what must not be missed stands on stderr', async () => {
  const path = await write('d.csv', 'id,name\n1,One\n2,Two,extra\n3,Three\n')
  const { out, err } = await read(path)
  expect(out).toBe('id,name\n1,One\n2,Two,extra\n3,Three\n')
  expect(err).toContain('1 × row.too_many_cells')
})

test('many files: each its output and report, in one process; a refusal is a report too', async () => {
  await mkdir(join(folder, 'in'))
  const good = await write('in/good.csv', 'a,b\n1,2\n')
  const binary = await write(
    'in/binary.csv',
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]),
  )
  const out = join(folder, 'out')
  const { code, err } = await read(binary, good, '--out-dir', out)
  expect(code).toBe(3)
  expect(err).toContain('binary.csv: ')
  expect((await readdir(out)).sort()).toEqual([
    'binary.csv.report.json',
    'good.csv.csv',
    'good.csv.report.json',
  ])
  expect(await readFile(join(out, 'good.csv.csv'), 'utf8')).toBe('a,b\n1,2\n')
  const refusal = JSON.parse(await readFile(join(out, 'binary.csv.report.json'), 'utf8')) as object
  expect(refusal).toMatchObject({ refusal: { code: 'file.not_a_table' } })
  expect((await read(good, binary)).code).toBe(2)
  const lines = await read(good, '--format', 'ndjson', '--out-dir', out)
  expect(lines.code).toBe(0)
  expect(await readdir(out)).toContain('good.csv.ndjson')
})

test('cells are for spreadsheets', async () => {
  const { code, err } = await read(await write('e.csv', 'a\n1\n'), '--format', 'cells')
  expect(code).toBe(3)
  expect(err).toContain('e.csv is a text file')
})

test('a reader that has seen enough ends it at once', async () => {
  const row = `${'x'.repeat(400)},${'y'.repeat(400)}\n`
  const path = await write('big.csv', `first,second\n${row.repeat(250_000)}`)
  const script = `"$1" "$2" read "$3" | head -n 2; echo "\${PIPESTATUS[0]}"`
  const { stdout, stderr } = await promisify(execFile)(
    'bash',
    ['-c', script, 'bash', process.execPath, launcher, path],
    { env: { ...process.env, ...env }, timeout: 20_000 },
  )
  const lines = stdout.trimEnd().split('\n')
  expect(lines[0]).toBe('first,second')
  expect(lines[2]).toBe('0')
  expect(stderr).toBe('')
})

/** A workbook of one sheet, written by our own writer. */
async function workbook(name: string, rows: readonly (readonly string[])[]): Promise<string> {
  async function* batches() {
    yield rows
  }
  const pieces: Buffer[] = []
  for await (const piece of writeXlsx('Clients', batches())) pieces.push(piece as Buffer)
  return write(name, Buffer.concat(pieces))
}

test('a workbook: rows, its sheets in the report, and its cells one by one', async () => {
  const path = await workbook('clients.xlsx', [
    ['Code', 'Name'],
    ['007', 'Bond'],
    ['008', '=SUM(A1)'],
  ])
  const report = join(folder, 'clients.json')
  const rows = await read(path, '--report', report)
  expect(rows).toMatchObject({ code: 0, out: 'Code,Name\n007,Bond\n008,=SUM(A1)\n' })
  expect(JSON.parse(await readFile(report, 'utf8'))).toMatchObject({
    encoding: null,
    delimiter: null,
    sheet: 'Clients',
    sheets: [{ name: 'Clients', state: 'visible' }],
    hiddenRows: 0,
    rows: 2,
  })
  const cells = await read(path, '--format', 'cells')
  const lines = cells.out.trimEnd().split('\n')
  expect(lines).toHaveLength(6)
  expect(JSON.parse(lines[2]!)).toEqual({
    sheet: 'Clients',
    ref: 'A2',
    type: 'text',
    value: '007',
    format: expect.any(String) as unknown,
    hidden: false,
    merged: null,
  })
  const missing = await read(path, '--sheet', 'Orders')
  expect(missing).toMatchObject({ code: 3, out: '' })
  expect(missing.err).toContain('Clients')
})
