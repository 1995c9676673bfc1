/** What the browser and the command line know of a kind: its fields, labels, formats and match keys. */
import { z } from 'zod'
import { defineOperation } from '../platform/contract.ts'

const Labels = z.object({ en: z.string(), cs: z.string(), de: z.string().optional() })

export const valueTypeNames = [
  'text',
  'multiline',
  'integer',
  'number',
  'boolean',
  'date',
  'datetime',
  'country',
  'phone',
  'email',
  'url',
  'money',
  'enum',
  'tags',
  'choices',
  'percent',
  'time',
  'file',
] as const

export const FieldDescription = z
  .object({
    name: z.string(),
    type: z.enum(valueTypeNames),
    labels: Labels,
    /** Heading under which the field stands in forms and lists of fields. */
    section: z.object({ name: z.string(), labels: Labels }),
    required: z.boolean(),
    unique: z.boolean(),
    maxLength: z.number().nullable(),
    /** Regular expression that the whole value must match. */
    pattern: z.string().nullable(),
    hint: z.string().nullable(),
    /** The one currency of a money field. */
    currency: z.string().nullable(),
    /** The organisation added the field itself; its name is `custom.<key>`. */
    custom: z.boolean(),
    /** The list of the organisation that the options come from. */
    codeList: z.string().nullable(),
    shownIn: z.object({ list: z.boolean(), filter: z.boolean(), export: z.boolean() }),
    /** Archived ones are understood in files, but no longer offered. */
    options: z.array(z.object({ value: z.string(), labels: Labels, archived: z.boolean() })).nullable(),
    /** For a reference: the kind it points to and the attributes by which it can be found. */
    reference: z.object({ kind: z.string(), by: z.array(z.string()) }).nullable(),
  })
  .meta({ id: 'FieldDescription' })
export type FieldDescription = z.infer<typeof FieldDescription>

export const KindDescription = z
  .object({
    name: z.string(),
    labels: z.object({ en: z.string(), cs: z.string() }),
    /** One of them, for sentences. */
    one: z.object({ en: z.string(), cs: z.string() }),
    fields: z.array(FieldDescription),
    /** Combinations of fields by which an existing record can be recognised, best first. */
    matchKeys: z.array(z.array(z.string())),
  })
  .meta({ id: 'KindDescription' })
export type KindDescription = z.infer<typeof KindDescription>

/** Formats of a column's values, settled once for the whole column. */
export const ValueFormat = z
  .object({
    decimal: z.enum(['.', ',']).optional(),
    thousands: z.enum(['.', ',', ' ', "'", '']).optional(),
    dateOrder: z.enum(['ymd', 'dmy', 'mdy']).optional(),
    /** The last year that two digits can mean. */
    pivotYear: z.number().int().min(1900).max(2200).optional(),
    timeZone: z.string().optional(),
    /** Numbers are days since an epoch of Excel's. */
    excelSerial: z.enum(['1900', '1904']).optional(),
    defaultCountry: z.string().length(2).optional(),
    currency: z.string().length(3).optional(),
    nullWords: z.array(z.string()).optional(),
    separator: z.string().min(1).max(3).optional(),
  })
  .meta({ id: 'ValueFormat' })

export const listKinds = defineOperation({
  id: 'listKinds',
  method: 'GET',
  path: '/kinds',
  summary: 'What a row of a file can become, with all fields',
  tag: 'Imports',
  permission: 'imports.read',
  response: z.object({ kinds: z.array(KindDescription) }),
})
