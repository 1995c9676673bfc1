/** The sources that a file is by a preset: one for each kind that its rows become, each with its mapping. */
import { findOrganisation, requirePermission } from '../accounts/accounts.ts'
import type { Kinds } from '../kinds/kinds.ts'
import { accessOf } from '../kinds/records/records.ts'
import type { Work } from '../platform/work.ts'
import type { ReadOptions } from '../tabular/tabular.ts'
import type { ImportSettings } from './contract.ts'
import type { ImportEngine } from './engine.ts'
import { lookAtFile, requireRows } from './look-at-file.ts'
import { compileMapping } from './map/compile.ts'
import { checkMapping, checkSettings } from './map/complete.ts'
import { settleFormats } from './map/suggest.ts'
import { mapByPreset } from './presets/preset.ts'
import { findPreset } from './presets/presets.ts'
import { refuseImport } from './refusals.ts'
import type { NewSource } from './sources.store.ts'

export type GivenPreset = {
  readonly preset: string
  readonly fileId: string
  readonly reading?: ReadOptions | undefined
}

/** Refuses a file that has nothing of what the preset knows. */
export async function describePresetSources(
  engine: ImportEngine,
  work: Work,
  kinds: Kinds,
  given: GivenPreset,
  settings: ImportSettings,
): Promise<NewSource[]> {
  const preset = findPreset(given.preset)
  const looked = await lookAtFile(engine, work, kinds, { ...given, kind: preset.sources[0]!.kind })
  requireRows(looked)
  const { facts } = looked
  const defaults = await findOrganisation(work)
  const sources: NewSource[] = []
  for (const source of preset.sources) {
    const mapping = mapByPreset(source, facts.columns)
    if (!mapping || mapping.columns.length === 0) continue
    const kind = kinds.get(source.kind)
    requirePermission(work, accessOf(kind).write)
    const settled = settleFormats(kinds, kind, mapping, facts, defaults)
    checkMapping(kinds, kind, settled, facts.columns.length)
    checkSettings(kinds, kind, settled, settings, sources[0]?.kind ?? kind.name)
    compileMapping(kinds, kind, settled, settings)
    sources.push({ kind: kind.name, ...facts, mapping: settled })
  }
  if (sources.length === 0)
    throw refuseImport('preset.does_not_fit', { name: preset.name, file: facts.file.name })
  return sources
}
