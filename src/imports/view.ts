/** An import as the interface, the API and the command line see it: present state, sentences, what may be done. */

import type { z } from 'zod'
import { findPersonNames, may } from '../accounts/accounts.ts'
import type { Kinds } from '../kinds/kinds.ts'
import type { PersonId } from '../platform/ids.ts'
import type { Language } from '../platform/refusal.ts'
import type { Work } from '../platform/work.ts'
import type { ImportListItem, ImportView, Progress } from './contract.ts'
import { isBalanced } from './counts.ts'
import type { ImportEngine } from './engine.ts'
import { findRun, findSameFile, type ImportSummary, lastApproval } from './imports.store.ts'
import { isUndoable } from './imports.ts'
import { missingFields } from './map/complete.ts'
import { kindsInReverse } from './part.ts'
import type { ImportPolicy } from './policies/contract.ts'
import { findPolicy, mayImport, mayUndoOf } from './policies/policies.ts'
import { findProgress, type ProgressRow } from './progress.store.ts'
import { readingSentence, viewReading } from './read/view-reading.ts'
import type { ImportRun, RunSource } from './run.ts'
import { groupTitle, headline, reasonSentence } from './sentences.ts'
import { editable } from './status.ts'

export async function viewImport(engine: ImportEngine, work: Work, id: string): Promise<ImportView> {
  const run = await findRun(work, id)
  const language = work.actor.language
  const kinds = await engine.kinds.of(work)
  const policy = await findPolicy(work)
  const isImporter = await mayImport(work, policy)
  const approval = await lastApproval(work, run.id)
  const names = await findPersonNames(
    work,
    [run.createdBy, run.undo?.by ?? null].filter((of): of is PersonId => of !== null),
  )
  const isRunning = run.status === 'checking' || run.status === 'in_progress'
  const progress = isRunning ? await findProgress(work.db, work.org, run.id) : null
  const counts = run.counts ?? run.plan?.counts ?? null
  const groups = run.plan?.groups ?? []
  return {
    id: run.id,
    label: run.label,
    kind: run.kind,
    status: run.status,
    reason: run.reason ? reasonSentence(run.reason, language) : null,
    settings: run.settings,
    sources: run.sources.map((source) => viewSource(kinds, run, source, language)),
    counts,
    findingGroups: groups.map((group) => ({
      ...group,
      examples: [...group.examples],
      title: groupTitle(group, kinds, run, language),
    })),
    headline: counts ? headline(counts, groups, kinds, run, language) : null,
    progress: progress && viewProgress(progress, run),
    cancelRequested: (progress?.cancel_requested_at ?? null) !== null,
    balanced: counts ? isBalanced(counts) : null,
    createdBy: { id: run.createdBy, name: nameOf(names, run.createdBy) },
    createdAt: run.createdAt.toISOString(),
    checkedAt: run.checkedAt?.toISOString() ?? null,
    planHash: run.planHash,
    approval: approval && {
      by: { id: approval.person, name: approval.name },
      at: approval.at.toISOString(),
      planHash: approval.planHash,
    },
    loadedAt: run.loadedAt?.toISOString() ?? null,
    undo: run.undo && {
      by: { id: run.undo.by, name: run.undo.byName },
      at: run.undo.at,
      reversed: run.undo.reversed,
      kept: run.undo.kept,
      blocked: run.undo.blocked,
    },
    sameFileAs: await findSameFile(work, run.sources[0]?.file.sha256 ?? null, run.id),
    may: whatMayBeDone(work, kinds, run, isImporter, policy),
  }
}

export function nameOf(names: ReadonlyMap<string, string>, id: PersonId | null): string {
  return id === null ? 'Carryover' : (names.get(id) ?? '?')
}

function whatMayBeDone(
  work: Work,
  kinds: Kinds,
  run: ImportRun,
  isImporter: boolean,
  policy: ImportPolicy,
): ImportView['may'] {
  const mayCreate = isImporter && may(work, 'imports.create')
  const isEditable = editable.includes(run.status) && mayCreate
  const isCancellable =
    isEditable || run.status === 'checking' || (run.status === 'in_progress' && run.loadedAt === null)
  return {
    edit: isEditable,
    check: isEditable,
    approve: run.status === 'waiting_for_approval' && isImporter && may(work, 'imports.approve'),
    cancel: isCancellable && mayCreate,
    undo:
      isUndoable(run) &&
      isImporter &&
      may(work, 'imports.undo') &&
      mayUndoOf(work, kindsInReverse(kinds, run)),
    replaceFile: isEditable && policy.changedFile === 'stays',
  }
}

function viewSource(
  kinds: Kinds,
  run: ImportRun,
  source: RunSource,
  language: Language,
): ImportView['sources'][number] {
  return {
    source: source.source,
    kind: source.kind,
    fileId: source.file.id,
    fileName: source.file.name,
    bytes: source.file.bytes,
    sha256: source.file.sha256,
    fileState: source.file.state,
    reading: viewReading(source.reading, source.chosen),
    readingSentence: readingSentence(source.reading, source.rowCount, language),
    mapping: source.mapping,
    missingFields: missingFields(kinds, kinds.get(source.kind), source.mapping, run.settings, run.kind),
    rows: source.rowCount,
    counts: run.plan?.sources.find((of) => of.source === source.source)?.counts ?? null,
  }
}

/** Reading is told in bytes of the file; a person wants rows, as soon as they are known. */
function viewProgress(progress: ProgressRow, run: ImportRun): z.infer<typeof Progress> {
  const done = Number(progress.done)
  const total = progress.total === null ? null : Number(progress.total)
  const seconds = (progress.updated_at.getTime() - progress.started_at.getTime()) / 1000
  const rate = seconds > 0.5 && done > 0 ? done / seconds : null
  const estimated = run.sources.reduce(
    (sum, source) => sum + (source.rowCount ?? source.reading.rowsEstimated ?? 0),
    0,
  )
  const toRows = (n: number): number =>
    progress.stage === 'read' && total ? Math.round((n / total) * estimated) : n
  return {
    stage: progress.stage,
    done: toRows(done),
    total: total === null ? null : toRows(total),
    rowsPerSecond:
      rate === null
        ? null
        : Math.round(progress.stage === 'read' && total ? (rate / total) * estimated : rate),
    secondsLeft: rate === null || total === null ? null : Math.max(0, Math.round((total - done) / rate)),
  }
}

export async function viewSummaries(
  work: Work,
  found: readonly ImportSummary[],
): Promise<z.infer<typeof ImportListItem>[]> {
  const names = await findPersonNames(work, [
    ...new Set(found.flatMap((of) => (of.created_by ? [of.created_by] : []))),
  ])
  return found.map((of) => ({
    id: of.id,
    label: of.label,
    kind: of.kind,
    fileName: of.file_name,
    status: of.status,
    counts: of.counts,
    createdBy: { id: of.created_by, name: nameOf(names, of.created_by) },
    createdAt: of.created_at.toISOString(),
  }))
}
