/** Templates to fill in, over HTTP. */
import { z } from 'zod'
import { templateShapes } from '../../kinds/templates/template-plan.ts'
import { defineOperation } from '../../platform/contract.ts'

const Labels = z.object({ en: z.string(), cs: z.string() })

export const TemplateView = z
  .object({
    kind: z.string(),
    labels: Labels,
    /** The first is the usual one. */
    shapes: z.array(
      z.object({
        shape: z.enum(templateShapes),
        /** What stands for the kinds on each of its sheets. */
        sheets: z.array(z.object({ kind: z.string(), labels: Labels, columns: z.number() })),
        /** How many records of another kind a row of the first sheet holds, and what one is called. */
        groups: z.object({ kind: z.string(), one: Labels, count: z.number() }).nullable(),
        formats: z.array(z.enum(['xlsx', 'csv'])),
      }),
    ),
    /** Fields of the organisation's own among the columns. */
    customFields: z.number(),
  })
  .meta({ id: 'TemplateView' })
export type TemplateView = z.infer<typeof TemplateView>

export const listTemplates = defineOperation({
  id: 'listTemplates',
  method: 'GET',
  path: '/templates',
  summary: 'The templates that there are, with their shapes and columns as of now',
  tag: 'Exports',
  permission: 'imports.create',
  response: z.object({ templates: z.array(TemplateView) }),
})

/**
 * Answers with the workbook, made for the organisation at this moment: instructions, required columns marked,
 * drop-downs of today's lists, its own fields, examples. Filled and uploaded it is recognised. As CSV: the header.
 */
export const downloadTemplate = defineOperation({
  id: 'downloadTemplate',
  method: 'GET',
  path: '/templates/:kind',
  summary: 'A template to fill in, as XLSX or CSV',
  tag: 'Exports',
  permission: 'imports.create',
  params: z.object({ kind: z.string().max(40) }),
  query: z.object({
    format: z.enum(['xlsx', 'csv']).default('xlsx'),
    /** The language of the person when not given. */
    language: z.enum(['en', 'cs']).optional(),
    shape: z.enum(templateShapes).optional(),
  }),
  produces: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  refusals: ['kind.unknown', 'template.no_such_shape', 'template.csv_of_one_table'],
})
