/** Settings → Import of data: templates, a filled file, deleting an import by its label, the rules for importing. */
import { readFile } from 'node:fs/promises'
import * as XLSX from '@e965/xlsx'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import * as policyContract from '../../src/imports/policies/contract.ts'
import { csv, openStreet, type Street } from '../support/imports.ts'
import { inaccessible, openBrowser, settled, type TestBrowser, tabTo } from './open-browser.ts'

let street: Street
let browser: TestBrowser

beforeAll(async () => {
  street = await openStreet()
  browser = await openBrowser(street.app, street.organisation)
})
afterAll(async () => {
  await browser?.close()
  await street?.close()
})
afterEach(async () => {
  await street.stored('truncate carryover.import_policies')
  expect(browser.complaints()).toEqual([])
})

const as = () => ({ as: street.owner })
const address = '/settings/import-of-data'

async function open(page: Page, search = ''): Promise<void> {
  await page.goto(address + search)
  await settled(page)
}

/** Three clients, the first two with a contact person in the same row, the first of whom a later file refers to. */
async function loadClients(prefix: string): Promise<{ id: string; label: string }> {
  const loaded = await street.load(
    csv([
      ['External id', 'Name', 'Contact person 1 – Last name', 'Contact person 1 – E-mail'],
      [`${prefix}1`, `${prefix} Lípa`, 'Lipský', `${prefix}1@example.com`],
      [`${prefix}2`, `${prefix} Modřín`, 'Modrý', `${prefix}2@example.com`],
      [`${prefix}3`, `${prefix} Dub`, '', ''],
    ]),
  )
  await street.load(
    csv([
      ['Last name', 'E-mail', 'Client'],
      ['Pozdní', `${prefix}late@example.com`, `${prefix}1`],
    ]),
    { kind: 'contacts', name: 'late.csv' },
  )
  return loaded
}

test('RN-03 every kind and shape has its template, made at the moment of the download', async () => {
  const page = await browser.page({ as: 'administrator' })
  await page.goto('/settings')
  await settled(page)
  await page.getByRole('link', { name: 'Import of data' }).click()
  await page.getByRole('heading', { name: 'Import of data', level: 1 }).waitFor()
  const oneTable = page.getByRole('link', { name: /^Download XLSX: Clients, .*6 × contact person/ })
  const twoTables = page.getByRole('link', {
    name: /^Download XLSX: Clients \+ contact persons/,
  })
  for (const link of [oneTable, twoTables]) {
    const download = page.waitForEvent('download')
    await link.click()
    expect((await download).suggestedFilename()).toMatch(/\.xlsx$/)
  }
  for (const kind of ['Leads', 'Products', 'People'])
    expect(
      await page.getByRole('link', { name: new RegExp(`^Download XLSX: ${kind}, One table`) }).count(),
    ).toBe(1)
})

test('a file chosen here walks the same street', async () => {
  const page = await browser.page({ as: 'administrator' })
  await open(page)
  const buffer = Buffer.from(
    csv([
      ['External id', 'Name'],
      ['U1', 'Uploaded s.r.o.'],
    ]),
  )
  await page
    .getByRole('main')
    .locator('input[type=file]')
    .setInputFiles({ name: 'filled.csv', mimeType: 'text/csv', buffer })
  await page.getByText('What do the rows become?').waitFor()
  await page.getByRole('button', { name: 'Clients', exact: true }).click()
  await page.waitForURL('**/file')
  await page.getByRole('cell', { name: 'Uploaded s.r.o.' }).waitFor()
})

/** What a person has filled in: a row under the headers of the same names, below the examples. */
function fill(book: XLSX.WorkBook, sheet: string, row: Readonly<Record<string, string>>): void {
  const [headers = []] = XLSX.utils.sheet_to_json<string[]>(book.Sheets[sheet]!, { header: 1 })
  const cells = headers.map((header) => row[header.replace(/ \*$/, '')] ?? null)
  XLSX.utils.sheet_add_aoa(book.Sheets[sheet]!, [cells], { origin: 'A4' })
}

test('RN-05 a filled template of two tables is asked nothing: both sheets are sources, mapped, without an error', async () => {
  const page = await browser.page({ as: 'administrator' })
  await open(page)
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: /^Download XLSX: Clients \+ contact persons/ }).click()
  const book = XLSX.read(await readFile(await (await download).path()))
  fill(book, 'Clients', { Name: 'Beech Saw' })
  fill(book, 'Contact persons', { Client: 'Beech Saw', 'Last name': 'Hazel' })
  await page
    .getByRole('main')
    .locator('input[type=file]')
    .setInputFiles({
      name: 'filled.xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer: XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer,
    })
  await page.waitForURL('**/file')
  const sources = page.getByRole('navigation', { name: 'Files and sheets of this import' })
  await sources.getByRole('link', { name: /^Contact persons/ }).waitFor()
  await page.getByRole('link', { name: 'Assign columns' }).click()
  await page.getByRole('button', { name: /^Check / }).click()
  await page.getByRole('heading', { name: 'No errors' }).waitFor()
  await page.getByRole('button', { name: 'Run import' }).click()
  const records = page.getByRole('table', { name: 'Records by kind' })
  await records.getByRole('row', { name: /^Contact persons 1/ }).waitFor()
})

test('RN-14 RN-15 RN-17 an import is deleted by record type and label; what stays says why, and the result stays', async () => {
  const { id, label } = await loadClients('DA')
  const page = await browser.page({ as: 'administrator' })
  await open(page)
  const labels = page.getByLabel('Label (date and number)')
  await page.getByLabel('Record type').selectOption({ label: 'Clients and contact persons' })
  await labels.selectOption({ label: `${label} – 5 records` })
  const contacts = page.getByRole('listitem', { name: 'Contact persons' })
  const clients = page.getByRole('listitem', { name: 'Clients' })
  await contacts.getByText('will be deleted').waitFor()
  expect(await clients.getByRole('definition').allTextContents()).toEqual(['2', '1'])
  expect(await contacts.getByRole('definition').allTextContents()).toEqual(['2', '0'])
  expect(await clients.getByRole('list', { name: 'Why they stay' }).textContent()).toMatch(
    /1 Referred to by .*Contact persons/,
  )

  await page.getByRole('button', { name: 'Delete 4 records' }).click()
  const question = page.getByRole('dialog')
  await question.getByText('1 stays, because something is attached to it.').waitFor()
  await question.getByRole('button', { name: 'Delete 4 records' }).click()
  await page.getByText(`4 records of ${label} are deleted`).waitFor()
  await page.getByText('1 record stays; below, why.').waitFor()
  expect(await street.stored("select name from carryover.clients where name like 'DA%'")).toEqual([
    { name: 'DA Lípa' },
  ])
  await page.reload()
  await page.getByText(`4 records of ${label} are deleted`).waitFor()
  expect(await labels.inputValue()).toBe(id)
})

test('by keyboard alone: a label is chosen and its records are deleted', async () => {
  const { label } = await street.load(
    csv([
      ['External id', 'Name'],
      ['KB1', 'Keyboard a.s.'],
    ]),
  )
  const page = await browser.page({ as: 'manager' })
  await open(page)
  await tabTo(page, /^Label/)
  await page.keyboard.type(label)
  await page.getByRole('button', { name: 'Delete 1 record' }).waitFor()
  await tabTo(page, /^Delete 1 record$/)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Enter')
  await page.getByText(`1 record of ${label} is deleted`).waitFor()
  await page.getByText('Nothing of what it was asked to delete is left.').waitFor()
})

test('RN-02 RN-07 RN-13 the rules: RAYNET’s by one choice, and who may not import any more is told', async () => {
  const page = await browser.page({ as: 'administrator' })
  await open(page)
  await page.getByRole('radio', { name: 'RAYNET' }).check()
  await page.getByRole('button', { name: 'Save rules' }).click()
  await page.getByText('Saved. The rules hold from now on.').waitFor()
  expect(await street.app.call(policyContract.findImportPolicy, {}, as())).toMatchObject({
    profile: 'raynet',
    roles: ['administrator'],
    limits: { '*': { records: 5000, textLength: 255 } },
  })
  const manager = await browser.page({ as: 'manager' })
  await open(manager)
  await manager.getByText('Your role may not import').waitFor()
  await manager.getByText('Every kind: up to 5,000 records at once, texts up to 255 characters').waitFor()
  expect(await manager.getByRole('button', { name: 'Upload a filled file' }).count()).toBe(0)
})

test('rules of one’s own: roles, a limit for every kind and another for one of them', async () => {
  const page = await browser.page({ as: 'administrator' })
  await open(page)
  await page.getByRole('radio', { name: 'Rules of our own' }).check()
  await page.getByRole('checkbox', { name: 'Migration specialist' }).uncheck()
  await page.getByRole('combobox', { name: 'Another limit for a kind…' }).selectOption({ label: 'Leads' })
  const leads = page.getByRole('group', { name: 'Leads' })
  await leads.getByLabel('Most records at once').fill('7500')
  await leads.getByLabel('Most characters of a text').fill('255')
  await page.getByRole('group', { name: 'Every other kind' }).getByLabel('Most records at once').fill('')
  await page.getByRole('radio', { name: 'makes a new import' }).check()
  await page.getByRole('button', { name: 'Save rules' }).click()
  await page.getByText('Saved. The rules hold from now on.').waitFor()
  expect(await street.app.call(policyContract.findImportPolicy, {}, as())).toEqual({
    profile: 'own',
    roles: ['administrator', 'manager'],
    limits: { '*': { records: null, textLength: null }, leads: { records: 7500, textLength: 255 } },
    changedFile: 'new_import',
  })
})

for (const dark of [false, true])
  test(`axe finds nothing on the page, ${dark ? 'dark' : 'light'}, and nothing is wider than a telephone`, async () => {
    const { id } = await street.load(
      csv([
        ['External id', 'Name'],
        [`AX${dark}`, 'Axe'],
      ]),
    )
    const page = await browser.page({ as: 'administrator', dark, width: 390 })
    await open(page, `?type=clients&label=${id}`)
    await page.getByRole('button', { name: 'Delete 1 record' }).waitFor()
    await page.getByRole('radio', { name: 'Rules of our own' }).check()
    expect(await inaccessible(page)).toEqual([])
    const over = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
    expect(await page.evaluate<number>(over)).toBe(0)
    await page.getByRole('button', { name: 'Delete 1 record' }).click()
    await page.getByRole('dialog').waitFor()
    expect(await inaccessible(page)).toEqual([])
  })

test('in Czech it stands where an administrator of that system looks for it', async () => {
  const page = await browser.page({ as: 'administrator' })
  await open(page)
  await page.getByRole('button', { name: /Account and appearance/ }).click()
  await page.getByRole('menuitemradio', { name: 'Čeština' }).click()
  await page.getByRole('heading', { name: 'Import dat z XLSX', level: 1 }).waitFor()
  await page.getByRole('heading', { name: 'Smazat import' }).waitFor()
  await page.getByRole('link', { name: 'Import dat z XLSX' }).waitFor()
})
