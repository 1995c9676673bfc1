/**
 * The import as a whole over HTTP: what it is, and each thing a person can do to it. What a stage shows of
 * itself stands in that stage's `contract.ts`.
 */
import { z } from 'zod'
import { defineOperation } from '../platform/contract.ts'
import { FindingGroup } from './check/contract.ts'
import { Mapping } from './map/contract.ts'
import { ReadingView, ReadOptions } from './read/contract.ts'
import { importStatuses } from './status.ts'
import { byId, bySource, Counts, Id, Moment, Person, RowCounts, shared } from './terms.ts'

export { type ImportStatus, importStatuses } from './status.ts'
export { Counts, FindingView } from './terms.ts'

/** Rules of the import as a whole, chosen before it is checked. */
export const ImportSettings = z
  .object({
    rows: z.enum(['all_or_nothing', 'valid_only']),
    existing: z.enum(['create', 'update', 'upsert']),
    /** Fields by which an existing record is recognised; empty: the first match key that the mapping fills. */
    match: z.array(z.string()).max(5),
    /** The same for other kinds of the import: of further sources, and of children. */
    matchOf: z.record(z.string().max(40), z.array(z.string()).max(5)).optional(),
    /** What is the same thing twice by the rules of its kind: let in, with a hint, or kept out. */
    duplicates: z.enum(['refuse', 'allow']),
  })
  .meta({ id: 'ImportSettings' })
export type ImportSettings = z.infer<typeof ImportSettings>

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
    /** What became, or would become, of its rows; null before it is checked. */
    counts: RowCounts.nullable(),
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
    /** Somebody wants it cancelled, and it has not ended yet. */
    cancelRequested: z.boolean(),
    balanced: z.boolean().nullable(),
    createdBy: Person,
    createdAt: Moment,
    checkedAt: Moment.nullable(),
    /** Of what is shown here; an approval that names it is refused when the plan is another by then. */
    planHash: z.string().nullable(),
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
      /** Give a source another file. */
      replaceFile: z.boolean(),
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

const sourceRefusals = [
  'file.not_found',
  'file.incomplete',
  'file.card_numbers',
  'file.empty',
  'file.no_rows',
  'file.not_a_table',
  'file.line_too_long',
  'file.too_many_columns',
  'storage.file_damaged',
  'import.not_your_role',
] as const

const mappingRefusals = [
  'kind.unknown',
  'mapping.unknown_field',
  'mapping.field_twice',
  'mapping.no_column',
  'mapping.bad_constant',
  'mapping.match_not_usable',
  'mapping.match_needed',
] as const

export const GivenSource = z
  .object({
    kind: z.string().max(40),
    fileId: Id,
    reading: ReadOptions.optional(),
    /** A mapping as exported; columns are found by header. */
    mapping: Mapping.partial().optional(),
  })
  .meta({ id: 'GivenSource' })

export const createImport = defineOperation({
  id: 'createImport',
  method: 'POST',
  path: '/imports',
  summary: 'Begin an import of received files: detect how they are read and suggest mappings',
  permission: 'imports.create',
  body: z.union([
    GivenSource.extend({ settings: ImportSettings.partial().optional() }),
    z.object({
      /** A ready mapping by its name (`listPresets`), in place of kind and mapping. */
      preset: z.string().max(60),
      fileId: Id,
      reading: ReadOptions.optional(),
      settings: ImportSettings.partial().optional(),
    }),
    z.object({
      /** Several files, or sheets and tables of one (`reading`), that go in together. */
      sources: z.array(GivenSource).min(1).max(100),
      settings: ImportSettings.partial().optional(),
    }),
  ]),
  status: 201,
  response: ImportView,
  refusals: [
    ...sourceRefusals,
    ...mappingRefusals,
    'import.too_many_sources',
    'preset.unknown',
    'preset.does_not_fit',
  ],
  ...shared,
})

export const addSource = defineOperation({
  id: 'addSource',
  method: 'POST',
  path: '/imports/:id/sources',
  summary: 'One more file, sheet or table for an import that rests',
  permission: 'imports.create',
  params: byId,
  body: GivenSource,
  status: 201,
  response: ImportView,
  refusals: [
    'import.not_found',
    'import.not_editable',
    'import.too_many_sources',
    ...sourceRefusals,
    ...mappingRefusals,
  ],
  ...shared,
})

export const removeSource = defineOperation({
  id: 'removeSource',
  method: 'DELETE',
  path: '/imports/:id/sources/:source',
  summary: 'Take a source out of the import',
  permission: 'imports.create',
  params: bySource,
  response: ImportView,
  refusals: ['import.not_found', 'import.not_editable', 'import.last_source', 'import.not_your_role'],
  ...shared,
})

export const replaceFile = defineOperation({
  id: 'replaceFile',
  method: 'PUT',
  path: '/imports/:id/sources/:source/file',
  summary: 'Upload again: another file for a source; what was assigned by header stays assigned',
  permission: 'imports.create',
  params: bySource,
  body: z.object({ fileId: Id, reading: ReadOptions.optional() }),
  response: ImportView,
  refusals: ['import.not_found', 'import.not_editable', 'import.new_file_new_import', ...sourceRefusals],
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
    'import.not_your_role',
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
    'import.not_your_role',
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
  refusals: [
    'import.not_found',
    'import.not_editable',
    'import.incomplete',
    'import.reference_cycle',
    'import.not_your_role',
    'file.erased',
  ],
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
  refusals: [
    'import.not_found',
    'import.not_waiting',
    'import.already_approved',
    'import.plan_moved',
    'import.not_your_role',
  ],
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
  refusals: ['import.not_found', 'import.not_cancellable', 'import.not_your_role'],
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
  refusals: ['import.not_found', 'import.not_undoable', 'import.not_your_role'],
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
