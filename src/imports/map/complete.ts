/** Whether a mapping is enough to check the file, and whether it makes sense at all. Pure. */
import type { KindDeclaration, Kinds } from '../../kinds/kinds.ts'
import type { ImportSettings } from '../contract.ts'
import { refuseImport } from '../refusals.ts'
import type { Mapping } from './contract.ts'
import { childKindsOf, type FoundField, findField, parseFieldPath, writeFieldPath } from './field-path.ts'

/**
 * Required fields that neither a column nor a constant fills, of the kind itself and of each group of children;
 * none are needed where rows only update.
 */
export function missingFields(
  kinds: Kinds,
  kind: KindDeclaration,
  mapping: Mapping,
  settings: ImportSettings,
  firstKind: string = kind.name,
): string[] {
  const filled = filledFields(mapping)
  const isCreating = settings.existing !== 'update'
  const required = kind.fields.filter((field) => field.required && isCreating).map((field) => field.name)
  const matched = settings.existing === 'create' ? [] : chosenMatch(kind.name, settings, firstKind)
  const own = [...new Set([...required, ...matched])].filter((name) => !filled.has(name))
  return isCreating ? [...own, ...missingOfChildren(kinds, kind, mapping, filled)] : own
}

function missingOfChildren(
  kinds: Kinds,
  kind: KindDeclaration,
  mapping: Mapping,
  filled: ReadonlySet<string>,
): string[] {
  const paths = mapping.columns.map(({ field }) => parseFieldPath(field))
  return childKindsOf(kinds, kind).flatMap(({ kind: child, into }) => {
    const groups = new Set(paths.flatMap((path) => (path.child === child.name ? (path.group ?? []) : [])))
    const required = child.fields.filter((field) => field.required && field.name !== into.name)
    return [...groups].flatMap((group) =>
      required
        .filter(({ name }) => !filled.has(writeFieldPath({ child: child.name, group: null, field: name })))
        .map(({ name }) => writeFieldPath({ child: child.name, group, field: name }))
        .filter((name) => !filled.has(name)),
    )
  })
}

export function filledFields(mapping: Mapping): Set<string> {
  return new Set([
    ...mapping.columns.map((column) => column.field),
    ...mapping.constants.map((constant) => constant.field),
  ])
}

/** Fields that a person has chosen to recognise records of a kind by; `match` is about the import's first kind. */
export function chosenMatch(kind: string, settings: ImportSettings, firstKind: string): readonly string[] {
  return settings.matchOf?.[kind] ?? (kind === firstKind ? settings.match : [])
}

/** A field that is there to be filled: none that was archived or deleted. */
function findOffered(kinds: Kinds, kind: KindDeclaration, name: string): FoundField {
  const found = findField(kinds, kind, name)
  if ((found.child?.kind ?? kind).retired?.includes(found.field))
    throw refuseImport('mapping.unknown_field', { field: name })
  return found
}

/** Refuses what cannot be meant: unknown fields, a field filled twice, a column that is not there. */
export function checkMapping(
  kinds: Kinds,
  kind: KindDeclaration,
  mapping: Mapping,
  columnCount: number,
): void {
  const seen = new Set<string>()
  const fill = (field: string): void => {
    if (seen.has(field)) throw refuseImport('mapping.field_twice', { field })
    seen.add(field)
  }
  const placed = [
    ...mapping.columns,
    ...(mapping.gather?.columns ?? []),
    ...(mapping.leaveOut ? [mapping.leaveOut] : []),
  ]
  for (const { column, header } of placed)
    if (column >= columnCount)
      throw refuseImport('mapping.no_column', { column: header || String(column + 1) })
  for (const column of mapping.columns) {
    const { path } = findOffered(kinds, kind, column.field)
    // A column belongs to one child of a row; only a constant can be meant for all of them.
    if (path.child !== null && path.group === null)
      throw refuseImport('mapping.unknown_field', { field: column.field })
    fill(column.field)
  }
  for (const constant of mapping.constants) {
    findOffered(kinds, kind, constant.field)
    fill(constant.field)
  }
  const { gather, distinct } = mapping
  if (gather) requireText(findOffered(kinds, kind, gather.field), ['text', 'multiline'])
  if (distinct) {
    requireText(findOffered(kinds, kind, distinct), ['text'])
    if (!seen.has(distinct)) throw refuseImport('mapping.unknown_field', { field: distinct })
  }
}

/** What stands for several cells or rows is a text of the record itself. */
function requireText({ field, child }: FoundField, types: readonly string[]): void {
  if (child || field.reference || !types.includes(field.type))
    throw refuseImport('mapping.unknown_field', { field: field.name })
}

/** Types whose stored form is not the text by which rows and records are compared. */
const unlikeKeys: ReadonlySet<string> = new Set([
  'boolean',
  'choices',
  'datetime',
  'file',
  'money',
  'multiline',
  'tags',
])

/** Refuses settings that the kind or the mapping cannot follow. */
export function checkSettings(
  kinds: Kinds,
  kind: KindDeclaration,
  mapping: Mapping,
  settings: ImportSettings,
  firstKind: string = kind.name,
): void {
  const chosen = chosenMatch(kind.name, settings, firstKind)
  checkKey(kind, chosen)
  for (const child of childKindsOf(kinds, kind))
    checkKey(child.kind, settings.matchOf?.[child.kind.name] ?? [])
  if (settings.existing === 'create' || chosen.length > 0) return
  const filled = filledFields(mapping)
  if (kind.matchKeys.some((key) => key.every((name) => filled.has(name)))) return
  throw refuseImport('mapping.match_needed', {
    fields: kind.matchKeys.map((key) => key.join(' + ')).join(', '),
  })
}

function checkKey(kind: KindDeclaration, names: readonly string[]): void {
  for (const name of names) {
    const field = kind.fields.find((candidate) => candidate.name === name)
    if (!field) throw refuseImport('mapping.unknown_field', { field: name })
    if (field.reference || unlikeKeys.has(field.type))
      throw refuseImport('mapping.match_not_usable', { field: field.name })
  }
}
