/**
 * What a command talks to: a running server by its address and a key, or the local data folder, opened for as
 * long as the command runs. Both are the same HTTP API; locally its own worker does the work.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../platform/config.ts'
import type { Platform } from '../platform/platform.ts'
import { type Client, openClient } from './client.ts'
import { type Interrupt, listenForInterrupt } from './interrupt.ts'
import type { Output } from './output.ts'
import { refuseCommand } from './refusals.ts'

export type ConnectionOptions = {
  readonly server?: string | undefined
  readonly apiKey?: string | undefined
  readonly data?: string | undefined
  readonly as?: string | undefined
  readonly org?: string | undefined
}

export type Connection = Client & {
  /** Where people see it in a browser; null when no web interface runs. */
  readonly web: string | null
  /** Options that lead another command to the same place, such as `--data DIR`. */
  readonly hint: string
  readonly interrupt: Interrupt
  /** From now on queued tasks are done: here, or by the server itself. */
  readonly work: () => Promise<void>
}

/** Opens the connection, acts, and closes everything again. */
export async function inConnection<T>(
  options: ConnectionOptions,
  output: Output,
  act: (connection: Connection) => Promise<T>,
): Promise<T> {
  const interrupt = listenForInterrupt()
  try {
    if (options.server === undefined) return await inLocal(options, output, interrupt, act)
    const connection = openRemote(options.server, options.apiKey, output, interrupt)
    return await interrupt.run(() => act(connection))
  } finally {
    interrupt.stop()
    output.endLive()
  }
}

function openRemote(
  server: string,
  key: string | undefined,
  output: Output,
  interrupt: Interrupt,
): Connection {
  if (!URL.canParse(server) || !/^https?:/.test(server))
    throw refuseCommand('command.bad_option', {
      option: '--server',
      value: server,
      rule: 'http://… / https://…',
    })
  if (!key) throw refuseCommand('command.needs_key')
  const client = openClient(server, key, output.language, interrupt.signal)
  const hint = ` --server ${client.url}`
  return { ...client, web: client.url, hint, interrupt, work: async () => undefined }
}

async function inLocal<T>(
  options: ConnectionOptions,
  output: Output,
  interrupt: Interrupt,
  act: (connection: Connection) => Promise<T>,
): Promise<T> {
  output.live(output.words('starting'))
  const { readConfig } = await import('../platform/config.ts')
  const { openLocalScope } = await import('../accounts/accounts.ts')
  const { findRunning } = await import('./running.ts')
  const chosen = readConfig({ dataDir: options.data })
  // Who reads has seen enough; the work goes on to its end.
  process.on('SIGPIPE', () => undefined)
  const { platform, config } = await openInstallation(chosen, output)
  try {
    const scope = await openLocalScope(platform, { as: options.as, org: options.org })
    const running = await findRunning(config.dataDir)
    const { openCaller } = await import('./local-caller.ts')
    const caller = await openCaller(platform, scope, output.language, interrupt.signal)
    try {
      const connection = {
        ...caller.client,
        web: running?.url ?? null,
        hint: options.data === undefined ? '' : ` --data ${options.data}`,
        interrupt,
        work: caller.work,
      }
      return await interrupt.run(() => act(connection))
    } finally {
      await caller.close()
    }
  } finally {
    await platform.close()
  }
}

/** The installation of the folder; where nobody has set one up yet, the demonstration's, made if it is not there. */
async function openInstallation(
  config: Config,
  output: Output,
): Promise<{ platform: Platform; config: Config }> {
  const [{ openPlatform }, { tasks }, accounts, { recordEvent }] = await Promise.all([
    import('../platform/platform.ts'),
    import('../app.ts'),
    import('../accounts/accounts.ts'),
    import('../history/history.ts'),
  ])
  const isDatabaseOwn = config.databaseUrl !== null
  if (isDatabaseOwn || existsSync(join(config.dataDir, 'postgres'))) {
    const platform = await openPlatform(quiet(config), tasks)
    if (isDatabaseOwn || !(await accounts.findSetup(platform)).needed) return { platform, config }
    await platform.close()
  }
  const demonstration = { ...config, dataDir: demoFolder(config) }
  output.note(output.words('demonstration', { folder: demonstration.dataDir }))
  const opened = await openPlatform(quiet(demonstration), tasks)
  await accounts.ensureDemoOrganisation(opened, { recordEvent })
  return { platform: opened, config: demonstration }
}

/** A folder without an installation, but with a demonstration in it: that is what there is. */
export function localConfig(config: Config, output: Output): Config {
  const demo = demoFolder(config)
  const isEmpty = config.databaseUrl === null && !existsSync(join(config.dataDir, 'postgres'))
  if (!isEmpty || demo === config.dataDir || !existsSync(join(demo, 'postgres'))) return config
  output.note(output.words('demonstration', { folder: demo }))
  return { ...config, dataDir: demo }
}

/** A demonstration never mixes with a real installation; only a database of one's own has but one master key. */
export function demoFolder(config: Config): string {
  return config.databaseUrl === null ? join(config.dataDir, 'demo') : config.dataDir
}

/** The log of a server is not for whoever runs one command; CARRYOVER_LOG asks for it. */
function quiet(config: Config): Config {
  return config.logLevel === 'warn' ? { ...config, logLevel: 'silent' } : config
}
