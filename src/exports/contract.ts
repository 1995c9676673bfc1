/** Lists of records as files. */
import { z } from 'zod'
import { defineOperation } from '../platform/contract.ts'

/** Answers with the file itself; its columns are the fields of the kind, and it imports again without change. */
export const exportKind = defineOperation({
  id: 'exportKind',
  method: 'GET',
  path: '/exports/:kind.:format',
  summary: 'All records of a kind as CSV or XLSX',
  tag: 'Exports',
  permission: 'clients.export',
  params: z.object({ kind: z.string().max(40), format: z.enum(['csv', 'xlsx']) }),
  query: z.object({
    /** `FIELD=VALUE`, repeatable; all must hold. */
    where: z.union([z.string().max(500), z.array(z.string().max(500)).max(20)]).optional(),
    language: z.enum(['en', 'cs']).default('en'),
  }),
  produces: 'text/csv',
  refusals: ['kind.unknown', 'export.unknown_field'],
})
