/**
 * The kinds as one organisation has them: declarations with its custom fields at the end and the options of its
 * lists filled in. Pure; what is stored comes in.
 */
import type { StoredList, StoredOption } from './code-lists/code-lists.store.ts'
import { defaultLists } from './code-lists/default-lists.ts'
import type { StoredField } from './custom-fields/custom-fields.store.ts'
import type { CodeList, FieldDeclaration, KindDeclaration, Labels, Option, Section } from './kind.ts'
import type { ValueTypeName } from './values/value.ts'

export type Definitions = {
  readonly fields: readonly StoredField[]
  readonly lists: readonly StoredList[]
  readonly options: readonly StoredOption[]
}

export const noDefinitions: Definitions = { fields: [], lists: [], options: [] }

/** What a person wrote in one language stands in for the other. */
export function labelsOf(stored: {
  readonly label_en: string | null
  readonly label_cs: string | null
}): Labels {
  const { label_en: en, label_cs: cs } = stored
  return { en: en ?? cs ?? '', cs: cs ?? en ?? '' }
}

/** Name under which a mapping, an API call or a filter knows a custom field. */
export function customName(key: string): string {
  return `custom.${key}`
}

const otherSection: Section = {
  name: 'custom',
  labels: { en: 'Custom fields', cs: 'Vlastní pole', de: 'Eigene Felder' },
}

/** Every list that a declaration or a custom field names, as the organisation has it. */
export function listsOf(
  kinds: readonly KindDeclaration[],
  stored: Definitions,
): ReadonlyMap<string, CodeList> {
  const lists = new Map<string, CodeList>()
  const changed = new Map(stored.lists.map((list) => [list.name, list]))
  const optionsByList = Map.groupBy(stored.options, (option) => option.list)
  const add = (name: string, labels: Labels, options: readonly Option[]): void => {
    if (lists.has(name)) return
    const own = changed.get(name)
    const known = defaultLists[name]
    const isRenamed = own !== undefined && (own.label_en !== null || own.label_cs !== null)
    lists.set(name, {
      name,
      labels: isRenamed ? labelsOf(own) : (known?.labels ?? labels),
      options: own ? (optionsByList.get(name) ?? []).map(optionOf) : options,
    })
  }
  for (const field of kinds.flatMap((kind) => kind.fields))
    if (field.codeList)
      add(field.codeList, field.labels, field.options ?? defaultLists[field.codeList]?.options ?? [])
  for (const list of stored.lists) add(list.name, labelsOf(list), [])
  return lists
}

function optionOf(stored: StoredOption): Option {
  return {
    value: stored.value,
    labels: labelsOf(stored),
    ...(stored.synonyms.length > 0 ? { synonyms: stored.synonyms } : {}),
    ...(stored.archived_at ? { isArchived: true } : {}),
  }
}

export function extendKind(
  kind: KindDeclaration,
  lists: ReadonlyMap<string, CodeList>,
  stored: readonly StoredField[],
): KindDeclaration {
  const own = stored.filter((field) => field.kind === kind.name)
  const declared = kind.fields.map((field) =>
    field.codeList ? { ...field, options: lists.get(field.codeList)?.options ?? [] } : field,
  )
  const isRetired = (field: StoredField): boolean => field.archived_at !== null || field.deleted_at !== null
  const build = (field: StoredField): FieldDeclaration => buildField(kind, field, lists)
  const retired = own.filter(isRetired).map(build)
  return {
    ...kind,
    fields: [...declared, ...own.filter((field) => !isRetired(field)).map(build)],
    ...(retired.length > 0 ? { retired } : {}),
  }
}

/** A custom field as the engine and every form know fields. */
export function buildField(
  kind: KindDeclaration,
  stored: StoredField,
  lists: ReadonlyMap<string, CodeList>,
): FieldDeclaration {
  return {
    name: customName(stored.key),
    custom: stored.key,
    labels: labelsOf(stored),
    section: sectionOf(kind, stored.group_name),
    shownIn: { list: stored.in_list, filter: stored.in_filter, export: stored.in_export },
    type: valueTypeOf(stored),
    ...(stored.type === 'person' ? { reference: { kind: 'people', by: ['email', 'name'] } } : {}),
    ...(stored.hint === null ? {} : { hint: stored.hint }),
    ...(stored.required ? { required: true } : {}),
    ...(stored.pattern === null ? {} : { pattern: stored.pattern }),
    ...(stored.max_length === null ? {} : { maxLength: stored.max_length }),
    ...(stored.currency === null ? {} : { currency: stored.currency }),
    ...(stored.list === null
      ? {}
      : { codeList: stored.list, options: lists.get(stored.list)?.options ?? [] }),
  }
}

export function valueTypeOf(stored: Pick<StoredField, 'type'>): ValueTypeName {
  return stored.type === 'person' ? 'text' : stored.type
}

function sectionOf(kind: KindDeclaration, group: string | null): Section {
  if (group === null) return otherSection
  const declared = kind.fields.find((field) => field.section.name === group)?.section
  return declared ?? { name: `custom.${group}`, labels: { en: group, cs: group } }
}
