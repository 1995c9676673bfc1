/**
 * What a person can do to an import, each as `verb(engine, work, input)`. The door of this module: routes,
 * the command line and the demonstration come through here.
 */
import { requirePermission } from '../accounts/accounts.ts'
import { run as runSql, sql } from '../platform/database.ts'
import type { Work } from '../platform/work.ts'
import type { ImportSettings } from './contract.ts'
import { backToIncomplete, findEditable, sourceOf, tell } from './editing.ts'
import { type ImportEngine, kindsOf } from './engine.ts'
import { findRun, insertApproval, insertRun, lastApproval, setRun } from './imports.store.ts'
import { checkMapping, checkSettings, missingFields } from './map/complete.ts'
import { kindsInReverse, partSources } from './part.ts'
import { requireImporter, requireUndoOf } from './policies/policies.ts'
import { describePresetSources, type GivenPreset } from './preset-sources.ts'
import { requestCancel } from './progress.store.ts'
import { refuseImport } from './refusals.ts'
import type { ImportId, ImportRun } from './run.ts'
import type { NewSource } from './sources.store.ts'
import { describeSource, describeSources, type GivenSource, mostSources } from './sources.ts'
import { dropStagingSql } from './staging.store.ts'
import { editable } from './status.ts'
import { checkTask, loadTask, undoTask } from './task-names.ts'

export type { ImportEngine } from './engine.ts'
export { importEvents } from './events.ts'
export { findRun } from './imports.store.ts'
export { sourceOf }

const defaultSettings: ImportSettings = {
  rows: 'all_or_nothing',
  existing: 'create',
  match: [],
  duplicates: 'allow',
}

export type CreateImport = {
  /** In any order: what is referred to is loaded before what refers to it. Or a file as a preset knows it. */
  readonly sources: readonly GivenSource[] | GivenPreset
  readonly settings?: Partial<ImportSettings> | undefined
}

/** Looks at the received files, suggests mappings (or places the given ones) and begins an import. */
export async function createImport(engine: ImportEngine, work: Work, input: CreateImport): Promise<ImportId> {
  requirePermission(work, 'imports.create')
  await requireImporter(work)
  const settings = withDefaults({ ...defaultSettings, ...input.settings })
  const sources = await describeGiven(engine, work, input.sources, settings)
  const id = await insertRun(work, {
    kind: sources[0]!.kind,
    day: work.now.toISOString().slice(0, 10),
    settings,
    sources,
  })
  await tell(work, id, 'import.created', {
    file: [...new Set(sources.map(({ file }) => file.name))].join(', '),
  })
  return id
}

async function describeGiven(
  engine: ImportEngine,
  work: Work,
  given: CreateImport['sources'],
  settings: ImportSettings,
): Promise<NewSource[]> {
  const kinds = await kindsOf(engine, work)
  if ('preset' in given) return describePresetSources(engine, work, kinds, given, settings)
  if (given.length > mostSources) throw refuseImport('import.too_many_sources', { maximum: mostSources })
  const of = { settings, firstKind: kinds.get(given[0]!.kind).name }
  if (given.length === 1) return describeSources(engine, work, kinds, given[0]!, of)
  const sources: NewSource[] = []
  for (const one of given) sources.push(await describeSource(engine, work, kinds, one, of))
  return sources
}

function withDefaults(
  settings: {
    [K in keyof ImportSettings]?: ImportSettings[K] | undefined
  },
): ImportSettings {
  return {
    rows: settings.rows ?? defaultSettings.rows,
    existing: settings.existing ?? defaultSettings.existing,
    match: settings.match ?? defaultSettings.match,
    duplicates: settings.duplicates ?? defaultSettings.duplicates,
    ...(settings.matchOf ? { matchOf: settings.matchOf } : {}),
  }
}

export async function changeSettings(
  engine: ImportEngine,
  work: Work,
  id: string,
  change: Partial<ImportSettings>,
): Promise<void> {
  const run = await findEditable(work, id)
  const kinds = await kindsOf(engine, work)
  const settings = withDefaults({ ...run.settings, ...change })
  for (const source of run.sources)
    checkSettings(kinds, kinds.get(source.kind), source.mapping, settings, run.kind)
  await backToIncomplete(work, run, settings)
  await tell(work, run.id, 'import.settings_changed')
}

export async function checkImport(engine: ImportEngine, work: Work, id: string): Promise<void> {
  const run = await findEditable(work, id)
  const kinds = await kindsOf(engine, work)
  for (const source of run.sources) {
    const kind = kinds.get(source.kind)
    checkMapping(kinds, kind, source.mapping, source.columns.length)
    checkSettings(kinds, kind, source.mapping, run.settings, run.kind)
    const missing = missingFields(kinds, kind, source.mapping, run.settings, run.kind)
    if (missing.length > 0) throw refuseImport('import.incomplete', { fields: missing.join(', ') })
    await engine.platform.blobs.openKey(work, source.file.id)
  }
  partSources(kinds, run)
  await setRun(work, run.id, { status: 'checking', plan: null })
  await work.enqueue(checkTask, taskOf(work, run.id))
}

/** Releases the checked import. Of two people who approve at the same moment, one is told of the other. */
export async function approveImport(work: Work, id: string, planHash?: string): Promise<void> {
  requirePermission(work, 'imports.approve')
  await requireImporter(work)
  const run = await findRun(work, id, 'lock')
  if (run.status !== 'waiting_for_approval') {
    const earlier = ['in_progress', 'completed'].includes(run.status)
      ? await lastApproval(work, run.id)
      : null
    if (earlier)
      throw refuseImport('import.already_approved', {
        name: earlier.name,
        at: earlier.at.toISOString().slice(0, 16).replace('T', ' '),
      })
    throw refuseImport('import.not_waiting', { status: run.status })
  }
  if (planHash !== undefined && planHash !== run.planHash) throw refuseImport('import.plan_moved')
  await insertApproval(work, run.id, run.planHash!)
  await setRun(work, run.id, { status: 'in_progress' })
  await work.enqueue(loadTask, taskOf(work, run.id))
  await tell(work, run.id, 'import.approved')
}

/** Stops what runs, or gives up what waits. A running stage ends by itself within a moment, nothing written. */
export async function cancelImport(work: Work, id: string): Promise<'cancelled' | 'asked'> {
  requirePermission(work, 'imports.create')
  await requireImporter(work)
  const run = await findRun(work, id, 'lock')
  if (run.status === 'checking' || (run.status === 'in_progress' && run.loadedAt === null)) {
    const stage = run.status === 'checking' ? 'read' : 'load'
    await requestCancel(work.db, work.org, run.id, stage, work.actor.person, work.now)
    return 'asked'
  }
  if (!editable.includes(run.status)) throw refuseImport('import.not_cancellable', { status: run.status })
  await setRun(work, run.id, {
    status: 'cancelled',
    reason: { code: 'import.cancelled', params: { name: work.actor.name } },
  })
  await runSql(work.db, sql.raw(dropStagingSql(run.id)))
  await tell(work, run.id, 'import.cancelled')
  return 'cancelled'
}

export async function undoImport(engine: ImportEngine, work: Work, id: string): Promise<void> {
  requirePermission(work, 'imports.undo')
  await requireImporter(work)
  const run = await findRun(work, id, 'lock')
  if (!isUndoable(run)) throw refuseImport('import.not_undoable', { status: run.status })
  requireUndoOf(work, kindsInReverse(await engine.kinds.of(work), run))
  await setRun(work, run.id, { status: 'in_progress' })
  await work.enqueue(undoTask, taskOf(work, run.id))
  await tell(work, run.id, 'import.undo_asked')
}

export function isUndoable(run: Pick<ImportRun, 'status'>): boolean {
  return run.status === 'completed' || run.status === 'partly_undone'
}

export function taskOf(work: Work, id: ImportId): { org: string; import: string; person: string } {
  return { org: work.org, import: id, person: work.actor.person ?? '' }
}
