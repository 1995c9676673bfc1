/** Custom fields over HTTP: what an organisation adds to a kind. Imported by the browser. */
import { z } from 'zod'
import { defineOperation } from '../../platform/contract.ts'

const Id = z.string().regex(/^\d{1,18}$/)

/** `enum` is a selection, `choices` a selection of several, `person` a user of the organisation. */
export const customFieldTypes = [
  'text',
  'multiline',
  'integer',
  'number',
  'money',
  'percent',
  'date',
  'time',
  'datetime',
  'boolean',
  'enum',
  'choices',
  'url',
  'email',
  'phone',
  'country',
  'person',
  'file',
] as const
export type CustomFieldType = (typeof customFieldTypes)[number]

/** Own words in one language or in both; the one that is missing is shown in the other. */
export const OwnLabel = z.object({
  en: z.string().max(100).nullable(),
  cs: z.string().max(100).nullable(),
})
export type OwnLabel = z.infer<typeof OwnLabel>

const ShownIn = z.object({ list: z.boolean(), filter: z.boolean(), export: z.boolean() })

export const CustomField = z
  .object({
    id: Id,
    kind: z.string(),
    /** As mappings, filters and records name it: `custom.<key>`. Made from the label once, never changes. */
    name: z.string(),
    type: z.enum(customFieldTypes),
    label: OwnLabel,
    hint: z.string().nullable(),
    /** A section of the kind by its name, or a group of the organisation's own; null: *Custom fields*. */
    group: z.string().nullable(),
    required: z.boolean(),
    /** Regular expression that the whole value must match. */
    pattern: z.string().nullable(),
    maxLength: z.number().nullable(),
    /** Of money: ISO 4217. */
    currency: z.string().nullable(),
    /** Of selections: the list that offers the options. */
    list: z.string().nullable(),
    shownIn: ShownIn,
    archived: z.boolean(),
    version: z.number(),
  })
  .meta({ id: 'CustomField' })
export type CustomField = z.infer<typeof CustomField>

const Given = {
  label: OwnLabel,
  type: z.enum(customFieldTypes),
  hint: z.string().max(500).nullable(),
  group: z.string().max(100).nullable(),
  required: z.boolean(),
  pattern: z.string().max(500).nullable(),
  maxLength: z.number().int().min(1).max(100_000).nullable(),
  currency: z.string().length(3).nullable(),
  list: z.string().max(100).nullable(),
  shownIn: ShownIn,
}

const FieldInput = z.object({
  ...Given,
  hint: Given.hint.default(null),
  group: Given.group.default(null),
  required: Given.required.default(false),
  pattern: Given.pattern.default(null),
  maxLength: Given.maxLength.default(null),
  currency: Given.currency.default(null),
  list: Given.list.default(null),
  shownIn: Given.shownIn.default({ list: true, filter: true, export: true }),
  /** Names of the options of a selection that gets a list of its own. */
  options: z.array(z.string().min(1).max(100)).max(2000).default([]),
})
export type FieldInput = z.output<typeof FieldInput>

/** What is not given stays. */
const FieldChange = z.object(Given).partial().extend({ archived: z.boolean().optional() })
export type FieldChange = z.output<typeof FieldChange>

const permission = 'fields.manage'
const tag = 'Fields and lists'
const invalid = [
  'field.label_too_short',
  'field.label_taken',
  'field.group_too_short',
  'field.currency_needed',
  'field.list_needed',
  'field.pattern_unusable',
  'field.setting_not_for_type',
  'list.not_found',
] as const

export const listCustomFields = defineOperation({
  id: 'listCustomFields',
  method: 'GET',
  path: '/custom-fields',
  summary:
    'Fields that the organisation has added, in their order, archived ones included; or those it has deleted',
  tag,
  permission: 'signed-in',
  query: z.object({
    kind: z.string().max(60).optional(),
    deleted: z.enum(['true', 'false']).default('false'),
  }),
  response: z.object({ fields: z.array(CustomField) }),
})

export const createCustomField = defineOperation({
  id: 'createCustomField',
  method: 'POST',
  path: '/custom-fields',
  summary: 'Add a field to a kind',
  tag,
  permission,
  body: FieldInput.extend({ kind: z.string().max(60) }),
  status: 201,
  response: CustomField,
  refusals: ['kind.unknown', 'field.too_many', 'list.option_taken', 'list.option_unusable', ...invalid],
})

export const changeCustomField = defineOperation({
  id: 'changeCustomField',
  method: 'PATCH',
  path: '/custom-fields/:id',
  summary: 'Change a field, archive it or take it back; another type only where every value fits it',
  tag,
  permission,
  params: z.object({ id: Id }),
  /** `version` as read: when somebody else has changed the field since, the change is refused. */
  body: FieldChange.extend({ version: z.number().int() }),
  response: CustomField,
  refusals: ['field.not_found', 'field.changed_meanwhile', 'field.values_do_not_fit', ...invalid],
})

export const previewFieldType = defineOperation({
  id: 'previewFieldType',
  method: 'POST',
  path: '/custom-fields/:id/type-preview',
  isReading: true,
  summary: 'How many values would fit another type, list or currency',
  tag,
  permission,
  params: z.object({ id: Id }),
  body: z.object(Given).pick({ type: true, list: true, currency: true }).partial(),
  response: z.object({
    values: z.number(),
    unfit: z.number(),
    examples: z.array(z.object({ value: z.string(), problem: z.string() })),
  }),
  refusals: ['field.not_found', 'field.currency_needed', 'field.list_needed', 'list.not_found'],
})

export const orderCustomFields = defineOperation({
  id: 'orderCustomFields',
  method: 'PUT',
  path: '/custom-fields/order',
  summary: 'Put the fields of a kind into an order',
  tag,
  permission,
  body: z.object({ kind: z.string().max(60), ids: z.array(Id).max(500) }),
  response: z.object({ fields: z.array(CustomField) }),
  refusals: ['kind.unknown', 'field.order_outdated'],
})

export const previewFieldDeletion = defineOperation({
  id: 'previewFieldDeletion',
  method: 'GET',
  path: '/custom-fields/:id/deletion',
  summary: 'How many values would go with a field',
  tag,
  permission,
  params: z.object({ id: Id }),
  response: z.object({ values: z.number() }),
  refusals: ['field.not_found'],
})

export const deleteCustomField = defineOperation({
  id: 'deleteCustomField',
  method: 'DELETE',
  path: '/custom-fields/:id',
  summary: 'Delete a field; it comes back with its values when the deletion is undone',
  tag,
  permission,
  params: z.object({ id: Id }),
  /** As many values as the preview told; refused when it is another number by now. */
  query: z.object({ values: z.coerce.number().int().min(0).default(0) }),
  response: z.object({ deleted: z.boolean(), values: z.number() }),
  refusals: ['field.not_found', 'field.holds_values'],
})

export const restoreCustomField = defineOperation({
  id: 'restoreCustomField',
  method: 'POST',
  path: '/custom-fields/:id/restore',
  summary: 'Undo the deletion of a field: it comes back with its values',
  tag,
  permission,
  params: z.object({ id: Id }),
  response: CustomField,
  refusals: ['field.not_found', 'field.label_taken'],
})
