/** The whole street of an import in a browser: once by mouse, once by keyboard alone. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { clientsDump, csv, openStreet, type Street } from '../support/imports.ts'
import { openBrowser, settled, type TestBrowser, tabTo } from './open-browser.ts'

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

function fileOf(prefix: string): { name: string; mimeType: string; buffer: Buffer } {
  const text = csv([
    ['External id', 'Name', 'E-mail', 'Employees', 'Shoe size'],
    [`${prefix}1`, 'Alfa s.r.o.', 'alfa@example.com', 12, 41],
    [`${prefix}2`, 'Beta a.s.', 'not an address', 5, 42],
    [`${prefix}3`, 'Čapek & synové', 'capek@example.com', 7, 43],
    [`${prefix}4`, 'Delta GmbH', 'delta@example.com', 9, 44],
  ])
  return { name: `${prefix}.csv`, mimeType: 'text/csv', buffer: Buffer.from(text) }
}

async function dropFile(page: Page, file: { name: string; buffer: Buffer }): Promise<void> {
  const content = JSON.stringify(file.buffer.toString('utf8'))
  await page.evaluate(`{
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([${content}], ${JSON.stringify(file.name)}, { type: 'text/csv' }))
    for (const type of ['dragenter', 'dragover', 'drop'])
      window.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
  }`)
}

const status = (page: Page, word: string) => page.getByText(word, { exact: true }).first().waitFor()

test('by mouse: a dropped file is read, checked, approved, loaded, balanced and undone', async () => {
  const before = await street.stored(clientsDump)
  const page = await browser.page()
  await page.goto('/')
  await page.getByLabel('E-mail').fill(street.organisation.emailOf('administrator'))
  await page.getByLabel('Password', { exact: true }).fill('a quiet morning')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('Drop a file here').waitFor()

  await dropFile(page, fileOf('M'))
  await page.getByRole('button', { name: 'Clients', exact: true }).click()
  await page.waitForURL('**/file')
  await page.getByRole('button', { name: /^Delimiter: comma-separated/ }).waitFor()
  await page.getByRole('rowheader', { name: '4', exact: true }).waitFor()

  await page.getByRole('link', { name: 'Assign columns' }).click()
  const shoeSize = page.getByRole('combobox', { name: 'Field for the column Shoe size' })
  await shoeSize.click()
  await page.getByRole('listbox').getByRole('option', { name: /^Note/ }).click()
  await page
    .getByRole('status')
    .filter({ hasText: /^Saved$/ })
    .waitFor()
  await page.reload()
  await settled(page)
  expect(await shoeSize.inputValue()).toBe('Note')

  await page.getByRole('button', { name: /^Check / }).click()
  await status(page, 'Failed')
  await page.getByRole('heading', { name: '1 error', exact: true }).waitFor()
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Take only the 3 valid rows' }).click()
  await status(page, 'Waiting for approval')
  await page
    .getByRole('navigation', { name: 'What the check found' })
    .getByRole('link', { name: /^Rows/ })
    .click()
  await page.getByRole('link', { name: /Cannot load/ }).click()
  await page.getByRole('cell', { name: /not an address/ }).waitFor()

  await page.getByRole('link', { name: 'See the plan' }).click()
  await page.getByText('Čapek & synové').first().waitFor()
  await page.getByRole('button', { name: 'Load 3 rows' }).click()
  await page.getByText('Balances: every row is accounted for').waitFor()
  const sheet = page.getByRole('table', { name: 'Balance sheet' })
  expect(await sheet.getByRole('row', { name: /^Loaded 3/ }).count()).toBe(1)
  expect(await sheet.getByRole('row', { name: /^Failed 1/ }).count()).toBe(1)
  await page.getByRole('link', { name: 'Delta GmbH' }).click()
  await page.getByRole('heading', { name: 'Delta GmbH' }).waitFor()
  await page.goBack()

  await page.getByRole('link', { name: 'Undo…' }).click()
  await page.getByRole('button', { name: 'Undo 3 records' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Undo 3 records' }).click()
  await status(page, 'Undone')
  // What was done stands on the result; the preview has nothing more to say.
  await page.waitForURL(/\/result$/)
  expect(await street.stored(clientsDump)).toEqual(before)
})

test('by keyboard alone: the same street', async () => {
  const page = await browser.page()
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').waitFor()
  await page.keyboard.type(street.organisation.emailOf('manager'))
  await tabTo(page, /^Password$/)
  await page.keyboard.type('a quiet morning')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Imports' }).waitFor()
  await settled(page)

  await tabTo(page, /^(New import|Choose a file)$/)
  const chooser = page.waitForEvent('filechooser')
  await page.keyboard.press('Enter')
  await (await chooser).setFiles(fileOf('K'))
  await page.getByText('What do the rows become?').waitFor()
  await tabTo(page, /^Clients$/)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/file')
  await settled(page)

  await tabTo(page, /^Encoding/)
  await page.keyboard.press('Enter')
  await page.getByRole('menuitemradio', { name: 'UTF-8' }).waitFor()
  await page.keyboard.press('Escape')
  await tabTo(page, /^Assign columns$/)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/columns')
  await settled(page)

  await tabTo(page, /^Field for the column Shoe size$/)
  await page.keyboard.type('Tax number')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page
    .getByRole('status')
    .filter({ hasText: /^Saved$/ })
    .waitFor()
  await tabTo(page, /^Load nothing$/)
  await page.keyboard.press('ArrowUp')
  await page.getByRole('radio', { name: 'Load the others', checked: true }).waitFor()
  await page.reload()
  await settled(page)
  await tabTo(page, /^Check /)
  await page.keyboard.press('Enter')
  await status(page, 'Waiting for approval')

  await tabTo(page, /^See the plan$/)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Load 3 rows' }).waitFor()
  await tabTo(page, /^Load 3 rows$/)
  await page.keyboard.press('Enter')
  await status(page, 'Completed')
  await tabTo(page, /^Undo…$/)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Undo 3 records' }).waitFor()
  await tabTo(page, /^Undo 3 records$/)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Enter')
  await status(page, 'Undone')
  // What was done stands on the result; the preview has nothing more to say.
  await page.waitForURL(/\/result$/)
})

test('a search from anywhere: slash, a few letters, Enter', async () => {
  await street.load(
    csv([
      ['External id', 'Name'],
      ['S1', 'Šípková Růženka s.r.o.'],
    ]),
  )
  const page = await browser.page({ as: 'support' })
  await page.goto('/settings/account')
  await settled(page)
  await page.keyboard.press('/')
  await page.keyboard.type('šípk')
  await page.getByRole('option', { name: /Šípková/ }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Šípková Růženka s.r.o.' }).waitFor()
})
