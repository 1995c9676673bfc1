/** `carryover serve` and `carryover web`: the web interface and the API, with a worker or without. */
import { type Config, readConfig } from '../platform/config.ts'
import { exits } from './exit.ts'
import type { Output } from './output.ts'
import { refuseCommand } from './refusals.ts'
import { findRunning } from './running.ts'
import { openService, outerAddresses, type Service, untilStopped } from './service.ts'

export type ListenOptions = {
  readonly port?: number
  readonly host?: string
  readonly data?: string
}

export function configOf(options: ListenOptions): Config {
  return readConfig({ dataDir: options.data, port: options.port, host: options.host })
}

export async function runServe(options: ListenOptions, output: Output): Promise<number> {
  const config = configOf(options)
  const running = await findRunning(config.dataDir)
  if (running) throw refuseCommand('command.already_running', running)
  return serveUntilStopped(await openService({ config, hasWorker: true, mayMove: false }, output), output)
}

export async function runWeb(options: ListenOptions, output: Output): Promise<number> {
  const config = configOf(options)
  return serveUntilStopped(await openService({ config, hasWorker: false, mayMove: false }, output), output)
}

async function serveUntilStopped(service: Service, output: Output): Promise<number> {
  output.say(describeAddress(service, output))
  return stayUntilStopped(service, output)
}

/** Stops in order; a second Ctrl-C does not wait, and the next start puts everything right. */
export async function stayUntilStopped(service: Service, output: Output): Promise<number> {
  await untilStopped(() => process.exit(exits.interrupted))
  output.note(output.words('stopping'))
  await service.close()
  return exits.done
}

export function describeAddress({ platform, url, setupLink }: Service, output: Output): string[] {
  const { words, paint } = output
  const address = platform.config.publicUrl ?? url
  const others = outerAddresses(platform.config, url)
  return [
    '',
    `${words('runsAt')}  ${paint('bold', address)}`,
    ...others.map((other) => `${' '.repeat(words('runsAt').length)}  ${other}`),
    ...(setupLink ? ['', words('setupLink'), '', `  ${paint('cyan', setupLink)}`] : []),
    '',
    paint('dim', words('stopWith')),
  ]
}
