/**
 * The worker as a child process of `serve`: started with the same Node and the same data folder, started again
 * when it dies, with a growing pause. It ends with us, even when we are killed (its channel closes).
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Output } from './output.ts'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))
const firstPauseMs = 500
const lastPauseMs = 30_000
const healthyMs = 60_000
const stopMs = 20_000

/** Keeps a worker running until the returned function is called; it waits for the worker to stop. */
export function keepWorker(dataDir: string, output: Output): () => Promise<void> {
  const stopping = new AbortController()
  let child: ChildProcess | null = null
  const keeping = (async () => {
    let pause = firstPauseMs
    while (!stopping.signal.aborted) {
      const startedAt = Date.now()
      child = start(dataDir)
      await ended(child)
      child = null
      if (stopping.signal.aborted) return
      pause = Date.now() - startedAt > healthyMs ? firstPauseMs : Math.min(pause * 2, lastPauseMs)
      output.note(output.words('workerDied', { seconds: Math.ceil(pause / 1000) }))
      await pauseFor(pause, stopping.signal)
    }
  })()
  return async () => {
    stopping.abort()
    child?.kill('SIGTERM')
    const killing = setTimeout(() => child?.kill('SIGKILL'), stopMs).unref()
    await keeping
    clearTimeout(killing)
  }
}

function start(dataDir: string): ChildProcess {
  const args = [...process.execArgv, main, 'work', '--data', dataDir]
  return spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
}

async function ended(child: ChildProcess): Promise<void> {
  // A process that could not be started has an error and no exit.
  await Promise.race([once(child, 'exit'), once(child, 'error')])
}

function pauseFor(milliseconds: number, until: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    until.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
