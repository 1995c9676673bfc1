/** A custom field while it is being filled in, as text and ticks; and what goes to the server of it. */
import type { CustomField, CustomFieldType } from '../../src/kinds/custom-fields/contract.ts'
import type { KindWords } from '../imports/kinds.ts'

export type Draft = {
  readonly en: string
  readonly cs: string
  readonly type: CustomFieldType
  readonly group: string
  readonly hint: string
  readonly required: boolean
  readonly inList: boolean
  readonly inFilter: boolean
  readonly inExport: boolean
  readonly pattern: string
  readonly maxLength: string
  readonly currency: string
  /** An existing list, or '' for options of its own. */
  readonly list: string
  /** One on each line. */
  readonly options: string
}

const blank: Draft = {
  en: '',
  cs: '',
  type: 'text',
  group: '',
  hint: '',
  required: false,
  inList: true,
  inFilter: true,
  inExport: true,
  pattern: '',
  maxLength: '',
  currency: '',
  list: '',
  options: '',
}

/** Groups that the kind has, by name: a person picks them by their label. */
export function sectionNames(kind: KindWords): ReadonlyMap<string, string> {
  return new Map(
    (kind.kind?.fields ?? [])
      .filter((field) => field.section.name !== 'custom')
      .map((field) => [field.section.name, kind.label(field.section.labels)]),
  )
}

export function draftOf(
  field: CustomField | undefined,
  sections: ReadonlyMap<string, string>,
  start: Partial<Draft> = {},
): Draft {
  if (!field) return { ...blank, ...start }
  return {
    en: field.label.en ?? '',
    cs: field.label.cs ?? '',
    type: field.type,
    group: field.group === null ? '' : (sections.get(field.group) ?? field.group),
    hint: field.hint ?? '',
    required: field.required,
    inList: field.shownIn.list,
    inFilter: field.shownIn.filter,
    inExport: field.shownIn.export,
    pattern: field.pattern ?? '',
    maxLength: field.maxLength === null ? '' : String(field.maxLength),
    currency: field.currency ?? '',
    list: field.list ?? '',
    options: '',
  }
}

export const isSelection = (type: CustomFieldType): boolean => type === 'enum' || type === 'choices'
export const mayHavePattern = (type: CustomFieldType): boolean =>
  type === 'text' || type === 'url' || type === 'email' || type === 'file'

/** Settings that do not belong to the type are left behind. */
export function inputOf(draft: Draft, sections: ReadonlyMap<string, string>) {
  const { type } = draft
  const group = draft.group.trim()
  const section = [...sections].find(([, label]) => label === group)?.[0]
  const length = Number.parseInt(draft.maxLength, 10)
  return {
    label: { en: draft.en.trim() || null, cs: draft.cs.trim() || null },
    type,
    group: group === '' ? null : (section?.replace(/^custom\./, '') ?? group),
    hint: draft.hint.trim() || null,
    required: draft.required,
    shownIn: { list: draft.inList, filter: draft.inFilter, export: draft.inExport },
    pattern: mayHavePattern(type) ? draft.pattern || null : null,
    maxLength: (mayHavePattern(type) || type === 'multiline') && length > 0 ? length : null,
    currency: type === 'money' ? draft.currency || null : null,
    list: isSelection(type) ? draft.list || null : null,
    options: isSelection(type) && draft.list === '' ? linesOf(draft.options) : [],
  }
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
