/**
 * The order of the stages: read → map → check, then approve → load, then undo. Only this file and `tasks.ts`
 * know it. Each run holds the import's lease; whatever ends it early leaves the store as it was.
 */
import { recordEvent } from '../history/history.ts'
import { createOptions, type Kinds, removeCreatedOptions } from '../kinds/kinds.ts'
import { run as runSql, sql } from '../platform/database.ts'
import type { Work, WorkScope } from '../platform/work.ts'
import { checkPart } from './check/check.ts'
import { dropFindings, groupFindings, keepFindings } from './check/findings.store.ts'
import { findNewOptions } from './check/new-options.store.ts'
import { type StagedSource, stageSource } from './check/stage-rows.ts'
import { type Control, underControl } from './control.ts'
import { countAll, countRows, isBalanced, isPartBalanced } from './counts.ts'
import { fingerprintFields } from './definitions.ts'
import { blobSource, type ImportEngine, kindsOf } from './engine.ts'
import { findRun, setRowCount, setRun } from './imports.store.ts'
import { loadImport } from './load/load.ts'
import { kindsInReverse, type Part, type PartedSource, partSources, partsOf } from './part.ts'
import type { ImportPolicy } from './policies/contract.ts'
import { findPolicy, limitsOf } from './policies/policies.ts'
import { refuseImport } from './refusals.ts'
import { hashPlan, type ImportId, type ImportRun, type Plan, type PlanPart, type Reason } from './run.ts'
import { dropClosed, dropStaging, guarded, inLoader, readRun } from './settle.ts'
import { countChangedByChildren, countStaged, fingerprintMatches } from './staging.store.ts'
import type { RowCounts } from './terms.ts'
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
      const plan = await stageAndCompare(engine, scope, run, control)
      await inLoader(engine, scope, async (work) => {
        await settleCheck(engine, work, id, plan)
        await control.holdFence(work)
      })
    }),
  )
}

type Check = {
  readonly engine: ImportEngine
  readonly scope: WorkScope
  readonly run: ImportRun
  readonly kinds: Kinds
  readonly policy: ImportPolicy
  readonly control: Control
}

/** Staging and comparing; gives the plan. The findings are kept in the same transaction as the comparison. */
async function stageAndCompare(
  engine: ImportEngine,
  scope: WorkScope,
  run: ImportRun,
  control: Control,
): Promise<Plan> {
  const { kinds, policy } = await inLoader(engine, scope, async (work) => ({
    kinds: await kindsOf(engine, work),
    policy: await findPolicy(work),
  }))
  const check: Check = { engine, scope, run, kinds, policy, control }
  const sources = partSources(kinds, run)
  const staged = await stageAll(check, sources)
  const rows = staged.reduce((sum, of) => sum + of.rows, 0)
  control.tell('check', 0, rows)
  return inLoader(engine, scope, async (work) => {
    await control.watch(work)
    await prepareSession(work)
    await dropFindings(work, run.id)
    const parts: PlanPart[] = []
    const rowCounts: Plan['sources'][number][] = []
    const among: Part[] = []
    for (const [at, source] of sources.entries()) {
      const stagedIn = staged[at]!
      const counts = [stagedIn.rows, ...stagedIn.children]
      const own: PlanPart[] = []
      for (const [number, part] of source.parts.entries()) {
        own.push(await comparePart(check, work, part, among, counts[number]!))
        among.push(part)
      }
      parts.push(...own)
      rowCounts.push({ source: source.source.source, counts: await countSource(work, run, own) })
      await setRowCount(work, run.id, source.source.source, stagedIn.rows)
    }
    control.tell('check', rows, rows)
    const plan = await makePlan(work, run, among, { parts, sources: rowCounts, staged })
    await control.holdFence(work)
    return plan
  })
}

async function comparePart(
  { kinds, run }: Check,
  work: Work,
  part: Part,
  among: readonly Part[],
  staged: number,
): Promise<PlanPart> {
  const { actions, match } = await checkPart({
    work,
    kinds,
    part,
    among,
    settings: run.settings,
    firstKind: run.kind,
  })
  await keepFindings(work, part)
  const counted = await countStaged(work.db, run.id, part)
  const planned: PlanPart = {
    source: part.source,
    part: part.part,
    kind: part.kind.name,
    staged,
    verdicts: counted?.verdicts ?? 0,
    actions,
    match,
    records: await fingerprintMatches(work.db, run.id, part),
  }
  if (!isPartBalanced(planned)) throw new Error(`The check of ${part.kind.name} does not balance.`)
  return planned
}

async function countSource(work: Work, run: ImportRun, parts: readonly PlanPart[]): Promise<RowCounts> {
  const [own, ...children] = parts
  const isAsked = children.length > 0 && own!.actions.unchanged > 0
  const numbers = children.map(({ part }) => part)
  return countRows(own!, isAsked ? await countChangedByChildren(work.db, run.id, own!.source, numbers) : 0)
}

async function makePlan(
  work: Work,
  run: ImportRun,
  parts: readonly Part[],
  of: Pick<Plan, 'parts' | 'sources'> & { readonly staged: readonly StagedSource[] },
): Promise<Plan> {
  const counts = countAll(
    of.sources.map((source) => source.counts),
    of.parts,
  )
  if (!isBalanced(counts)) throw new Error('The check does not balance.')
  const newOptions = await findNewOptions(work, parts)
  return {
    counts,
    sources: of.sources,
    groups: await groupFindings(work, run.id),
    parts: of.parts,
    blankRows: of.staged.reduce((sum, source) => sum + (source.totals?.blankRows ?? 0), 0),
    basis: {
      files: run.sources.map((source) => source.file.sha256),
      mappings: run.sources.map((source) => source.mappingVersion),
      settings: run.settings,
      fields: fingerprintFields(parts),
    },
    ...(newOptions.length > 0 ? { newOptions } : {}),
  }
}

async function stageAll(check: Check, sources: readonly PartedSource[]): Promise<readonly StagedSource[]> {
  const { engine, scope, run, control } = check
  const total = bytesOf(run)
  const staged: StagedSource[] = []
  let bytesBefore = 0
  for (const [at, { source, mapper, parts }] of sources.entries()) {
    const file = await inLoader(engine, scope, (work) => engine.platform.blobs.openKey(work, source.file.id))
    const before = staged.reduce(
      (sum, of, i) => (sources[i]!.source.kind === source.kind ? sum + of.rows : sum),
      0,
    )
    const maximum = limitsOf(check.policy, source.kind).records ?? Number.POSITIVE_INFINITY
    staged.push(
      await stageSource({
        importId: run.id,
        source,
        mapper,
        bytes: blobSource(engine, file, source.file.name, source.file.bytes),
        connect: control.connect,
        signal: control.signal,
        onProgress: (rows, bytesRead) => {
          if (before + rows > maximum)
            throw refuseImport('import.too_many_rows', { maximum, kind: source.kind })
          control.tell('read', bytesBefore + bytesRead, total)
        },
      }),
    )
    for (const [number, part] of parts.slice(1).entries())
      requireFew(check.policy, part.kind.name, staged[at]!.children[number]!)
    bytesBefore += source.file.bytes
  }
  return staged
}

function requireFew(policy: ImportPolicy, kind: string, records: number): void {
  const maximum = limitsOf(policy, kind).records
  if (maximum !== null && records > maximum) throw refuseImport('import.too_many_rows', { maximum, kind })
}

function bytesOf(run: ImportRun): number {
  return run.sources.reduce((sum, source) => sum + source.file.bytes, 0)
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
        const again = await stageAndCompare(engine, scope, run, control)
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
    for (const part of plan.parts) {
      const found = await countStaged(work.db, run.id, part)
      if (found?.rows !== part.staged || found.verdicts !== part.verdicts) return false
    }
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

/** Large hashes and sorts stay in memory; compiling expressions never pays for statements of this kind. */
async function prepareSession(work: Work): Promise<void> {
  await runSql(
    work.db,
    sql`select set_config('work_mem', '192MB', true), set_config('jit', 'off', true),
    set_config('plan_cache_mode', 'force_custom_plan', true)`,
  )
}
