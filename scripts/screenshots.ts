/**
 * `npm run screenshots`: pictures of every page in light and dark, wide and narrow, into docs/images. They are
 * taken of the program itself in a temporary folder, with the example files loaded; nothing else is touched.
 */
import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { ensureDemoOrganisation } from '../src/accounts/accounts.ts'
import { buildApp, startWorker, tasks } from '../src/app.ts'
import { recordEvent } from '../src/history/history.ts'
import type { ImportView } from '../src/imports/contract.ts'
import { resting } from '../src/imports/status.ts'
import { readConfig } from '../src/platform/config.ts'
import { openPlatform } from '../src/platform/platform.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const images = join(root, 'docs', 'images')
const looks = (['light', 'dark'] as const).flatMap((scheme) =>
  ([1440, 390] as const).map((width) => ({ scheme, width })),
)
const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync']

type Pages = Readonly<Record<string, string>>

async function main(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'carryover-screenshots-'))
  const platform = await openPlatform({ ...readConfig({ dataDir }), databaseUrl: null }, tasks)
  const demo = await ensureDemoOrganisation(platform, { recordEvent })
  const api = await buildApp(platform)
  const stopWorker = await startWorker(platform)
  const browser = await chromium.launch({ executablePath: findChromium(), args: quiet })
  try {
    const url = await api.fastify.listen({ host: '127.0.0.1', port: 0 })
    const email = demo.people.find((person) => person.role === 'administrator')?.email ?? ''
    await takeAll(browser, url, { email, password: demo.password })
  } finally {
    await browser.close()
    await stopWorker()
    await api.fastify.close()
    await platform.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function takeAll(
  browser: Browser,
  url: string,
  person: { email: string; password: string },
): Promise<void> {
  await mkdir(images, { recursive: true })
  await take(browser, url, null, { 'sign-in': '/sign-in' })
  const context = await browser.newContext({ baseURL: url })
  await context.request.post('/api/v1/session', { data: person })
  const cookies = await context.storageState()
  const first = await bring(context, 'clients.csv', { rows: 'valid_only' })
  await take(browser, url, cookies, {
    'import-file': `/imports/${first}/file`,
    'import-columns': `/imports/${first}/columns`,
    'import-check': `/imports/${first}/check?action=fail`,
  })
  await context.request.post(`/api/v1/imports/${first}/approve`, { data: {} })
  await rest(context, first)
  const second = await bring(context, 'clients-update.csv', { rows: 'valid_only', existing: 'upsert' })
  await take(browser, url, cookies, {
    imports: '/imports',
    'import-approve': `/imports/${second}/approve`,
    'import-result': `/imports/${first}/result`,
    'import-undo': `/imports/${first}/undo`,
    clients: '/clients',
    client: '/clients/1',
    account: '/settings/account',
    organisation: '/settings/organisation',
    people: '/settings/people',
    roles: '/settings/roles',
    fields: '/settings/fields',
    lists: '/settings/lists',
    'api-keys': '/settings/api-keys',
    mail: '/settings/mail',
    history: '/settings/history',
  })
}

/** An example file, received and checked; its import's id. */
async function bring(context: BrowserContext, name: string, settings: object): Promise<string> {
  const bytes = await readFile(join(root, 'examples', name))
  const headers = { 'content-type': 'application/octet-stream' }
  const file = await context.request.post(`/api/v1/files?name=${name}`, { data: bytes, headers })
  const { id: fileId } = (await file.json()) as { id: string }
  const made = await context.request.post('/api/v1/imports', { data: { kind: 'clients', fileId, settings } })
  const { id } = (await made.json()) as ImportView
  await context.request.post(`/api/v1/imports/${id}/check`)
  await rest(context, id)
  return id
}

/** Follows the import's events to their end: the server closes them when it rests. */
async function rest(context: BrowserContext, id: string): Promise<void> {
  await context.request.get(`/api/v1/imports/${id}/events`, { timeout: 60_000 })
  const answer = await context.request.get(`/api/v1/imports/${id}`)
  const { status } = (await answer.json()) as ImportView
  if (!resting.includes(status)) await rest(context, id)
}

async function take(
  browser: Browser,
  url: string,
  storageState: Awaited<ReturnType<BrowserContext['storageState']>> | null,
  pages: Pages,
): Promise<void> {
  for (const { scheme, width } of looks) {
    const context = await browser.newContext({
      baseURL: url,
      viewport: { width, height: width === 390 ? 844 : 900 },
      colorScheme: scheme,
      locale: 'en-GB',
      reducedMotion: 'reduce',
      ...(storageState ? { storageState } : {}),
    })
    const page = await context.newPage()
    for (const [name, address] of Object.entries(pages)) {
      await page.goto(address)
      await settled(page)
      await page.screenshot({ path: join(images, `${name}-${scheme}-${width}.png`) })
    }
    await context.close()
  }
}

async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.locator('.mantine-Skeleton-root, [aria-busy="true"]').first().waitFor({ state: 'detached' })
  await page.evaluate('document.activeElement?.blur()')
}

function findChromium(): string {
  const finder = join(root, 'scripts', 'find-chromium.js')
  return process.env['CHROMIUM_PATH'] ?? execFileSync(process.execPath, [finder], { encoding: 'utf8' }).trim()
}

await main()
