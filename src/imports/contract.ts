/** The import over HTTP, one operation for each thing a person can do to it. */
import { z } from 'zod'
import { ValueFormat } from '../kinds/contract.ts'
import { defineOperation } from '../platform/contract.ts'

export const importStatuses = [
  'incomplete',
  'checking',
  'failed',
  'waiting_for_approval',
  'in_progress',
  'completed',
  'cancelled',
  'undone',
  'partly_undone',
] as const
export type ImportStatus = (typeof importStatuses)[number]

const Id = z.string().regex(/^\d{1,18}$/)
const Moment = z.iso.datetime()
const Person = z.object({ id: Id.nullable(), name: z.string() })

/** Rules of the import as a whole, chosen before it is checked. */
export const ImportSettings = z
  .object({
    rows: z.enum(['all_or_nothing', 'valid_only']),
    existing: z.enum(['create', 'update', 'upsert']),
    /** Fields by which an existing record is recognised; empty: the first match key that the mapping fills. */
    match: z.array(z.string()).max(5),
  })
  .meta({ id: 'ImportSettings' })
export type ImportSettings = z.infer<typeof ImportSettings>

export const ReadOptions = z
  .object({
    encoding: z.string().max(40).optional(),
    delimiter: z.string().min(1).max(5).optional(),
    quote: z.string().max(1).optional(),
    /** 0: the file has no header row. */
    headerRows: z.number().int().min(0).max(10).optional(),
    preambleRows: z.number().int().min(0).max(1000).optional(),
  })
  .meta({ id: 'ReadOptions' })

/** How the file is read, as detected and overridden. */
export const ReadingView = z
  .object({
    encoding: z.string(),
    delimiter: z.string(),
    quote: z.string(),
    headerRows: z.number(),
    preambleRows: z.number(),
    columns: z.array(z.string()),
    /** Overrides that a person has set. */
    chosen: ReadOptions,
  })
  .meta({ id: 'ReadingView' })

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
  })
  .meta({ id: 'ColumnMapping' })
export type ColumnMapping = z.infer<typeof ColumnMapping>

export const Mapping = z
  .object({
    columns: z.array(ColumnMapping).max(20_000),
    /** Fields that get one value for all rows. */
    constants: z.array(z.object({ field: z.string(), value: z.string().max(4000) })).max(200),
  })
  .meta({ id: 'Mapping' })
export type Mapping = z.infer<typeof Mapping>

export const Counts = z
  .object({
    rows: z.number(),
    loaded: z.number(),
    unchanged: z.number(),
    skipped: z.number(),
    failed: z.number(),
    created: z.number(),
    updated: z.number(),
    joined: z.number(),
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

/** Findings of one cause: same code, same field. */
export const FindingGroup = z
  .object({
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

export const Progress = z.object({
  stage: z.enum(['read', 'check', 'load', 'undo']),
  done: z.number(),
  /** Null while it is not known yet. */
  total: z.number().nullable(),
  rowsPerSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
})

export const SourceView = z
  .object({
    source: z.number(),
    kind: z.string(),
    fileId: Id,
    fileName: z.string(),
    bytes: z.number(),
    sha256: z.string().nullable(),
    fileState: z.enum(['receiving', 'kept', 'erased', 'refused']),
    reading: ReadingView,
    /** One sentence of what was detected. */
    readingSentence: z.string(),
    mapping: Mapping,
    /** Required fields that no column fills. */
    missingFields: z.array(z.string()),
    rows: z.number().nullable(),
  })
  .meta({ id: 'SourceView' })

export const ImportView = z
  .object({
    id: Id,
    /** Date and number, stamped on every record it makes. */
    label: z.string(),
    kind: z.string(),
    status: z.enum(importStatuses),
    /** Why it is where it is, where that needs saying (failed, cancelled, back at approval). */
    reason: z.string().nullable(),
    settings: ImportSettings,
    sources: z.array(SourceView),
    counts: Counts.nullable(),
    findingGroups: z.array(FindingGroup),
    /** "12,862 rows are ready, 42 cannot be loaded: …" */
    headline: z.string().nullable(),
    progress: Progress.nullable(),
    balanced: z.boolean().nullable(),
    createdBy: Person,
    createdAt: Moment,
    checkedAt: Moment.nullable(),
    approval: z.object({ by: Person, at: Moment, planHash: z.string() }).nullable(),
    loadedAt: Moment.nullable(),
    undo: z
      .object({ by: Person, at: Moment, reversed: z.number(), kept: z.number(), blocked: z.number() })
      .nullable(),
    /** Earlier imports of the very same file. */
    sameFileAs: z.array(z.object({ id: Id, label: z.string(), status: z.enum(importStatuses) })),
    /** What the caller may do now. */
    may: z.object({
      edit: z.boolean(),
      check: z.boolean(),
      approve: z.boolean(),
      cancel: z.boolean(),
      undo: z.boolean(),
    }),
  })
  .meta({ id: 'ImportView' })
export type ImportView = z.infer<typeof ImportView>

export const ImportListItem = z
  .object({
    id: Id,
    label: z.string(),
    kind: z.string(),
    fileName: z.string(),
    status: z.enum(importStatuses),
    counts: Counts.nullable(),
    createdBy: Person,
    createdAt: Moment,
  })
  .meta({ id: 'ImportListItem' })

const byId = z.object({ id: Id })
const bySource = z.object({ id: Id, source: z.coerce.number().int().min(0).max(999) })
const shared = { tag: 'Imports', role: 'loader' } as const

export const UploadedFile = z
  .object({
    id: Id,
    name: z.string(),
    bytes: z.number(),
    sha256: z.string(),
    sameFileAs: z.array(z.object({ id: Id, label: z.string(), status: z.enum(importStatuses) })),
  })
  .meta({ id: 'UploadedFile' })

/** The body is the file itself (`application/octet-stream`). Resumable uploads use tus at `/api/v1/uploads`. */
export const uploadFile = defineOperation({
  id: 'uploadFile',
  method: 'POST',
  path: '/files',
  summary: 'Receive a file; the body is its bytes',
  permission: 'imports.create',
  query: z.object({ name: z.string().min(1).max(255) }),
  status: 201,
  response: UploadedFile,
  refusals: ['file.card_numbers', 'storage.full'],
  ...shared,
})

/** Ends a tus upload: the address that tus gave is `/api/v1/uploads/:id`. */
export const findUploadedFile = defineOperation({
  id: 'findUploadedFile',
  method: 'GET',
  path: '/files/:id',
  summary: 'A received file',
  permission: 'imports.create',
  params: byId,
  response: UploadedFile,
  refusals: ['file.not_found'],
  ...shared,
})

export const listImports = defineOperation({
  id: 'listImports',
  method: 'GET',
  path: '/imports',
  summary: 'Imports, newest first',
  permission: 'imports.read',
  query: z.object({
    status: z.enum(importStatuses).optional(),
    kind: z.string().max(40).optional(),
    search: z.string().max(200).optional(),
    cursor: z.string().max(100).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: z.object({ imports: z.array(ImportListItem), next: z.string().nullable() }),
  ...shared,
})

export const createImport = defineOperation({
  id: 'createImport',
  method: 'POST',
  path: '/imports',
  summary: 'Begin an import of a received file: detect how it is read and suggest a mapping',
  permission: 'imports.create',
  body: z.object({
    kind: z.string().max(40),
    fileId: Id,
    settings: ImportSettings.partial().optional(),
    reading: ReadOptions.optional(),
    /** A mapping as exported; columns are found by header. */
    mapping: Mapping.partial().optional(),
  }),
  status: 201,
  response: ImportView,
  refusals: [
    'file.not_found',
    'file.incomplete',
    'file.card_numbers',
    'file.empty',
    'file.no_rows',
    'file.not_a_table',
    'file.line_too_long',
    'file.too_many_columns',
    'storage.file_damaged',
    'kind.unknown',
    'mapping.unknown_field',
    'mapping.field_twice',
    'mapping.no_column',
    'mapping.bad_constant',
    'mapping.match_not_usable',
    'mapping.match_needed',
  ],
  ...shared,
})

export const findImport = defineOperation({
  id: 'findImport',
  method: 'GET',
  path: '/imports/:id',
  summary: 'One import in its present state',
  permission: 'imports.read',
  params: byId,
  response: ImportView,
  refusals: ['import.not_found'],
  ...shared,
})

export const changeReading = defineOperation({
  id: 'changeReading',
  method: 'PATCH',
  path: '/imports/:id/sources/:source/reading',
  summary: 'Override how the file is read; what is not given is detected again',
  permission: 'imports.create',
  params: bySource,
  body: ReadOptions,
  response: ImportView,
  refusals: ['import.not_found', 'import.not_editable'],
  ...shared,
})

export const previewRows = defineOperation({
  id: 'previewRows',
  method: 'GET',
  path: '/imports/:id/sources/:source/preview',
  summary: 'The first rows as they will be read',
  permission: 'imports.read',
  params: bySource,
  query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
  response: z.object({
    columns: z.array(z.string()),
    rows: z.array(z.object({ row: z.number(), line: z.number(), cells: z.array(z.string()) })),
    findings: z.array(FindingView),
  }),
  refusals: ['import.not_found', 'file.erased'],
  ...shared,
})

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

export const saveMapping = defineOperation({
  id: 'saveMapping',
  method: 'PUT',
  path: '/imports/:id/sources/:source/mapping',
  summary: 'Set the mapping; earlier ones are kept beside it',
  permission: 'imports.create',
  params: bySource,
  body: Mapping,
  response: ImportView,
  refusals: [
    'import.not_found',
    'import.not_editable',
    'mapping.unknown_field',
    'mapping.field_twice',
    'mapping.no_column',
    'mapping.bad_constant',
  ],
  ...shared,
})

export const changeSettings = defineOperation({
  id: 'changeSettings',
  method: 'PATCH',
  path: '/imports/:id/settings',
  summary: 'Change the rules of the import',
  permission: 'imports.create',
  params: byId,
  body: ImportSettings.partial(),
  response: ImportView,
  refusals: [
    'import.not_found',
    'import.not_editable',
    'mapping.unknown_field',
    'mapping.match_not_usable',
    'mapping.match_needed',
  ],
  ...shared,
})

export const checkImport = defineOperation({
  id: 'checkImport',
  method: 'POST',
  path: '/imports/:id/check',
  summary: 'Check every row of the file',
  permission: 'imports.create',
  params: byId,
  status: 202,
  response: ImportView,
  refusals: ['import.not_found', 'import.not_editable', 'import.incomplete', 'file.erased'],
  ...shared,
})

export const PlanExample = z
  .object({
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
    creates: z.array(PlanExample),
    updates: z.array(PlanExample),
    skipped: z.array(z.object({ row: z.number(), line: z.number(), sentence: z.string() })),
    /** The policies in words. */
    policies: z.array(z.string()),
  }),
  refusals: ['import.not_found', 'import.not_checked'],
  ...shared,
})

export const approveImport = defineOperation({
  id: 'approveImport',
  method: 'POST',
  path: '/imports/:id/approve',
  summary: 'Release the checked import: it is loaded in one transaction',
  permission: 'imports.approve',
  params: byId,
  /** The plan that the person has seen; another one is refused. */
  body: z.object({ planHash: z.string().optional() }),
  status: 202,
  response: ImportView,
  refusals: ['import.not_found', 'import.not_waiting', 'import.already_approved', 'import.plan_moved'],
  ...shared,
})

export const cancelImport = defineOperation({
  id: 'cancelImport',
  method: 'POST',
  path: '/imports/:id/cancel',
  summary: 'Stop checking or loading, or give the import up; nothing is left half written',
  permission: 'imports.create',
  params: byId,
  response: ImportView,
  refusals: ['import.not_found', 'import.not_cancellable'],
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
      }),
    ),
    next: z.number().nullable(),
  }),
  refusals: ['import.not_found', 'import.not_checked'],
  ...shared,
})

export const listImportRecords = defineOperation({
  id: 'listImportRecords',
  method: 'GET',
  path: '/imports/:id/records',
  summary: 'Records that the import created or changed',
  permission: 'imports.read',
  params: byId,
  query: z.object({
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
        row: z.number(),
        change: z.enum(['created', 'updated']),
        fields: z.array(
          z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
        ),
      }),
    ),
    next: z.string().nullable(),
  }),
  refusals: ['import.not_found'],
  ...shared,
})

export const UndoneRecord = z
  .object({
    kind: z.string(),
    id: Id,
    title: z.string(),
    /** Created by the import (would be deleted) or updated by it (would be restored). */
    change: z.enum(['created', 'updated']),
    outcome: z.enum(['reversed', 'kept', 'blocked']),
    because: z.string().nullable(),
  })
  .meta({ id: 'UndoneRecord' })

export const previewUndo = defineOperation({
  id: 'previewUndo',
  method: 'GET',
  path: '/imports/:id/undo-preview',
  summary: 'What undo would reverse, keep and find blocked, with reasons',
  permission: 'imports.read',
  params: byId,
  query: z.object({
    outcome: z.enum(['reversed', 'kept', 'blocked']).optional(),
    cursor: z.string().max(100).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  response: z.object({
    counts: z.object({ reversed: z.number(), kept: z.number(), blocked: z.number() }),
    records: z.array(UndoneRecord),
    next: z.string().nullable(),
  }),
  refusals: ['import.not_found', 'import.not_undoable'],
  ...shared,
})

export const undoImport = defineOperation({
  id: 'undoImport',
  method: 'POST',
  path: '/imports/:id/undo',
  summary: 'Undo the import, updates included',
  permission: 'imports.undo',
  params: byId,
  status: 202,
  response: ImportView,
  refusals: ['import.not_found', 'import.not_undoable'],
  ...shared,
})

/** Answers with server-sent events: `event: import`, data: an `ImportView`, whenever it has moved. */
export const followImport = defineOperation({
  id: 'followImport',
  method: 'GET',
  path: '/imports/:id/events',
  summary: 'The import as a stream of events until it rests',
  permission: 'imports.read',
  params: byId,
  produces: 'text/event-stream',
  refusals: ['import.not_found'],
  ...shared,
})
