/** What an import loaded, over HTTP. */
import { z } from 'zod'
import { defineOperation } from '../../platform/contract.ts'
import { byId, Id, shared } from '../terms.ts'

export const listImportRecords = defineOperation({
  id: 'listImportRecords',
  method: 'GET',
  path: '/imports/:id/records',
  summary: 'Records that the import created or changed',
  permission: 'imports.read',
  params: byId,
  query: z.object({
    /** Not given: the kind of the import's first source. */
    kind: z.string().max(40).optional(),
    change: z.enum(['created', 'updated']).default('created'),
    cursor: z.string().max(100).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: z.object({
    records: z.array(
      z.object({
        kind: z.string(),
        id: Id,
        title: z.string(),
        source: z.number(),
        row: z.number(),
        change: z.enum(['created', 'updated']),
        fields: z.array(
          z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
        ),
      }),
    ),
    next: z.string().nullable(),
  }),
  refusals: ['import.not_found', 'kind.unknown'],
  ...shared,
})
