/*
 * Finds a Chromium that runs, for the browser tests: CHROMIUM_PATH, the system's, Playwright's. Where there is
 * none it installs one if it can, and otherwise says in one line what to install. Prints the path when run.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { argv, env, getuid, platform } from 'node:process'
import { fileURLToPath } from 'node:url'

const systemNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const macApplications = ['Chromium', 'Google Chrome'].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
)
const isMac = platform === 'darwin'

/** The path of a Chromium that runs, or null. A CHROMIUM_PATH that does not run is an error, not a hint. */
export function findChromium() {
  const named = env.CHROMIUM_PATH
  if (named) {
    if (runs(named)) return named
    throw new Error(
      `CHROMIUM_PATH is ${named}, which does not run. Correct it, or unset it to have one found.`,
    )
  }
  return candidates().find((path) => existsSync(path) && runs(path)) ?? null
}

/** The same, installing one when there is none. */
export function ensureChromium() {
  const found = findChromium()
  if (found !== null) return found
  const isRoot = getuid?.() === 0
  if (isRoot && hasProgram('apt-get')) installWithApt()
  const installed = findChromium()
  if (installed !== null) return installed
  installWithPlaywright(isRoot)
  const downloaded = findChromium()
  if (downloaded !== null) return downloaded
  throw new Error(
    isMac
      ? 'The browser tests need Chromium: install Google Chrome, or set CHROMIUM_PATH.'
      : 'The browser tests need Chromium: run "apt-get install chromium" (or your system\'s like) as root, or set CHROMIUM_PATH.',
  )
}

function candidates() {
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean)
  const system = systemNames.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...system, ...(isMac ? macApplications : []), ...playwrightBrowsers()]
}

/** Every Chromium in Playwright's cache, the newest first; folders are named chromium-1255/chrome-linux/… */
function playwrightBrowsers() {
  const cache =
    env.PLAYWRIGHT_BROWSERS_PATH ||
    join(homedir(), isMac ? 'Library/Caches/ms-playwright' : '.cache/ms-playwright')
  if (!existsSync(cache)) return []
  const installed = readdirSync(cache).filter((name) => /^chromium(_headless_shell)?-\d+$/.test(name))
  return installed
    .sort((a, b) => revision(b) - revision(a))
    .flatMap((name) => readdirSync(join(cache, name)).map((build) => join(cache, name, build)))
    .flatMap((build) => [
      join(build, 'chrome'),
      join(build, 'headless_shell'),
      join(build, 'chrome-headless-shell'),
      join(build, 'Chromium.app/Contents/MacOS/Chromium'),
      join(build, 'Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing'),
    ])
}

function revision(name) {
  return Number(name.split('-').at(-1))
}

/** Being there is not enough: Ubuntu's `chromium-browser` only asks for a snap, and libraries can be missing. */
function runs(path) {
  const said = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 30_000 })
  return said.status === 0 && /Chrom/.test(said.stdout)
}

function hasProgram(name) {
  return (env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, name)))
}

function installWithApt() {
  say('No Chromium found; installing it with apt-get.')
  const quiet = { env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } }
  attempt('apt-get', ['update', '-q'], quiet)
  attempt(
    'apt-get',
    ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'],
    quiet,
  )
}

function installWithPlaywright(isRoot) {
  const cli = fileURLToPath(new URL('../node_modules/playwright-core/cli.js', import.meta.url))
  if (!existsSync(cli)) return
  say("No Chromium found; downloading Playwright's.")
  const withLibraries = isRoot && !isMac && hasProgram('apt-get') ? ['--with-deps'] : []
  attempt(process.execPath, [cli, 'install', ...withLibraries, 'chromium'], {})
}

/** An installation that fails has said why by itself; whether there is a Chromium now is what counts. */
function attempt(program, args, options) {
  try {
    execFileSync(program, args, {
      stdio: ['ignore', process.stderr, 'inherit'],
      timeout: 600_000,
      ...options,
    })
  } catch (error) {
    say(`${program} ended with ${error.status ?? error.code}.`)
  }
}

function say(line) {
  process.stderr.write(`${line}\n`)
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  try {
    process.stdout.write(`${ensureChromium()}\n`)
  } catch (error) {
    say(error.message)
    process.exitCode = 1
  }
}
