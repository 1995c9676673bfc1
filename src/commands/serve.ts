/** `carryover serve` and `carryover web`: the web interface and the API, with a worker or without. */
import { type Config, readConfig } from '../platform/config.ts'
import { exits } from './exit.ts'
import {
  type Installation,
  type InstallationOptions,
  listenForStop,
  openInstallation,
  outerAddresses,
  type Stop,
} from './installation.ts'
import type { Output } from './output.ts'
import { refuseCommand } from './refusals.ts'
import { findRunning } from './running.ts'

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
  return serveUntilStopped({ config, hasWorker: true, mayMove: false }, output)
}

export async function runWeb(options: ListenOptions, output: Output): Promise<number> {
  return serveUntilStopped({ config: configOf(options), hasWorker: false, mayMove: false }, output)
}

async function serveUntilStopped(options: InstallationOptions, output: Output): Promise<number> {
  const stop = listenForStop()
  const installation = await openInstallation(options, output)
  if (!stop.isAsked()) output.say(describeAddress(installation, output))
  return closeWhenStopped(installation, stop, output)
}

export async function closeWhenStopped(
  installation: Installation,
  stop: Stop,
  output: Output,
): Promise<number> {
  await stop.asked
  output.note(output.words('stopping'))
  await installation.close()
  return exits.done
}

export function describeAddress({ platform, url, setupLink }: Installation, output: Output): string[] {
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
