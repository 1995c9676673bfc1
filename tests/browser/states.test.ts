/** What happens off the straight street: refusals, second thoughts, other people, another language, waiting. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { findSession } from '../../src/accounts/contract.ts'
import { changeClient, findClient, listClients } from '../../src/clients/contract.ts'
import { listImports } from '../../src/imports/contract.ts'
import { csv, openStreet, type Street } from '../support/imports.ts'
import { openBrowser, settled, type TestBrowser } from './open-browser.ts'

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

const as = () => ({ as: street.owner })

async function give(page: Page, name: string, text: string): Promise<void> {
  await page.goto('/imports')
  await settled(page)
  await page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
}

/** Sixteen digits with a known prefix and a right check digit. */
function cardNumber(index: number): string {
  const digits = `4000${String(index * 7919).padStart(11, '0')}`
  const sum = Array.from(digits)
    .toReversed()
    .map((digit, place) => Number(digit) * (place % 2 === 0 ? 2 : 1))
    .reduce((total, value) => total + (value > 9 ? value - 9 : value), 0)
  return digits + String((10 - (sum % 10)) % 10)
}

test('a file with card numbers: the page says where they stand and where they belong, and nothing is there', async () => {
  const page = await browser.page({ as: 'migration' })
  const rows = Array.from({ length: 60 }, (_, index) => [`Person ${index}`, cardNumber(index + 1)])
  await give(page, 'cards.csv', csv([['Name', 'Card'], ...rows]))
  await page.getByRole('heading', { name: 'The file holds card numbers and was refused' }).waitFor()
  const words = await page.getByRole('alert').innerText()
  expect(words).toMatch(/column Card/)
  expect(words).not.toMatch(/4000\d/)
  const { imports } = await street.app.call(listImports, { query: {} }, as())
  expect(imports.map((run) => run.fileName)).not.toContain('cards.csv')
})

test('the same file again: told as which import it is there, opened or imported once more on purpose', async () => {
  const text = csv([
    ['External id', 'Name'],
    ['T1', 'Twice s.r.o.'],
  ])
  const first = await street.load(text)
  const page = await browser.page({ as: 'manager' })
  await give(page, 'again.csv', text)
  await page.getByText(`This very file came in before as ${first.label}`).waitFor()
  await page.getByRole('button', { name: 'Import it again' }).click()
  await page.getByRole('button', { name: 'Clients', exact: true }).click()
  await page.waitForURL('**/file')
  await page.getByText(`This very file came in before as ${first.label}`).waitFor()
  await page.getByRole('link', { name: `Open ${first.label}` }).click()
  await page.getByText('Balances: every row is accounted for').waitFor()
})

test('a client changed by two people: the second is told, nothing is overwritten', async () => {
  await street.load(
    csv([
      ['External id', 'Name', 'Billing city'],
      ['C1', 'Conflict a.s.', 'Brno'],
    ]),
  )
  const { records: clients } = await street.app.call(listClients, { query: { search: 'Conflict' } }, as())
  const id = clients[0]?.id ?? ''
  const page = await browser.page({ as: 'operator' })
  await page.goto(`/clients/${id}`)
  await page.getByRole('button', { name: 'Change Billing city: Brno' }).click()
  const { version } = await street.app.call(findClient, { params: { id } }, as())
  const values = { billingCity: 'Praha' }
  await street.app.call(changeClient, { params: { id }, body: { version, values } }, as())
  await page.getByLabel('Billing city').fill('Ostrava')
  await page.keyboard.press('Enter')
  await page.getByText('Somebody changed this record meanwhile').waitFor()
  await page.getByRole('button', { name: 'Show the current values' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Leave as it was' }).click()
  await page.getByRole('button', { name: 'Change Billing city: Praha' }).click()
  await page.getByLabel('Billing city').fill('Ostrava')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Change Billing city: Ostrava' }).waitFor()
  const changed = await street.app.call(findClient, { params: { id } }, as())
  expect(changed.values['billingCity']).toBe('Ostrava')
})

test('an invitation: made, read in the outbox, accepted by its link', async () => {
  const page = await browser.page({ as: 'administrator' })
  await page.goto('/settings/people')
  await page.getByRole('button', { name: 'Invite somebody' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Nora Nováčková')
  await page.getByLabel('E-mail').fill('nora@sunrise.example')
  await page.getByLabel('Role', { exact: true }).selectOption('support')
  await page.getByRole('button', { name: 'Send invitation' }).click()
  await page.getByText('Nora Nováčková is invited').waitFor()
  await page.getByRole('link', { name: 'See the outbox' }).click()
  await page
    .getByRole('row', { name: /nora@sunrise\.example/ })
    .getByRole('link')
    .click()
  const text = await page.getByRole('dialog').locator('pre').innerText()
  const link = /\S+\/invitation\?token=\S+/.exec(text)?.[0] ?? ''
  const nora = await browser.page()
  await nora.goto(link.replace(/^https?:\/\/[^/]+/, ''))
  await nora.getByText('You are invited as Support agent').waitFor()
  await nora.getByLabel('Password', { exact: true }).fill('a pleasant afternoon')
  await nora.getByRole('button', { name: 'Accept and sign in' }).click()
  await nora.getByRole('heading', { name: 'Imports' }).waitFor()
  await nora.getByRole('button', { name: /Nora Nováčková.*Support agent/ }).waitFor()
})

test('an API key: its secret works, is shown once, and stops when revoked', async () => {
  const page = await browser.page({ as: 'administrator' })
  await page.goto('/settings/api-keys')
  await page.getByRole('button', { name: 'Create API key' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Nightly import')
  await page.getByRole('button', { name: 'Create API key' }).click()
  const secret = (await page.getByLabel('Secret of the key').textContent()) ?? ''
  const program = { as: { bearer: secret } }
  expect((await street.app.call(findSession, {}, program)).via).toBe('api_key')
  await page.reload()
  await page.getByText('Nightly import').waitFor()
  expect(await page.content()).not.toContain(secret)
  await page.getByRole('button', { name: 'Revoke “Nightly import”' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await page.getByText('Revoked', { exact: true }).waitFor()
  expect((await street.app.refusal(findSession, {}, program)).code).toBe('session.required')
})

test('Czech and dark are chosen once and stay; the server speaks Czech too', async () => {
  const run = await street.check(
    csv([
      ['External id', 'Name', 'E-mail'],
      ['L1', 'Lípa', 'not an address'],
    ]),
  )
  const page = await browser.page({ as: 'migration' })
  await page.goto(`/imports/${run.id}/check`)
  await page.getByRole('button', { name: /Account and appearance/ }).click()
  await page.getByRole('menuitemradio', { name: 'Čeština' }).click()
  await page.getByRole('menuitemradio', { name: 'Tmavý' }).click()
  await page.getByText('Neúspěšný', { exact: true }).waitFor()
  await page.reload()
  await page.getByText('Neúspěšný', { exact: true }).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('cs')
  expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark')
  await page.getByRole('cell', { name: /not an address.*Opravte/ }).waitFor()
})

test('work that waits shows itself, survives a reload, goes on by itself and can be cancelled', async () => {
  const waiting = await openStreet({ isWorking: false, name: 'waiting' })
  const other = await openBrowser(waiting.app, waiting.organisation)
  const text = csv([
    ['External id', 'Name'],
    ['W1', 'Waiting Ltd'],
  ])
  try {
    const page = await other.page({ as: 'manager' })
    const beginCheck = async () => {
      const run = await waiting.bring(text)
      await page.goto(`/imports/${run.id}/columns`)
      await page.getByRole('button', { name: /^Check / }).click()
      await page.getByRole('progressbar').waitFor()
      return run.id
    }
    const cancelled = await beginCheck()
    await page.reload()
    await page.getByRole('progressbar').waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Cancelling…' }).waitFor()
    const stop = await waiting.app.work()
    await page.getByText('This import was cancelled').waitFor()
    expect((await waiting.find(cancelled)).status).toBe('cancelled')
    await stop()
    await beginCheck()
    await waiting.app.work()
    await page.getByRole('link', { name: 'See the plan' }).waitFor()
    expect(other.complaints()).toEqual([])
  } finally {
    await other.close()
    await waiting.close()
  }
})
