/**
 * Records of any kind over HTTP. Each module asks for the operations of its kinds (`contactOperations =
 * defineRecordOperations(…)`) and exports them under their own names, so that every kind is called alike.
 */
import { z } from 'zod'
import { defineOperation } from '../../platform/contract.ts'

export const RecordId = z.string().regex(/^\d{1,18}$/)
const byId = z.object({ id: RecordId })

/** Values by field name: dates `YYYY-MM-DD`, booleans `true`/`false`, money `1234.50 CZK`, a reference by its id. */
export const RecordValues = z.record(z.string().max(80), z.string().max(20_000).nullable())

const References = z.record(z.string(), z.object({ id: RecordId, title: z.string() }))

export const RecordListItem = z
  .object({
    id: RecordId,
    version: z.number(),
    /** What a person knows the record by. */
    title: z.string(),
    values: RecordValues,
    /** By field: what the record refers to, by its own title. */
    references: References,
    importId: RecordId.nullable(),
    importLabel: z.string().nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'RecordListItem' })
export type RecordListItem = z.infer<typeof RecordListItem>

export const RecordView = z
  .object({
    id: RecordId,
    version: z.number(),
    title: z.string(),
    values: RecordValues,
    references: References,
    /** Where the record came from: null when a person made it. */
    origin: z
      .object({
        importId: RecordId,
        label: z.string(),
        fileName: z.string(),
        /** Of a workbook. */
        sheet: z.string().nullable(),
        row: z.number(),
        source: z.number(),
      })
      .nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'RecordView' })
export type RecordView = z.infer<typeof RecordView>

const several = <T extends z.ZodType<string>>(of: T, most: number) =>
  z
    .union([of, z.array(of).max(most)])
    .transform((given) => [given].flat() as string[])
    .optional()

/** What chooses records, in a list, an export and a bulk change alike. */
export const recordFilter = {
  /** Part of a name, an e-mail address, a number, an external id, a telephone. */
  search: z.string().max(200).optional(),
  /** `FIELD=VALUE`, repeatable, all must hold; also `!=`, `~` (contains), `!~`, `>=`, `<=`, `>`, `<`. */
  where: several(z.string().max(500), 20),
  /** Records that this import created. */
  importId: RecordId.optional(),
}

export const ListQuery = z.object({
  ...recordFilter,
  /** `newest`, `updated`, or a field, with `-` before it for the other direction. */
  sort: z.string().max(80).default('newest'),
  /** Fields whose values are wanted, separated by commas; all where nothing is said. */
  columns: z.string().max(4000).optional(),
  cursor: z.string().max(1500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export const RecordPage = z.object({
  records: z.array(RecordListItem),
  next: z.string().nullable(),
  /** On the first page only; null on those that a cursor continues. */
  total: z.number().nullable(),
})

/** Records that refer to one: how many, of which kind, by which field. */
export const Attached = z.object({
  kind: z.string(),
  field: z.string(),
  count: z.number(),
  /**
   * What becomes of them: `goes_with` it, always; `may_go` with it or is detached, as the person decides;
   * `detached` is all that can be; `needs_it`, so nothing can be deleted.
   */
  fate: z.enum(['goes_with', 'may_go', 'detached', 'needs_it']),
})

const chosen = {
  /** These records, or those of the filter. */
  ids: z.array(RecordId).max(10_000).optional(),
  filter: z.object({ ...recordFilter, where: z.array(z.string().max(500)).max(20).optional() }).optional(),
}

export const BulkChange = z.object({
  ...chosen,
  /** How many records the person saw; the change is refused when there are others by now. */
  expected: z.number().int().min(0),
  values: RecordValues.optional(),
  addTags: z.array(z.string().min(1).max(100)).max(50).optional(),
  removeTags: z.array(z.string().min(1).max(100)).max(50).optional(),
})

export const BulkDeletion = z.object({
  ...chosen,
  /** How many records the person saw; nothing is deleted when there are others by now. */
  expected: z.number().int().min(1),
  /** What becomes of records that refer to them. */
  attached: z.enum(['refuse', 'detach', 'delete']).default('refuse'),
})

export const DuplicateGroup = z.object({
  /** Fields by which they are alike. */
  by: z.array(z.string()),
  values: z.array(z.string()),
  count: z.number(),
  /** At most ten of them, oldest first. */
  records: z.array(z.object({ id: RecordId, title: z.string(), version: z.number() })),
})

const MergeBody = z.object({
  /** The record that goes. */
  other: RecordId,
  version: z.number().int(),
  otherVersion: z.number().int(),
  /** Fields that take the value of the other one. Fields that are blank here take it without being named. */
  take: z.array(z.string().max(80)).max(400).default([]),
})

type Names = {
  /** Path below the API's root, in the plural: `contacts`. */
  readonly path: string
  /** Ends of operation ids: `Contact` and `Contacts`. */
  readonly one: string
  readonly many: string
  readonly tag: string
  readonly read: string
  readonly write: string
  /** In summaries: `a contact person`, `contact persons`. */
  readonly aOne: string
  readonly plural: string
}

const changeRefusals = [
  'record.not_found',
  'record.invalid',
  'record.changed_meanwhile',
  'record.value_taken',
]

export function defineRecordOperations(of: Names) {
  const { path, tag, read, write } = of
  return {
    list: defineOperation({
      id: `list${of.many}`,
      method: 'GET',
      path: `/${path}`,
      summary: `List ${of.plural}, searched, filtered and sorted`,
      tag,
      permission: read,
      query: ListQuery,
      response: RecordPage,
      refusals: ['record.unknown_filter', 'record.unknown_sort', 'record.cursor_of_other_sort'],
    }),
    find: defineOperation({
      id: `find${of.one}`,
      method: 'GET',
      path: `/${path}/:id`,
      summary: `Find ${of.aOne}`,
      tag,
      permission: read,
      params: byId,
      response: RecordView,
      refusals: ['record.not_found'],
    }),
    create: defineOperation({
      id: `create${of.one}`,
      method: 'POST',
      path: `/${path}`,
      summary: `Add ${of.aOne} by hand`,
      tag,
      permission: write,
      body: z.object({ values: RecordValues }),
      status: 201,
      response: RecordView,
      refusals: ['record.invalid', 'record.value_taken'],
    }),
    change: defineOperation({
      id: `change${of.one}`,
      method: 'PATCH',
      path: `/${path}/:id`,
      summary: `Change some fields of ${of.aOne}`,
      tag,
      permission: write,
      params: byId,
      /** `version` as read: when somebody else has changed the record since, the change is refused. */
      body: z.object({ version: z.number().int(), values: RecordValues }),
      response: RecordView,
      refusals: changeRefusals,
    }),
    changeMany: defineOperation({
      id: `changeMany${of.many}`,
      method: 'POST',
      path: `/${path}/changes`,
      summary: `Change or tag many ${of.plural} at once; all or none`,
      tag,
      permission: write,
      body: BulkChange,
      /** `event`: one of the history's events of this change, by which all of it can be undone. */
      response: z.object({ changed: z.number(), unchanged: z.number(), event: z.string().nullable() }),
      refusals: [
        'record.invalid',
        'record.unknown_filter',
        'record.too_many',
        'record.count_differs',
        'record.value_taken',
      ],
    }),
    previewDeletion: defineOperation({
      id: `preview${of.one}Deletion`,
      method: 'GET',
      path: `/${path}/:id/deletion`,
      summary: `What hangs on ${of.aOne}`,
      tag,
      permission: write,
      params: byId,
      response: z.object({ title: z.string(), attached: z.array(Attached) }),
      refusals: ['record.not_found'],
    }),
    remove: defineOperation({
      id: `delete${of.one}`,
      method: 'DELETE',
      path: `/${path}/:id`,
      summary: `Put ${of.aOne} into the bin`,
      tag,
      permission: write,
      params: byId,
      query: z.object({
        /** What becomes of records that refer to it: a reason not to, detached, or (those that belong to it) deleted too. */
        attached: z.enum(['refuse', 'detach', 'delete']).default('refuse'),
      }),
      /** `bin`: the entry by which it can be restored. */
      response: z.object({ deleted: z.number(), detached: z.number(), bin: RecordId }),
      refusals: ['record.not_found', 'record.attached', 'record.still_needed'],
    }),
    removeMany: defineOperation({
      id: `deleteMany${of.many}`,
      method: 'POST',
      path: `/${path}/deletions`,
      summary: `Put many ${of.plural} into the bin at once; all or none`,
      tag,
      permission: write,
      body: BulkDeletion,
      /** `bin`: the entry by which all of them can be restored. */
      response: z.object({ deleted: z.number(), detached: z.number(), bin: RecordId }),
      refusals: [
        'record.unknown_filter',
        'record.too_many',
        'record.count_differs',
        'record.attached',
        'record.still_needed',
      ],
    }),
    merge: defineOperation({
      id: `merge${of.many}`,
      method: 'POST',
      path: `/${path}/:id/merge`,
      summary: `Merge two ${of.plural} into one`,
      tag,
      permission: write,
      params: byId,
      body: MergeBody,
      /** `bin`: the entry by which the merge can be undone. */
      response: z.object({ record: RecordView, moved: z.number(), bin: RecordId }),
      refusals: [...changeRefusals, 'record.same'],
    }),
    duplicates: defineOperation({
      id: `listDuplicate${of.many}`,
      method: 'GET',
      path: `/${path}/duplicates`,
      summary: `Groups of ${of.plural} that may be the same`,
      tag,
      permission: read,
      query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
      response: z.object({ groups: z.array(DuplicateGroup) }),
    }),
  } as const
}

export type RecordOperations = ReturnType<typeof defineRecordOperations>

export const BinEntry = z
  .object({
    id: RecordId,
    kind: z.string(),
    recordId: RecordId,
    title: z.string(),
    reason: z.enum(['deleted', 'merged']),
    /** The record it was merged into. */
    keptId: RecordId.nullable(),
    /** Records that were deleted together with it. */
    together: z.number(),
    removedBy: z.string(),
    removedAt: z.iso.datetime(),
    /** When it goes for good. */
    until: z.iso.datetime(),
  })
  .meta({ id: 'BinEntry' })
export type BinEntry = z.infer<typeof BinEntry>

export const listBin = defineOperation({
  id: 'listBin',
  method: 'GET',
  path: '/bin',
  summary: 'What was deleted or merged and can be brought back, newest first',
  tag: 'Bin',
  permission: 'signed-in',
  query: z.object({
    kind: z.string().max(40).optional(),
    search: z.string().max(200).optional(),
    cursor: RecordId.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: z.object({ entries: z.array(BinEntry), next: z.string().nullable() }),
})

export const restoreFromBin = defineOperation({
  id: 'restoreFromBin',
  method: 'POST',
  path: '/bin/:id/restore',
  summary: 'Restore what was deleted, or undo a merge',
  tag: 'Bin',
  permission: 'signed-in',
  params: byId,
  response: z.object({
    kind: z.string(),
    id: RecordId,
    restored: z.number(),
    /** References that point there again; those that somebody has changed since stay as they are. */
    attached: z.number(),
    /** Fields that were left: of the kept record those that hold another value by now, and values of a type that a field had before. */
    left: z.array(z.string()),
    /** Labels of imports that made one of the records and have been undone: it is there again all the same. */
    undoneImports: z.array(z.string()),
  }),
  refusals: ['bin.not_found', 'record.value_taken'],
})

export const undoChange = defineOperation({
  id: 'undoChange',
  method: 'POST',
  path: '/history/:id/undo',
  summary: 'Take back a change that the history tells of; what was changed since stays as it is',
  tag: 'History',
  permission: 'signed-in',
  params: byId,
  /** `together`: of all records that were changed with it. */
  body: z.object({ together: z.boolean().default(false) }),
  response: z.object({
    restored: z.number(),
    kept: z.number(),
    /** Fields that were left because their former value is none any more: a record that is gone, another type, a blank. */
    left: z.array(z.string()),
  }),
  refusals: ['record.no_undo', 'record.value_taken', 'kind.unknown'],
})

export const lookUpRecords = defineOperation({
  id: 'lookUpRecords',
  method: 'GET',
  path: '/references/:kind',
  summary: 'A few records of a kind by what one types, to refer to them',
  tag: 'Records',
  permission: 'signed-in',
  params: z.object({ kind: z.string().max(40) }),
  query: z.object({
    search: z.string().max(200).optional(),
    /** These records, for their titles. */
    ids: several(RecordId, 50),
    limit: z.coerce.number().int().min(1).max(50).default(20),
  }),
  response: z.object({
    records: z.array(z.object({ id: RecordId, title: z.string(), about: z.string().nullable() })),
  }),
  refusals: ['kind.unknown'],
})
