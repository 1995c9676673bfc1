/*
 * Builds the interface into dist/web when it is not there or its sources have changed since. Plain JavaScript for
 * any Node from 18; Vite runs with the one that npm installed. Without the sources of the interface, or without
 * Vite, as in an image that brings it built, there is nothing to do.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join, relative } from 'node:path'
import { argv, env, pid } from 'node:process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const programs = join(root, 'node_modules', '.bin')
const config = join(root, 'web', 'vite.config.ts')
const target = join(root, 'dist', 'web')
const mark = join(target, '.built')

/** Throws when it cannot be built; the build that was there stays. */
export function buildWeb() {
  if (!existsSync(config) || !existsSync(join(programs, 'vite'))) return
  const wanted = hashOfSources()
  const isFresh =
    existsSync(join(target, 'index.html')) && existsSync(mark) && readFileSync(mark, 'utf8') === wanted
  if (isFresh) return
  process.stderr.write('Building the web interface; this takes a moment.\n')
  // Beside the old one, so that neither a failure nor a second build at the same time leaves a half.
  const fresh = `${target}.${pid}`
  try {
    build(fresh)
    writeFileSync(join(fresh, '.built'), wanted)
    rmSync(target, { recursive: true, force: true })
    renameSync(fresh, target)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}

function build(folder) {
  const args = ['build', '--config', config, '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn']
  const ended = spawnSync(join(programs, 'vite'), args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...env, PATH: `${programs}${delimiter}${env.PATH ?? ''}` },
  })
  if (ended.error) throw new Error(`Vite cannot be run (${ended.error.code}). Run "npm ci" first.`)
  if (ended.status !== 0)
    throw new Error('The web interface could not be built; what Vite said stands above.')
}

/** Of everything that goes into the build: the interface, the contracts and what they import, the packages. */
function hashOfSources() {
  const sources = [
    ...filesBelow(join(root, 'web')),
    ...filesBelow(join(root, 'src')).filter((path) => isSeenByBrowser(path)),
    join(root, 'package-lock.json'),
  ]
  const hash = createHash('sha256')
  for (const path of sources.sort((a, b) => (a < b ? -1 : 1))) {
    hash.update(`${relative(root, path)}\0`)
    hash.update(readFileSync(path))
  }
  return hash.digest('hex')
}

function isSeenByBrowser(path) {
  return /(?:contract|permissions|roles)\.ts$/.test(path)
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(path) : [path]
  })
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  try {
    buildWeb()
  } catch (error) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}
