/**
 * Control over something long: the lease that keeps others off it, progress published from a second
 * connection, the wish to cancel, and ending the statement that is running when either goes wrong.
 */
import type pg from 'pg'
import { one, sql } from '../platform/database.ts'
import { dropLease, holdFence, type Lease, renewLease, takeLease } from '../platform/lease.ts'
import { inWork, type Work, type WorkScope } from '../platform/work.ts'
import type { ImportEngine } from './engine.ts'
import { findProgress, putProgress, type Stage, startProgress } from './progress.store.ts'
import type { ImportId } from './run.ts'

export type Control = {
  readonly signal: AbortSignal
  readonly tell: (stage: Stage, done: number, total: number | null) => void
  /** Ends the statement of this transaction when the work is cancelled or the lease lost. */
  readonly watch: (work: Work) => Promise<void>
  /**
   * To be asked last in a transaction, the import's row locked: another worker must not have taken over, and
   * nobody must have asked to cancel, meanwhile.
   */
  readonly holdFence: (work: Work) => Promise<void>
  readonly connect: (purpose: string) => Promise<pg.Client>
}

export class Cancelled extends Error {
  constructor() {
    super('cancelled by a person')
    this.name = 'Cancelled'
  }
}

export class Interrupted extends Error {
  constructor(why: string) {
    super(`interrupted: ${why}`)
    this.name = 'Interrupted'
  }
}

const tickMs = 400
const leasePatienceMs = 25_000

/** Runs `act` under the lease of the import; throws `Cancelled` or `Interrupted` where it could not end. */
export async function underControl(
  engine: ImportEngine,
  scope: WorkScope,
  id: ImportId,
  first: { readonly stage: Stage; readonly total: number | null },
  outer: AbortSignal,
  act: (control: Control) => Promise<void>,
): Promise<void> {
  const loader: WorkScope = { ...scope, role: 'loader' }
  const lease = await waitForLease(engine, loader, id, outer)
  const abort = new AbortController()
  const stop = (): void => abort.abort(new Interrupted('the worker stops'))
  outer.addEventListener('abort', stop, { once: true })
  const state = { stage: first.stage, done: 0, total: first.total }
  await inWork(engine.platform, loader, (work) =>
    startProgress(work.db, work.org, id, first.stage, first.total, work.now),
  )
  const ticking = tick(engine, loader, id, lease, state, abort)
  const requireWanted = async (work: Work): Promise<void> => {
    const progress = await findProgress(work.db, work.org, id)
    if (progress?.cancel_requested_at) throw new Cancelled()
  }
  try {
    await inWork(engine.platform, loader, requireWanted)
    await act({
      signal: abort.signal,
      tell: (stage, done, total) => Object.assign(state, { stage, done, total }),
      watch: (work) => watchStatement(engine, loader, work, abort.signal),
      holdFence: async (work) => {
        abort.signal.throwIfAborted()
        if (!(await holdFence(work.db, lease))) throw new Interrupted('another worker has taken over')
        await requireWanted(work)
      },
      connect: (purpose) => engine.platform.database.connect('loader', purpose),
    })
  } catch (error) {
    // A cancelled statement fails with its own error; what matters is why it was cancelled.
    if (abort.signal.aborted) throw abort.signal.reason
    throw error
  } finally {
    outer.removeEventListener('abort', stop)
    await ticking.stop()
    await inWork(engine.platform, loader, (work) => dropLease(work.db, lease))
  }
}

async function waitForLease(
  engine: ImportEngine,
  scope: WorkScope,
  id: ImportId,
  signal: AbortSignal,
): Promise<Lease> {
  const until = Date.now() + leasePatienceMs
  for (;;) {
    const lease = await inWork(engine.platform, scope, (work) => takeLease(work.db, work.org, `import ${id}`))
    if (lease) return lease
    if (signal.aborted || Date.now() > until) throw new Interrupted('another worker holds the import')
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

function tick(
  engine: ImportEngine,
  scope: WorkScope,
  id: ImportId,
  lease: Lease,
  state: { stage: Stage; done: number; total: number | null },
  abort: AbortController,
): { stop: () => Promise<void> } {
  let isRunning = true
  let wake = (): void => undefined
  const loop = async (): Promise<void> => {
    let failures = 0
    while (isRunning) {
      await new Promise<void>((resolve) => {
        wake = resolve
        setTimeout(resolve, tickMs)
      })
      try {
        const seen = await inWork(engine.platform, scope, async (work) => ({
          held: await renewLease(work.db, lease),
          cancelled: await putProgress(work.db, work.org, id, { ...state, now: work.now }),
        }))
        failures = 0
        if (seen.cancelled) abort.abort(new Cancelled())
        else if (!seen.held) abort.abort(new Interrupted('the lease was lost'))
      } catch (error) {
        failures += 1
        engine.platform.log.warn({ err: error }, 'progress could not be published')
        // A database that is away for longer than the lease has given the import to somebody else.
        if (failures > 20) abort.abort(new Interrupted('the database is away'))
      }
    }
  }
  const done = loop()
  return {
    stop: async () => {
      isRunning = false
      wake()
      await done
    },
  }
}

async function watchStatement(
  engine: ImportEngine,
  scope: WorkScope,
  work: Work,
  signal: AbortSignal,
): Promise<void> {
  const { pid } = await one(work.db, sql<{ pid: number }>`select pg_backend_pid() as pid`)
  signal.addEventListener(
    'abort',
    () => {
      inWork(engine.platform, scope, (other) =>
        one(other.db, sql`select pg_cancel_backend(${pid}::int)`),
      ).catch((error: unknown) =>
        engine.platform.log.warn({ err: error }, 'statement could not be cancelled'),
      )
    },
    { once: true },
  )
}
