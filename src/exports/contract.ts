/** Lists of records as files. */
import { z } from 'zod'
import { recordFilter } from '../kinds/records/contract.ts'
import { defineOperation } from '../platform/contract.ts'

/** Answers with the file itself; its columns are the fields of the kind, and it imports again without change. */
export const exportKind = defineOperation({
  id: 'exportKind',
  method: 'GET',
  path: '/exports/:kind.:format',
  summary: 'Records of a kind as CSV or XLSX: all, or those of a list as it is filtered',
  tag: 'Exports',
  permission: 'signed-in',
  params: z.object({ kind: z.string().max(40), format: z.enum(['csv', 'xlsx']) }),
  query: z.object({
    ...recordFilter,
    /** Fields, and `import`, `createdAt`, `updatedAt`, separated by commas, in their order; every field where nothing is said. */
    columns: z.string().max(4000).optional(),
    /** As in a list; without it the oldest comes first. */
    sort: z.string().max(80).optional(),
    language: z.enum(['en', 'cs']).default('en'),
  }),
  produces: 'text/csv',
  refusals: ['kind.unknown', 'record.unknown_filter', 'record.unknown_sort'],
})
