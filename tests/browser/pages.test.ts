/**
 * Every page as it is found: accessible in both schemes, with a title, nothing that overflows a telephone, and
 * no menu entry that leads nowhere, for each role.
 */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { roles } from '../../src/accounts/permissions.ts'
import { csv, openStreet, type Street } from '../support/imports.ts'
import { inaccessible, openBrowser, settled, type TestBrowser } from './open-browser.ts'

let street: Street
let browser: TestBrowser
/** Addresses with something to see on each: an import in every state that rests, a client, a message. */
let addresses: readonly string[]

const header = ['External id', 'Name', 'E-mail', 'Turnover', 'Shoe size']
const mixed = csv([
  header,
  ['P1', 'Alfa s.r.o.', 'alfa@example.com', '1.234', 41],
  ['P2', 'Beta a.s.', 'not an address', '2.345', 42],
])

beforeAll(async () => {
  street = await openStreet()
  const loaded = await street.load(csv([header, ['P0', 'Nula & spol.', 'nula@example.com', '1,50', 40]]), {
    settings: { rows: 'valid_only' },
  })
  const undone = await street.load(csv([header, ['P9', 'Devět', 'devet@example.com', '1,50', 40]]))
  await street.undo(undone.id)
  const incomplete = await street.bring(mixed)
  const failed = await street.check(mixed)
  const waiting = await street.check(mixed, { settings: { rows: 'valid_only' } })
  const steps = ['file', 'columns', 'check', 'approve', 'result', 'undo']
  const ofImport = (id: string, open: readonly string[]) => open.map((step) => `/imports/${id}/${step}`)
  addresses = [
    '/imports',
    ...ofImport(loaded.id, steps),
    `/imports/${loaded.id}/result?view=log`,
    ...ofImport(undone.id, ['result']),
    ...ofImport(incomplete.id, ['file', 'columns', 'approve']),
    ...ofImport(failed.id, ['check']),
    `/imports/${failed.id}/check?action=fail`,
    `/imports/${failed.id}/check?code=value.not_an_email&field=email`,
    ...ofImport(waiting.id, ['check', 'approve']),
    '/clients',
    '/clients?search=nothing+like+this',
    '/clients/1',
    '/clients/new',
    '/contacts',
    '/leads',
    '/products',
    '/prices',
    '/bin',
    '/settings/account',
    '/settings/organisation',
    '/settings/people',
    '/settings/roles',
    '/settings/fields',
    '/settings/lists',
    '/settings/api-keys',
    '/settings/mail',
    '/settings/history',
    '/nothing/here',
  ]
  browser = await openBrowser(street.app, street.organisation)
})
afterAll(async () => {
  await browser?.close()
  await street?.close()
})
afterEach(() => expect(browser.complaints()).toEqual([]))

async function visit(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await settled(page)
}

const outside = [
  '/sign-in',
  '/setup?token=x',
  '/setup',
  '/forgotten-password',
  '/reset',
  '/reset?token=x',
  '/invitation',
]

for (const dark of [false, true])
  test(`axe finds nothing on any page, ${dark ? 'dark' : 'light'}`, async () => {
    const wrong: string[] = []
    const look = async (page: Page, address: string) => {
      await visit(page, address)
      wrong.push(...(await inaccessible(page)).map((line) => `${address} ${line}`))
      expect(await page.title()).toMatch(/. · Carryover$/)
    }
    const stranger = await browser.page({ dark })
    for (const address of outside) await look(stranger, address)
    const page = await browser.page({ dark, as: 'administrator' })
    for (const address of addresses) await look(page, address)
    expect(wrong).toEqual([])
  }, 300_000)

test('axe finds nothing in what opens: menus, formats of a column, a question before a deed', async () => {
  const page = await browser.page({ as: 'administrator' })
  const wrong: string[] = []
  const look = async (name: string) =>
    wrong.push(...(await inaccessible(page)).map((line) => `${name} ${line}`))
  await visit(page, addresses.find((address) => address.endsWith('/columns')) ?? '')
  await page.getByRole('button', { name: /Account and appearance/ }).click()
  await page.getByRole('menuitemradio', { name: 'Čeština' }).waitFor()
  await look('person menu')
  await page.keyboard.press('Escape')
  await visit(page, addresses.findLast((address) => address.endsWith('/columns')) ?? '')
  await page.getByRole('button', { name: 'Formats of Turnover' }).click()
  await page.getByLabel('Decimal mark').waitFor()
  await page.getByRole('combobox', { name: 'Field for the column Shoe size' }).click()
  await page.getByRole('listbox').waitFor()
  await look('column')
  await visit(page, addresses.find((address) => address.endsWith('/undo')) ?? '')
  await page.getByRole('button', { name: /^Undo 1 record$/ }).click()
  await page.getByRole('dialog').waitFor()
  await look('undo')
  await visit(page, '/settings/api-keys')
  await page.getByRole('button', { name: 'Create API key' }).click()
  await page.getByLabel('Name', { exact: true }).waitFor()
  await look('new key')
  await visit(page, '/settings/mail')
  await page.getByRole('button', { name: 'Set a mail server' }).click()
  await page.getByLabel('Port', { exact: true }).waitFor()
  await look('mail server')
  expect(wrong).toEqual([])
})

test('on a telephone nothing is wider than the screen', async () => {
  const page = await browser.page({ as: 'administrator', width: 390 })
  const wide: string[] = []
  for (const address of addresses) {
    await visit(page, address)
    const over = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    )
    if (over > 0) wide.push(`${address}: ${over} px`)
  }
  expect(wide).toEqual([])
})

for (const role of roles)
  test(`every menu entry of ${role} leads to a page that this role may see`, async () => {
    const page = await browser.page({ as: role })
    await visit(page, '/')
    const menus = page.locator('nav a')
    const links = new Set<string>()
    for (const start of [page.url(), '/settings']) {
      await visit(page, start)
      for (const link of await menus.all()) links.add((await link.getAttribute('href')) ?? '')
    }
    expect(links.size).toBeGreaterThan(2)
    for (const link of links) {
      await visit(page, link)
      expect(await page.title(), link).not.toMatch(/not found|could not be shown/)
      expect(await page.getByRole('alert').allTextContents(), `${role} ${link}`).toEqual([])
    }
  })
