/** Views of lists that people keep, over HTTP: one's own, and those that somebody shares with everybody. */
import { z } from 'zod'
import { defineOperation } from '../../platform/contract.ts'
import { RecordId } from '../records/contract.ts'

const byId = z.object({ id: RecordId })
const Name = z.string().trim().min(1).max(100)

/** What a list shows and how, in the words that it takes in its own query. */
export const ViewDefinition = z.object({
  /** Fields, and `import`, `createdAt`, `updatedAt`, in their order. */
  columns: z.array(z.string().max(80)).max(100).default([]),
  sort: z.string().max(80).default('newest'),
  search: z.string().max(200).nullable().default(null),
  importId: RecordId.nullable().default(null),
  where: z.array(z.string().max(500)).max(20).default([]),
})
export type ViewDefinition = z.output<typeof ViewDefinition>

export const SavedView = z
  .object({
    id: RecordId,
    kind: z.string(),
    name: z.string(),
    /** Everybody who may see the records sees it. */
    shared: z.boolean(),
    /** Whether whoever asks may change or delete it. */
    mayChange: z.boolean(),
    by: z.string(),
    definition: ViewDefinition,
  })
  .meta({ id: 'SavedView' })
export type SavedView = z.output<typeof SavedView>

const shared = { tag: 'Views', permission: 'signed-in' } as const

export const listViews = defineOperation({
  id: 'listViews',
  method: 'GET',
  path: '/views',
  summary: "Saved views of a kind's list: one's own and the shared ones",
  query: z.object({ kind: z.string().max(40) }),
  response: z.object({ views: z.array(SavedView) }),
  refusals: ['kind.unknown'],
  ...shared,
})

export const createView = defineOperation({
  id: 'createView',
  method: 'POST',
  path: '/views',
  summary: 'Save a view of a list',
  body: z.object({
    kind: z.string().max(40),
    name: Name,
    shared: z.boolean().default(false),
    definition: ViewDefinition,
  }),
  status: 201,
  response: SavedView,
  refusals: ['kind.unknown', 'view.name_taken'],
  ...shared,
})

export const changeView = defineOperation({
  id: 'changeView',
  method: 'PATCH',
  path: '/views/:id',
  summary: 'Rename, share or redefine a saved view',
  params: byId,
  body: z.object({
    name: Name.optional(),
    shared: z.boolean().optional(),
    definition: ViewDefinition.optional(),
  }),
  response: SavedView,
  refusals: ['view.not_found', 'view.not_yours', 'view.name_taken'],
  ...shared,
})

export const deleteView = defineOperation({
  id: 'deleteView',
  method: 'DELETE',
  path: '/views/:id',
  summary: 'Delete a saved view; the records stay',
  params: byId,
  status: 204,
  refusals: ['view.not_found', 'view.not_yours'],
  ...shared,
})
