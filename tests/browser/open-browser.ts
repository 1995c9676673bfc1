/**
 * A real Chromium on the running program: pages for somebody who is signed in, in either scheme and width.
 * What a page complains of in its console is kept, so that a test can say that there was nothing.
 */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import type { Role } from '../../src/accounts/permissions.ts'
import type { TestApp } from '../support/http.ts'
import { type TestOrganisation, testPassword } from '../support/organisation.ts'

export type Look = {
  readonly as?: Role
  readonly dark?: boolean
  readonly width?: 1440 | 390
  readonly language?: 'en' | 'cs'
}

export type TestBrowser = {
  /** A page in a browser of its own; signed in when `as` is given. */
  readonly page: (look?: Look) => Promise<Page>
  /** What pages have complained of since the last time. */
  readonly complaints: () => string[]
  readonly close: () => Promise<void>
}

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export async function openBrowser(app: TestApp, organisation: TestOrganisation | null): Promise<TestBrowser> {
  const browser: Browser = await chromium.launch({ executablePath: findChromium(), args: quiet })
  const complaints: string[] = []
  const page = async (look: Look = {}): Promise<Page> => {
    const width = look.width ?? 1440
    const context = await browser.newContext({
      baseURL: app.url,
      viewport: { width, height: width === 390 ? 844 : 900 },
      colorScheme: look.dark ? 'dark' : 'light',
      locale: look.language === 'cs' ? 'cs-CZ' : 'en-GB',
      reducedMotion: 'reduce',
    })
    if (look.as && organisation) {
      const { cookie = '' } = await app.enter(organisation.emailOf(look.as), testPassword)
      const [name = '', value = ''] = cookie.split('=')
      await context.addCookies([{ name, value, url: app.url }])
    }
    const opened = await context.newPage()
    opened.setDefaultTimeout(15_000)
    opened.on('pageerror', (error) => complaints.push(`${opened.url()}: ${error.message}`))
    opened.on('console', (message) => {
      // A refusal is an answer: the browser writes each to its console, and the page shows it.
      const isRefusal = message.text().startsWith('Failed to load resource')
      if (message.type() === 'error' && !isRefusal) complaints.push(`${opened.url()}: ${message.text()}`)
    })
    return opened
  }
  return { page, complaints: () => complaints.splice(0), close: () => browser.close() }
}

function findChromium(): string {
  const named = process.env['CHROMIUM_PATH']
  if (named) return named
  const finder = fileURLToPath(new URL('../../scripts/find-chromium.js', import.meta.url))
  return execFileSync(process.execPath, [finder], { encoding: 'utf8' }).trim()
}

/** Until the page has its heading and nothing on it is still a placeholder. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.locator('.mantine-Skeleton-root, [aria-busy="true"]').first().waitFor({ state: 'detached' })
}

type AxeResult = { violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }

/** What axe finds wrong with the page as it stands (WCAG 2.2 AA and best practices), as readable lines. */
export async function inaccessible(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const result = await page.evaluate<AxeResult>('axe.run()')
  return result.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`),
  )
}

/** What assistive technology would call the element that has the focus; runs in the page. */
const focusedName = `(() => {
  const element = document.activeElement
  const label = element?.labels ? [...element.labels].map((one) => one.textContent).join(' ') : ''
  return element?.getAttribute('aria-label') ?? (label || element?.textContent || '').trim()
})()`

/** Goes on with Tab until the focus is on what is called so; as somebody without a mouse would. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let step = 0; step < 200; step += 1) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate<string>(focusedName)
    if (name.test(focused)) return
  }
  throw new Error(`Tab never came to ${name} on ${page.url()}.`)
}
