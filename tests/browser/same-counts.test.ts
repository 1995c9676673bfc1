/** One file by hand in a browser and by the command line: the same counts, the same records. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createApiKey } from '../../src/accounts/api-keys/contract.ts'
import type { ImportView } from '../../src/imports/contract.ts'
import { start } from '../support/command-line.ts'
import { csv, openStreet, type Street } from '../support/imports.ts'
import { openBrowser, settled, type TestBrowser } from './open-browser.ts'

let street: Street
let browser: TestBrowser
let folder: string

beforeAll(async () => {
  street = await openStreet()
  browser = await openBrowser(street.app, street.organisation)
  folder = await mkdtemp(join(tmpdir(), 'carryover-same-'))
})
afterAll(async () => {
  await browser?.close()
  await street?.close()
  if (folder) await rm(folder, { recursive: true, force: true })
})
afterEach(() => expect(browser.complaints()).toEqual([]))

const file = csv([
  [
    'External id',
    'Name',
    'E-mail',
    'Contact person 1 – Last name',
    'Contact person 1 – E-mail',
    'Contact person 2 – Last name',
  ],
  ['S1', 'Javor', 'javor@example.com', 'Javorová', 'j@example.com', 'Javorek'],
  ['S2', 'Bříza', 'no address', 'Zůstane venku', '', ''],
  ['S3', 'Olše', '', 'Olšová', 'also no address', 'Olšan'],
  ['S4', 'Habr', '', '', '', ''],
])

/** Records as they lie there, apart from what every import gives anew. */
const records = () =>
  street.stored(`select 'client' as kind, external_id as key, name, email from carryover.clients
    union all select 'contact', c.external_id, p.name, p.email from carryover.contacts p
      join carryover.clients c on c.org_id = p.org_id and c.id = p.client_id order by 1, 2, 3`)

const countsOf = ({ counts, status }: Pick<ImportView, 'counts' | 'status'>) => ({ counts, status })

async function byCommandLine(path: string) {
  const { secret } = await street.app.call(
    createApiKey,
    {
      body: {
        name: 'same',
        scopes: ['imports.read', 'imports.create', 'imports.approve', 'clients.read', 'clients.write'],
      },
    },
    { as: street.owner },
  )
  const args = ['import', path, '--kind', 'clients', '--rows', 'valid-only', '--yes', '--json']
  const ended = await start([...args, '--server', street.app.url, '--api-key', secret]).ended
  expect([ended.code, ended.err]).toEqual([0, expect.any(String)])
  return JSON.parse(ended.out) as Pick<ImportView, 'id' | 'counts' | 'status'>
}

async function byHand(path: string): Promise<ImportView> {
  const page = await browser.page({ as: 'administrator' })
  await page.goto('/imports')
  await settled(page)
  const chooser = page.waitForEvent('filechooser')
  await page
    .getByRole('button', { name: /^(New import|Choose a file)$/ })
    .first()
    .click()
  await (await chooser).setFiles(path)
  // The same bytes went in before, by the command line.
  await page.getByRole('button', { name: 'Import it again' }).click()
  await page.getByRole('button', { name: 'Clients', exact: true }).click()
  await page.waitForURL('**/file')
  await page.getByRole('link', { name: 'Assign columns' }).click()
  await page.getByRole('button', { name: /^Check / }).click()
  await page.getByRole('button', { name: /^Load only the data without errors/ }).click()
  await page.waitForURL('**/result')
  await page.getByText('Balances: every row is accounted for').waitFor()
  const id = /imports\/(\d+)/.exec(page.url())![1]!
  await page.context().close()
  return street.find(id)
}

test('a file with errors and children: by command line and by hand the same counts and records', async () => {
  const path = join(folder, 'same.csv')
  await writeFile(path, file)
  const first = await byCommandLine(path)
  expect(countsOf(first)).toMatchObject({
    status: 'completed',
    counts: { rows: 4, loaded: 3, failed: 1, created: 6 },
  })
  const stored = await records()
  await street.undo(first.id)
  expect(await records()).toEqual([])
  const second = await byHand(path)
  expect(countsOf(second)).toEqual(countsOf(first))
  expect(await records()).toEqual(stored)
})
