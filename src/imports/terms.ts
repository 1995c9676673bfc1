/** Terms that the contracts of the street have in common. */
import { z } from 'zod'

export const Id = z.string().regex(/^\d{1,18}$/)
export const Moment = z.iso.datetime()
export const Person = z.object({ id: Id.nullable(), name: z.string() })

/** Rows of a file, each in exactly one of the four. */
const rowCounts = {
  rows: z.number(),
  loaded: z.number(),
  unchanged: z.number(),
  skipped: z.number(),
  failed: z.number(),
}
export const RowCounts = z.object(rowCounts).meta({ id: 'RowCounts' })
export type RowCounts = z.infer<typeof RowCounts>

/** Records of one kind: a row can make several, of several kinds. */
export const RecordCounts = z
  .object({
    kind: z.string(),
    created: z.number(),
    updated: z.number(),
    unchanged: z.number(),
    joined: z.number(),
    skipped: z.number(),
    failed: z.number(),
  })
  .meta({ id: 'RecordCounts' })
export type RecordCounts = z.infer<typeof RecordCounts>

/** Rows, and records of all kinds (`created`, `updated`, `joined`), and in `records` each kind by itself. */
export const Counts = z
  .object({
    ...rowCounts,
    created: z.number(),
    updated: z.number(),
    joined: z.number(),
    records: z.array(RecordCounts),
  })
  .meta({ id: 'Counts' })
export type Counts = z.infer<typeof Counts>

export const FindingView = z
  .object({
    source: z.number(),
    row: z.number(),
    line: z.number(),
    column: z.number().nullable(),
    columnName: z.string().nullable(),
    field: z.string().nullable(),
    code: z.string(),
    severity: z.enum(['error', 'warning', 'info']),
    value: z.string().nullable(),
    sentence: z.string(),
  })
  .meta({ id: 'FindingView' })
export type FindingView = z.infer<typeof FindingView>

export const byId = z.object({ id: Id })
export const bySource = z.object({ id: Id, source: z.coerce.number().int().min(0).max(999) })
export const shared = { tag: 'Imports', role: 'loader' } as const
