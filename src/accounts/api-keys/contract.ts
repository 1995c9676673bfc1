/** API keys over HTTP. */
import { z } from 'zod'
import { defineOperation } from '../../platform/contract.ts'
import { byId, Id, Moment, Name, PermissionName } from '../contract.ts'

export const ApiKeyView = z.object({
  id: Id,
  name: z.string(),
  /** The start of the secret, by which a key can be recognised. */
  hint: z.string(),
  scopes: z.array(PermissionName),
  createdBy: z.object({ id: Id, name: z.string() }),
  createdAt: Moment,
  expiresAt: Moment.nullable(),
  lastUsedAt: Moment.nullable(),
  revokedAt: Moment.nullable(),
})
export type ApiKeyView = z.infer<typeof ApiKeyView>

export const listApiKeys = defineOperation({
  id: 'listApiKeys',
  method: 'GET',
  path: '/api-keys',
  summary: 'API keys of the organisation, newest first, revoked ones included',
  tag: 'API keys',
  permission: 'api-keys.manage',
  response: z.object({ keys: z.array(ApiKeyView) }),
})

export const createApiKey = defineOperation({
  id: 'createApiKey',
  method: 'POST',
  path: '/api-keys',
  summary: 'Make an API key; its secret is in this answer and never again',
  tag: 'API keys',
  permission: 'api-keys.manage',
  body: z.object({
    name: Name,
    scopes: z.array(PermissionName).min(1).max(100),
    expiresAt: Moment.nullable().default(null),
  }),
  status: 201,
  response: z.object({ key: ApiKeyView, secret: z.string() }),
  refusals: ['api-key.expired', 'api-key.scope_not_held'],
})

export const revokeApiKey = defineOperation({
  id: 'revokeApiKey',
  method: 'DELETE',
  path: '/api-keys/:id',
  summary: 'Revoke an API key; it stops working at once',
  tag: 'API keys',
  permission: 'api-keys.manage',
  params: byId,
  response: ApiKeyView,
  refusals: ['api-key.not_found'],
})
