/** Clients, contact persons, leads and products as people work with them all day: lists, views, changes of many, details. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createProduct } from '../../src/catalogue/contract.ts'
import {
  createClient,
  createContact,
  createLead,
  findClient,
  listClients,
} from '../../src/clients/contract.ts'
import { addListOption } from '../../src/kinds/code-lists/contract.ts'
import { createCustomField } from '../../src/kinds/custom-fields/contract.ts'
import { csv, openStreet, type Street } from '../support/imports.ts'
import { inaccessible, openBrowser, settled, type TestBrowser } from './open-browser.ts'

let street: Street
let browser: TestBrowser

beforeAll(async () => {
  street = await openStreet()
  browser = await openBrowser(street.app, street.organisation)
})
beforeEach(() =>
  street.stored(
    `truncate carryover.clients, carryover.contacts, carryover.contact_clients, carryover.leads,
      carryover.products, carryover.price_list_items, carryover.record_bin, carryover.saved_views`,
  ),
)
afterAll(async () => {
  await browser?.close()
  await street?.close()
})
afterEach(() => expect(browser.complaints()).toEqual([]))

type Values = Record<string, string | null>
const as = () => ({ as: street.owner })
const client = (values: Values) => street.app.call(createClient, { body: { values } }, as())
const contact = (values: Values) => street.app.call(createContact, { body: { values } }, as())

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await settled(page)
}

/** Texts of a column of the list, by its heading. */
async function column(page: Page, heading: string): Promise<string[]> {
  const headings = await page.getByRole('columnheader').allInnerTexts()
  const at = headings.findIndex((text) => text.trim() === heading)
  return page.locator(`tbody tr > td:nth-child(${at + 1})`).allInnerTexts()
}

async function threeClients() {
  await client({ name: 'Alfa s.r.o.', state: 'potential', billingCity: 'Brno', turnover: '100 CZK' })
  await client({ name: 'Beta a.s.', state: 'actual', billingCity: 'Aš', tags: 'vip' })
  await client({ name: 'Gama', state: 'actual', billingCity: 'Cheb' })
}

test('a list is filtered by a field, sorted, given other columns, saved as a view and found again', async () => {
  await threeClients()
  const page = await browser.page({ as: 'operator' })
  await open(page, '/clients')
  await page.getByRole('button', { name: 'Add filter' }).click()
  await page.getByRole('combobox', { name: 'Field' }).fill('State')
  await page.getByRole('option', { name: 'State', exact: true }).click()
  await page.getByLabel('Value').selectOption('actual')
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('list', { name: 'Filters' }).getByText('State').waitFor()
  await page.getByText('2 of 2 shown').waitFor()
  await page.getByRole('button', { name: 'Columns', exact: true }).click()
  await page.getByRole('checkbox', { name: 'Tags' }).check()
  await page.getByRole('checkbox', { name: 'Phone', exact: true }).uncheck()
  expect(await inaccessible(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Billing city', exact: true }).click()
  await page.waitForURL(/sort=billingCity/)
  await settled(page)
  expect(await column(page, 'Billing city')).toEqual(['Aš', 'Cheb'])
  expect(await column(page, 'Tags')).toEqual(['vip', ''])
  await page.getByRole('button', { name: 'Save view' }).click()
  await page.getByLabel('Name of the view').fill('Current clients')
  await page.getByRole('dialog').getByLabel('Share with everybody').check()
  await page.getByRole('dialog').getByRole('button', { name: 'Save view' }).click()
  await page.getByRole('link', { name: 'Current clients' }).waitFor()
  const other = await browser.page({ as: 'support' })
  await open(other, '/clients')
  await other.getByRole('link', { name: 'Current clients' }).click()
  await other.getByText('2 of 2 shown').waitFor()
  expect(await column(other, 'Billing city')).toEqual(['Aš', 'Cheb'])
  expect(await column(other, 'Tags')).toEqual(['vip', ''])
  expect(await other.getByRole('checkbox').count()).toBe(0)
})

test('what the list shows is what is exported', async () => {
  await threeClients()
  const page = await browser.page({ as: 'manager' })
  await open(
    page,
    `/clients?columns=name,billingCity&sort=-billingCity&where=${encodeURIComponent('["state=actual"]')}`,
  )
  await page.getByRole('button', { name: 'Export' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'As CSV', exact: true }).click()
  const stream = await (await download).createReadStream()
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  const lines = Buffer.concat(chunks).toString().replace('\uFEFF', '').trim().split(/\r?\n/)
  expect(lines.slice(1)).toEqual(['Gama,Cheb', 'Beta a.s.,Aš'])
})

test('many are changed at once, the number said before, and taken back', async () => {
  await threeClients()
  const page = await browser.page({ as: 'operator' })
  await open(page, '/clients')
  await page.getByRole('checkbox', { name: 'Choose all that are shown' }).check()
  await page.getByRole('checkbox', { name: 'Choose Gama' }).uncheck()
  await page.getByText('2 chosen').waitFor()
  await page.getByRole('button', { name: 'Change a field' }).click()
  await page.getByRole('dialog').getByRole('combobox', { name: 'Field' }).fill('Rating')
  await page.getByRole('option', { name: 'Rating' }).click()
  await page.getByLabel('New value').selectOption('A')
  expect(await inaccessible(page)).toEqual([])
  await page.getByRole('button', { name: 'Change 2 records' }).click()
  await page.getByText('2 records changed.').waitFor()
  const ratings = async () =>
    (await street.app.call(listClients, { query: { sort: 'name' } }, as())).records.map(
      ({ values }) => values['rating'],
    )
  expect(await ratings()).toEqual(['A', 'A', null])
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('Taken back for 2 records').waitFor()
  expect(await ratings()).toEqual([null, null, null])
  await page.getByRole('checkbox', { name: 'Choose Alfa s.r.o.' }).check()
  await page.getByRole('checkbox', { name: 'Choose Beta a.s.' }).check()
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Delete 2 records' }).click()
  await page.getByText('2 records are in the bin.').waitFor()
  await page.getByText('1 of 1 shown').waitFor()
  await page.getByRole('button', { name: 'Restore' }).click()
  await page.getByText('3 of 3 shown').waitFor()
})

test('a detail: a colleague picked as owner, a custom field, the change in the history and back', async () => {
  const { id } = await client({ name: 'Alfa s.r.o.', flag: 'Pays late', tags: 'vip, 2026' })
  await street.app.call(
    createCustomField,
    { body: { kind: 'clients', type: 'text', label: { en: 'Shoe size', cs: null } } },
    as(),
  )
  const page = await browser.page({ as: 'operator' })
  await open(page, `/clients/${id}`)
  await page.getByRole('alert').getByText('Pays late').waitFor()
  await page.getByRole('button', { name: 'Show blank fields' }).click()
  await page.getByRole('button', { name: /^Change Owner: blank/ }).click()
  await page.getByRole('combobox', { name: 'Owner' }).fill('support')
  await page.getByRole('option', { name: /support/ }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: /^Change Owner: (?!blank)/ }).waitFor()
  await page.getByRole('button', { name: 'Change Shoe size: blank' }).click()
  await page.getByLabel('Shoe size').fill('42')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Change Shoe size: 42' }).waitFor()
  expect(await inaccessible(page)).toEqual([])
  await page.getByRole('complementary').getByRole('button', { name: 'Undo' }).first().click()
  await page.getByRole('button', { name: 'Change Shoe size: blank' }).waitFor()
  const { values, references } = await street.app.call(findClient, { params: { id } }, as())
  expect(values['custom.shoe_size'] ?? null).toBeNull()
  expect(references['owner']?.title).toMatch(/support/i)
})

test('an imported record says where it came from; contact persons of several clients, one of them key', async () => {
  const run = await street.load(
    csv([
      ['External id', 'Name', 'Billing city'],
      ['C1', 'Import a.s.', 'Brno'],
    ]),
    { name: 'old-system.csv' },
  )
  const other = await client({ name: 'Beta a.s.' })
  await contact({ firstName: 'Jana', lastName: 'Nová', client: other.id, email: 'jana@example.com' })
  const page = await browser.page({ as: 'operator' })
  await open(page, '/clients?search=Import')
  await page.getByRole('link', { name: 'Import a.s.' }).click()
  await page.getByRole('link', { name: run.label }).waitFor()
  await page.getByText('old-system.csv').waitFor()
  await page.getByRole('button', { name: 'Link somebody who is here already' }).click()
  await page.getByRole('combobox', { name: 'Link somebody who is here already' }).fill('Jana')
  await page.getByRole('option', { name: /Jana Nová/ }).click()
  await page.getByRole('button', { name: 'Link', exact: true }).click()
  await page.getByRole('button', { name: 'Make key: Jana Nová' }).click()
  await page.getByRole('button', { name: 'No longer key: Jana Nová' }).waitFor()
  await page.getByRole('link', { name: 'Jana Nová' }).click()
  await page.getByRole('complementary').getByRole('link', { name: 'Import a.s.' }).waitFor()
  await page.getByRole('complementary').getByRole('link', { name: 'Beta a.s.' }).waitFor()
  expect(await inaccessible(page)).toEqual([])
})

test('duplicates are compared side by side and merged; the merge is taken back', async () => {
  const kept = await client({ name: 'Alfa', regNumber: '12345678', email: 'a@example.com', tags: 'vip' })
  const gone = await client({
    name: 'ALFA s.r.o.',
    regNumber: '12345678',
    phone: '+420601234567',
    tags: 'new',
  })
  await contact({ name: 'Jana', client: gone.id })
  const page = await browser.page({ as: 'operator' })
  await open(page, '/clients/duplicates')
  await page.getByText(/12345678/).waitFor()
  expect(await inaccessible(page)).toEqual([])
  await page.getByRole('link', { name: 'Compare and merge' }).click()
  await page.getByText('Contact persons: 1').waitFor()
  await page.getByRole('radio', { name: 'Name: ALFA s.r.o.' }).check()
  expect(await inaccessible(page)).toEqual([])
  await page.getByRole('button', { name: 'Merge into Alfa' }).click()
  await page.getByRole('heading', { name: 'ALFA s.r.o.' }).waitFor()
  await page.getByText('1 record moved here.').waitFor()
  await page.getByRole('complementary').getByRole('link', { name: 'Jana' }).waitFor()
  await page.getByRole('button', { name: 'Undo the merge' }).click()
  await page.getByRole('heading', { name: 'Alfa', exact: true }).waitFor()
  const { values } = await street.app.call(findClient, { params: { id: kept.id } }, as())
  expect(values).toMatchObject({ name: 'Alfa', tags: 'vip', phone: null })
})

test('a lead becomes a client and a contact person, and takes it back', async () => {
  const values = { topic: 'New machines', companyName: 'Delta a.s.', firstName: 'Petr', lastName: 'Malý' }
  const { id } = await street.app.call(createLead, { body: { values } }, as())
  const page = await browser.page({ as: 'operator' })
  await open(page, `/leads/${id}`)
  await page.getByRole('button', { name: 'Turn into a client' }).click()
  await page.getByRole('radio', { name: 'New: Delta a.s.' }).waitFor()
  expect(await inaccessible(page)).toEqual([])
  await page.getByRole('dialog').getByRole('button', { name: 'Turn into a client' }).click()
  await page.getByRole('complementary').getByRole('link', { name: 'Petr Malý' }).waitFor()
  await page.getByRole('complementary').getByRole('link', { name: 'Delta a.s.' }).waitFor()
  await page.getByRole('button', { name: 'Take the conversion back' }).click()
  await page.getByRole('button', { name: 'Turn into a client' }).waitFor()
  expect((await street.app.call(listClients, {}, as())).total).toBe(0)
})

test('a product gets a price in a price list; deleting asks, and the bin gives both back', async () => {
  await street.app.call(
    addListOption,
    { params: { name: 'priceList' }, body: { label: { en: 'Wholesale', cs: null } } },
    as(),
  )
  const values = { code: 'P-1', name: 'Carryover licence' }
  const { id } = await street.app.call(createProduct, { body: { values } }, as())
  const page = await browser.page({ as: 'operator' })
  await open(page, `/products/${id}`)
  await page.getByRole('button', { name: 'Add price' }).click()
  const list = page.getByLabel('Price list', { exact: true })
  await list.selectOption({ index: 1 })
  await page.getByLabel('Price in the list').fill('1234.50 CZK')
  await page.getByRole('button', { name: 'Add price' }).click()
  await page.getByRole('button', { name: /1,234\.50 CZK/ }).waitFor()
  expect(await inaccessible(page)).toEqual([])
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await page
    .getByRole('dialog')
    .getByText(/go with it/)
    .waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await page.getByText('The record is in the bin.').waitFor()
  await open(page, '/bin')
  await page.getByText('with 1 more').waitFor()
  expect(await inaccessible(page)).toEqual([])
  await page.getByRole('button', { name: 'Restore Carryover licence' }).click()
  await page.getByRole('button', { name: /1,234\.50 CZK/ }).waitFor()
})

test('a person is handed out and erased after the name is typed', async () => {
  const { id } = await contact({ name: 'Jana Nová', email: 'jana@example.com' })
  const page = await browser.page({ as: 'administrator' })
  await open(page, `/contacts/${id}/person`)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download everything' }).click()
  expect((await download).suggestedFilename()).toBe('Jana Nová.json')
  expect(await inaccessible(page)).toEqual([])
  expect(await page.getByRole('button', { name: 'Erase this person' }).isDisabled()).toBe(true)
  await page.getByLabel(/type the name/).fill('Jana Nová')
  await page.getByRole('button', { name: 'Erase this person' }).click()
  await page.getByText('The person is erased').waitFor()
  await open(page, `/contacts/${id}`)
  await page.getByText(/no contact person/).waitFor()
})

test('the search from everywhere finds contact persons, leads and products, by keyboard alone', async () => {
  await contact({ name: 'Jana Nová', email: 'jana@example.com' })
  await street.app.call(createLead, { body: { values: { topic: 'Nová hala' } } }, as())
  await street.app.call(createProduct, { body: { values: { code: 'N-1', name: 'Nová licence' } } }, as())
  const page = await browser.page({ as: 'support' })
  await open(page, '/clients')
  await page.keyboard.press('/')
  await page.keyboard.type('Nová')
  await page.getByRole('option', { name: /Nová hala/ }).waitFor()
  await page.getByRole('option', { name: /Nová licence/ }).waitFor()
  await page.getByRole('option', { name: /Jana Nová/ }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Jana Nová' }).waitFor()
})

for (const dark of [false, true])
  for (const width of [1440, 390] as const)
    test(`every page of records, ${dark ? 'dark' : 'light'}, ${width} wide: axe clean, nothing wider than the screen`, async () => {
      const wrong: string[] = []
      const page = await browser.page({ as: 'administrator', dark, width, language: dark ? 'cs' : 'en' })
      const look = async (address: string) => {
        await open(page, address)
        wrong.push(...(await inaccessible(page)).map((line) => `${address} ${line}`))
        const over = await page.evaluate<number>(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        )
        if (over > 0) wrong.push(`${address}: ${over} px too wide`)
      }
      const kinds = ['clients', 'contacts', 'leads', 'products', 'prices']
      for (const kind of kinds) await look(`/${kind}`)
      await threeClients()
      const alfa = await client({ name: 'Delta', regNumber: '12345678', flag: 'Pays late', tags: 'vip' })
      const beta = await client({ name: 'Delta a.s.', regNumber: '12345678', billingCountry: 'CZ' })
      const jana = await contact({
        name: 'Jana Nová',
        client: alfa.id,
        isKeyPerson: 'true',
        phone: '+420601234567',
      })
      const lead = await street.app.call(
        createLead,
        { body: { values: { topic: 'New machines', client: alfa.id, companyName: 'Delta' } } },
        as(),
      )
      const addresses = [
        '/clients',
        `/clients?where=${encodeURIComponent('["state=actual"]')}`,
        `/clients/${alfa.id}`,
        '/clients/new',
        '/clients/duplicates',
        `/clients/merge?kept=${alfa.id}&other=${beta.id}`,
        `/contacts/${jana.id}`,
        `/contacts/${jana.id}/person`,
        `/leads/${lead.id}`,
        '/contacts',
        '/leads',
        '/bin',
      ]
      for (const address of addresses) await look(address)
      expect(wrong).toEqual([])
    }, 180_000)
