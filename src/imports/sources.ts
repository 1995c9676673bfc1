/** The sources of an import: looked at, added, given another file, read and mapped otherwise, taken out again. */
import { findOrganisation, requirePermission } from '../accounts/accounts.ts'
import type { Kinds } from '../kinds/kinds.ts'
import { accessOf } from '../kinds/records/records.ts'
import type { Work } from '../platform/work.ts'
import type { ReadOptions } from '../tabular/tabular.ts'
import type { ImportSettings } from './contract.ts'
import { backToIncomplete, findEditable, sourceOf, tell } from './editing.ts'
import { blobSource, type ImportEngine, kindsOf } from './engine.ts'
import { setKind } from './imports.store.ts'
import { hasRows, type LookedAt, lookAtFile, otherSheets, requireRows } from './look-at-file.ts'
import { compileMapping } from './map/compile.ts'
import { checkMapping, checkSettings } from './map/complete.ts'
import type { Mapping } from './map/contract.ts'
import { placeColumns, settleFormats, suggestMapping } from './map/suggest.ts'
import { findPolicy } from './policies/policies.ts'
import { inspectFile } from './read/inspect.ts'
import { interruptible } from './read/interruptible.ts'
import { refuseImport } from './refusals.ts'
import type { RunSource } from './run.ts'
import {
  addMapping,
  insertSource,
  type NewSource,
  removeSource,
  setFile,
  setReading,
} from './sources.store.ts'

export type GivenSource = {
  readonly kind: string
  readonly fileId: string
  readonly reading?: ReadOptions | undefined
  readonly mapping?: Partial<Mapping> | undefined
}

/** Looks at a received file and suggests a mapping, or places the given one. */
export async function describeSource(
  engine: ImportEngine,
  work: Work,
  kinds: Kinds,
  given: GivenSource,
  of: { readonly settings: ImportSettings; readonly firstKind: string },
): Promise<NewSource> {
  requirePermission(work, accessOf(kinds.get(given.kind)).write)
  const looked = await lookAtFile(engine, work, kinds, given)
  requireRows(looked)
  return describeLooked(kinds, given, looked, of)
}

/** The same; of a filled template from which no sheet was chosen, each of its sheets that has rows (RN-05). */
export async function describeSources(
  engine: ImportEngine,
  work: Work,
  kinds: Kinds,
  given: GivenSource,
  of: { readonly settings: ImportSettings; readonly firstKind: string },
): Promise<NewSource[]> {
  requirePermission(work, accessOf(kinds.get(given.kind)).write)
  const first = await lookAtFile(engine, work, kinds, given)
  const isChosen = given.reading?.sheet !== undefined || given.mapping !== undefined
  const sources = hasRows(first.facts) ? [describeLooked(kinds, given, first, of)] : []
  for (const sheet of isChosen ? [] : otherSheets(first, given.kind)) {
    const other = { ...sheet, fileId: given.fileId }
    const looked = await lookAtFile(engine, work, kinds, other)
    if (hasRows(looked.facts)) sources.push(describeLooked(kinds, other, looked, of))
  }
  if (sources.length === 0) requireRows(first)
  return sources
}

function describeLooked(
  kinds: Kinds,
  given: GivenSource,
  { facts, suggested }: LookedAt,
  of: { readonly settings: ImportSettings; readonly firstKind: string },
): NewSource {
  const kind = kinds.get(given.kind)
  const mapping = given.mapping ? mergeMapping(suggested, placed(given.mapping, facts.columns)) : suggested
  checkMapping(kinds, kind, mapping, facts.columns.length)
  checkSettings(kinds, kind, mapping, of.settings, of.firstKind)
  compileMapping(kinds, kind, mapping, of.settings)
  return { kind: kind.name, ...facts, mapping }
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
    ...(suggested.leaveOut ? { leaveOut: suggested.leaveOut } : {}),
    ...(given.gather ? { gather: given.gather } : {}),
    ...(given.distinct ? { distinct: given.distinct } : {}),
  }
}

/** One more sheet or file for an import that rests. */
export async function addSource(
  engine: ImportEngine,
  work: Work,
  id: string,
  given: GivenSource,
): Promise<void> {
  const run = await findEditable(work, id)
  if (run.sources.length >= mostSources)
    throw refuseImport('import.too_many_sources', { maximum: mostSources })
  const source = await describeSource(engine, work, await kindsOf(engine, work), given, {
    settings: run.settings,
    firstKind: run.kind,
  })
  await insertSource(work, run.id, source)
  await backToIncomplete(work, run)
  await tell(work, run.id, 'import.source_added', { file: source.file.name })
}

export const mostSources = 100

export async function dropSource(work: Work, id: string, source: number): Promise<void> {
  const run = await findEditable(work, id)
  const { file } = sourceOf(run, source)
  if (run.sources.length === 1) throw refuseImport('import.last_source')
  await removeSource(work, run.id, source)
  await setKind(work, run.id)
  await backToIncomplete(work, run)
  await tell(work, run.id, 'import.source_removed', { file: file.name })
}

/**
 * The file again, corrected (RN-10): what was mapped by its header stays so, what is new is suggested. Refuses
 * where the organisation wants a new import for a new file.
 */
export async function replaceFile(
  engine: ImportEngine,
  work: Work,
  id: string,
  source: number,
  given: { readonly fileId: string; readonly reading?: ReadOptions | undefined },
): Promise<void> {
  const run = await findEditable(work, id)
  const of = sourceOf(run, source)
  if ((await findPolicy(work)).changedFile === 'new_import') throw refuseImport('import.new_file_new_import')
  const kinds = await kindsOf(engine, work)
  const reading = given.reading ?? of.chosen
  const looked = await lookAtFile(engine, work, kinds, { kind: of.kind, fileId: given.fileId, reading })
  requireRows(looked)
  const { facts, suggested } = looked
  const mapping = mappingForNewColumns(of, facts.columns, suggested)
  await setFile(work, run.id, source, facts)
  await addMapping(work, run, source, mapping)
  await backToIncomplete(work, run)
  await tell(work, run.id, 'import.file_replaced', { file: facts.file.name })
}

/** What was decided for columns that are still there; of new ones, what is suggested. */
function mappingForNewColumns(of: RunSource, columns: NewSource['columns'], suggested: Mapping): Mapping {
  const { mapping: kept } = placeColumns(of.mapping, columns)
  const known = new Set(of.columns.map(({ header }) => header))
  const filled = new Set([...kept.columns, ...kept.constants].map(({ field }) => field))
  // A column that was there before and has no field was left out on purpose.
  const added = suggested.columns.filter(({ header, field }) => !known.has(header) && !filled.has(field))
  const leaveOut = kept.leaveOut ?? suggested.leaveOut
  return {
    columns: [...kept.columns, ...added],
    constants: kept.constants,
    ...(leaveOut ? { leaveOut } : {}),
    ...(kept.gather ? { gather: kept.gather } : {}),
    ...(kept.distinct ? { distinct: kept.distinct } : {}),
  }
}

/**
 * Overrides how the file is read and detects the rest again; suggests fields for the columns that it did not
 * have before. Ends early when the caller has gone.
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
    const kinds = await kindsOf(engine, work)
    const defaults = await findOrganisation(work)
    const { columns, reading } = inspected
    const suggested = suggestMapping(kinds, kinds.get(of.kind), columns, reading.hints, defaults)
    await addMapping(work, run, source, mappingForNewColumns(of, columns, suggested))
  }
  await backToIncomplete(work, run)
  await tell(work, run.id, 'import.reading_changed')
}

/** Whoever assigns columns says nothing of examples, nor of what is gathered from columns that still have no field. */
function rulesOfRows({
  columns,
  leaveOut,
  gather,
  distinct,
}: Mapping): Pick<Mapping, 'leaveOut' | 'gather' | 'distinct'> {
  const assigned = new Set(columns.map(({ column }) => column))
  const rest = gather?.columns.filter(({ column }) => !assigned.has(column)) ?? []
  return {
    ...(leaveOut ? { leaveOut } : {}),
    ...(gather ? { gather: { ...gather, columns: rest } } : {}),
    ...(distinct && columns.some(({ field }) => field === distinct) ? { distinct } : {}),
  }
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
  const kinds = await kindsOf(engine, work)
  const kind = kinds.get(of.kind)
  checkMapping(kinds, kind, mapping, of.columns.length)
  const settled = settleFormats(kinds, kind, mapping, of, await findOrganisation(work))
  compileMapping(kinds, kind, settled, run.settings)
  await addMapping(work, run, source, { ...settled, ...rulesOfRows({ ...of.mapping, ...settled }) })
  await backToIncomplete(work, run)
  await tell(work, run.id, 'import.mapping_changed')
}
