/** Clients over HTTP. */
import { z } from 'zod'
import { defineOperation } from '../platform/contract.ts'

const Id = z.string().regex(/^\d{1,18}$/)

/** Values by field name, as canonical text: dates `YYYY-MM-DD`, booleans `true`/`false`, money `1234.50 CZK`. */
export const ClientValues = z.record(z.string(), z.string().nullable())

export const ClientListItem = z
  .object({
    id: Id,
    name: z.string(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    city: z.string().nullable(),
    country: z.string().nullable(),
    state: z.string().nullable(),
    rating: z.string().nullable(),
    regNumber: z.string().nullable(),
    externalId: z.string().nullable(),
    flag: z.string().nullable(),
    tags: z.array(z.string()),
    importLabel: z.string().nullable(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'ClientListItem' })
export type ClientListItem = z.infer<typeof ClientListItem>

export const ClientView = z
  .object({
    id: Id,
    version: z.number(),
    values: ClientValues,
    /** Where the record came from: null when a person made it. */
    origin: z
      .object({ importId: Id, label: z.string(), fileName: z.string(), row: z.number(), source: z.number() })
      .nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'ClientView' })
export type ClientView = z.infer<typeof ClientView>

export const listClients = defineOperation({
  id: 'listClients',
  method: 'GET',
  path: '/clients',
  summary: 'Clients, filtered and sorted',
  tag: 'Clients',
  permission: 'clients.read',
  query: z.object({
    /** Part of a name, an e-mail address, a registration number or an external id. */
    search: z.string().max(200).optional(),
    importId: Id.optional(),
    state: z.string().max(40).optional(),
    rating: z.string().max(1).optional(),
    country: z.string().length(2).optional(),
    tag: z.string().max(100).optional(),
    sort: z.enum(['newest', 'name', 'city', 'updated']).default('newest'),
    cursor: z.string().max(400).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: z.object({ clients: z.array(ClientListItem), next: z.string().nullable(), total: z.number() }),
})

export const findClient = defineOperation({
  id: 'findClient',
  method: 'GET',
  path: '/clients/:id',
  summary: 'One client',
  tag: 'Clients',
  permission: 'clients.read',
  params: z.object({ id: Id }),
  response: ClientView,
  refusals: ['client.not_found'],
})

export const createClient = defineOperation({
  id: 'createClient',
  method: 'POST',
  path: '/clients',
  summary: 'Add a client by hand',
  tag: 'Clients',
  permission: 'clients.write',
  body: z.object({ values: ClientValues }),
  status: 201,
  response: ClientView,
  refusals: ['client.invalid', 'client.external_id_taken'],
})

export const changeClient = defineOperation({
  id: 'changeClient',
  method: 'PATCH',
  path: '/clients/:id',
  summary: 'Change some fields of a client',
  tag: 'Clients',
  permission: 'clients.write',
  params: z.object({ id: Id }),
  /** `version` as read: when somebody else has changed the client since, the change is refused. */
  body: z.object({ version: z.number().int(), values: ClientValues }),
  response: ClientView,
  refusals: ['client.not_found', 'client.invalid', 'client.changed_meanwhile', 'client.external_id_taken'],
})

export const deleteClient = defineOperation({
  id: 'deleteClient',
  method: 'DELETE',
  path: '/clients/:id',
  summary: 'Delete a client',
  tag: 'Clients',
  permission: 'clients.write',
  params: z.object({ id: Id }),
  response: z.object({ deleted: z.boolean() }),
  refusals: ['client.not_found'],
})
