/** Several sources in one import, by hand: tabs, kinds, children, errors with their cells, upload again, run, undo. */
import * as XLSX from '@e965/xlsx'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createImport, type ImportView } from '../../src/imports/contract.ts'
import { csv, openStreet, type Settings, type Street } from '../support/imports.ts'
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
afterEach(() => expect(browser.complaints()).toEqual([]))

type Rows = readonly (readonly string[])[]

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Each sheet with a title and a blank row above its table, as people make them. */
function workbook(sheets: Readonly<Record<string, Rows>>): Buffer {
  const book = XLSX.utils.book_new()
  for (const [name, rows] of Object.entries(sheets))
    XLSX.utils.book_append_sheet(
      book,
      XLSX.utils.aoa_to_sheet([['Export'], [], ...rows.map((row) => [...row])]),
      name,
    )
  return XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer
}

/** Two of three clients and two of three contact persons are right; the third person's client is the bad one. */
const clients = (prefix: string, mail = 'not an address'): Rows => [
  ['External id', 'Name', 'E-mail'],
  [`${prefix}1`, `${prefix} Alfa`, 'alfa@example.com'],
  [`${prefix}2`, `${prefix} Beta`, mail],
  [`${prefix}3`, `${prefix} Gama`, 'gama@example.com'],
]
const people = (prefix: string): Rows => [
  ['Last name', 'E-mail', 'Client'],
  [`${prefix} Novák`, `${prefix}novak@example.com`, `${prefix}1`],
  [`${prefix} Malá`, `${prefix}mala@example.com`, `${prefix}2`],
  [`${prefix} Velký`, `${prefix}velky@example.com`, `${prefix}3`],
]

async function bringSet(prefix: string, settings: Settings = {}): Promise<ImportView> {
  const book = workbook({ Clients: clients(prefix), Contacts: people(prefix) })
  const { id: fileId } = await street.upload(book, 'crm.xlsx')
  const sources = [
    { kind: 'clients', fileId, reading: { sheet: 'Clients' } },
    { kind: 'contacts', fileId, reading: { sheet: 'Contacts' } },
  ]
  return street.app.call(createImport, { body: { sources, settings } }, { as: street.owner })
}

const checkSet = async (prefix: string, settings: Settings = {}) =>
  street.checkAgain((await bringSet(prefix, settings)).id)

async function open(page: Page, id: string, step: string): Promise<void> {
  await page.goto(`/imports/${id}/${step}`)
  await settled(page)
}

const status = (page: Page, word: string) => page.getByText(word, { exact: true }).first().waitFor()
const tabs = (page: Page) => page.getByRole('navigation', { name: 'Files and sheets of this import' })
const text = (name: string, rows: Rows) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(csv(rows)) })

test('two files at once: each is looked into, gets its kind, and both go in together', async () => {
  const page = await browser.page({ as: 'manager' })
  await page.goto('/imports')
  await settled(page)
  await page
    .locator('input[type=file]')
    .setInputFiles([text('firms.csv', clients('T', 'beta@example.com')), text('persons.csv', people('T'))])
  await page.getByText('2 files are imported together').waitFor()
  const kindOf = (name: string) => page.getByRole('combobox', { name: new RegExp(`^${name}.* become`) })
  await kindOf('persons.csv').waitFor()
  expect([await kindOf('firms.csv').inputValue(), await kindOf('persons.csv').inputValue()]).toEqual([
    'clients',
    'contacts',
  ])
  await page.getByRole('button', { name: 'Import 2 tables' }).click()
  await page.waitForURL('**/file')
  await tabs(page).waitFor()
  expect(await tabs(page).getByRole('link').allTextContents()).toEqual([
    expect.stringMatching(/^Clients.*firms\.csv/),
    expect.stringMatching(/^Contact persons.*persons\.csv/),
  ])
  await tabs(page)
    .getByRole('link', { name: /^Contact persons/ })
    .click()
  await page.getByRole('cell', { name: 'T Novák' }).waitFor()
  await page.getByRole('link', { name: 'Assign columns' }).click()
  await page.getByRole('combobox', { name: 'Field for the column Last name' }).waitFor()
  await page.getByRole('button', { name: 'Formats of Client' }).click()
  await page.getByLabel('Found by').selectOption({ label: 'External id' })
  await page
    .getByRole('status')
    .filter({ hasText: /^Saved$/ })
    .waitFor()
  await page.getByRole('button', { name: /^Check / }).click()
  await page.getByRole('heading', { name: 'No errors' }).waitFor()
  await page.getByRole('button', { name: 'Run import' }).click()
  await page.getByText('Balances: every row is accounted for').waitFor()
  const records = page.getByRole('table', { name: 'Records by kind' })
  expect(await records.getByRole('row').allTextContents()).toEqual([
    'KindCreatedFailed',
    'Clients30',
    'Contact persons30',
  ])
  await records.getByRole('link', { name: /^Clients with the label/ }).click()
  await page.getByRole('link', { name: 'T Alfa' }).waitFor()
})

test('RN-08 RN-09 RN-12 errors with sheet and cell, each a way to its row; only the data without errors is loaded', async () => {
  const { id } = await checkSet('E', { rows: 'all_or_nothing' })
  const page = await browser.page({ as: 'administrator' })
  await open(page, id, 'check')
  await page.getByRole('heading', { name: '2 errors', exact: true }).waitFor()
  await page.getByText('an error in a client keeps out its contact persons too').waitFor()
  const errors = page.getByRole('table', { name: 'Findings' })
  expect(await errors.getByRole('row').allTextContents()).toEqual([
    'SheetRowCellColumnValueReason',
    expect.stringMatching(/^Clients2C5E-mailnot an address/),
    expect.stringMatching(/^Contacts2C5ClientE2/),
  ])
  await errors
    .getByRole('row', { name: /^Contacts/ })
    .getByRole('link', { name: 'C5' })
    .click()
  await page.getByRole('rowheader', { name: '2', exact: true }).waitFor()
  expect(await page.getByRole('row', { name: /E Malá/ }).textContent()).toMatch(/Cannot load/)
  await page.getByRole('button', { name: 'Load only the data without errors (4 of 6 rows)' }).click()
  await status(page, 'Completed')
  const records = page.getByRole('table', { name: 'Records by kind' })
  expect(await records.getByRole('row').allTextContents()).toEqual([
    'KindCreatedFailed',
    'Clients21',
    'Contact persons21',
  ])
  await page
    .getByRole('link', { name: /^Contact persons/ })
    .last()
    .click()
  await page.getByRole('cell', { name: 'E Velký' }).waitFor()
  await page.getByRole('link', { name: 'Undo…' }).click()
  await page.getByRole('cell', { name: 'contact person', exact: true }).first().waitFor()
  await page.getByRole('button', { name: 'Undo 4 records' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Undo 4 records' }).click()
  await status(page, 'Undone')
})

test('RN-10 the corrected file goes into the same import: rows, columns and errors, before and after', async () => {
  const { id, label } = await checkSet('R', { rows: 'valid_only' })
  const page = await browser.page({ as: 'administrator' })
  await open(page, id, 'check')
  await page.getByRole('button', { name: 'Upload again' }).click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('menuitem', { name: 'crm.xlsx · Clients' }).click()
  const rows = [...clients('R', 'beta@example.com').map((row, at) => [...row, at === 0 ? 'Note' : 'x'])]
  const corrected = workbook({ Clients: [...rows, ['R4', 'R Delta', '', 'x']] })
  await (await chooser).setFiles({ name: 'crm-2.xlsx', mimeType: workbookType, buffer: corrected })
  await page.getByText('crm-2.xlsx was uploaded again').waitFor()
  await page.getByRole('heading', { name: 'No errors' }).waitFor()
  const changes = page.getByRole('status').filter({ hasText: 'uploaded again' })
  expect(await changes.getByRole('definition').allTextContents()).toEqual([
    '3 → 4',
    '3 → 4 · new: Note',
    '2 → 0',
  ])
  await page.reload()
  await changes.waitFor()
  await changes.getByRole('button', { name: 'Close' }).click()
  await changes.waitFor({ state: 'detached' })
  expect(await street.find(id)).toMatchObject({
    label,
    sources: [{ fileName: 'crm-2.xlsx' }, { fileName: 'crm.xlsx' }],
  })
})

test('a source becomes another kind, is taken out, and another file is added', async () => {
  const { id } = await bringSet('K')
  const page = await browser.page({ as: 'migration' })
  await open(page, id, 'columns')
  await page
    .getByLabel('What the rows of crm.xlsx · Clients become')
    .selectOption({ label: 'Rows become: Leads' })
  await tabs(page)
    .getByRole('link', { name: /^Leads/ })
    .waitFor()
  await tabs(page).getByText('1 required field missing').waitFor()
  await page.getByRole('button', { name: 'Take out' }).click()
  await tabs(page).waitFor({ state: 'detached' })
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add a file' }).click()
  await (await chooser).setFiles(text('more.csv', clients('K', 'beta@example.com')))
  await page.getByRole('button', { name: 'Import 1 table' }).click()
  await tabs(page)
    .getByRole('link', { name: /^Clients.*more\.csv/ })
    .waitFor()
  expect((await street.find(id)).sources.map((one) => one.kind)).toEqual(['contacts', 'clients'])
})

test('a column becomes a field of the second contact person, found by typing', async () => {
  const { id } = await street.bring(
    csv([
      ['Name', 'Contact person 1 – Last name', 'Somebody else'],
      ['Numbered', 'First', 'Second'],
    ]),
  )
  const page = await browser.page({ as: 'manager' })
  await open(page, id, 'columns')
  const field = page.getByRole('combobox', { name: 'Field for the column Somebody else' })
  await field.click()
  await page.getByRole('listbox').getByText('Contact person 2', { exact: true }).waitFor()
  await field.fill('Contact person 2 – Last')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page
    .getByRole('status')
    .filter({ hasText: /^Saved$/ })
    .waitFor()
  await page.getByText('Contact persons are recognised by').waitFor()
  const view = await street.checkAgain(id)
  expect(view.counts?.records).toMatchObject([
    { kind: 'clients', created: 1 },
    { kind: 'contacts', created: 2 },
  ])
  await open(page, id, 'check?view=rows')
  await page.getByRole('columnheader', { name: 'Contact person 2' }).waitFor()
  await page.getByRole('cell', { name: 'Second' }).waitFor()
})

test('duplicates: shown in groups with their rows, let in or kept out', async () => {
  const twice = csv([
    ['Name', 'Registration number'],
    ['Once', '27074358'],
    ['Twice', '27074358'],
  ])
  const { id } = await street.check(twice, { settings: { duplicates: 'refuse', rows: 'valid_only' } })
  const page = await browser.page({ as: 'manager' })
  await open(page, id, 'check')
  await page.getByRole('link', { name: /^Duplicates/ }).click()
  const group = page.getByRole('list', { name: 'Duplicates' }).getByRole('listitem')
  expect(await group.textContent()).toMatch(/27074358Clients · Registration number2 rowsrow 1row 2/)
  await page.getByLabel('Import with duplicates').click()
  await page.getByRole('heading', { name: 'No errors' }).waitFor()
  expect(await street.find(id)).toMatchObject({ settings: { duplicates: 'allow' }, counts: { loaded: 2 } })
})

test('by keyboard alone: from the errors to the load', async () => {
  const { id } = await checkSet('B', { rows: 'valid_only' })
  const page = await browser.page({ as: 'administrator' })
  await open(page, id, 'check')
  await tabTo(page, /^C5$/)
  await page.keyboard.press('Enter')
  await page.getByRole('rowheader', { name: '2', exact: true }).waitFor()
  await page.reload()
  await settled(page)
  await tabTo(page, /^Load only the data without errors/)
  await page.keyboard.press('Enter')
  await status(page, 'Completed')
})

for (const dark of [false, true])
  test(`axe finds nothing in a set, ${dark ? 'dark' : 'light'}, and nothing is wider than a telephone`, async () => {
    const { id } = await checkSet(`X${dark}`, { rows: 'valid_only' })
    const page = await browser.page({ as: 'administrator', dark, width: 390 })
    const steps = [
      'file',
      'columns?source=1',
      'check',
      'check?view=rows&source=1',
      'check?view=duplicates',
      'approve',
    ]
    for (const step of steps) {
      await open(page, id, step)
      expect(await inaccessible(page), step).toEqual([])
      const over = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
      expect(await page.evaluate<number>(over), step).toBe(0)
    }
  })
