/**
 * Custom fields: what an organisation adds to its kinds. Whatever happens to a definition, values are kept: an
 * archived field only hides them, a deleted one is brought back with them.
 */
import { requirePermission } from '../../accounts/accounts.ts'
import { recordEvent } from '../../history/history.ts'
import type { Work } from '../../platform/work.ts'
import { makeOwnList } from '../code-lists/code-lists.ts'
import { refuseList } from '../code-lists/refusals.ts'
import type { KindDeclaration, Kinds } from '../kind.ts'
import { customName, labelsOf } from '../organisation-kinds.ts'
import { checkField, isSelection } from './check-field.ts'
import type { CustomField, FieldChange, FieldInput } from './contract.ts'
import {
  type FieldSettings,
  insertField,
  lockField,
  lockFieldsOf,
  readFields,
  type StoredField,
  touchRevision,
  updateField,
  updateFieldState,
  updatePlaces,
} from './custom-fields.store.ts'
import type { fieldEvents } from './events.ts'
import { makeFieldKey } from './field-key.ts'
import { countValues } from './field-values.store.ts'
import { refuseField } from './refusals.ts'
import { changeType, isRetyped, settingsOf } from './retype-field.ts'

const MOST_FIELDS = 300

export async function listCustomFields(
  work: Work,
  kind: string | undefined,
  isDeleted = false,
): Promise<{ fields: CustomField[] }> {
  const fields = await readFields(work)
  return {
    fields: fields
      .filter(
        (field) => (field.deleted_at !== null) === isDeleted && (kind === undefined || field.kind === kind),
      )
      .map(viewField),
  }
}

export async function createCustomField(
  work: Work,
  kinds: Kinds,
  input: FieldInput & { readonly kind: string },
): Promise<CustomField> {
  requirePermission(work, 'fields.manage')
  const kind = kinds.get(input.kind)
  const all = await lockFieldsOf(work, kind.name)
  const others = all.filter((field) => field.deleted_at === null)
  if (others.length >= MOST_FIELDS) throw refuseField('field.too_many', { maximum: MOST_FIELDS })
  const label = input.label.en?.trim() || input.label.cs?.trim() || ''
  const key = makeFieldKey(label, new Set(all.map((field) => field.key)))
  const hasOwnList = isSelection(input.type) && input.list === null && input.options.length > 0
  const settings = settingsOf({ ...input, list: hasOwnList ? `${kind.name}.${key}` : input.list })
  if (hasOwnList)
    await makeOwnList(work, settings.list!, { en: settings.label_en, cs: settings.label_cs }, input.options)
  checkField(settings, { kind, others, lists: await knownLists(work, kinds, settings.list) })
  const id = await insertField(work, kind.name, key, settings)
  const made = await requireField(work, id)
  const { en, cs } = kind.labels
  await tell(work, made, 'field.created', { kind: { en, cs } })
  return viewField(made)
}

/** Changes what is given; another type, list or currency only where every value there is fits it. */
export async function changeCustomField(
  work: Work,
  kinds: Kinds,
  id: string,
  change: FieldChange & { readonly version: number },
): Promise<CustomField> {
  requirePermission(work, 'fields.manage')
  const { before, kind, others } = await openField(work, kinds, id)
  if (before.version !== change.version)
    throw refuseField('field.changed_meanwhile', { label: labelsOf(before)[work.actor.language] })
  const after = settingsOf(change, before)
  checkField(after, { kind, others, lists: await knownLists(work, kinds, after.list) })
  if (isRetyped(before, after)) {
    const values = await changeType(work, kinds, kind, before, after)
    await tell(work, before, 'field.type_changed', { values })
  }
  if (told.some((name) => before[name] !== after[name])) await updateField(work, id, after)
  const isArchived = before.archived_at !== null
  if (change.archived !== undefined && change.archived !== isArchived) {
    await updateFieldState(work, id, { archivedAt: change.archived ? work.now : null, deletedAt: null })
    await tell(work, before, change.archived ? 'field.archived' : 'field.unarchived')
  }
  const changed = await requireField(work, id)
  const changes = changesBetween(before, changed)
  if (changes.length > 0) await tell(work, changed, 'field.changed', {}, changes)
  return viewField(changed)
}

export async function orderCustomFields(
  work: Work,
  kinds: Kinds,
  input: { readonly kind: string; readonly ids: readonly string[] },
): Promise<{ fields: CustomField[] }> {
  requirePermission(work, 'fields.manage')
  const kind = kinds.get(input.kind)
  const there = (await lockFieldsOf(work, kind.name)).filter((field) => field.deleted_at === null)
  const ids = new Set(input.ids)
  if (ids.size !== input.ids.length || ids.size !== there.length || !there.every((of) => ids.has(of.id)))
    throw refuseField('field.order_outdated')
  await updatePlaces(work, input.ids)
  const first = there[0]
  if (first) await tell(work, first, 'field.ordered')
  return listCustomFields(work, kind.name)
}

export async function previewFieldDeletion(
  work: Work,
  kinds: Kinds,
  id: string,
): Promise<{ values: number }> {
  requirePermission(work, 'fields.manage')
  const { before, kind } = await findField(work, kinds, id)
  return { values: await countValues(work, { table: kind.table, key: before.key }) }
}

/** `values` as the preview told: nobody deletes more than they were told of. */
export async function deleteCustomField(
  work: Work,
  kinds: Kinds,
  id: string,
  values: number,
): Promise<{ deleted: boolean; values: number }> {
  requirePermission(work, 'fields.manage')
  const { before, kind } = await openField(work, kinds, id)
  const count = await countValues(work, { table: kind.table, key: before.key })
  if (count !== values) throw refuseField('field.holds_values', { count })
  await updateFieldState(work, id, { archivedAt: before.archived_at, deletedAt: work.now })
  await tell(work, before, 'field.deleted', { values: count })
  return { deleted: true, values: count }
}

export async function restoreCustomField(work: Work, kinds: Kinds, id: string): Promise<CustomField> {
  requirePermission(work, 'fields.manage')
  await touchRevision(work)
  const before = await lockField(work, id)
  if (!before) throw refuseField('field.not_found', { id })
  if (before.deleted_at !== null) {
    const kind = kinds.get(before.kind)
    const others = (await readFields(work)).filter((of) => of.kind === kind.name && of.deleted_at === null)
    checkField(before, { kind, others, lists: await knownLists(work, kinds, before.list) })
    await updateFieldState(work, id, { archivedAt: before.archived_at, deletedAt: null })
    await tell(work, before, 'field.restored')
  }
  return viewField(await requireField(work, id))
}

export type OpenedField = { before: StoredField; kind: KindDeclaration; others: StoredField[] }

/** A field that is not deleted, with the others of its kind. */
export async function findField(work: Work, kinds: Kinds, id: string): Promise<OpenedField> {
  const there = (await readFields(work)).filter((field) => field.deleted_at === null)
  const before = there.find((field) => field.id === id)
  if (!before) throw refuseField('field.not_found', { id })
  const kind = kinds.get(before.kind)
  return { before, kind, others: there.filter((of) => of.kind === kind.name && of.id !== id) }
}

/** The same for a change: others who would change definitions wait. */
async function openField(work: Work, kinds: Kinds, id: string): Promise<OpenedField> {
  await touchRevision(work)
  return findField(work, kinds, id)
}

async function requireField(work: Work, id: string): Promise<StoredField> {
  const field = await lockField(work, id)
  if (!field) throw refuseField('field.not_found', { id })
  return field
}

export async function knownLists(work: Work, kinds: Kinds, list: string | null) {
  const { lists } = await kinds.of(work)
  if (list !== null && !lists.has(list)) throw refuseList('list.not_found', { list })
  return lists
}

export function viewField(field: StoredField): CustomField {
  return {
    id: field.id,
    kind: field.kind,
    name: customName(field.key),
    type: field.type,
    label: { en: field.label_en, cs: field.label_cs },
    hint: field.hint,
    group: field.group_name,
    required: field.required,
    pattern: field.pattern,
    maxLength: field.max_length,
    currency: field.currency,
    list: field.list,
    shownIn: { list: field.in_list, filter: field.in_filter, export: field.in_export },
    archived: field.archived_at !== null,
    version: field.version,
  }
}

const told = [
  'type',
  'label_en',
  'label_cs',
  'hint',
  'group_name',
  'required',
  'pattern',
  'max_length',
  'currency',
  'list',
  'in_list',
  'in_filter',
  'in_export',
] as const satisfies readonly (keyof FieldSettings)[]

function changesBetween(before: StoredField, after: StoredField) {
  const text = (value: string | number | boolean | null): string | null =>
    value === null ? null : String(value)
  return told
    .filter((name) => before[name] !== after[name])
    .map((name) => ({ field: name, before: text(before[name]), after: text(after[name]) }))
}

async function tell(
  work: Work,
  field: StoredField,
  event: keyof typeof fieldEvents,
  params: Readonly<Record<string, string | number | { en: string; cs: string }>> = {},
  changes: ReturnType<typeof changesBetween> = [],
): Promise<void> {
  const { en, cs } = labelsOf(field)
  await recordEvent(work, {
    kind: 'custom_fields',
    recordId: field.id,
    event,
    params: { label: { en, cs }, ...params },
    changes,
  })
}
