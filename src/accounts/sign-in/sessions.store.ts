/** Sessions in the database. A session lives 30 days from its last use; use is written once a minute. */
import { one, row, rows, run, sql } from '../../platform/database.ts'
import type { PersonId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { Person } from '../people/people.store.ts'
import { type Handle, hashSecret, makeSecret, matchesSecret, writeHandle } from '../secrets.ts'

export const sessionSeconds = 30 * 24 * 3600
export const seenEverySeconds = 60

export type Visitor = { readonly ip: string; readonly userAgent: string; readonly baseUrl: string }

/** Opens a session and returns its cookie; expired ones of the same person go. */
export async function insertSession(work: Work, person: PersonId, visitor: Visitor): Promise<string> {
  await run(
    work.db,
    sql`delete from sessions where org_id = ${work.org}::bigint and person_id = ${person}::bigint
        and expires_at <= ${work.now}::timestamptz`,
  )
  const secret = makeSecret()
  const { id } = await one(
    work.db,
    sql<{ id: string }>`
      insert into sessions (org_id, person_id, secret_hash, ip, user_agent, created_at, last_seen_at, expires_at)
      values (${work.org}::bigint, ${person}::bigint, ${hashSecret(secret)}::bytea, ${visitor.ip}::text,
        ${visitor.userAgent}::text, ${work.now}::timestamptz, ${work.now}::timestamptz,
        ${work.now}::timestamptz + ${sessionSeconds}::int * interval '1 second')
      returning id`,
  )
  return writeHandle({ org: work.org, id, secret })
}

type SignedInPerson = Pick<Person, 'id' | 'name' | 'role' | 'language' | 'status'>

type FoundSession = { readonly person: SignedInPerson; readonly lastSeenAt: Date }

/** Null when the cookie is wrong, the session has ended, or the person is not active. */
export async function readSession(work: Work, handle: Handle): Promise<FoundSession | null> {
  const found = await row(
    work.db,
    sql<SignedInPerson & { hash: Buffer; lastSeenAt: Date }>`
      select p.id, p.name, p.role, p.language, p.status, s.secret_hash as hash, s.last_seen_at as "lastSeenAt"
      from sessions s join people p on p.org_id = s.org_id and p.id = s.person_id
      where s.org_id = ${work.org}::bigint and s.id = ${handle.id}::bigint
        and s.expires_at > ${work.now}::timestamptz and p.status = 'active'`,
  )
  if (!found || !matchesSecret(handle.secret, found.hash)) return null
  const { hash: _, lastSeenAt, ...person } = found
  return { person, lastSeenAt }
}

export async function extendSession(work: Work, id: string): Promise<void> {
  await run(
    work.db,
    sql`update sessions set last_seen_at = ${work.now}::timestamptz,
          expires_at = ${work.now}::timestamptz + ${sessionSeconds}::int * interval '1 second'
        where org_id = ${work.org}::bigint and id = ${id}::bigint`,
  )
}

type StoredSession = {
  readonly id: string
  readonly ip: string
  readonly userAgent: string
  readonly createdAt: Date
  readonly lastSeenAt: Date
  readonly expiresAt: Date
}

export async function readSessionsOf(work: Work, person: PersonId): Promise<StoredSession[]> {
  return rows(
    work.db,
    sql<StoredSession>`
      select id, ip, user_agent as "userAgent", created_at as "createdAt", last_seen_at as "lastSeenAt",
        expires_at as "expiresAt"
      from sessions
      where org_id = ${work.org}::bigint and person_id = ${person}::bigint
        and expires_at > ${work.now}::timestamptz
      order by last_seen_at desc, id desc`,
  )
}

/** Ends one session of the person; returns how many that were. */
export async function deleteSession(work: Work, person: PersonId, id: string): Promise<number> {
  return run(
    work.db,
    sql`delete from sessions
        where org_id = ${work.org}::bigint and person_id = ${person}::bigint and id = ${id}::bigint`,
  )
}

/** Ends all sessions of the person, but for `except`; returns how many were open. */
export async function deleteSessionsOf(
  work: Work,
  person: PersonId,
  except: string | null = null,
): Promise<number> {
  const ended = await rows(
    work.db,
    sql<{ open: boolean }>`
      delete from sessions
      where org_id = ${work.org}::bigint and person_id = ${person}::bigint
        and (${except}::bigint is null or id <> ${except}::bigint)
      returning expires_at > ${work.now}::timestamptz as open`,
  )
  return ended.filter((session) => session.open).length
}
