/** The File step over HTTP: receiving files, what they hold, how they are read. */
import { z } from 'zod'
import { defineOperation } from '../../platform/contract.ts'
import { importStatuses } from '../status.ts'
import { byId, bySource, FindingView, Id, shared } from '../terms.ts'

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
