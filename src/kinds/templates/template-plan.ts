/**
 * What a template of a kind is made of today: its sheets, their columns, each with the field that it fills.
 * Pure; whoever draws a template and whoever recognises a filled one ask here.
 */
import type { ChildDeclaration, FieldDeclaration, KindDeclaration, Kinds, Labels } from '../kind.ts'

/** Children in numbered columns of their parent's row, or in a sheet of their own. */
export type TemplateShape = 'one-table' | 'two-tables'
export const templateShapes = ['one-table', 'two-tables'] as const satisfies readonly TemplateShape[]

export type TemplateColumn = {
  /** As a mapping writes it: `email`, `custom.region`, `contacts[2].email`. */
  readonly path: string
  readonly field: FieldDeclaration
  /** Before two columns of the same name are told apart. */
  readonly labels: Labels
  readonly group: { readonly kind: KindDeclaration; readonly number: number } | null
  /** For a reference: the attribute by which the record is named. */
  readonly lookup: string | null
}

export type TemplateSheet = { readonly kind: KindDeclaration; readonly columns: readonly TemplateColumn[] }

export type TemplatePlan = {
  readonly kind: KindDeclaration
  readonly shape: TemplateShape
  readonly sheets: readonly TemplateSheet[]
}

/** The shapes in which there is a template of the kind; the first is the usual one. */
export function shapesOf(kind: KindDeclaration): readonly TemplateShape[] {
  return (kind.children ?? []).length > 0 ? templateShapes : ['one-table']
}

/** Fields of the kind in their order; those of the organisation stand at the end of the table (RN-18). */
export function planTemplate(kinds: Kinds, kind: KindDeclaration, shape: TemplateShape): TemplatePlan {
  const children = kind.children ?? []
  if (shape === 'one-table') {
    const groups = children.flatMap((child) => groupsOf(kinds, child))
    return { kind, shape, sheets: [{ kind, columns: customLast([...ownColumns(kinds, kind), ...groups]) }] }
  }
  const others = children.map((child) => {
    const of = kinds.get(child.kind)
    return { kind: of, columns: customLast(parentFirst(ownColumns(kinds, of), child.into)) }
  })
  return { kind, shape, sheets: [{ kind, columns: customLast(ownColumns(kinds, kind)) }, ...others] }
}

function ownColumns(kinds: Kinds, kind: KindDeclaration): TemplateColumn[] {
  return kind.fields.map((field) => ({
    path: field.name,
    field,
    labels: field.labels,
    group: null,
    lookup: lookupOf(kinds, field),
  }))
}

function groupsOf(kinds: Kinds, child: ChildDeclaration): TemplateColumn[] {
  const kind = kinds.get(child.kind)
  const fields = kind.fields.filter(
    (field) => field.custom !== undefined || child.fields.includes(field.name),
  )
  const numbers = Array.from({ length: child.groups }, (_, at) => at + 1)
  return numbers.flatMap((number) =>
    fields.map((field) => ({
      path: `${kind.name}[${number}].${field.name}`,
      field,
      labels: {
        en: `${capitalised(kind.one.en)} ${number} – ${field.labels.en}`,
        cs: `${capitalised(kind.one.cs)} ${number} – ${field.labels.cs}`,
      },
      group: { kind, number },
      lookup: lookupOf(kinds, field),
    })),
  )
}

/** An external id is what systems know a record by; a person names it by its title. */
function lookupOf(kinds: Kinds, { reference }: FieldDeclaration): string | null {
  if (!reference) return null
  const title = kinds.all.find(({ name }) => name === reference.kind)?.title
  const isForSystems = reference.by[0] === 'externalId'
  return isForSystems && title !== undefined && reference.by.includes(title) ? title : reference.by[0]!
}

function parentFirst(columns: readonly TemplateColumn[], into: string): TemplateColumn[] {
  const isParent = ({ field }: TemplateColumn): boolean => field.name === into
  return [...columns.filter(isParent), ...columns.filter((column) => !isParent(column))]
}

function customLast(columns: readonly TemplateColumn[]): TemplateColumn[] {
  const isCustom = ({ field }: TemplateColumn): boolean => field.custom !== undefined
  return [...columns.filter((column) => !isCustom(column)), ...columns.filter(isCustom)]
}

export function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1)
}

/** Headers in one language, no two alike: a second "Note" names its section, a third has a number. */
export function headersOf(columns: readonly TemplateColumn[], language: 'en' | 'cs'): string[] {
  const taken = new Set<string>()
  return columns.map(({ labels, field }) => {
    const label = labels[language]
    const candidates = [label, `${label} (${field.section.labels[language]})`]
    let header = candidates.find((candidate) => !taken.has(keyOfHeader(candidate)))
    for (let copy = 2; header === undefined; copy += 1)
      if (!taken.has(keyOfHeader(`${label} (${copy})`))) header = `${label} (${copy})`
    taken.add(keyOfHeader(header))
    return header
  })
}

/** As they stand in the table: required columns have a star; in a group that depends on the rest of it. */
export function markedHeaders(columns: readonly TemplateColumn[], language: 'en' | 'cs'): string[] {
  return headersOf(columns, language).map((header, at) => (isRequired(columns[at]!) ? `${header} *` : header))
}

export function isRequired({ field, group }: TemplateColumn): boolean {
  return field.required === true && group === null
}

/** A header as it is compared: without the mark, spaces and case apart. */
export function keyOfHeader(header: string): string {
  return header
    .replace(/\s*\*\s*$/, '')
    .replace(/\s+/g, ' ')
    .trim()
    .normalize('NFC')
    .toLowerCase()
}

/** What may be chosen for a field today, archived options left out. */
export function offeredOptions(field: FieldDeclaration): NonNullable<FieldDeclaration['options']> {
  return (field.options ?? []).filter(({ isArchived }) => isArchived !== true)
}
