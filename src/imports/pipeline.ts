/**
 * The order of the stages: read → map → check, then approve → load, then undo. Only this file and `tasks.ts`
 * know it. Each run holds the import's lease; whatever ends it early leaves the store as it was.
 */
import { recordEvent } from '../history/history.ts'
import { run as runSql, sql } from '../platform/database.ts'
import type { Work, WorkScope } from '../platform/work.ts'
import { checkSource } from './check/check.ts'
import { groupFindings, keepFindings } from './check/findings.store.ts'
import { stageSource } from './check/stage-rows.ts'
import { type Control, underControl } from './control.ts'
import { blobSource, type ImportEngine, mapperOf } from './engine.ts'
import { findRun, setRowCount, setRun } from './imports.store.ts'
import { isBalanced, loadImport } from './load/load.ts'
import type { RowAction } from './record.ts'
import { refuseImport } from './refusals.ts'
import { hashPlan, type ImportId, type ImportRun, type Plan, type Reason } from './run.ts'
import { dropClosed, dropStaging, guarded, inLoader, readRun } from './settle.ts'
import { countStaged, fingerprintMatches } from './staging.store.ts'
import type { Counts } from './terms.ts'
import { undoRecords } from './undo/undo.ts'

/** Reads, maps and checks every row; ends in *Waiting for approval* or *Failed*, nothing written. */
export async function runCheck(
  engine: ImportEngine,
  scope: WorkScope,
  id: ImportId,
  signal: AbortSignal,
): Promise<void> {
  const run = await readRun(engine, scope, id)
  if (run.status !== 'checking') return dropClosed(engine, run)
  const bytes = run.sources.reduce((sum, source) => sum + source.file.bytes, 0)
  await guarded(engine, scope, id, 'check', () =>
    underControl(engine, scope, id, { stage: 'read', total: bytes }, signal, async (control) => {
      const plan = await stageAndCompare(engine, scope, run, control, bytes)
      await inLoader(engine, scope, async (work) => {
        await settleCheck(engine, work, id, plan)
        await control.holdFence(work)
      })
    }),
  )
}

/** Staging and comparing; gives the plan. The findings are kept in the same transaction as the comparison. */
async function stageAndCompare(
  engine: ImportEngine,
  scope: WorkScope,
  run: ImportRun,
  control: Control,
  bytes: number,
): Promise<Plan> {
  const staged = await stageAll(engine, scope, run, control, bytes)
  const rows = staged.reduce((sum, of) => sum + of.rows, 0)
  control.tell('check', 0, rows)
  return inLoader(engine, scope, async (work) => {
    await control.watch(work)
    await prepareSession(work)
    const actions: Record<RowAction, number> = { create: 0, update: 0, unchanged: 0, skip: 0, fail: 0 }
    let match: readonly string[] = []
    for (const source of run.sources) {
      const { fields } = mapperOf(engine, run, source)
      const kind = engine.kinds.get(source.kind)
      const checked = await checkSource({
        work,
        kinds: engine.kinds,
        kind,
        importId: run.id,
        source,
        fields,
        settings: run.settings,
      })
      for (const action of Object.keys(actions) as RowAction[]) actions[action] += checked.actions[action]
      if (source.source === 0) match = checked.match
      await keepFindings(work, run.id, source.source)
      await setRowCount(work, run.id, source.source, staged[source.source]!.rows)
    }
    control.tell('check', rows, rows)
    const counts = toCounts(rows, actions)
    if (!isBalanced(counts)) throw new Error('The check does not balance.')
    const verdicts = await Promise.all(
      run.sources.map(async (source) => (await countStaged(work.db, run.id, source.source))?.verdicts ?? 0),
    )
    await control.holdFence(work)
    return {
      counts,
      groups: await groupFindings(work, run.id),
      staged: staged.map((of) => of.rows),
      verdicts,
      match,
      blankRows: staged.reduce((sum, of) => sum + (of.totals?.blankRows ?? 0), 0),
      basis: {
        files: run.sources.map((source) => source.file.sha256),
        mappings: run.sources.map((source) => source.mappingVersion),
        settings: run.settings,
        records: await Promise.all(
          run.sources.map((source) => fingerprintMatches(work.db, run.id, source.source)),
        ),
      },
    }
  })
}

async function stageAll(
  engine: ImportEngine,
  scope: WorkScope,
  run: ImportRun,
  control: Control,
  totalBytes: number,
) {
  const staged: Awaited<ReturnType<typeof stageSource>>[] = []
  let bytesBefore = 0
  for (const source of run.sources) {
    const file = await inLoader(engine, scope, (work) => engine.platform.blobs.openKey(work, source.file.id))
    staged.push(
      await stageSource({
        importId: run.id,
        source,
        mapper: mapperOf(engine, run, source),
        bytes: blobSource(engine, file, source.file.name, source.file.bytes),
        connect: control.connect,
        signal: control.signal,
        onProgress: (_, bytesRead) => control.tell('read', bytesBefore + bytesRead, totalBytes),
      }),
    )
    bytesBefore += source.file.bytes
  }
  return staged
}

function toCounts(rows: number, actions: Record<RowAction, number>): Counts {
  return {
    rows,
    loaded: actions.create + actions.update,
    unchanged: actions.unchanged,
    skipped: actions.skip,
    failed: actions.fail,
    created: actions.create,
    updated: actions.update,
    joined: 0,
  }
}

async function settleCheck(engine: ImportEngine, work: Work, id: ImportId, plan: Plan): Promise<void> {
  const run = await findRun(work, id, 'lock')
  if (run.status !== 'checking') throw new Error(`The import is ${run.status} after its check.`)
  const blocking = blockingReason(engine, run, plan)
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
function blockingReason(engine: ImportEngine, run: ImportRun, plan: Plan): Reason | null {
  const { counts } = plan
  const maximum = engine.kinds.get(run.kind).limits?.rows
  if (maximum !== undefined && counts.rows > maximum)
    return { code: 'import.too_many_rows', params: { rows: counts.rows, maximum } }
  if (run.settings.rows === 'all_or_nothing' && counts.failed > 0)
    return { code: 'import.rows_cannot_load', params: { count: counts.failed } }
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
  const loadable = await guarded(engine, scope, id, 'load', () =>
    underControl(engine, scope, id, { stage: 'load', total: plan.counts.rows }, signal, async (control) => {
      if (!(await isStagingWhole(engine, scope, run, plan))) {
        const bytes = run.sources.reduce((sum, source) => sum + source.file.bytes, 0)
        const again = await stageAndCompare(engine, scope, run, control, bytes)
        if (hashPlan(again) !== run.planHash) throw refuseImport('import.records_moved', { count: 1 })
        control.tell('load', 0, plan.counts.rows)
      }
      for (const source of run.sources)
        await inLoader(engine, scope, async (work) =>
          engine.kinds
            .get(source.kind)
            .prepare?.(work, { importId: id, source: source.source, label: run.label }),
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
  const counts = await loadImport({
    work,
    kinds: engine.kinds,
    run,
    plan,
    sources: run.sources.map((source) => ({
      kind: engine.kinds.get(source.kind),
      fields: mapperOf(engine, run, source).fields,
    })),
    signal: control.signal,
    onProgress: (rows) => control.tell('load', rows, plan.counts.rows),
  })
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
    for (const [source, rows] of plan.staged.entries()) {
      const found = await countStaged(work.db, run.id, source)
      if (found?.rows !== rows || found.verdicts !== plan.verdicts[source]) return false
    }
    return true
  })
}

/** Undoes a loaded import in one transaction. */
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
        const counts = await undoRecords({
          work,
          kinds: engine.kinds,
          run,
          signal: control.signal,
          onProgress: (records) => control.tell('undo', records, total),
        })
        // Of an import that is undone in several goes, what each reversed adds up to what it had done.
        const reversed = counts.reversed + (run.undo?.reversed ?? 0)
        await setRun(work, id, {
          status: counts.kept + counts.blocked > 0 ? 'partly_undone' : 'undone',
          undo: {
            by: work.actor.person,
            byName: work.actor.name,
            at: work.now.toISOString(),
            ...counts,
            reversed,
          },
        })
        await recordEvent(work, {
          kind: 'imports',
          recordId: id,
          event: 'import.undone',
          params: { ...counts },
        })
        await control.holdFence(work)
      }),
    ),
  )
}

/** Large hashes and sorts stay in memory; compiling expressions never pays for statements of this kind. */
async function prepareSession(work: Work): Promise<void> {
  await runSql(
    work.db,
    sql`select set_config('work_mem', '192MB', true), set_config('jit', 'off', true),
    set_config('plan_cache_mode', 'force_custom_plan', true)`,
  )
}
