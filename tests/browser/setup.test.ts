/** The first visit to an empty installation, and what the setup page says to everybody after it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSetupLink } from '../../src/accounts/accounts.ts'
import { createTestPlatform, type TestPlatform } from '../support/database.ts'
import { createTestApp, type TestApp } from '../support/http.ts'
import { openBrowser, type TestBrowser } from './open-browser.ts'

let world: TestPlatform
let app: TestApp
let browser: TestBrowser

beforeAll(async () => {
  world = await createTestPlatform()
  app = await createTestApp(world.platform)
  browser = await openBrowser(app, null)
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
  await world?.close()
})

test('the first visit asks for the link; the link asks for four things and leads to the first import', async () => {
  const page = await browser.page()
  await page.goto('/')
  await page.getByText('Open the one-time link that was printed on the console').waitFor()

  const link = new URL((await createSetupLink(world.platform, app.url)) ?? '')
  await page.goto(link.pathname + link.search)
  await page.getByLabel('Organisation').fill('Ranní pečivo')
  await page.getByLabel('Your name').fill('Alena Dvořáková')
  await page.getByLabel('E-mail').fill('alena@rannipecivo.example')
  await page.getByLabel('Password', { exact: true }).fill('short')
  await page.getByRole('button', { name: 'Create and sign in' }).click()
  await page
    .getByRole('alert')
    .getByText(/characters/)
    .waitFor()
  await page.getByLabel('Password', { exact: true }).fill('a quiet morning')
  await page.getByRole('button', { name: 'Create and sign in' }).click()
  await page.getByText('Drop a file here').waitFor()
  await page.getByRole('link', { name: 'Ranní pečivo' }).waitFor()

  await page.goto(link.pathname + link.search)
  await page.getByRole('heading', { name: 'Carryover is already set up' }).waitFor()
  expect(browser.complaints()).toEqual([])
})

test('a forgotten password: asked for, found in the outbox, set by its link', async () => {
  const page = await browser.page()
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Forgotten password?' }).click()
  await page.getByLabel('E-mail').fill('alena@rannipecivo.example')
  await page.getByRole('button', { name: 'Send the link' }).click()
  await page.getByText('Look into your mailbox').waitFor()

  const admin = await browser.page()
  await admin.goto('/settings/mail')
  await admin.getByLabel('E-mail').fill('alena@rannipecivo.example')
  await admin.getByLabel('Password', { exact: true }).fill('a quiet morning')
  await admin.getByRole('button', { name: 'Sign in' }).click()
  await admin
    .getByRole('row', { name: /alena@rannipecivo/ })
    .getByRole('link')
    .first()
    .click()
  const text = await admin.getByRole('dialog').locator('pre').innerText()
  const link = /\S+(\/reset\?token=\S+)/.exec(text)?.[1] ?? ''
  await page.goto(link)
  await page.getByLabel('New password').fill('another quiet morning')
  await page.getByRole('button', { name: 'Set the password' }).click()
  await page.getByRole('heading', { name: 'Imports' }).waitFor()
  expect(browser.complaints()).toEqual([])
})
