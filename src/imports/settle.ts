/**
 * Where an import goes when a stage could not end: cancelled by a person, moved on by somebody else's change,
 * refused, or given up by the queue. Always to where a person can go on from, with the reason.
 */
import { findPersonNames } from '../accounts/accounts.ts'
import { recordEvent } from '../history/history.ts'
import { Refusal } from '../platform/refusal.ts'
import { inWork, type Work, type WorkScope } from '../platform/work.ts'
import { Cancelled } from './control.ts'
import type { ImportEngine } from './engine.ts'
import { findRun, setRun } from './imports.store.ts'
import { findProgress } from './progress.store.ts'
import type { ImportId, ImportRun, Reason } from './run.ts'
import { dropStagingSql } from './staging.store.ts'
import { resting } from './status.ts'
import { checkTask } from './task-names.ts'

/** Runs a stage and, where it could not end, puts the import where a person can go on from. */
export async function guarded(
  engine: ImportEngine,
  scope: WorkScope,
  id: ImportId,
  stage: 'check' | 'load' | 'undo',
  act: () => Promise<void>,
): Promise<boolean> {
  try {
    await act()
    return true
  } catch (error) {
    if (error instanceof Cancelled) {
      await settleCancelled(engine, scope, id)
      return false
    }
    const moved = movedReason(error)
    if (moved && stage === 'load') {
      await checkAgain(engine, scope, id, moved)
      return false
    }
    if (error instanceof Refusal) {
      const settle = stage === 'undo' ? settleAsLoaded : settleFailed
      await settle(engine, scope, id, { code: error.code, params: error.params })
      return false
    }
    throw error
  }
}

/** A unique value that somebody took meanwhile, a reference that became ambiguous, a record that changed. */
function movedReason(error: unknown): Reason | null {
  if (error instanceof Refusal && error.code === 'import.records_moved')
    return { code: error.code, params: error.params }
  const code = (error as { code?: string }).code
  return code === '23505' || code === '21000' ? { code: 'import.records_moved', params: { count: 1 } } : null
}

async function checkAgain(
  engine: ImportEngine,
  scope: WorkScope,
  id: ImportId,
  reason: Reason,
): Promise<void> {
  await inLoader(engine, scope, async (work) => {
    await setRun(work, id, { status: 'checking', reason, plan: null })
    await work.enqueue(checkTask, { org: work.org, import: id, person: work.actor.person ?? '' })
  })
}

async function settleCancelled(engine: ImportEngine, scope: WorkScope, id: ImportId): Promise<void> {
  await inLoader(engine, scope, (work) => cancelWanted(work, id))
  await dropStaging(engine, await readRun(engine, scope, id))
}

/** Cancels where somebody has asked for it, in the name of the one who did. */
async function cancelWanted(work: Work, id: ImportId): Promise<boolean> {
  const progress = await findProgress(work.db, work.org, id)
  if (!progress?.cancel_requested_at) return false
  const by = progress.cancelled_by
  const name = by === null ? work.actor.name : ((await findPersonNames(work, [by])).get(by) ?? '?')
  await setRun(work, id, { status: 'cancelled', reason: { code: 'import.cancelled', params: { name } } })
  const canceller = { ...work, actor: { ...work.actor, person: by, name } }
  await recordEvent(canceller, { kind: 'imports', recordId: id, event: 'import.cancelled' })
  return true
}

async function settleFailed(
  engine: ImportEngine,
  scope: WorkScope,
  id: ImportId,
  reason: Reason,
): Promise<void> {
  await inLoader(engine, scope, async (work) => {
    await findRun(work, id, 'lock')
    if (!(await cancelWanted(work, id))) await setRun(work, id, { status: 'failed', reason, plan: null })
  })
}

/** An undo that was refused: nothing of it was done, and the reason stands beside what the import was before. */
async function settleAsLoaded(
  engine: ImportEngine,
  scope: WorkScope,
  id: ImportId,
  reason: Reason,
): Promise<void> {
  await inLoader(engine, scope, async (work) => asLoaded(work, await findRun(work, id, 'lock'), reason))
}

function asLoaded(work: Work, run: ImportRun, reason: Reason | null): Promise<void> {
  return setRun(work, run.id, { status: run.undo ? 'partly_undone' : 'completed', deletion: null, reason })
}

/** After the last attempt of a task: back to where a person can go on, with the reason. */
export async function giveUp(engine: ImportEngine, scope: WorkScope, id: ImportId): Promise<void> {
  await inLoader(engine, scope, async (work) => {
    const run = await findRun(work, id, 'lock')
    if (run.loadedAt === null && !resting.includes(run.status) && (await cancelWanted(work, id))) return
    if (run.status === 'checking')
      await setRun(work, id, { status: 'failed', reason: { code: 'import.check_interrupted', params: {} } })
    if (run.status === 'in_progress' && run.loadedAt === null)
      await setRun(work, id, {
        status: 'waiting_for_approval',
        reason: { code: 'import.load_interrupted', params: {} },
      })
    if (run.status === 'in_progress' && run.loadedAt !== null) await asLoaded(work, run, null)
  })
}

export async function readRun(engine: ImportEngine, scope: WorkScope, id: ImportId): Promise<ImportRun> {
  return inLoader(engine, scope, (work) => findRun(work, id))
}

export function inLoader<T>(
  engine: ImportEngine,
  scope: WorkScope,
  act: (work: Work) => Promise<T>,
): Promise<T> {
  return inWork(engine.platform, { ...scope, role: 'loader' }, act)
}

/** For a task that comes back after its worker died between the commit and the dropping. */
export async function dropClosed(engine: ImportEngine, run: ImportRun): Promise<void> {
  if (run.loadedAt !== null || run.status === 'cancelled') await dropStaging(engine, run)
}

export async function dropStaging(engine: ImportEngine, run: ImportRun): Promise<void> {
  const client = await engine.platform.database.connect('loader', 'staging')
  try {
    await client.query(dropStagingSql(run.id))
  } finally {
    await client.end()
  }
}
