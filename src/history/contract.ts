/** The history of a record over HTTP. */
import { z } from 'zod'
import { defineOperation } from '../platform/contract.ts'

export const HistoryEvent = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    by: z.string(),
    /** How it was done: in the interface, by an API key, on the command line, by the system. */
    via: z.enum(['session', 'api_key', 'local', 'task']),
    kind: z.string(),
    recordId: z.string(),
    event: z.string(),
    /** What happened, as a sentence in the reader's language. */
    sentence: z.string(),
    changes: z.array(
      z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
    ),
  })
  .meta({ id: 'HistoryEvent' })
export type HistoryEvent = z.infer<typeof HistoryEvent>

export const listHistory = defineOperation({
  id: 'listHistory',
  method: 'GET',
  path: '/history',
  summary: 'Who did what, newest first; of one record or of the whole organisation',
  tag: 'History',
  permission: 'history.read',
  query: z.object({
    kind: z
      .string()
      .regex(/^[a-z_]{1,40}$/)
      .optional(),
    recordId: z
      .string()
      .regex(/^\d{1,18}$/)
      .optional(),
    cursor: z.string().max(100).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: z.object({ events: z.array(HistoryEvent), next: z.string().nullable() }),
})
