/** API keys: for programs, with some of their maker's permissions; the secret is told once and never kept. */
import type { Work } from '../../platform/work.ts'
import { may, requirePermission } from '../access.ts'
import type { Effects } from '../effects.ts'
import { readActor } from '../me.ts'
import type { Permission } from '../permissions.ts'
import { refuseAccount } from '../refusals.ts'
import { hashSecret, makeSecret, writeApiKey } from '../secrets.ts'
import { type ApiKey, insertKey, readKey, readKeys, updateKeyRevoked } from './api-keys.store.ts'
import type { ApiKeyView } from './contract.ts'

export async function listApiKeys(work: Work): Promise<ApiKeyView[]> {
  requirePermission(work, 'api-keys.manage')
  return (await readKeys(work)).map(showKey)
}

type ApiKeyInput = {
  readonly name: string
  readonly scopes: readonly Permission[]
  /** ISO 8601; null: until it is revoked. */
  readonly expiresAt: string | null
}

export async function createApiKey(
  work: Work,
  input: ApiKeyInput,
  effects: Effects,
): Promise<{ key: ApiKeyView; secret: string }> {
  requirePermission(work, 'api-keys.manage')
  const expiresAt = input.expiresAt === null ? null : new Date(input.expiresAt)
  if (expiresAt !== null && expiresAt <= work.now) throw refuseAccount('api-key.expired')
  for (const permission of input.scopes)
    if (!may(work, permission)) throw refuseAccount('api-key.scope_not_held', { permission })
  const secret = makeSecret()
  const id = await insertKey(work, {
    name: input.name,
    hash: hashSecret(secret),
    hint: secret.slice(0, 6),
    scopes: [...new Set(input.scopes)],
    maker: (await readActor(work)).id,
    expiresAt,
  })
  await effects.recordEvent(work, {
    kind: 'api_keys',
    recordId: id,
    event: 'api_key.created',
    params: { name: input.name },
    changes: [{ field: 'scopes', before: null, after: input.scopes.join(', ') }],
  })
  return {
    key: showKey(await requireKey(work, id)),
    secret: writeApiKey({ org: work.org, id, secret }),
  }
}

export async function revokeApiKey(work: Work, id: string, effects: Effects): Promise<ApiKeyView> {
  requirePermission(work, 'api-keys.manage')
  const { name } = await requireKey(work, id)
  if (await updateKeyRevoked(work, id))
    await effects.recordEvent(work, {
      kind: 'api_keys',
      recordId: id,
      event: 'api_key.revoked',
      params: { name },
    })
  return showKey(await requireKey(work, id))
}

async function requireKey(work: Work, id: string): Promise<ApiKey> {
  const key = await readKey(work, id)
  if (!key) throw refuseAccount('api-key.not_found')
  return key
}

function showKey({ createdByName, ...key }: ApiKey): ApiKeyView {
  return {
    ...key,
    createdBy: { id: key.createdBy, name: createdByName },
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
  }
}
