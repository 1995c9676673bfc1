/*
 * `npm test`: makes sure that there is a Chromium and a fresh build of the interface, runs vitest with the
 * given arguments, and ends with a line "N passed, N failed". Plain JavaScript for any Node from 18; vitest
 * and Vite run with the one that npm installed.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildWeb } from './build-web.js'
import { ensureChromium } from './find-chromium.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const programs = join(root, 'node_modules', '.bin')
const args = process.argv.slice(2)
const env = { ...process.env, PATH: `${programs}${delimiter}${process.env.PATH ?? ''}` }

try {
  if (mayOpenBrowser()) {
    env.CHROMIUM_PATH = ensureChromium()
    buildWeb()
  }
  runVitest()
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  finish(0, 1, 1)
}

/** Whether these arguments can select a browser test: only a named other project or other files cannot. */
function mayOpenBrowser() {
  const projects = args.flatMap((arg, i) =>
    arg === '--project' ? [args[i + 1] ?? ''] : arg.startsWith('--project=') ? [arg.slice(10)] : [],
  )
  if (projects.length > 0 && !projects.some((name) => /browser|[*!]/.test(name))) return false
  const files = args.filter((arg) => /\.test\.ts$|^(?:src|tests)(?:\/|$)/.test(arg))
  return files.length === 0 || files.some((file) => /browser|^tests\/?$/.test(file))
}

function runVitest() {
  const folder = mkdtempSync(join(tmpdir(), 'carryover-results-'))
  try {
    const file = join(folder, 'results.json')
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const code = run('vitest', ['run', ...reporters, ...args])
    const { passed, failed } = existsSync(file)
      ? count(JSON.parse(readFileSync(file, 'utf8')))
      : { passed: 0, failed: 0 }
    // Vitest fails as well for an error outside any test, or when it finds none at all.
    finish(passed, code !== 0 && failed === 0 ? 1 : failed, code)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A file that could not be loaded has no tests to count and is one failure. */
function count(results) {
  const unloaded = results.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  )
  return { passed: results.numPassedTests, failed: results.numFailedTests + unloaded.length }
}

function run(program, programArgs) {
  const ended = spawnSync(join(programs, program), programArgs, { cwd: root, env, stdio: 'inherit' })
  if (ended.error) throw new Error(`${program} cannot be run (${ended.error.code}). Run "npm ci" first.`)
  return ended.signal === null ? ended.status : 128 + constants.signals[ended.signal]
}

function finish(passed, failed, code) {
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
  process.exitCode = failed > 0 && code === 0 ? 1 : code
}
