/**
 * From files to a plan: every row of every source read, mapped and staged, then every part compared with itself,
 * with the set and with the store, what is referred to first.
 */
import type { Kinds } from '../kinds/kinds.ts'
import type { Work, WorkScope } from '../platform/work.ts'
import { checkPart } from './check/check.ts'
import { dropFindings, groupFindings, keepFindings } from './check/findings.store.ts'
import { findNewOptions } from './check/new-options.store.ts'
import { type StagedSource, stageSource } from './check/stage-rows.ts'
import type { Control } from './control.ts'
import { countAll, countRows, isBalanced, isPartBalanced } from './counts.ts'
import { fingerprintFields } from './definitions.ts'
import { blobSource, type ImportEngine, kindsOf } from './engine.ts'
import { type Part, type PartedSource, partSources } from './part.ts'
import type { ImportPolicy } from './policies/contract.ts'
import { findPolicy, limitsOf } from './policies/policies.ts'
import { prepareSession } from './prepare-session.ts'
import { refuseImport } from './refusals.ts'
import type { ImportRun, Plan, PlanPart } from './run.ts'
import { inLoader } from './settle.ts'
import { setRowCount } from './sources.store.ts'
import {
  countChangedByChildren,
  countStaged,
  countVerdicts,
  fingerprintMatches,
  type StagedActions,
} from './staging.store.ts'
import type { RowCounts } from './terms.ts'

type Check = {
  readonly engine: ImportEngine
  readonly scope: WorkScope
  readonly run: ImportRun
  readonly kinds: Kinds
  readonly policy: ImportPolicy
  readonly control: Control
}

/** Staging and comparing; gives the plan. The findings are kept in the same transaction as the comparison. */
export async function makePlan(
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
  const rows = staged.reduce((sum, of) => sum + countStaged(of.actions), 0)
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
      const counts = [stagedIn.actions, ...stagedIn.children]
      const own: PlanPart[] = []
      for (const [number, part] of source.parts.entries()) {
        own.push(await comparePart(check, work, part, among, counts[number]!))
        among.push(part)
      }
      parts.push(...own)
      rowCounts.push({ source: source.source.source, counts: await countSource(work, run, own) })
      await setRowCount(work, run.id, source.source.source, countStaged(stagedIn.actions))
    }
    control.tell('check', rows, rows)
    const plan = await describePlan(work, run, among, { parts, sources: rowCounts, staged })
    await control.holdFence(work)
    return plan
  })
}

async function comparePart(
  { kinds, run }: Check,
  work: Work,
  part: Part,
  among: readonly Part[],
  staged: StagedActions,
): Promise<PlanPart> {
  const { actions, match } = await checkPart({
    work,
    kinds,
    part,
    among,
    settings: run.settings,
    firstKind: run.kind,
    staged,
  })
  await keepFindings(work, part)
  const planned: PlanPart = {
    source: part.source,
    part: part.part,
    kind: part.kind.name,
    staged: countStaged(staged),
    verdicts: await countVerdicts(work.db, run.id, part),
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

async function describePlan(
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
      (sum, of, i) => (sources[i]!.source.kind === source.kind ? sum + countStaged(of.actions) : sum),
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
      requireFew(check.policy, part.kind.name, countStaged(staged[at]!.children[number]!))
    bytesBefore += source.file.bytes
  }
  return staged
}

function requireFew(policy: ImportPolicy, kind: string, records: number): void {
  const maximum = limitsOf(policy, kind).records
  if (maximum !== null && records > maximum) throw refuseImport('import.too_many_rows', { maximum, kind })
}

export function bytesOf(run: ImportRun): number {
  return run.sources.reduce((sum, source) => sum + source.file.bytes, 0)
}
