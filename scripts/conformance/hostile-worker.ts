/** Reads the files it is told to, in a thread of its own, so that one that hangs or runs out of memory can be ended. */
import { parentPort } from 'node:worker_threads'
import { Refusal } from '../../src/platform/refusal.ts'
import { fileSource } from '../../src/tabular/tabular.ts'
import { readTable } from './read-table.ts'

export type Answer = {
  readonly rows: number
  readonly warnings: number
  /** Code of the refusal, or null. */
  readonly refused: string | null
  /** What was thrown that is no refusal. */
  readonly thrown: string | null
}

async function answer(path: string): Promise<Answer> {
  try {
    const source = await fileSource(path)
    const { rows, findings } = await readTable(source)
    return { rows: rows.length, warnings: findings.length, refused: null, thrown: null }
  } catch (error) {
    const isRefusal = error instanceof Refusal
    const thrown = isRefusal ? null : error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { rows: 0, warnings: 0, refused: isRefusal ? error.code : null, thrown }
  }
}

parentPort?.on('message', (path: string) => {
  void answer(path).then((given) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    parentPort?.postMessage(given)
  })
})
