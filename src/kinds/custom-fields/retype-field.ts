/** A custom field under another type, list or currency: whether its values fit, and the change of all of them. */
import { requirePermission } from '../../accounts/accounts.ts'
import type { Work } from '../../platform/work.ts'
import type { FieldDeclaration, KindDeclaration, Kinds } from '../kind.ts'
import { buildField } from '../organisation-kinds.ts'
import type { FieldChange } from './contract.ts'
import { convertValues, previewValues, type TypePreview } from './convert-values.ts'
import type { FieldSettings, StoredField } from './custom-fields.store.ts'
import { refuseField } from './refusals.ts'

/** A pattern is looked for in every cell, so the cells are short. */
const LONGEST_WITH_PATTERN = 255

/** What is not given stays; settings of another type go with it. */
export function settingsOf(given: FieldChange, before?: StoredField): FieldSettings {
  const type = given.type ?? before!.type
  const isOther = before !== undefined && before.type !== type
  const kept = <T>(value: T | undefined, stored: T, fallback: T): T =>
    value !== undefined ? value : isOther ? fallback : stored
  const shown = given.shownIn ?? {
    list: before?.in_list ?? true,
    filter: before?.in_filter ?? true,
    export: before?.in_export ?? true,
  }
  const label = given.label ?? { en: before?.label_en ?? null, cs: before?.label_cs ?? null }
  const group = given.group === undefined ? (before?.group_name ?? null) : given.group
  const pattern = kept(given.pattern, before?.pattern ?? null, null) || null
  const maxLength = kept(given.maxLength, before?.max_length ?? null, null)
  return {
    type,
    label_en: label.en?.trim() || null,
    label_cs: label.cs?.trim() || null,
    hint: (given.hint === undefined ? (before?.hint ?? null) : given.hint)?.trim() || null,
    group_name: group?.trim() || null,
    required: given.required ?? before?.required ?? false,
    pattern,
    max_length:
      pattern === null ? maxLength : Math.min(maxLength ?? LONGEST_WITH_PATTERN, LONGEST_WITH_PATTERN),
    currency: kept(given.currency, before?.currency ?? null, null),
    list: keepsList(before, type)
      ? (given.list ?? before!.list)
      : kept(given.list, before?.list ?? null, null),
    in_list: shown.list,
    in_filter: shown.filter,
    in_export: shown.export,
  }
}

/** From one option to several, or back, the options stay the same. */
function keepsList(before: StoredField | undefined, type: FieldSettings['type']): boolean {
  return before !== undefined && before.list !== null && (type === 'enum' || type === 'choices')
}

export function isRetyped(before: FieldSettings, after: FieldSettings): boolean {
  return before.type !== after.type || before.list !== after.list || before.currency !== after.currency
}

export async function previewType(
  work: Work,
  kinds: Kinds,
  kind: KindDeclaration,
  before: StoredField,
  after: FieldSettings,
): Promise<TypePreview> {
  requirePermission(work, 'fields.manage')
  const [from, to] = await bothOf(work, kinds, kind, before, after)
  return previewValues(work, { table: kind.table, key: before.key }, from, to)
}

/** Gives how many values there are; refuses `field.values_do_not_fit`. */
export async function changeType(
  work: Work,
  kinds: Kinds,
  kind: KindDeclaration,
  before: StoredField,
  after: FieldSettings,
): Promise<number> {
  const place = { table: kind.table, key: before.key }
  const [from, to] = await bothOf(work, kinds, kind, before, after)
  const { values, unfit, examples } = await previewValues(work, place, from, to)
  if (unfit > 0) throw refuseField('field.values_do_not_fit', { values, unfit, example: examples[0]!.value })
  await convertValues(work, place, from, to)
  return values
}

async function bothOf(
  work: Work,
  kinds: Kinds,
  kind: KindDeclaration,
  before: StoredField,
  after: FieldSettings,
): Promise<[FieldDeclaration, FieldDeclaration]> {
  const { lists } = await kinds.of(work)
  return [buildField(kind, before, lists), buildField(kind, { ...before, ...after }, lists)]
}
