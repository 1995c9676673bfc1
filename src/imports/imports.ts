/**
 * What a person can do to an import, each as `verb(engine, work, input)`. The door of this module: routes,
 * the command line and the demonstration come through here.
 */
import { findOrganisation, requirePermission } from '../accounts/accounts.ts'
import { recordEvent } from '../history/history.ts'
import { run as runSql, sql } from '../platform/database.ts'
import type { Work } from '../platform/work.ts'
import type { ReadOptions } from '../tabular/tabular.ts'
import type { ImportSettings } from './contract.ts'
import { blobSource, type ImportEngine } from './engine.ts'
import {
  addMapping,
  findRun,
  insertApproval,
  insertRun,
  lastApproval,
  setReading,
  setRun,
} from './imports.store.ts'
import { compileMapping } from './map/compile.ts'
import { checkMapping, checkSettings, missingFields } from './map/complete.ts'
import type { Mapping } from './map/contract.ts'
import { placeColumns, suggestMapping } from './map/suggest.ts'
import { requestCancel } from './progress.store.ts'
import { inspectFile } from './read/inspect.ts'
import { interruptible } from './read/interruptible.ts'
import { findReceived } from './read/receive.ts'
import { refuseImport } from './refusals.ts'
import type { ImportId, ImportRun } from './run.ts'
import { dropStagingSql } from './staging.store.ts'
import { editable } from './status.ts'
import { checkTask, loadTask, undoTask } from './task-names.ts'

export type { ImportEngine } from './engine.ts'
export { importEvents } from './events.ts'
export { findRun } from './imports.store.ts'

const defaultSettings: ImportSettings = { rows: 'all_or_nothing', existing: 'create', match: [] }

export type CreateImport = {
  readonly kind: string
  readonly fileId: string
  readonly settings?: Partial<ImportSettings> | undefined
  readonly reading?: ReadOptions | undefined
  readonly mapping?: Partial<Mapping> | undefined
}

/** Looks at the received file, suggests a mapping (or places the given one) and begins an import. */
export async function createImport(engine: ImportEngine, work: Work, input: CreateImport): Promise<ImportId> {
  requirePermission(work, 'imports.create')
  const kind = engine.kinds.get(input.kind)
  const file = await findReceived(engine.platform, work, input.fileId)
  if (file.bytes === 0) throw refuseImport('file.empty', { name: file.name })
  const key = await engine.platform.blobs.openKey(work, file.id)
  const chosen = input.reading ?? {}
  const { reading, columns } = await inspectFile(blobSource(engine, key, file.name, file.bytes), chosen)
  if (columns.length === 0 || (columns[0]?.rows ?? 0) === 0)
    throw refuseImport('file.no_rows', { name: file.name })
  const defaults = await findOrganisation(work)
  const suggested = suggestMapping(kind, columns, reading.hints, defaults)
  const mapping = input.mapping ? mergeMapping(suggested, placed(input.mapping, columns)) : suggested
  checkMapping(kind, mapping, columns.length)
  const settings = withoutUndefined({ ...defaultSettings, ...input.settings })
  checkSettings(kind, mapping, settings)
  compileMapping(kind, mapping, settings)
  const id = await insertRun(work, {
    kind: kind.name,
    day: work.now.toISOString().slice(0, 10),
    settings,
    sources: [{ kind: kind.name, file, reading, chosen, columns, mapping }],
  })
  await tell(work, id, 'import.created', { file: file.name })
  return id
}

function placed(mapping: Partial<Mapping>, columns: Parameters<typeof placeColumns>[1]): Partial<Mapping> {
  const { mapping: at, missing } = placeColumns(mapping, columns)
  if (missing.length > 0) throw refuseImport('mapping.no_column', { column: missing.join(', ') })
  return mapping.columns ? at : { constants: at.constants }
}

/** Given columns replace the suggested ones; given constants take their field from a suggested column. */
function mergeMapping(suggested: Mapping, given: Partial<Mapping>): Mapping {
  const constants = given.constants ?? []
  const taken = new Set(constants.map((constant) => constant.field))
  return {
    columns: (given.columns ?? suggested.columns).filter((column) => !taken.has(column.field)),
    constants,
  }
}

function withoutUndefined(
  settings: { [K in keyof ImportSettings]?: ImportSettings[K] | undefined },
): ImportSettings {
  return {
    rows: settings.rows ?? defaultSettings.rows,
    existing: settings.existing ?? defaultSettings.existing,
    match: settings.match ?? defaultSettings.match,
  }
}

async function findEditable(work: Work, id: string): Promise<ImportRun> {
  requirePermission(work, 'imports.create')
  const run = await findRun(work, id, 'lock')
  if (!editable.includes(run.status)) throw refuseImport('import.not_editable', { status: run.status })
  return run
}

/**
 * Overrides how the file is read and detects the rest again. Columns that still have their header keep what was
 * decided for them; for new ones fields are suggested. Ends early when the caller has gone.
 */
export async function changeReading(
  engine: ImportEngine,
  work: Work,
  id: string,
  source: number,
  chosen: ReadOptions,
  signal?: AbortSignal,
): Promise<void> {
  const run = await findEditable(work, id)
  const of = sourceOf(run, source)
  const key = await engine.platform.blobs.openKey(work, of.file.id)
  const bytes = interruptible(blobSource(engine, key, of.file.name, of.file.bytes), signal)
  const inspected = await inspectFile(bytes, chosen)
  await setReading(work, run.id, source, { ...inspected, chosen })
  const isSameHeader =
    inspected.columns.map((c) => c.header).join('\n') === of.columns.map((c) => c.header).join('\n')
  if (!isSameHeader) {
    const defaults = await findOrganisation(work)
    const kind = engine.kinds.get(of.kind)
    const suggested = suggestMapping(kind, inspected.columns, inspected.reading.hints, defaults)
    await addMapping(work, run, source, carryMapping(of, inspected.columns, suggested))
  }
  await backToIncomplete(work, run)
  await tell(work, run.id, 'import.reading_changed')
}

/** What was decided, at the new places of the columns; suggestions only for headers that were not there before. */
function carryMapping(
  { mapping, columns: before }: Pick<ImportRun['sources'][number], 'mapping' | 'columns'>,
  columns: Parameters<typeof placeColumns>[1],
  suggested: Mapping,
): Mapping {
  const { mapping: kept } = placeColumns(mapping, columns)
  const taken = new Set([...kept.columns, ...kept.constants].map(({ field }) => field))
  const known = new Set(before.map(({ header }) => header))
  const added = suggested.columns.filter(({ header, field }) => !known.has(header) && !taken.has(field))
  return { columns: [...kept.columns, ...added], constants: kept.constants }
}

export async function saveMapping(
  engine: ImportEngine,
  work: Work,
  id: string,
  source: number,
  mapping: Mapping,
): Promise<void> {
  const run = await findEditable(work, id)
  const of = sourceOf(run, source)
  const kind = engine.kinds.get(of.kind)
  checkMapping(kind, mapping, of.columns.length)
  compileMapping(kind, mapping, run.settings)
  await addMapping(work, run, source, mapping)
  await backToIncomplete(work, run)
  await tell(work, run.id, 'import.mapping_changed')
}

export async function changeSettings(
  engine: ImportEngine,
  work: Work,
  id: string,
  change: Partial<ImportSettings>,
): Promise<void> {
  const run = await findEditable(work, id)
  const settings = withoutUndefined({ ...run.settings, ...change })
  for (const source of run.sources) checkSettings(engine.kinds.get(source.kind), source.mapping, settings)
  await backToIncomplete(work, run, settings)
  await tell(work, run.id, 'import.settings_changed')
}

/** A changed input makes the check out of date: the plan goes, and the import is checked again when asked. */
async function backToIncomplete(work: Work, run: ImportRun, settings?: ImportSettings): Promise<void> {
  await setRun(work, run.id, { status: 'incomplete', plan: null, ...(settings ? { settings } : {}) })
}

export async function checkImport(engine: ImportEngine, work: Work, id: string): Promise<void> {
  const run = await findEditable(work, id)
  for (const source of run.sources) {
    const kind = engine.kinds.get(source.kind)
    checkSettings(kind, source.mapping, run.settings)
    const missing = missingFields(kind, source.mapping, run.settings)
    if (missing.length > 0) throw refuseImport('import.incomplete', { fields: missing.join(', ') })
    await engine.platform.blobs.openKey(work, source.file.id)
  }
  await setRun(work, run.id, { status: 'checking', plan: null })
  await work.enqueue(checkTask, taskOf(work, run.id))
}

/** Releases the checked import. Of two people who approve at the same moment, one is told of the other. */
export async function approveImport(work: Work, id: string, planHash?: string): Promise<void> {
  requirePermission(work, 'imports.approve')
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
  await runSql(work.db, sql.raw(dropStagingSql(run.id, run.sources.length)))
  await tell(work, run.id, 'import.cancelled')
  return 'cancelled'
}

export async function undoImport(work: Work, id: string): Promise<void> {
  requirePermission(work, 'imports.undo')
  const run = await findRun(work, id, 'lock')
  if (!isUndoable(run)) throw refuseImport('import.not_undoable', { status: run.status })
  await setRun(work, run.id, { status: 'in_progress' })
  await work.enqueue(undoTask, taskOf(work, run.id))
  await tell(work, run.id, 'import.undo_asked')
}

export function isUndoable(run: Pick<ImportRun, 'status'>): boolean {
  return run.status === 'completed' || run.status === 'partly_undone'
}

export function sourceOf(run: ImportRun, source: number): ImportRun['sources'][number] {
  const found = run.sources[source]
  if (!found) throw refuseImport('import.not_found', { id: `${run.id} / ${source}` })
  return found
}

function taskOf(work: Work, id: ImportId): { org: string; import: string; person: string } {
  return { org: work.org, import: id, person: work.actor.person ?? '' }
}

async function tell(
  work: Work,
  id: ImportId,
  event: string,
  params: Record<string, string | number> = {},
): Promise<void> {
  await recordEvent(work, { kind: 'imports', recordId: id, event, params })
}
