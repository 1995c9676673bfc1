/**
 * Loads a checked and approved import in the caller's transaction and balances it: what was inserted and
 * updated must be exactly what the plan said, or the whole load is taken back.
 */
import type { Kinds } from '../../kinds/kinds.ts'
import type { Work } from '../../platform/work.ts'
import { isBalanced } from '../counts.ts'
import { prepareLookups } from '../lookups.store.ts'
import type { Part } from '../part.ts'
import { tellUpdates } from '../record-events.ts'
import { refuseImport } from '../refusals.ts'
import type { ImportRun, Plan, PlanPart } from '../run.ts'
import type { Counts } from '../terms.ts'
import { insertCreated, type LoadTarget, stagedRanges, updateMatched } from './load.store.ts'
import { countMoved } from './moved.store.ts'

export type LoadInput = {
  readonly work: Work
  readonly kinds: Kinds
  readonly run: ImportRun
  readonly plan: Plan
  /** In the order in which they are loaded: what is referred to first. */
  readonly parts: readonly Part[]
  readonly signal: AbortSignal
  readonly onProgress: (records: number) => void
}

const rangesPerPart = 40

export async function loadImport(input: LoadInput): Promise<Counts> {
  let before = 0
  let missing = 0
  for (const part of input.parts) {
    const planned = planOf(input.plan, part)
    const loaded = await loadPart(input, part, planned, before)
    missing +=
      Math.abs(planned.actions.create - loaded.created) + Math.abs(planned.actions.update - loaded.updated)
    before += planned.staged
  }
  if (missing > 0) throw refuseImport('import.records_moved', { count: missing })
  if (!isBalanced(input.plan.counts)) throw new Error('The plan does not balance.')
  return input.plan.counts
}

function planOf(plan: Plan, part: Part): PlanPart {
  const found = plan.parts.find((of) => of.source === part.source && of.part === part.part)
  if (!found) throw new Error(`The plan knows no part ${part.part} of source ${part.source}.`)
  return found
}

async function loadPart(
  input: LoadInput,
  part: Part,
  planned: PlanPart,
  before: number,
): Promise<{ created: number; updated: number }> {
  const { work, run } = input
  const hasVerdicts = planned.verdicts > 0
  const target = await openTarget(input, part, planned)
  const ranges = await stagedRanges(target, rangesPerPart)
  let created = 0
  let updated = 0
  for (const [at, range] of ranges.entries()) {
    input.signal.throwIfAborted()
    created += await insertCreated(target, range, hasVerdicts)
    if (hasVerdicts && planned.actions.update > 0) updated += await updateMatched(target, range)
    input.onProgress(before + (planned.staged * (at + 1)) / ranges.length)
  }
  if (updated > 0)
    await tellUpdates({ ...input, kind: part.kind, importId: run.id, label: run.label }, part.source)
  await part.kind.afterLoad?.(work, { importId: run.id, source: part.source, label: run.label })
  return { created, updated }
}

/** What the person has approved must still be what would happen; references are looked up now, in the set too. */
async function openTarget(input: LoadInput, part: Part, planned: PlanPart): Promise<LoadTarget> {
  const { work, kinds } = input
  const record = { org: work.org, kinds, part }
  const hasVerdicts = planned.verdicts > 0
  const lookups = await prepareLookups({ work, record, among: [], hasVerdicts })
  const target: LoadTarget = { work, part, record: { ...record, lookups: lookups.tables } }
  const isUpsert = input.run.settings.existing === 'upsert'
  const moved = await countMoved(target, { hasVerdicts, key: planned.match, isUpsert })
  if (moved + lookups.brokenCount > 0)
    throw refuseImport('import.records_moved', { count: moved + lookups.brokenCount })
  return target
}
