/**
 * The order of the stages: read → map → check (`make-plan.ts`), then approve → load, then undo. Only these two and
 * `tasks.ts` know it. Each run holds the import's lease; whatever ends it early leaves the store as it was.
 */
import { recordEvent } from '../history/history.ts'
import { createOptions, removeCreatedOptions } from '../kinds/kinds.ts'
import type { Work, WorkScope } from '../platform/work.ts'
import { type Control, underControl } from './control.ts'
import { fingerprintFields } from './definitions.ts'
import { type ImportEngine, kindsOf } from './engine.ts'
import { findRun, setRun } from './imports.store.ts'
import { loadImport } from './load/load.ts'
import { bytesOf, makePlan } from './make-plan.ts'
import { kindsInReverse, partSources, partsOf } from './part.ts'
import { preferHashes, prepareSession } from './prepare-session.ts'
import { refuseImport } from './refusals.ts'
import { hashPlan, type ImportId, type ImportRun, type Plan, type Reason } from './run.ts'
import { dropClosed, dropStaging, guarded, inLoader, readRun } from './settle.ts'
import { isStagedWhole } from './staging.store.ts'
import { countRemaining } from './undo/outcomes.store.ts'
import { undoRecords, undoTargets } from './undo/undo.ts'

/** Reads, maps and checks every row; ends in *Waiting for approval* or *Failed*, nothing written. */
export async function runCheck(
  engine: ImportEngine,
  scope: WorkScope,
  id: ImportId,
  signal: AbortSignal,
): Promise<void> {
  const run = await readRun(engine, scope, id)
  if (run.status !== 'checking') return dropClosed(engine, run)
  await guarded(engine, scope, id, 'check', () =>
    underControl(engine, scope, id, { stage: 'read', total: bytesOf(run) }, signal, async (control) => {
      const plan = await makePlan(engine, scope, run, control)
      await inLoader(engine, scope, async (work) => {
        await settleCheck(engine, work, id, plan)
        await control.holdFence(work)
      })
    }),
  )
}

async function settleCheck(engine: ImportEngine, work: Work, id: ImportId, plan: Plan): Promise<void> {
  const run = await findRun(work, id, 'lock')
  if (run.status !== 'checking') throw new Error(`The import is ${run.status} after its check.`)
  const blocking = blockingReason(run, plan)
  await setRun(work, id, {
    status: blocking ? 'failed' : 'waiting_for_approval',
    reason: blocking ?? (run.reason?.code === 'import.records_moved' ? run.reason : null),
    plan: { plan, hash: hashPlan(plan) },
    counts: null,
    checkedAt: work.now,
  })
  await recordEvent(work, {
    kind: 'imports',
    recordId: id,
    event: 'import.checked',
    params: { rows: plan.counts.rows, failed: plan.counts.failed },
  })
}

/** Why the checked import cannot be loaded as it is, by its own rules. */
function blockingReason(run: ImportRun, plan: Plan): Reason | null {
  const { counts } = plan
  const failed = counts.records.reduce((sum, record) => sum + record.failed, 0)
  if (run.settings.rows === 'all_or_nothing' && counts.failed > 0)
    return { code: 'import.rows_cannot_load', params: { count: counts.failed } }
  if (run.settings.rows === 'all_or_nothing' && failed > 0)
    return { code: 'import.records_cannot_load', params: { count: failed } }
  if (counts.loaded === 0 && counts.failed > 0) return { code: 'import.nothing_to_load', params: {} }
  return null
}

/** Loads an approved import in one transaction. */
export async function runLoad(
  engine: ImportEngine,
  scope: WorkScope,
  id: ImportId,
  signal: AbortSignal,
): Promise<void> {
  const run = await readRun(engine, scope, id)
  if (run.status !== 'in_progress' || run.loadedAt !== null) return dropClosed(engine, run)
  const plan = run.plan
  if (!plan) throw new Error('An import without a plan was approved.')
  const total = plan.parts.reduce((sum, part) => sum + part.staged, 0)
  const loadable = await guarded(engine, scope, id, 'load', () =>
    underControl(engine, scope, id, { stage: 'load', total }, signal, async (control) => {
      if (!(await isStagingWhole(engine, scope, run, plan))) {
        const again = await makePlan(engine, scope, run, control)
        if (hashPlan(again) !== run.planHash) throw refuseImport('import.records_moved', { count: 1 })
        control.tell('load', 0, total)
      }
      const parts = partsOf(partSources(await inLoader(engine, scope, (work) => kindsOf(engine, work)), run))
      for (const part of parts)
        await inLoader(engine, scope, async (work) =>
          part.kind.prepare?.(work, { importId: id, source: part.source, label: run.label }),
        )
      await inLoader(engine, scope, (work) => loadAndSettle(engine, work, run, plan, control))
    }),
  )
  if (loadable) await dropStaging(engine, run)
}

async function loadAndSettle(
  engine: ImportEngine,
  work: Work,
  run: ImportRun,
  plan: Plan,
  control: Control,
): Promise<void> {
  await control.watch(work)
  await prepareSession(work)
  const kinds = await kindsOf(engine, work)
  const total = plan.parts.reduce((sum, part) => sum + part.staged, 0)
  const counts = await loadImport({
    work,
    kinds,
    run,
    plan,
    parts: partsOf(partSources(kinds, run)),
    signal: control.signal,
    onProgress: (records) => control.tell('load', records, total),
  })
  for (const options of plan.newOptions ?? [])
    await createOptions(work, engine.kinds, { ...options, importId: run.id })
  await setRun(work, run.id, { status: 'completed', counts, loadedAt: work.now })
  await recordEvent(work, {
    kind: 'imports',
    recordId: run.id,
    event: 'import.loaded',
    params: { created: counts.created, updated: counts.updated },
  })
  await control.holdFence(work)
}

async function isStagingWhole(
  engine: ImportEngine,
  scope: WorkScope,
  run: ImportRun,
  plan: Plan,
): Promise<boolean> {
  return inLoader(engine, scope, async (work) => {
    const parts = partsOf(partSources(await kindsOf(engine, work), run))
    if (fingerprintFields(parts) !== plan.basis.fields) return false
    for (const part of plan.parts) if (!(await isStagedWhole(work.db, run.id, part))) return false
    return true
  })
}

/** Undoes a loaded import, or deletes what it created, in one transaction. */
export async function runUndo(
  engine: ImportEngine,
  scope: WorkScope,
  id: ImportId,
  signal: AbortSignal,
): Promise<void> {
  const run = await readRun(engine, scope, id)
  if (run.status !== 'in_progress' || run.loadedAt === null || run.counts === null) return
  const total = run.counts.created + run.counts.updated
  await guarded(engine, scope, id, 'undo', () =>
    underControl(engine, scope, id, { stage: 'undo', total }, signal, (control) =>
      inLoader(engine, scope, async (work) => {
        await control.watch(work)
        await prepareSession(work)
        await preferHashes(work)
        await undoAndSettle(engine, work, run, control, total)
        await control.holdFence(work)
      }),
    ),
  )
}

async function undoAndSettle(
  engine: ImportEngine,
  work: Work,
  run: ImportRun,
  control: Control,
  total: number,
): Promise<void> {
  // Texts that are too long for today's rules were not when they came in.
  const kinds = await engine.kinds.of(work)
  const all = kindsInReverse(kinds, run)
  const mode = run.deletion ? 'delete' : 'undo'
  const counts = await undoRecords({
    work,
    kinds,
    run,
    order: run.deletion ? all.filter(({ name }) => run.deletion!.kinds.includes(name)) : all,
    mode,
    signal: control.signal,
    onProgress: (records) => control.tell('undo', records, total),
  })
  await removeCreatedOptions(work, engine.kinds, run.id)
  let remaining = 0
  for (const target of undoTargets({ work, kinds, mode }, run, all)) remaining += await countRemaining(target)
  // Of an import that is undone in several goes, what each reversed adds up to what it had done.
  const reversed = counts.reversed + (run.undo?.reversed ?? 0)
  await setRun(work, run.id, {
    status: remaining > 0 || counts.kept > 0 ? 'partly_undone' : 'undone',
    deletion: null,
    undo: { by: work.actor.person, byName: work.actor.name, at: work.now.toISOString(), ...counts, reversed },
  })
  await recordEvent(work, {
    kind: 'imports',
    recordId: run.id,
    event: run.deletion ? 'import.records_deleted' : 'import.undone',
    params: { ...counts },
  })
}
