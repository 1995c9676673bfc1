/** Whether a mapping is enough to check the file, and whether it makes sense at all. Pure. */
import type { KindDeclaration } from '../../kinds/kinds.ts'
import type { ImportSettings } from '../contract.ts'
import { refuseImport } from '../refusals.ts'
import type { Mapping } from './contract.ts'

/** Required fields that neither a column nor a constant fills; none are needed where rows only update. */
export function missingFields(kind: KindDeclaration, mapping: Mapping, settings: ImportSettings): string[] {
  const filled = filledFields(mapping)
  const required = kind.fields
    .filter((field) => field.required && settings.existing !== 'update')
    .map((field) => field.name)
  const matched = settings.existing === 'create' ? [] : settings.match
  return [...new Set([...required, ...matched])].filter((name) => !filled.has(name))
}

export function filledFields(mapping: Mapping): Set<string> {
  return new Set([
    ...mapping.columns.map((column) => column.field),
    ...mapping.constants.map((constant) => constant.field),
  ])
}

/** Refuses what cannot be meant: unknown fields, a field filled twice, a column that is not there. */
export function checkMapping(kind: KindDeclaration, mapping: Mapping, columnCount: number): void {
  const seen = new Set<string>()
  const fill = (field: string): void => {
    if (!kind.fields.some((candidate) => candidate.name === field))
      throw refuseImport('mapping.unknown_field', { field })
    if (seen.has(field)) throw refuseImport('mapping.field_twice', { field })
    seen.add(field)
  }
  for (const column of mapping.columns) {
    if (column.column >= columnCount)
      throw refuseImport('mapping.no_column', { column: column.header || String(column.column + 1) })
    fill(column.field)
  }
  for (const constant of mapping.constants) fill(constant.field)
}

/** Types whose stored form is not the text by which rows and records are compared. */
const unlikeKeys: ReadonlySet<string> = new Set(['boolean', 'datetime', 'money', 'multiline', 'tags'])

/** Refuses settings that the kind or the mapping cannot follow. */
export function checkSettings(kind: KindDeclaration, mapping: Mapping, settings: ImportSettings): void {
  for (const name of settings.match) {
    const field = kind.fields.find((candidate) => candidate.name === name)
    if (!field) throw refuseImport('mapping.unknown_field', { field: name })
    if (field.reference || unlikeKeys.has(field.type))
      throw refuseImport('mapping.match_not_usable', { field: field.name })
  }
  if (settings.existing === 'create' || settings.match.length > 0) return
  const filled = filledFields(mapping)
  if (kind.matchKeys.some((key) => key.every((name) => filled.has(name)))) return
  throw refuseImport('mapping.match_needed', {
    fields: kind.matchKeys.map((key) => key.join(' + ')).join(', '),
  })
}
