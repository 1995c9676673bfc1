/** What undoing would do, over HTTP. */
import { z } from 'zod'
import { defineOperation } from '../../platform/contract.ts'
import { byId, Id, shared } from '../terms.ts'

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
