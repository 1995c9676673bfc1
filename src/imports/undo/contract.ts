/** What undoing would do, over HTTP. */
import { z } from 'zod'
import { defineOperation } from '../../platform/contract.ts'
import { importStatuses } from '../status.ts'
import { byId, Id, Moment, shared } from '../terms.ts'

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

/** Records of an import by its label (RN-15, RN-16): what "Delete import" chooses from, and lists filter by. */
export const listImportLabels = defineOperation({
  id: 'listImportLabels',
  method: 'GET',
  path: '/import-labels',
  summary: 'Imports that still have records, newest first, with how many of each kind',
  permission: 'imports.read',
  query: z.object({ kind: z.string().max(40).optional() }),
  response: z.object({
    labels: z.array(
      z.object({
        id: Id,
        label: z.string(),
        status: z.enum(importStatuses),
        createdAt: Moment,
        kinds: z.array(z.object({ kind: z.string(), records: z.number() })),
      }),
    ),
  }),
  refusals: ['kind.unknown'],
  ...shared,
})

const Kinds = z.array(z.string().max(40)).min(1).max(40)

export const previewDeletion = defineOperation({
  id: 'previewDeletion',
  method: 'GET',
  path: '/imports/:id/deletion',
  summary:
    'How many records of the import could be deleted, and how many stay because others are attached to them',
  permission: 'imports.read',
  params: byId,
  /** Kinds with commas; not given: all that the import brought. */
  query: z.object({ kinds: z.string().max(400).optional() }),
  response: z.object({
    /** In the order in which they would go. */
    kinds: z.array(
      z.object({
        kind: z.string(),
        deletable: z.number(),
        /** Of those, records that somebody has changed since. */
        edited: z.number(),
        kept: z.number(),
        reasons: z.array(z.object({ because: z.string(), count: z.number() })),
      }),
    ),
  }),
  refusals: ['import.not_found', 'import.nothing_to_delete'],
  ...shared,
})

export const deleteImportRecords = defineOperation({
  id: 'deleteImportRecords',
  method: 'POST',
  path: '/imports/:id/deletion',
  summary: 'Delete the records that the import created and that nothing else is attached to',
  permission: 'imports.undo',
  params: byId,
  body: z.object({ kinds: Kinds.optional() }),
  status: 202,
  response: z.object({ id: Id, status: z.enum(importStatuses) }),
  refusals: ['import.not_found', 'import.not_undoable', 'import.nothing_to_delete', 'import.not_your_role'],
  ...shared,
})
