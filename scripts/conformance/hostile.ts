/** Encrypted, corrupt and malicious workbooks: each ends with rows or with a refusal, soon and in little memory. */
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Answer } from './hostile-worker.ts'
import { judgeAll, type Suite, shareOfDefined } from './suite.ts'

type Entry = {
  readonly file: string
  readonly kind: 'password' | 'corrupt' | 'malformed' | 'bomb'
  /** Given where two other readers open the file, corrupt or not. */
  readonly expected_if_read?: string
}

/** By the clock; the processor time of each file is limited for all suites alike. */
const LIMIT_MS = 30_000
/** Of JavaScript's heap; what hangs or needs more than this is ended with its thread. */
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
    const value = verdicts.right / verdicts.files
    return {
      suite: 'hostile',
      ...verdicts,
      scores: [{ name: 'rows or the right refusal', value, target: 1 }],
    }
  } finally {
    await reader.close()
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

type Reader = { readonly ask: (path: string) => Promise<Answer>; readonly close: () => Promise<void> }

/** One thread for all files, and a new one after each that had to be ended. */
function openReader(): Reader {
  let worker: Worker | null = null
  const close = async (): Promise<void> => {
    await worker?.terminate()
    worker = null
  }
  return {
    close,
    async ask(path) {
      worker ??= startWorker()
      const stop = new AbortController()
      const { signal } = stop
      const answered = once(worker, 'message', { signal }).then(([given]) => given as Answer)
      const late = wait(LIMIT_MS, null, { signal }).then(() => {
        throw new Error(`no answer within ${LIMIT_MS / 1000} s`)
      })
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      worker.postMessage(path)
      try {
        return await Promise.race([answered, late])
      } catch (error) {
        await close()
        throw error
      } finally {
        for (const ended of [answered, late]) ended.catch(() => undefined)
        stop.abort()
      }
    },
  }
}

function startWorker(): Worker {
  return new Worker(new URL('hostile-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  })
}
