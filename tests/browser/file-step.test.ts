/** The File step by hand: every choice is read again at once, what is hidden is asked, places can be gone to. */
import * as XLSX from '@e965/xlsx'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
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
afterEach(() => expect(browser.complaints()).toEqual([]))

const framed = [
  'Export of clients;;',
  'made on Monday;;',
  'Id;Name;Turnover',
  ...Array.from({ length: 60 }, (_, at) => `C${at};Čapek ${at};${at},50`),
  'C60;short',
  ...Array.from({ length: 10 }, (_, at) => `D${at};Dvořák ${at};${at},50`),
].join('\r\n')

function workbook(prefix = 'W'): Buffer {
  const book = XLSX.utils.book_new()
  const clients = XLSX.utils.aoa_to_sheet([
    ['External id', 'Name', 'Internal'],
    ...Array.from({ length: 12 }, (_, at) => [`${prefix}${at}`, `Firm ${at}`, 'x']),
  ])
  clients['!rows'] = []
  clients['!rows'][3] = { hidden: true }
  clients['!cols'] = [{}, {}, { hidden: true }]
  clients['!autofilter'] = { ref: 'A1:C13' }
  XLSX.utils.book_append_sheet(book, clients, 'Clients')
  const people = [
    ['First name', 'Last name', 'E-mail'],
    ['Jan', 'Novák', 'jan@example.com'],
    ['Eva', 'Malá', 'eva@example.com'],
  ]
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(people), 'Contact persons')
  return XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer
}

const grid = (page: Page) => page.getByRole('region', { name: 'First rows' })

async function open(page: Page, id: string): Promise<void> {
  await page.goto(`/imports/${id}/file`)
  await settled(page)
}

test('what is left out is shown as such; another header and another delimiter are read at once', async () => {
  const { id } = await street.bring(framed, { name: 'framed.csv' })
  const page = await browser.page({ as: 'manager' })
  await open(page, id)
  await grid(page).getByText('2 rows above the table, left out').waitFor()
  await grid(page).getByRole('columnheader', { name: 'Turnover decimal comma' }).waitFor()

  await page.getByRole('button', { name: /^Header: / }).click()
  await page.getByRole('menuitemradio', { name: 'no header' }).click()
  await grid(page).getByRole('columnheader', { name: 'Column B' }).waitFor()
  await page.getByRole('button', { name: /^Header: no header/ }).click()
  await page.getByRole('menuitem', { name: 'Detect it again' }).click()
  await grid(page).getByRole('columnheader', { name: 'Name', exact: true }).waitFor()

  await page.getByRole('button', { name: 'Make row 1 the header' }).focus()
  await page.keyboard.press('Enter')
  await grid(page).getByRole('columnheader', { name: 'Export of clients' }).waitFor()
  await page.reload()
  await settled(page)
  await page.getByRole('button', { name: /^Header: the header in row 1/ }).waitFor()
})

test('a choice that follows another one is the one that counts', async () => {
  const rows = Array.from({ length: 30_000 }, (_, at) => [`X${at}`, `Client ${at}`, 'a note of some length'])
  const { id } = await street.bring(csv([['External id', 'Name', 'Note'], ...rows]))
  const page = await browser.page({ as: 'manager' })
  await open(page, id)
  for (const row of ['row 2', 'row 3', 'row 4']) {
    await page.getByRole('button', { name: /^Header: / }).click()
    await page.getByRole('menuitemradio', { name: new RegExp(`^${row}\\b`) }).click()
  }
  await grid(page).getByRole('columnheader', { name: 'Client 2', exact: true }).waitFor()
  await settled(page)
  const { sources } = await street.find(id)
  expect(sources[0]?.reading).toMatchObject({
    headerRow: 4,
    columns: ['X2', 'Client 2', 'a note of some length'],
  })
})

test('a place that reading tells of can be gone to, and back', async () => {
  const { id } = await street.bring(framed, { name: 'framed.csv' })
  const page = await browser.page({ as: 'manager' })
  await open(page, id)
  await page.getByRole('button', { name: 'row 61' }).click()
  await page.getByRole('heading', { name: 'Rows around row 61' }).waitFor()
  await grid(page).getByRole('rowheader', { name: '61', exact: true }).waitFor()
  expect(await grid(page).getByRole('cell', { name: 'short' }).isVisible()).toBe(true)
  await page.getByRole('button', { name: 'Back to the first rows' }).click()
  await grid(page).getByRole('rowheader', { name: '1', exact: true }).last().waitFor()
})

test('what a workbook hides is asked, by keyboard too; the answer is read at once and stays', async () => {
  const { id } = await street.bring(workbook(), { name: 'firms.xlsx' })
  const page = await browser.page({ as: 'manager' })
  await open(page, id)
  const question = page.getByRole('group', { name: 'The sheet hides 1 row and 1 column (C)' })
  await question.getByText('To decide').waitFor()
  await grid(page).getByRole('columnheader', { name: 'Internal' }).waitFor()
  await tabTo(page, /^Read them too$/)
  await page.keyboard.press('ArrowDown')
  await question.getByText('Decided').waitFor()
  await grid(page).getByRole('columnheader', { name: 'Internal' }).waitFor({ state: 'detached' })
  await grid(page).getByRole('cell', { name: 'Firm 2', exact: true }).waitFor({ state: 'detached' })
  await page.reload()
  await settled(page)
  expect(await question.getByRole('radio', { name: 'Leave them out' }).isChecked()).toBe(true)
})

test('a workbook of two sheets: both are taken, each as what it looks like; one is taken out again', async () => {
  const page = await browser.page({ as: 'manager' })
  await page.goto('/imports')
  await settled(page)
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'two-sheets.xlsx', mimeType: type, buffer: workbook('S') })
  await page.getByText('What of the file is imported, and what do its rows become?').waitFor()
  expect(await page.getByRole('combobox', { name: 'Contact persons become' }).inputValue()).toBe('contacts')
  expect(await inaccessible(page)).toEqual([])
  await page.getByRole('button', { name: 'Import 2 tables' }).click()
  await page.waitForURL('**/file')
  const tab = page
    .getByRole('navigation', { name: 'Files and sheets of this import' })
    .getByRole('link', { name: /^Contact persons/ })
  await tab.click()
  await page.getByRole('button', { name: 'Take out' }).click()
  await tab.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Add as… Contact persons' }).click()
  await page.getByRole('menuitem', { name: /^Contact persons/ }).click()
  await tab.waitFor()
})

test('the first rows stand there while the rest of a large file is still being received', async () => {
  const page = await browser.page({ as: 'manager' })
  await page.goto('/imports')
  await settled(page)
  const network = await page.context().newCDPSession(page)
  await network.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: 2 * 1024 * 1024,
  })
  const rows = Array.from({ length: 400_000 }, (_, at) => `C${at};Client ${at};a note of some length\n`)
  const buffer = Buffer.from(`Id;Name;Note\n${rows.join('')}`)
  expect(buffer.length).toBeGreaterThan(12 * 1024 * 1024)
  await page.locator('input[type=file]').setInputFiles({ name: 'large.csv', mimeType: 'text/csv', buffer })
  await grid(page).getByRole('cell', { name: 'Client 3', exact: true }).waitFor()
  expect(await page.getByText('Still receiving').isVisible()).toBe(true)
  const share = Number(await page.getByRole('progressbar').getAttribute('aria-valuenow'))
  // A megabyte of more than twelve, and what a second more of this connection brings.
  expect(share).toBeLessThan(40)
  expect(await inaccessible(page)).toEqual([])
  await page.getByRole('button', { name: /^Header: / }).click()
  await page.getByRole('menuitemradio', { name: 'no header' }).click()
  await grid(page).getByRole('columnheader', { name: 'Column B' }).waitFor()
  await network.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
  })
  await page.getByRole('button', { name: 'Clients', exact: true }).click()
  await page.waitForURL('**/file')
  await page.getByRole('button', { name: /^Header: no header/ }).waitFor()
}, 60_000)

test.each([
  [
    'a picture',
    Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(300, 7)]),
    /holds a picture/,
  ],
  ['a workbook cut in the middle', workbook().subarray(0, 3000), /is damaged/],
  ['an empty file', Buffer.alloc(0), /is empty/],
])('%s is refused in place, with what to do next', async (_, buffer, words) => {
  const page = await browser.page({ as: 'manager' })
  await page.goto('/imports')
  await settled(page)
  await page.locator('input[type=file]').setInputFiles({ name: 'odd.csv', mimeType: 'text/csv', buffer })
  await page.getByRole('alert').filter({ hasText: words }).waitFor()
  await page.getByText('odd.csv is unchanged on your computer.').waitFor()
  expect(await inaccessible(page)).toEqual([])
  await page.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('alert').waitFor({ state: 'detached' })
})

for (const dark of [false, true])
  test(`axe finds nothing on the step, ${dark ? 'dark' : 'light'}, and nothing is wider than a telephone`, async () => {
    const page = await browser.page({ as: 'manager', dark, width: 390, language: dark ? 'cs' : 'en' })
    for (const bring of [
      () => street.bring(framed, { name: 'framed.csv' }),
      () => street.bring(workbook(), { name: 'firms.xlsx' }),
    ]) {
      await open(page, (await bring()).id)
      expect(await inaccessible(page)).toEqual([])
      const over = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      )
      expect(over).toBe(0)
    }
  })
