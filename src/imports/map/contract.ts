/** The Columns step over HTTP: which column becomes which field, and how its values are read. */
import { z } from 'zod'
import { ValueFormat } from '../../kinds/contract.ts'
import { customFieldTypes } from '../../kinds/custom-fields/contract.ts'
import { defineOperation } from '../../platform/contract.ts'
import { bySource, shared } from '../terms.ts'

export const ColumnMapping = z
  .object({
    /** Column of the source, from 0. */
    column: z.number().int().min(0),
    header: z.string(),
    field: z.string(),
    format: ValueFormat.optional(),
    /** What an empty cell does to an existing record: keep what is there, clear it, or take the default. */
    blank: z.enum(['keep', 'clear', 'default']).optional(),
    default: z.string().max(1000).optional(),
    /** Source value → our value (null: leave blank). */
    valueMap: z.record(z.string(), z.string().nullable()).optional(),
    /** For references: the attribute by which the record is looked up. */
    lookup: z.string().optional(),
    /** Words that the list does not have become options of it when the import is loaded. */
    createOptions: z.boolean().optional(),
  })
  .meta({ id: 'ColumnMapping' })
export type ColumnMapping = z.infer<typeof ColumnMapping>

export const Mapping = z
  .object({
    columns: z.array(ColumnMapping).max(20_000),
    /** Fields that get one value for all rows. */
    constants: z.array(z.object({ field: z.string(), value: z.string().max(4000) })).max(200),
    /**
     * Columns that no field is made for: what stands in them goes into one text of the record, each cell on a line
     * of its own under its header. `unreadable`: so does what the field of a column cannot take.
     */
    gather: z
      .object({
        field: z.string(),
        columns: z.array(z.object({ column: z.number().int().min(0), header: z.string() })).max(20_000),
        unreadable: z.boolean(),
      })
      .optional(),
    /** One record for each different value of this field: rows without one, or with one that is there, are skipped. */
    distinct: z.string().max(80).optional(),
    /** Rows with one of these texts in this column are examples of a template: skipped, and said to be. */
    leaveOut: z
      .object({
        column: z.number().int().min(0),
        header: z.string(),
        texts: z.array(z.string().max(1000)).max(20),
      })
      .optional(),
  })
  .meta({ id: 'Mapping' })
export type Mapping = z.infer<typeof Mapping>

export const ColumnView = z
  .object({
    column: z.number(),
    header: z.string(),
    /** Some real values, different ones first. */
    samples: z.array(z.string()),
    suggestion: z.object({ field: z.string(), confidence: z.number(), reason: z.string() }).nullable(),
    alternatives: z.array(z.object({ field: z.string(), confidence: z.number() })),
    mapping: ColumnMapping.nullable(),
    /** The samples as the mapping turns them: canonical text for a person, or the finding's sentence. */
    converted: z.array(z.object({ value: z.string().nullable(), problem: z.string().nullable() })),
    /** A question that the values leave open and one answer settles for the whole column. */
    question: z.enum(['dateOrder', 'decimal']).nullable(),
  })
  .meta({ id: 'ColumnView' })

export const describeColumns = defineOperation({
  id: 'describeColumns',
  method: 'GET',
  path: '/imports/:id/sources/:source/columns',
  summary: 'Columns with real values, suggestions and how the mapping reads them',
  permission: 'imports.read',
  params: bySource,
  response: z.object({ columns: z.array(ColumnView), missingFields: z.array(z.string()) }),
  refusals: ['import.not_found'],
  ...shared,
})

/** A column that no field fits, as a field of the organisation's own: what `createCustomField` could be given. */
export const proposeColumnField = defineOperation({
  id: 'proposeColumnField',
  method: 'GET',
  path: '/imports/:id/sources/:source/columns/:column/field',
  summary: 'What a column would be as a custom field, from its header and values',
  permission: 'imports.read',
  params: bySource.extend({ column: z.coerce.number().int().min(0) }),
  response: z.object({
    kind: z.string(),
    label: z.string(),
    type: z.enum(customFieldTypes),
    options: z.array(z.string()),
    currency: z.string().nullable(),
  }),
  refusals: ['import.not_found', 'mapping.no_column'],
  ...shared,
})
