/** Reads the files it is told to, in a process of its own: one that hangs or takes all memory ends nothing else. */
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
  /** Of processor time. */
  readonly seconds: number
}

async function answer(path: string): Promise<Omit<Answer, 'seconds'>> {
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

async function reply(path: string): Promise<void> {
  const before = process.cpuUsage()
  const given = await answer(path)
  const { user, system } = process.cpuUsage(before)
  process.send?.({ ...given, seconds: (user + system) / 1e6 } satisfies Answer)
}

process.on('message', (path: string) => void reply(path))
