/** The organisation's mail server in the database; its password is sealed for this organisation. */
import { row, run, sql } from '../platform/database.ts'
import type { OrgId } from '../platform/ids.ts'
import { type MasterKey, seal, unseal } from '../platform/sealing.ts'
import type { Work } from '../platform/work.ts'
import type { mailSecurities } from './contract.ts'

export type MailServer = {
  readonly host: string
  readonly port: number
  readonly security: (typeof mailSecurities)[number]
  readonly user: string | null
  readonly fromName: string
  readonly fromAddress: string
}

export type StoredMailServer = MailServer & {
  readonly sealedPassword: Buffer | null
  readonly changedAt: Date
}

export async function readMailServer(work: Work): Promise<StoredMailServer | null> {
  return row(
    work.db,
    sql<StoredMailServer>`
      select host, port, security, user_name as "user", sealed_password as "sealedPassword",
        from_name as "fromName", from_address as "fromAddress", changed_at as "changedAt"
      from mail_settings where org_id = ${work.org}::bigint`,
  )
}

export async function writeMailServer(
  work: Work,
  server: MailServer,
  sealedPassword: Buffer | null,
): Promise<void> {
  await run(
    work.db,
    sql`insert into mail_settings
          (org_id, host, port, security, user_name, sealed_password, from_name, from_address, changed_at)
        values (${work.org}::bigint, ${server.host}::text, ${server.port}::int, ${server.security}::text,
          ${server.user}::text, ${sealedPassword}::bytea, ${server.fromName}::text,
          ${server.fromAddress}::text, ${work.now}::timestamptz)
        on conflict (org_id) do update set
          host = excluded.host, port = excluded.port, security = excluded.security,
          user_name = excluded.user_name, sealed_password = excluded.sealed_password,
          from_name = excluded.from_name, from_address = excluded.from_address,
          changed_at = excluded.changed_at`,
  )
}

export async function deleteMailServer(work: Work): Promise<boolean> {
  return (await run(work.db, sql`delete from mail_settings where org_id = ${work.org}::bigint`)) === 1
}

export function sealPassword(key: MasterKey, org: OrgId, password: string): Buffer {
  return seal(key, `mail password of ${org}`, Buffer.from(password)).bytes()
}

export function unsealPassword(key: MasterKey, org: OrgId, sealed: Buffer): string {
  return unseal(key, `mail password of ${org}`, sealed).toString()
}
