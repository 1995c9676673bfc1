/** `carryover template`, and what it writes given back to `carryover import` without a word about columns. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { read, utils, write } from '@e965/xlsx'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createInstallation, type Installation } from '../support/command-line.ts'

let here: Installation
beforeAll(async () => {
  here = await createInstallation()
})
afterAll(() => here?.close())

/** The template with these cells in its fourth row, under the headers of the same names. */
async function fill(path: string, sheet: string, row: Readonly<Record<string, string>>): Promise<void> {
  const book = read(await readFile(path))
  const headers = utils.sheet_to_json<string[]>(book.Sheets[sheet]!, { header: 1 })[0]!
  const cells = headers.map((header) => row[header.replace(/ \*$/, '')] ?? null)
  utils.sheet_add_aoa(book.Sheets[sheet]!, [cells], { origin: 'A4' })
  await writeFile(path, write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer)
}

test('a template is written, filled and imported; its examples are skipped', async () => {
  const path = join(here.dataDir, 'clients.xlsx')
  const made = await here.run('template', 'clients', '-o', path, '--language', 'cs')
  expect(made).toMatchObject({ code: 0, out: '' })
  await fill(path, 'Klienti', { Název: 'Mlýn Olše', 'Kontaktní osoba 1 – Příjmení': 'Olšová' })
  const { code, value } = await here.json<{ status: string; counts: Record<string, number> }>(
    'import',
    path,
    '--kind',
    'clients',
    '--yes',
  )
  expect({ code, status: value.status }).toEqual({ code: 0, status: 'completed' })
  expect(value.counts).toMatchObject({ rows: 3, loaded: 1, skipped: 2, failed: 0, created: 2 })
})

test('two tables say themselves what they are', async () => {
  const path = join(here.dataDir, 'two.xlsx')
  const made = await here.run('template', 'clients', '--shape', 'two-tables', '-o', path, '--language', 'en')
  expect(made.code).toBe(0)
  await fill(path, 'Clients', { Name: 'Beech Saw' })
  await fill(path, 'Contact persons', { Client: 'Beech Saw', 'Last name': 'Hazel' })
  const { code, value } = await here.json<{ counts: Record<string, number> }>('import', path, '--yes')
  expect(code).toBe(0)
  expect(value.counts).toMatchObject({ rows: 6, loaded: 2, skipped: 4, failed: 0 })
})

test('as CSV to stdout; what there is not is refused with 3, a wrong shape with 2', async () => {
  const header = await here.run('template', 'products', '--format', 'csv', '--language', 'en')
  expect(header.code).toBe(0)
  expect(header.out).toMatch(/^\ufeffCode,Name,/)
  expect((await here.run('template', 'leads', '--shape', 'two-tables', '--format', 'csv')).code).toBe(3)
  expect((await here.run('template', 'clients', '--shape', 'three')).code).toBe(2)
})
