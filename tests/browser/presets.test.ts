/** An export of another system is known by its headers, and one press assigns all of it. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { csv, openStreet, type Street } from '../support/imports.ts'
import { inaccessible, openBrowser, settled, type TestBrowser } from './open-browser.ts'

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

const file = csv([
  ['First Name', 'Last Name', 'Email', 'Contact owner', 'Lifecycle Stage', 'Associated Company', 'Shoe size'],
  ['Nora', 'Lind', 'nora@lind.example', 'sales@house.example', 'customer', 'Lind Papper AB', '38'],
])

test('the ready mapping is offered, taken with one press, and says what it keeps as text', async () => {
  const page = await browser.page({ as: 'administrator' })
  await page.goto('/imports')
  await settled(page)
  const chooser = page.waitForEvent('filechooser')
  await page
    .getByRole('button', { name: /^(New import|Choose a file)$/ })
    .first()
    .click()
  await (await chooser).setFiles({ name: 'export.csv', mimeType: 'text/csv', buffer: Buffer.from(file) })
  await page.getByText('This looks like an export of HubSpot: contacts').waitFor()
  expect(await inaccessible(page)).toEqual([])
  await page.getByRole('button', { name: 'Use the ready mapping' }).click()
  await page.waitForURL('**/file')
  await page.getByRole('link', { name: 'Assign columns' }).click()
  await settled(page)
  const shoes = page.getByRole('listitem').filter({ hasText: 'Shoe size' })
  await shoes.getByText('Kept in Note, under its header').waitFor()
  expect(await inaccessible(page)).toEqual([])
  await page.getByRole('button', { name: /^Check / }).click()
  await page.getByRole('button', { name: 'Run import' }).click()
  await page.waitForURL('**/result')
  await page.getByText('Balances: every row is accounted for').waitFor()
  const [contact] = await street.stored<{ note: string; company: string }>(
    `select p.note, c.name as company from carryover.contacts p join carryover.clients c on c.id = p.client_id`,
  )
  expect(contact).toEqual({
    note: 'Contact owner: sales@house.example\nShoe size: 38',
    company: 'Lind Papper AB',
  })
})
