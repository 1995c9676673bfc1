/** API keys in the database. */
import { one, row, rows, run, sql } from '../../platform/database.ts'
import type { PersonId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { Permission, Role } from '../permissions.ts'

export type ApiKey = {
  readonly id: string
  readonly name: string
  readonly hint: string
  readonly scopes: Permission[]
  readonly createdBy: string
  readonly createdByName: string
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly lastUsedAt: Date | null
  readonly revokedAt: Date | null
}

const columns = sql`
  k.id, k.name, k.hint, k.scopes, k.created_by as "createdBy", p.name as "createdByName",
  k.created_at as "createdAt", k.expires_at as "expiresAt", k.last_used_at as "lastUsedAt",
  k.revoked_at as "revokedAt"`

const source = sql`api_keys k join people p on p.org_id = k.org_id and p.id = k.created_by`

export async function readKeys(work: Work): Promise<ApiKey[]> {
  return rows(
    work.db,
    sql<ApiKey>`select ${columns} from ${source} where k.org_id = ${work.org}::bigint order by k.id desc`,
  )
}

export async function readKey(work: Work, id: string): Promise<ApiKey | null> {
  return row(
    work.db,
    sql<ApiKey>`
      select ${columns} from ${source} where k.org_id = ${work.org}::bigint and k.id = ${id}::bigint`,
  )
}

export type NewApiKey = {
  readonly name: string
  readonly hash: Buffer
  readonly hint: string
  readonly scopes: readonly Permission[]
  readonly maker: PersonId
  readonly expiresAt: Date | null
}

export async function insertKey(work: Work, key: NewApiKey): Promise<string> {
  const { id } = await one(
    work.db,
    sql<{ id: string }>`
      insert into api_keys (org_id, name, secret_hash, hint, scopes, created_by, created_at, expires_at)
      values (${work.org}::bigint, ${key.name}::text, ${key.hash}::bytea, ${key.hint}::text,
        ${[...key.scopes]}::text[], ${key.maker}::bigint, ${work.now}::timestamptz,
        ${key.expiresAt}::timestamptz)
      returning id`,
  )
  return id
}

/** False when it was revoked before. */
export async function updateKeyRevoked(work: Work, id: string): Promise<boolean> {
  const revoked = await run(
    work.db,
    sql`update api_keys set revoked_at = ${work.now}::timestamptz
        where org_id = ${work.org}::bigint and id = ${id}::bigint and revoked_at is null`,
  )
  return revoked === 1
}

type KeyWithMaker = {
  readonly name: string
  readonly hash: Buffer
  readonly scopes: Permission[]
  readonly lastUsedAt: Date | null
  readonly maker: { readonly id: PersonId; readonly name: string; readonly role: Role }
}

/** Null when the key is revoked, has expired, or its maker is not active. */
export async function readKeyWithMaker(work: Work, id: string): Promise<KeyWithMaker | null> {
  const found = await row(
    work.db,
    sql<Omit<KeyWithMaker, 'maker'> & { makerId: PersonId; makerName: string; makerRole: Role }>`
      select k.name, k.secret_hash as hash, k.scopes, k.last_used_at as "lastUsedAt",
        p.id as "makerId", p.name as "makerName", p.role as "makerRole"
      from ${source}
      where k.org_id = ${work.org}::bigint and k.id = ${id}::bigint and k.revoked_at is null
        and (k.expires_at is null or k.expires_at > ${work.now}::timestamptz) and p.status = 'active'`,
  )
  if (!found) return null
  const { makerId, makerName, makerRole, ...key } = found
  return { ...key, maker: { id: makerId, name: makerName, role: makerRole } }
}

export async function markKeyUsed(work: Work, id: string): Promise<void> {
  await run(
    work.db,
    sql`update api_keys set last_used_at = ${work.now}::timestamptz
        where org_id = ${work.org}::bigint and id = ${id}::bigint`,
  )
}
