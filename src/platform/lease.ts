/**
 * A lease says which process works on something long. It is a row with an expiry and a fence that grows
 * with every new holder: before it commits, the holder locks the row and sees that its fence still stands,
 * so a process that was thought dead can never commit over its successor.
 */
import { randomUUID } from 'node:crypto'
import { type Queryable, row, run, sql } from './database.ts'
import type { OrgId } from './ids.ts'

export type Lease = {
  readonly org: OrgId
  readonly name: string
  readonly owner: string
  readonly fence: string
}

export const leaseSeconds = 15

/** Takes the lease, or returns null while another holds it. */
export async function takeLease(db: Queryable, org: OrgId, name: string): Promise<Lease | null> {
  const owner = randomUUID()
  const taken = await row(
    db,
    sql<{ fence: string }>`
      insert into leases as held (org_id, name, owner, fence, expires_at)
      values (${org}::bigint, ${name}::text, ${owner}::uuid, 1, now() + ${leaseSeconds}::int * interval '1 second')
      on conflict (org_id, name) do update
        set owner = excluded.owner, fence = held.fence + 1, expires_at = excluded.expires_at
        where held.expires_at < now()
      returning fence`,
  )
  return taken && { org, name, owner, fence: taken.fence }
}

/** Extends the lease; false when it has been lost. */
export async function renewLease(db: Queryable, lease: Lease): Promise<boolean> {
  const renewed = await run(
    db,
    sql`update leases set expires_at = now() + ${leaseSeconds}::int * interval '1 second'
        where org_id = ${lease.org}::bigint and name = ${lease.name}::text and owner = ${lease.owner}::uuid`,
  )
  return renewed === 1
}

/** Locks the fence until the transaction ends; false when another holds the lease now. */
export async function holdFence(db: Queryable, lease: Lease): Promise<boolean> {
  const held = await row(
    db,
    sql`select 1 from leases where org_id = ${lease.org}::bigint and name = ${lease.name}::text
        and fence = ${lease.fence}::bigint and owner = ${lease.owner}::uuid for update`,
  )
  return held !== null
}

export async function dropLease(db: Queryable, lease: Lease): Promise<void> {
  await run(
    db,
    sql`update leases set expires_at = now() - interval '1 second'
        where org_id = ${lease.org}::bigint and name = ${lease.name}::text and owner = ${lease.owner}::uuid`,
  )
}
