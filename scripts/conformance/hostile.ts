/** Encrypted, corrupt and malicious workbooks: each ends with rows or with a refusal, soon and in little memory. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Answer } from './hostile-worker.ts'
import { judgeAll, type Suite, shareOfDefined } from './suite.ts'

type Entry = {
  readonly file: string
  readonly kind: 'password' | 'corrupt' | 'malformed' | 'bomb'
  /** Given where two other readers open the file, corrupt or not. */
  readonly expected_if_read?: string
}

/** Of processor time; by the clock six times that, because the machine may have other work. */
const LIMIT_S = 10
const CLOCK_LIMIT_MS = 6 * LIMIT_S * 1000
/** Of JavaScript's heap. */
const HEAP_MB = 300

export const hostileSuites: readonly Suite[] = [{ name: 'hostile', needs: 'hostile/manifest.json', run }]

async function run(dir: string) {
  const folder = join(dir, 'hostile')
  const entries = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as readonly Entry[]
  const reader = openReader()
  try {
    const verdicts = await judgeAll(
      entries,
      ({ file }) => file.replace(/^files\//, ''),
      async (entry) => complaint(entry, await reader.ask(join(folder, entry.file))),
    )
    const value = shareOfDefined('hostile', verdicts)
    return {
      suite: 'hostile',
      ...verdicts,
      scores: [{ name: 'rows or the right refusal', value, target: 1 }],
    }
  } finally {
    reader.close()
  }
}

/** Encrypted ones must be said to be that; half of a corrupt one may come out, but never without a warning. */
function complaint(
  { kind, expected_if_read }: Entry,
  { rows, warnings, refused, thrown }: Answer,
): string | null {
  if (thrown !== null) throw new Error(thrown)
  if (kind === 'password')
    return refused === 'file.encrypted' ? null : `${refused ?? `${rows} rows`} instead of file.encrypted`
  if (kind === 'corrupt' && expected_if_read === undefined && refused === null && warnings === 0)
    return `read, ${rows} rows and no warning, instead of refused`
  return null
}

type Reader = { readonly ask: (path: string) => Promise<Answer>; readonly close: () => void }

/** One process for all files, and a new one after each that ended it or had to be ended. */
function openReader(): Reader {
  let child: ChildProcess | null = null
  const close = (): void => {
    child?.kill('SIGKILL')
    child = null
  }
  return {
    close,
    async ask(path) {
      child ??= fork(fileURLToPath(new URL('hostile-worker.ts', import.meta.url)), {
        execArgv: [`--max-old-space-size=${HEAP_MB}`],
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      })
      const stop = new AbortController()
      const { signal } = stop
      const ways = [
        once(child, 'message', { signal }).then(([given]) => given as Answer),
        once(child, 'exit', { signal }).then(([code, ended]): never => {
          throw new Error(`the process ended with ${String(code ?? ended)}`)
        }),
        wait(CLOCK_LIMIT_MS, null, { signal }).then((): never => {
          throw new Error(`no answer within ${CLOCK_LIMIT_MS / 1000} s`)
        }),
      ]
      child.send(path)
      try {
        return await Promise.race(ways)
      } catch (error) {
        close()
        throw error
      } finally {
        for (const way of ways) way.catch(() => undefined)
        stop.abort()
      }
    },
  }
}
