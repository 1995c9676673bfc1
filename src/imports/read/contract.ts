/** The File step over HTTP: receiving files, what they hold, how they are read, their first rows. */
import { z } from 'zod'
import { templateShapes } from '../../kinds/templates/template-plan.ts'
import { defineOperation } from '../../platform/contract.ts'
import { importStatuses } from '../status.ts'
import { byId, bySource, FindingView, Id, shared } from '../terms.ts'

/** What a person decides instead of the detection; '' for a mark that the file does not have. */
export const ReadOptions = z
  .object({
    encoding: z.string().max(40).optional(),
    delimiter: z.string().min(1).max(10).optional(),
    quote: z.string().max(1).optional(),
    escape: z.string().max(1).optional(),
    comment: z.string().max(1).optional(),
    /** Which row of the file is the (first) header row, from 1 and counting blank ones; 0: there is none. */
    headerRow: z.number().int().min(0).max(1_000_000).optional(),
    /** How many rows the header has; 0: there is none. */
    headerRows: z.number().int().min(0).max(10).optional(),
    preambleRows: z.number().int().min(0).max(1_000_000).optional(),
    footerRows: z.number().int().min(0).max(10_000).optional(),
    /** Which table of the file or sheet, from 1. */
    table: z.number().int().min(1).max(1000).optional(),
    /** A sheet by its name, or by its number from 1. */
    sheet: z.union([z.string().min(1).max(300), z.number().int().min(1)]).optional(),
    ragged: z.enum(['pad', 'refuse']).optional(),
    hidden: z.enum(['include', 'leave-out']).optional(),
    merged: z.enum(['fill', 'top-left']).optional(),
  })
  .meta({ id: 'ReadOptions' })

const SheetName = z.object({
  name: z.string(),
  state: z.enum(['visible', 'hidden', 'very-hidden']),
  hasCells: z.boolean(),
})

/** How the file is read, as detected and overridden. */
export const ReadingView = z
  .object({
    format: z.enum(['csv', 'xlsx', 'xlsm', 'ods', 'xls']),
    /** What the file was packed in. */
    archive: z.object({ kind: z.enum(['gzip', 'zip']), entry: z.string() }).nullable(),
    encoding: z.string(),
    delimiter: z.string(),
    quote: z.string(),
    escape: z.string(),
    comment: z.string(),
    recordEnd: z.enum(['\n', '\r\n', '\r', 'mixed']),
    ragged: z.enum(['pad', 'refuse']),
    /** Only of workbooks. Counts are null where the sheet is so large that they come with its rows. */
    sheet: z
      .object({
        name: z.string(),
        sheets: z.array(SheetName),
        hiddenRows: z.number().nullable(),
        hiddenColumns: z.number().nullable(),
        /** Letters of the hidden columns: "D, F". */
        hiddenColumnNames: z.string().nullable(),
        mergedRanges: z.number().nullable(),
        isFiltered: z.boolean().nullable(),
        hidden: z.enum(['include', 'leave-out']),
        merged: z.enum(['fill', 'top-left']),
      })
      .nullable(),
    table: z.number(),
    /** How many tables the file or the sheet has. */
    tables: z.number(),
    /** Row of the file in which the header begins, from 1; 0: there is none. */
    headerRow: z.number(),
    headerRows: z.number(),
    preambleRows: z.number(),
    footerRows: z.number(),
    columns: z.array(z.string()),
    rowsEstimated: z.number().nullable(),
    /** Whether `rowsEstimated` was counted: the whole table was seen. */
    rowsCounted: z.boolean(),
    /** Overrides that a person has set. */
    chosen: ReadOptions,
  })
  .meta({ id: 'ReadingView' })
export type ReadingView = z.infer<typeof ReadingView>

/** A row that is not data: left out above or below the table, or part of the header. */
const FrameRow = z.object({
  /** Number of the record, as `headerRow` counts; null where it is not known. */
  record: z.number().nullable(),
  line: z.number().nullable(),
  cells: z.array(z.string()),
})

/** Rows as they will be read, between what is left out. Long cells are cut. */
export const FirstRows = z
  .object({
    columns: z.array(z.string()),
    /** By column: what its values say of numbers and dates. */
    hints: z.array(
      z.object({
        decimalMark: z.enum(['.', ',']).nullable(),
        dateOrder: z.enum(['ymd', 'dmy', 'mdy', 'unsettled']).nullable(),
      }),
    ),
    above: z.array(FrameRow),
    header: z.array(FrameRow),
    rows: z.array(z.object({ row: z.number(), line: z.number(), cells: z.array(z.string()) })),
    below: z.array(FrameRow),
    /** Of the reading as a whole (row 0), then of the rows that are shown. */
    findings: z.array(FindingView),
  })
  .meta({ id: 'FirstRows' })
export type FirstRows = z.infer<typeof FirstRows>

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
  refusals: ['file.not_found', 'file.incomplete', 'file.card_numbers'],
  ...shared,
})

/** What keeps a file from being read, by name. */
const unreadable = [
  'file.not_found',
  'file.erased',
  'file.card_numbers',
  'file.empty',
  'file.not_a_table',
  'file.damaged',
  'file.encrypted',
  'file.expands_too_far',
  'file.too_many_entries',
  'file.archive_of_several',
  'file.archive_nested',
  'file.compression_unknown',
  'file.unsafe_xml',
  'file.cell_too_long',
  'file.line_too_long',
  'file.too_many_columns',
  'file.sheet_too_wide',
  'file.workbook_unsupported',
  'file.workbook_too_large',
  'storage.file_damaged',
] as const
const unusable = [
  'file.encoding_unknown',
  'file.option_invalid',
  'file.table_missing',
  'file.sheet_missing',
] as const

export const FileReading = z
  .object({
    isReceived: z.boolean(),
    /** Bytes of the file's beginning that were looked at. */
    seenBytes: z.number(),
    /** Why there are no rows yet: too little has arrived, this sort of file is read when it is whole, or its
     * beginning may hold card numbers, which is only told at the end. */
    waitsFor: z.enum(['bytes', 'whole_file', 'card_numbers']).nullable(),
    reading: ReadingView.nullable(),
    sentence: z.string().nullable(),
    firstRows: FirstRows.nullable(),
  })
  .meta({ id: 'FileReading' })

/** Keeps nothing. While the file is still being received, its first megabyte is read. */
export const readFile = defineOperation({
  id: 'readFile',
  method: 'POST',
  path: '/files/:id/reading',
  summary: 'How a file would be read, by detection and the given overrides, with its first rows',
  permission: 'imports.create',
  params: byId,
  body: z.object({
    options: ReadOptions.default({}),
    limit: z.number().int().min(1).max(100).default(20),
  }),
  response: FileReading,
  refusals: [...unreadable, ...unusable],
  ...shared,
})

/** A sheet, or a table of a file or sheet, that can be a source of an import. */
export const FilePart = z
  .object({
    /** The options that choose it. */
    options: ReadOptions,
    sheet: SheetName.omit({ hasCells: true }).nullable(),
    table: z.number(),
    tables: z.number(),
    /** The first columns by name, and how many there are. */
    columns: z.array(z.string()),
    columnCount: z.number(),
    rows: z.number().nullable(),
    /** Whether `rows` was counted rather than estimated. */
    isCounted: z.boolean(),
    hiddenRows: z.number().nullable(),
    hiddenColumns: z.number().nullable(),
    isFiltered: z.boolean().nullable(),
    sentence: z.string(),
    /** The kind that its columns look like. */
    suggestedKind: z.string().nullable(),
    /** The ready mapping that its headers bear the mark of, by name. */
    suggestedPreset: z.string().nullable(),
  })
  .meta({ id: 'FilePart' })

/** A template of ours, filled in: its sheets need no mapping. */
export const FilledTemplate = z
  .object({
    kind: z.string(),
    shape: z.enum(templateShapes),
    language: z.enum(['en', 'cs']),
    madeAt: z.iso.datetime(),
    /** For whom it was made, and whether that is the caller's own organisation. */
    organisation: z.string(),
    isOurs: z.boolean(),
  })
  .meta({ id: 'FilledTemplate' })

export const listContents = defineOperation({
  id: 'listContents',
  method: 'GET',
  path: '/files/:id/contents',
  summary: 'What a received file holds: each sheet and table, with its rows and what is hidden in it',
  permission: 'imports.create',
  params: byId,
  response: z.object({
    format: z.enum(['csv', 'xlsx', 'xlsm', 'ods', 'xls']),
    parts: z.array(FilePart),
    /** Sheets without a cell. */
    blankSheets: z.array(z.string()),
    template: FilledTemplate.nullable(),
  }),
  refusals: [...unreadable, 'file.incomplete'],
  ...shared,
})

export const previewRows = defineOperation({
  id: 'previewRows',
  method: 'GET',
  path: '/imports/:id/sources/:source/preview',
  summary: 'Rows as they will be read, the first ones or those around a place',
  permission: 'imports.read',
  params: bySource,
  query: z.object({
    from: z.coerce.number().int().min(1).max(100_000_000).default(1),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  }),
  response: FirstRows,
  refusals: ['import.not_found', 'file.erased', 'storage.file_damaged'],
  ...shared,
})

export const listReadingFindings = defineOperation({
  id: 'listReadingFindings',
  method: 'GET',
  path: '/imports/:id/sources/:source/reading-findings',
  summary: 'What reading the beginning of the file came across, by cause, with places',
  permission: 'imports.read',
  params: bySource,
  response: z.object({
    /** Rows that were looked at: all of a small file, otherwise the first. */
    rows: z.number(),
    isWhole: z.boolean(),
    groups: z.array(
      z.object({
        code: z.string(),
        severity: z.enum(['error', 'warning', 'info']),
        count: z.number(),
        /** What it is about, without the particulars of one place. */
        title: z.string(),
        /** Some of the places, in the order of the file. */
        places: z.array(FindingView),
      }),
    ),
  }),
  refusals: ['import.not_found', 'file.erased', 'storage.file_damaged'],
  ...shared,
})
