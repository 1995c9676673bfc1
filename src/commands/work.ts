/** `carryover work`: a worker. What it does when it is stopped goes back to the queue, nothing half written. */
import { startWorker, tasks } from '../app.ts'
import { readConfig } from '../platform/config.ts'
import { openPlatform } from '../platform/platform.ts'
import { exits } from './exit.ts'
import { listenForStop } from './installation.ts'
import type { Output } from './output.ts'

export async function runWork(options: { readonly data?: string }, output: Output): Promise<number> {
  const isChild = process.channel !== undefined
  const stopped = isChild ? untilParentStops() : listenForStop().asked
  const platform = await openPlatform(readConfig({ dataDir: options.data }), tasks)
  try {
    const stop = await startWorker(platform)
    if (!isChild) output.say([output.words('workerRuns'), output.paint('dim', output.words('stopWith'))])
    await stopped
    await stop()
  } finally {
    await platform.close()
    if (isChild) process.disconnect()
  }
  return exits.done
}

/** The terminal's Ctrl-C reaches the child as well, but only the parent says when. */
async function untilParentStops(): Promise<void> {
  process.on('SIGINT', () => undefined)
  process.on('SIGHUP', () => undefined)
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', () => resolve())
    process.once('disconnect', () => resolve())
  })
}
