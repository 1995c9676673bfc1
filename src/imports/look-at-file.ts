/**
 * A received file as a source of one kind: how it is read, what its columns hold, which field each fills. A filled
 * template is known by its stamp: its sheet is chosen and its columns are assigned by that; other files are guessed.
 */
import { findOrganisation } from '../accounts/accounts.ts'
import type { KindDeclaration, Kinds } from '../kinds/kinds.ts'
import { organisationMark } from '../kinds/templates/template-stamp.ts'
import type { Work } from '../platform/work.ts'
import type { Finding, Reading, ReadOptions } from '../tabular/tabular.ts'
import { blobSource, type ImportEngine } from './engine.ts'
import type { Mapping } from './map/contract.ts'
import { findingOf, fitTemplate } from './map/recognise-template.ts'
import { suggestMapping } from './map/suggest.ts'
import { inspectFile } from './read/inspect.ts'
import { findReceived } from './read/receive.ts'
import { inspectTemplate, openTemplate, type TemplateFile, templateSource } from './read/template-file.ts'
import { refuseImport } from './refusals.ts'
import type { NewSource } from './sources.store.ts'

type FileFacts = Pick<NewSource, 'file' | 'reading' | 'chosen' | 'columns'>

export type LookedAt = {
  readonly facts: FileFacts
  readonly suggested: Mapping
  readonly template: TemplateFile | null
}

export async function lookAtFile(
  engine: ImportEngine,
  work: Work,
  kinds: Kinds,
  given: { readonly kind: string; readonly fileId: string; readonly reading?: ReadOptions | undefined },
): Promise<LookedAt> {
  const kind = kinds.get(given.kind)
  const file = await findReceived(engine.platform, work, given.fileId)
  if (file.bytes === 0) throw refuseImport('file.empty', { name: file.name })
  const key = await engine.platform.blobs.openKey(work, file.id)
  const bytes = blobSource(engine, key, file.name, file.bytes)
  const chosen = given.reading ?? {}
  const first = await inspectFile(bytes, chosen)
  const template = await openTemplate(bytes, first.reading)
  const sheet = template && chosen.sheet === undefined ? templateSource(template, kind.name) : null
  const looked = sheet ? await inspectTemplate(bytes, sheet) : { ...first, chosen }
  const { reading, suggested } = await assign(work, kinds, kind, looked, template)
  return { facts: { file, ...looked, reading }, suggested, template }
}

/** Refuses a file, or a sheet of one, without rows. */
export function requireRows({ facts }: LookedAt): void {
  if (!hasRows(facts)) throw refuseImport('file.no_rows', { name: facts.file.name })
}

export function hasRows({ columns }: FileFacts): boolean {
  return (columns[0]?.rows ?? 0) > 0
}

/** The fields that the columns fill, and the reading with what is to be said of the template. */
async function assign(
  work: Work,
  kinds: Kinds,
  kind: KindDeclaration,
  { reading, columns }: Pick<FileFacts, 'reading' | 'columns'>,
  template: TemplateFile | null,
): Promise<{ readonly reading: Reading; readonly suggested: Mapping }> {
  const organisation = await findOrganisation(work)
  const guess = (): Mapping => suggestMapping(kinds, kind, columns, reading.hints, organisation)
  if (!template) return { reading, suggested: guess() }
  const { stamp, sheets } = template
  const sheet = stamp.sheets[sheets.indexOf(reading.sheet?.name ?? null)]
  if (sheet?.kind !== kind.name) {
    const names = stamp.sheets.map((of) => kinds.all.find(({ name }) => name === of.kind)?.labels)
    const label = names.map((labels) => labels?.[work.actor.language] ?? stamp.kind).join(', ')
    return {
      reading: withFindings(reading, [findingOf('template.other_kind', { kind: label })]),
      suggested: guess(),
    }
  }
  const mark = organisationMark(work.org, organisation.createdAt)
  const { mapping, findings } = fitTemplate({
    kinds,
    kind,
    stamp,
    sheet,
    mark,
    columns,
    hints: reading.hints,
    defaults: organisation,
  })
  return { reading: withFindings(reading, findings), suggested: mapping }
}

/** That a template has sheets of instructions and lists needs no saying. */
function withFindings(reading: Reading, findings: readonly Finding[]): Reading {
  return {
    ...reading,
    findings: [...reading.findings.filter(({ code }) => code !== 'sheet.others'), ...findings],
  }
}

/** The other sheets of a filled template that have something in them, each as a source of its own. */
export function otherSheets(
  { template, facts }: LookedAt,
  kind: string,
): readonly { readonly kind: string; readonly reading: ReadOptions }[] {
  if (template?.stamp.kind !== kind) return []
  const withCells = new Set(
    facts.reading.sheet?.sheets.filter(({ hasCells }) => hasCells).map(({ name }) => name),
  )
  return template.stamp.sheets.flatMap((sheet, at) => {
    const name = template.sheets[at]
    if (name == null || sheet.kind === kind || !withCells.has(name)) return []
    return [{ kind: sheet.kind, reading: { sheet: name } }]
  })
}
