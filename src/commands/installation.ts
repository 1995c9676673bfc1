/**
 * The long-running halves of an installation, opened and closed in order: the web interface here, the worker in
 * a child process. Promises that a stop waits for both and leaves nothing half done.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { fileURLToPath } from 'node:url'
import { createSetupLink } from '../accounts/accounts.ts'
import { buildApp, tasks } from '../app.ts'
import type { Config } from '../platform/config.ts'
import type { Api } from '../platform/http.ts'
import { openPlatform, type Platform } from '../platform/platform.ts'
import { exits } from './exit.ts'
import { secondSignals } from './interrupt.ts'
import type { Output } from './output.ts'
import { refuseCommand } from './refusals.ts'
import { findRunning, forgetRunning, recordRunning } from './running.ts'
import { keepWorker } from './worker-process.ts'

export type Installation = {
  readonly platform: Platform
  /** Where this machine reaches it. */
  readonly url: string
  /** The one-time link while there is no organisation yet. */
  readonly setupLink: string | null
  readonly close: () => Promise<void>
}

export type InstallationOptions = {
  readonly config: Config
  readonly hasWorker: boolean
  /** When the port is taken by another program: take one of the next. */
  readonly mayMove: boolean
}

const portsToTry = 20

export async function openInstallation(options: InstallationOptions, output: Output): Promise<Installation> {
  const { config } = options
  const { dataDir } = config
  buildWeb(output)
  output.live(output.words('starting'))
  const closing: (() => Promise<void>)[] = []
  const close = async (): Promise<void> => {
    for (const act of closing.splice(0).reverse()) await act()
  }
  try {
    const platform = await openPlatform(config, tasks)
    closing.push(platform.close)
    const api = await buildApp(platform)
    closing.push(() => api.fastify.close())
    const port = await listen(api, options)
    const url = `http://${urlHost(config.host)}:${port}`
    await recordRunning(dataDir, { url, pid: process.pid })
    closing.push(() => forgetRunning(dataDir, process.pid))
    if (options.hasWorker) closing.push(keepWorker(dataDir, output))
    const setupLink = await createSetupLink(platform, config.publicUrl ?? url)
    output.endLive()
    return { platform, url, setupLink, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function listen(api: Api, { config, mayMove }: InstallationOptions): Promise<number> {
  const { host } = config
  for (let port = config.port; ; port++) {
    try {
      await api.fastify.listen({ host, port })
      const address = api.fastify.server.address()
      return typeof address === 'object' && address ? address.port : port
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException
      const isTaken = code === 'EADDRINUSE'
      if (isTaken && mayMove && port < Math.min(config.port + portsToTry, 65_535)) continue
      const running = isTaken ? await findRunning(config.dataDir) : null
      if (running) throw refuseCommand('command.already_running', running)
      if (isTaken) throw refuseCommand('command.port_taken', { port })
      if (code.startsWith('E')) throw refuseCommand('command.address_unusable', { host, port, reason: code })
      throw error
    }
  }
}

function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}

/** Addresses for other machines, when it listens to them. */
export function outerAddresses({ host }: Config, url: string): string[] {
  if (host !== '0.0.0.0' && host !== '::') return []
  const { port } = new URL(url)
  return Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
      .map(({ address }) => `http://${address}:${port}`),
  )
}

const builder = fileURLToPath(new URL('../../scripts/build-web.js', import.meta.url))
const page = fileURLToPath(new URL('../../dist/web/index.html', import.meta.url))

/** In a clone the interface is built when it is missing or older than its sources; an image brings it built. */
function buildWeb(output: Output): void {
  if (existsSync(builder)) spawnSync(process.execPath, [builder], { stdio: ['ignore', 'ignore', 'inherit'] })
  if (!existsSync(page)) output.note(refuseCommand('command.no_web').sentence(output.language))
}

export type Stop = { readonly asked: Promise<void>; readonly isAsked: () => boolean }

/** From now on signals ask to stop; a second Ctrl-C ends the process at once, and the next start puts things right. */
export function listenForStop(): Stop {
  // Nobody reads what we print any more; the installation goes on.
  process.on('SIGPIPE', () => undefined)
  let isAsked = false
  const asked = new Promise<void>((resolve) => {
    const first = (): void => {
      isAsked = true
      resolve()
    }
    const onInterrupt = secondSignals(first, () => process.exit(exits.interrupted))
    process.on('SIGINT', onInterrupt)
    process.on('SIGTERM', first)
    process.on('SIGHUP', first)
  })
  return { asked, isAsked: () => isAsked }
}
