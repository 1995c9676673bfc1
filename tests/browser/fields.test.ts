/** Settings → Fields and Code lists, as an administrator uses them with a pointer and with the keyboard alone. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { findCodeList } from '../../src/kinds/code-lists/contract.ts'
import { createCustomField, listCustomFields } from '../../src/kinds/custom-fields/contract.ts'
import type { OperationCall } from '../../src/platform/contract.ts'
import { csv, openStreet, type Street } from '../support/imports.ts'
import { inaccessible, openBrowser, settled, type TestBrowser, tabTo } from './open-browser.ts'

let street: Street
let browser: TestBrowser

beforeAll(async () => {
  street = await openStreet({ isWorking: false })
  browser = await openBrowser(street.app, street.organisation)
})
afterAll(async () => {
  await browser?.close()
  await street?.close()
})
afterEach(() => expect(browser.complaints()).toEqual([]))

const as = () => ({ as: street.owner })
const make = (en: string, more: Partial<OperationCall<typeof createCustomField>['body']> = {}) =>
  street.app.call(
    createCustomField,
    { body: { kind: 'clients', type: 'text', label: { en, cs: null }, ...more } },
    as(),
  )
const fields = async () =>
  (await street.app.call(listCustomFields, { query: { kind: 'clients' } }, as())).fields
const labels = async () => (await fields()).map((field) => field.label.en)
const hold = (key: string, values: readonly string[]) =>
  street.stored(
    `insert into carryover.clients (org_id, name, custom, created_at, updated_at)
     select $1::bigint, 'Holder', jsonb_build_object($2::text, v), now(), now() from unnest($3::text[]) v`,
    [street.organisation.org, key, values],
  )

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await settled(page)
}

test('a field is made from nothing, with options of its own, and changed into another type', async () => {
  const page = await browser.page({ as: 'administrator' })
  await open(page, '/settings/fields')
  await page.getByText('No fields of your own for Clients yet').waitFor()
  await page.getByRole('button', { name: 'Add field' }).click()
  await page.getByLabel('Label in English').fill('Contract number')
  await page.getByLabel('Label in Czech').fill('Číslo smlouvy')
  await page.getByRole('combobox', { name: 'Group' }).fill('Contract')
  await page.getByLabel('Pattern').fill('(a+)+')
  await page.getByRole('form').getByRole('button', { name: 'Add field' }).click()
  await page.getByRole('alert').getByText('regular expression').waitFor()
  await page.getByLabel('Pattern').fill('[A-Z]{2}-[0-9]+')
  await page.getByLabel('Required').check()
  await page.getByRole('form').getByRole('button', { name: 'Add field' }).click()
  await page.getByText('Text · Contract').waitFor()
  expect(await fields()).toMatchObject([
    { name: 'custom.contractNumber', required: true, pattern: '[A-Z]{2}-[0-9]+' },
  ])

  await page.getByRole('button', { name: 'Add field' }).click()
  await page.getByLabel('Label in English').fill('Shoe colour')
  await page.getByRole('combobox', { name: 'Type' }).click()
  await page.getByRole('option', { name: 'Selection of several' }).click()
  await page.getByLabel('Options of its own, one a line').fill('Black\nDark blue\n\nRed')
  await page.getByRole('form').getByRole('button', { name: 'Add field' }).click()
  await page.getByRole('button', { name: 'Change Shoe colour' }).click()
  await page.getByRole('link', { name: 'Change the options' }).click()
  await page.getByRole('heading', { name: 'Shoe colour' }).waitFor()
  await page.getByText('Dark blue', { exact: true }).waitFor()
})

test('another type is tried before it is saved, and says which values do not fit', async () => {
  await make('Seats', { type: 'text' })
  await hold('seats', ['12', 'a dozen'])
  const page = await browser.page({ as: 'administrator' })
  await open(page, '/settings/fields')
  await page.getByRole('button', { name: 'Change Seats' }).click()
  await page.getByRole('combobox', { name: 'Type' }).click()
  await page.getByRole('option', { name: 'Whole number' }).click()
  await page.getByText('1 of 2 values does not fit').waitFor()
  await page.getByText('a dozen', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('alert').getByText('1 of 2 values').waitFor()
  await page.getByRole('combobox', { name: 'Type' }).click()
  await page.getByRole('option', { name: 'Long text' }).click()
  await page.getByText('All 2 values that are there fit.').waitFor()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Long text').waitFor()
})

test('the order is made with a pointer, and with the arrow keys on a handle', async () => {
  const before = await labels()
  const page = await browser.page({ as: 'administrator' })
  await open(page, '/settings/fields')
  const handle = page.getByRole('button', { name: `Move ${before[0]}` })
  const target = page.getByRole('button', { name: `Move ${before[2]}` })
  const from = (await handle.boundingBox())!
  const to = (await target.boundingBox())!
  await page.mouse.move(from.x + 8, from.y + 8)
  await page.mouse.down()
  await page.mouse.move(to.x + 8, to.y + 4, { steps: 5 })
  await page.mouse.up()
  await page.getByText(`${before[0]} is now number 3 of 3.`).waitFor({ state: 'attached' })
  await expect.poll(labels).toEqual([before[1], before[2], before[0]])
  await tabTo(page, new RegExp(`^Move ${before[0]}`))
  await page.keyboard.press('ArrowUp')
  await page.getByText(`${before[0]} is now number 2 of 3.`).waitFor({ state: 'attached' })
  await page.keyboard.press('ArrowUp')
  await expect.poll(labels).toEqual([before[0], before[1], before[2]])
})

test('a field is archived and taken back, deleted with its values and brought back', async () => {
  const page = await browser.page({ as: 'administrator' })
  await open(page, '/settings/fields')
  await page.getByRole('button', { name: 'More for Seats' }).click()
  await page.getByRole('menuitem', { name: 'Archive' }).click()
  await page.getByRole('heading', { name: 'Archived' }).waitFor()
  await page.getByRole('button', { name: 'More for Seats' }).click()
  await page.getByRole('menuitem', { name: 'Take back' }).click()
  await page.getByRole('heading', { name: 'Archived' }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'More for Seats' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByText('2 records have a value in it').waitFor()
  await page.getByRole('button', { name: 'Delete with 2 values' }).click()
  await page.getByText('Seats is deleted.').waitFor()
  expect(await labels()).not.toContain('Seats')
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('button', { name: 'Change Seats' }).waitFor()
  expect(await labels()).toContain('Seats')
})

test('options are added one after another, renamed, ordered, archived; one that nobody holds is deleted', async () => {
  const { list } = (await fields()).find((field) => field.list !== null)!
  const options = async () =>
    (await street.app.call(findCodeList, { params: { name: list! } }, as())).options.map(
      (option) => option.labels.en,
    )
  const page = await browser.page({ as: 'administrator' })
  await open(page, '/settings/lists')
  await page.getByRole('link', { name: /Shoe colour/ }).click()
  await page.getByRole('button', { name: 'Add option' }).click()
  for (const name of ['Green', 'Grey']) {
    await page.getByLabel('Name in English').fill(name)
    await page.getByRole('form').getByRole('button', { name: 'Add option' }).click()
    await page.getByRole('button', { name: `More for ${name}` }).waitFor()
  }
  await page.getByLabel('Name in English').fill('green')
  await page.getByRole('form').getByRole('button', { name: 'Add option' }).click()
  await page.getByRole('alert').getByText('names an option of this list already').waitFor()
  await page.getByRole('button', { name: 'Close' }).click()
  expect(await options()).toEqual(['Black', 'Dark blue', 'Red', 'Green', 'Grey'])
  await page.getByRole('button', { name: 'Move Grey' }).focus()
  await page.keyboard.press('ArrowUp')
  await expect.poll(options).toEqual(['Black', 'Dark blue', 'Red', 'Grey', 'Green'])
  await page.getByRole('button', { name: 'More for Grey' }).click()
  await page.getByRole('menuitem', { name: 'Change' }).click()
  await page.getByLabel('Name in English').fill('Silver')
  await page.getByRole('combobox', { name: 'Other words' }).fill('Ag,')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'More for Silver' }).click()
  await page.getByRole('menuitem', { name: 'Archive' }).click()
  await page.getByRole('heading', { name: 'Archived' }).waitFor()
  await page.getByRole('button', { name: 'More for Green' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'More for Green' }).waitFor({ state: 'detached' })
  expect(await options()).toEqual(['Black', 'Dark blue', 'Red', 'Silver'])
})

for (const dark of [false, true])
  test(`axe finds nothing on what opens here, ${dark ? 'dark' : 'light'}, and nothing is too wide`, async () => {
    const wrong: string[] = []
    const look = async (page: Page, name: string) => {
      wrong.push(...(await inaccessible(page)).map((line) => `${name} ${line}`))
      const over = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      )
      if (over > 0) wrong.push(`${name}: ${over} px too wide`)
    }
    for (const width of [1440, 390] as const) {
      const page = await browser.page({ as: 'administrator', dark, width })
      await open(page, '/settings/fields')
      await look(page, 'fields')
      await page.getByRole('button', { name: 'Change Contract number' }).click()
      await page.getByLabel('Pattern').waitFor()
      await look(page, 'a text field')
      await page.getByRole('combobox', { name: 'Type' }).click()
      await page.getByRole('option', { name: 'Money' }).click()
      await page.getByRole('combobox', { name: 'Currency' }).waitFor()
      await look(page, 'a money field')
      await open(page, '/settings/lists')
      await look(page, 'lists')
      await page.getByRole('link', { name: /Shoe colour/ }).click()
      await page.getByRole('button', { name: 'Add option' }).click()
      await page.getByRole('combobox', { name: 'Other words' }).waitFor()
      await look(page, 'a list')
    }
    expect(wrong).toEqual([])
  })

test('a column that no field fits becomes one, filled in from its values, and is assigned to it', async () => {
  const rows = [...Array(9).keys()].map((at) => [
    `R${at}`,
    `Retailer ${at}`,
    at % 2 ? 'Ano' : 'Ne',
    `${at + 1}. 5. 2024`,
  ])
  const run = await street.bring(csv([['External id', 'Name', 'Newsletter agreed', 'Last visit'], ...rows]))
  const page = await browser.page({ as: 'administrator' })
  await open(page, `/imports/${run.id}/columns`)
  await page.getByRole('button', { name: 'Make it a field of your own: Last visit' }).click()
  const window = page.getByRole('dialog', { name: 'New field from the column Last visit' })
  expect(await window.getByLabel('Label in English').inputValue()).toBe('Last visit')
  expect(await window.getByRole('combobox', { name: 'Type' }).inputValue()).toBe('Date')
  expect(await inaccessible(page)).toEqual([])
  await window.getByRole('button', { name: 'Add field' }).click()
  await window.waitFor({ state: 'detached' })
  await expect
    .poll(() => page.getByRole('combobox', { name: 'Field for the column Last visit' }).inputValue())
    .toBe('Last visit')
  await page.getByText('Saved').waitFor()
  const { sources } = await street.find(run.id)
  expect(sources[0]!.mapping.columns.at(-1)).toMatchObject({
    field: 'custom.lastVisit',
    format: { dateOrder: 'dmy' },
  })
  const specialist = await browser.page({ as: 'migration' })
  await open(specialist, `/imports/${run.id}/columns`)
  expect(await specialist.getByRole('button', { name: /Make it a field of your own/ }).count()).toBe(0)
})
