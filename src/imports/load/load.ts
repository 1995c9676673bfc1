/**
 * Loads a checked and approved import in the caller's transaction and balances it: what was inserted and
 * updated must be exactly what the plan said, or the whole load is taken back.
 */
import type { KindDeclaration, Kinds } from '../../kinds/kinds.ts'
import type { Work } from '../../platform/work.ts'
import type { MappedField } from '../map/compile.ts'
import { tellUpdates } from '../record-events.ts'
import { refuseImport } from '../refusals.ts'
import type { ImportRun, Plan } from '../run.ts'
import type { Counts } from '../terms.ts'
import { insertCreated, type LoadTarget, stagedRanges, updateMatched } from './load.store.ts'
import { countMoved } from './moved.store.ts'

export type LoadInput = {
  readonly work: Work
  readonly kinds: Kinds
  readonly run: ImportRun
  readonly plan: Plan
  /** Per source: its kind and the fields that its mapping fills. */
  readonly sources: readonly { readonly kind: KindDeclaration; readonly fields: readonly MappedField[] }[]
  readonly signal: AbortSignal
  readonly onProgress: (rows: number) => void
}

const rangesPerSource = 40

export async function loadImport(input: LoadInput): Promise<Counts> {
  let created = 0
  let updated = 0
  for (const [source, { kind, fields }] of input.sources.entries()) {
    const record = { org: input.work.org, kinds: input.kinds, kind, fields }
    const target: LoadTarget = { work: input.work, importId: input.run.id, source, record }
    const hasVerdicts = (input.plan.verdicts[source] ?? 0) > 0
    const staged = input.plan.staged[source] ?? 0
    await requireUnmoved(input, target, hasVerdicts)
    const ranges = await stagedRanges(target, rangesPerSource)
    for (const [at, range] of ranges.entries()) {
      input.signal.throwIfAborted()
      created += await insertCreated(target, range, hasVerdicts)
      if (hasVerdicts && input.plan.counts.updated > 0) updated += await updateMatched(target, range)
      input.onProgress((staged * (at + 1)) / ranges.length)
    }
    if (updated > 0)
      await tellUpdates({ ...input, kind, importId: input.run.id, label: input.run.label }, source)
    await kind.afterLoad?.(input.work, { importId: input.run.id, source, label: input.run.label })
  }
  return balance(input.plan.counts, created, updated)
}

/** What the person has approved must still be what would happen. */
async function requireUnmoved(input: LoadInput, target: LoadTarget, hasVerdicts: boolean): Promise<void> {
  const isUpsert = input.run.settings.existing === 'upsert'
  const moved = await countMoved(target, { hasVerdicts, key: input.plan.match, isUpsert })
  if (moved > 0) throw refuseImport('import.records_moved', { count: moved })
}

/** Rows and records, each by itself, must come out as planned. */
function balance(planned: Counts, created: number, updated: number): Counts {
  const missing = Math.abs(planned.created - created) + Math.abs(planned.updated - updated)
  if (missing > 0) throw refuseImport('import.records_moved', { count: missing })
  if (!isBalanced(planned)) throw new Error('The plan does not balance.')
  return { ...planned, created, updated, loaded: created + updated }
}

/** Rows in the file = loaded + unchanged + skipped + failed. */
export function isBalanced(counts: Counts): boolean {
  return counts.rows === counts.loaded + counts.unchanged + counts.skipped + counts.failed
}
