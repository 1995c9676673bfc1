/**
 * The program as people start it: real processes of `bin/carryover.js` on a data folder of their own. The folder's
 * database is held open by the test, so that commands adopt it instead of starting and stopping it each time.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { ensureDemoOrganisation } from '../../src/accounts/accounts.ts'
import { tasks } from '../../src/app.ts'
import { recordEvent } from '../../src/history/history.ts'
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts'
import { openPlatform, type Platform } from '../../src/platform/platform.ts'

export const root = fileURLToPath(new URL('../../', import.meta.url))
export const launcher = join(root, 'bin', 'carryover.js')

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string }
export type Started = {
  readonly child: ChildProcess
  readonly out: () => string
  readonly err: () => string
  readonly ended: Promise<Ended>
}

const clean = {
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  LANG: 'en_GB.UTF-8',
  DATABASE_URL: '',
}

export type StartOptions = { readonly env?: NodeJS.ProcessEnv; readonly input?: string }

/** Starts a command; its output gathers. Nobody sits at its terminal. */
export function start(args: readonly string[], options: StartOptions = {}): Started {
  const child = spawn(process.execPath, [launcher, ...args], {
    cwd: root,
    env: { ...clean, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, out, err }))
  return { child, out: () => out, err: () => err, ended }
}

export type Installation = {
  readonly dataDir: string
  readonly platform: Platform
  /** Runs a command on this data folder to its end. */
  readonly run: (...args: string[]) => Promise<Ended>
  /** The same with `--json`, parsed; fails when stdout holds anything else. */
  readonly json: <T>(...args: string[]) => Promise<{ code: number | null; value: T; err: string }>
  readonly start: (...args: string[]) => Started
  /** Every row of a table as JSON text, in order, seen by the superuser. */
  readonly dump: (table: string) => Promise<string[]>
  readonly close: () => Promise<void>
}

/** A data folder with the demonstration's people, and its database running. */
export async function createInstallation(): Promise<Installation> {
  const dataDir = await mkdtemp(join(tmpdir(), 'carryover-command-'))
  const server = await startEmbeddedPostgres({ dataDir })
  const config = {
    dataDir,
    databaseUrl: null,
    host: '127.0.0.1',
    port: 0,
    publicUrl: null,
    logLevel: 'silent',
    trustProxy: false,
    uploadHours: 48,
  }
  const platform = await openPlatform(config, tasks)
  await ensureDemoOrganisation(platform, { recordEvent })
  const env = { CARRYOVER_DATA: dataDir }
  const run: Installation['run'] = (...args) => start(args, { env }).ended
  return {
    dataDir,
    platform,
    run,
    json: async (...args) => {
      const { code, out, err } = await run(...args, '--json')
      return { code, value: JSON.parse(out) as never, err }
    },
    start: (...args) => start(args, { env }),
    dump: async (table) => {
      const { socketDir: host, port, superuser } = server
      const client = new Client({ host, port, ...superuser, database: 'carryover' })
      await client.connect()
      try {
        const { rows } = await client.query<{ line: string }>(
          `select to_jsonb(t)::text as line from carryover.${client.escapeIdentifier(table)} t order by 1`,
        )
        return rows.map(({ line }) => line)
      } finally {
        await client.end()
      }
    },
    close: async () => {
      await platform.close()
      await server.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
