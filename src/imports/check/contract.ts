/** The Check step over HTTP: findings, rows and the plan. */
import { z } from 'zod'
import { defineOperation } from '../../platform/contract.ts'
import { byId, bySource, Counts, FindingView, Id, RowCounts, shared } from '../terms.ts'

/** Findings of one cause: same source, same code, same field. */
export const FindingGroup = z
  .object({
    source: z.number(),
    code: z.string(),
    field: z.string().nullable(),
    severity: z.enum(['error', 'warning', 'info']),
    count: z.number(),
    rows: z.number(),
    /** What the group is about, without the particulars of one row. */
    title: z.string(),
    examples: z.array(z.object({ row: z.number(), line: z.number(), value: z.string().nullable() })),
  })
  .meta({ id: 'FindingGroup' })
export type FindingGroup = z.infer<typeof FindingGroup>

export const PlanExample = z
  .object({
    source: z.number(),
    /** Of a child the kind of the child. */
    kind: z.string(),
    row: z.number(),
    line: z.number(),
    recordId: Id.nullable(),
    title: z.string(),
    fields: z.array(
      z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
    ),
  })
  .meta({ id: 'PlanExample' })

export const describePlan = defineOperation({
  id: 'describePlan',
  method: 'GET',
  path: '/imports/:id/plan',
  summary: 'What loading would do, in numbers and examples',
  permission: 'imports.read',
  params: byId,
  response: z.object({
    hash: z.string(),
    counts: Counts,
    /** Rows in which nothing stands; they are left out of the counts. */
    blankRows: z.number(),
    /** In the order in which they are loaded. */
    sources: z.array(
      z.object({ source: z.number(), kind: z.string(), fileName: z.string(), counts: RowCounts }),
    ),
    creates: z.array(PlanExample),
    updates: z.array(PlanExample),
    skipped: z.array(z.object({ row: z.number(), line: z.number(), sentence: z.string() })),
    /** The policies in words. */
    policies: z.array(z.string()),
  }),
  refusals: ['import.not_found', 'import.not_checked'],
  ...shared,
})

export const listFindings = defineOperation({
  id: 'listFindings',
  method: 'GET',
  path: '/imports/:id/findings',
  summary: 'Findings with their places, page by page',
  permission: 'imports.read',
  params: byId,
  query: z.object({
    source: z.coerce.number().int().min(0).optional(),
    code: z.string().max(60).optional(),
    field: z.string().max(60).optional(),
    severity: z.enum(['error', 'warning', 'info']).optional(),
    cursor: z.string().max(100).optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
  }),
  response: z.object({ findings: z.array(FindingView), next: z.string().nullable() }),
  refusals: ['import.not_found'],
  ...shared,
})

/** Answers with the file itself. */
export const downloadFindings = defineOperation({
  id: 'downloadFindings',
  method: 'GET',
  path: '/imports/:id/findings.:format',
  summary: 'All findings as a file: csv, xlsx or ndjson',
  permission: 'imports.read',
  params: z.object({ id: Id, format: z.enum(['csv', 'xlsx', 'ndjson']) }),
  produces: 'text/csv',
  refusals: ['import.not_found'],
  ...shared,
})

export const rowActions = ['create', 'update', 'unchanged', 'skip', 'fail'] as const

export const listRows = defineOperation({
  id: 'listRows',
  method: 'GET',
  path: '/imports/:id/sources/:source/rows',
  summary: 'Checked rows with what each will become',
  permission: 'imports.read',
  params: bySource,
  query: z.object({
    /** First row number wanted; pages are by row number so that the last costs what the first does. */
    from: z.coerce.number().int().min(1).default(1),
    limit: z.coerce.number().int().min(1).max(500).default(100),
    action: z.enum(rowActions).optional(),
  }),
  response: z.object({
    fields: z.array(z.object({ field: z.string(), header: z.string() })),
    rows: z.array(
      z.object({
        row: z.number(),
        line: z.number(),
        action: z.enum(rowActions),
        /** Canonical values for a person, in the order of `fields`. */
        cells: z.array(z.string().nullable()),
        findings: z.array(FindingView),
        /** Records of other kinds that stand in the row, each with its group. */
        children: z.array(
          z.object({
            kind: z.string(),
            group: z.number(),
            action: z.enum(rowActions),
            values: z.array(z.object({ field: z.string(), value: z.string().nullable() })),
          }),
        ),
      }),
    ),
    next: z.number().nullable(),
  }),
  refusals: ['import.not_found', 'import.not_checked'],
  ...shared,
})

export const DuplicateGroup = z
  .object({
    kind: z.string(),
    /** Fields by which they are the same. */
    fields: z.array(z.string()),
    /** What they have in common, as it is compared. */
    values: z.array(z.string()),
    /** Rows of the group in all; some of them follow. */
    count: z.number(),
    rows: z.array(z.object({ source: z.number(), row: z.number() })),
    /** Records that are there already. */
    records: z.array(z.object({ id: Id, title: z.string() })),
  })
  .meta({ id: 'DuplicateGroup' })

export const listDuplicates = defineOperation({
  id: 'listDuplicates',
  method: 'GET',
  path: '/imports/:id/duplicates',
  summary: 'Rows that are the same thing twice, or that are there already, by the rules of their kind',
  permission: 'imports.read',
  params: byId,
  query: z.object({
    kind: z.string().max(40).optional(),
    cursor: z.string().max(30).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: z.object({ groups: z.array(DuplicateGroup), next: z.string().nullable() }),
  refusals: ['import.not_found', 'import.not_checked'],
  ...shared,
})
