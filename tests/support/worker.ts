/** A worker in a process of its own, which ends at the latest with the test. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Platform } from '../../src/platform/platform.ts'

export type WorkerProcess = {
  /** Ends it as a power cut does. */
  readonly kill: () => Promise<void>
}

const script = fileURLToPath(new URL('./worker-process.ts', import.meta.url))

/** Resolves when the worker takes tasks. */
export async function spawnWorker(platform: Platform): Promise<WorkerProcess> {
  const { host, port, database } = platform.database.target
  const given = JSON.stringify({ host, port, database, dataDir: platform.config.dataDir })
  const child = spawn(process.execPath, [script, given], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  await Promise.race([once(child.stdout!, 'data'), ended(child)])
  if (child.exitCode !== null) throw new Error(`The worker ended with ${child.exitCode}.`)
  return {
    kill: async () => {
      const end = ended(child)
      child.kill('SIGKILL')
      await end
    },
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}
