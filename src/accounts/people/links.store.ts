/** Links in mail (invitation, password reset): one open link for each person and purpose, used once. */
import { one, row, run, sql } from '../../platform/database.ts'
import type { PersonId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { type Handle, hashSecret, makeSecret, matchesSecret, writeHandle } from '../secrets.ts'

type LinkPurpose = 'invitation' | 'reset'

/** Makes a link's token; an earlier one of the same person and purpose stops working. */
export async function makeLinkToken(
  work: Work,
  person: PersonId,
  purpose: LinkPurpose,
  expiresAt: Date,
): Promise<string> {
  const secret = makeSecret()
  await dropLinks(work, person, purpose)
  const { id } = await one(
    work.db,
    sql<{ id: string }>`
      insert into person_tokens (org_id, person_id, purpose, secret_hash, created_at, expires_at)
      values (${work.org}::bigint, ${person}::bigint, ${purpose}::text, ${hashSecret(secret)}::bytea,
        ${work.now}::timestamptz, ${expiresAt}::timestamptz)
      returning id`,
  )
  return writeHandle({ org: work.org, id, secret })
}

/** The person whom a link belongs to, or null when it is wrong, used, replaced or expired. */
export async function readLink(work: Work, handle: Handle, purpose: LinkPurpose): Promise<PersonId | null> {
  const found = await row(
    work.db,
    sql<{ person: PersonId; hash: Buffer }>`
      select person_id as person, secret_hash as hash from person_tokens
      where org_id = ${work.org}::bigint and id = ${handle.id}::bigint and purpose = ${purpose}::text
        and expires_at > ${work.now}::timestamptz`,
  )
  return found && matchesSecret(handle.secret, found.hash) ? found.person : null
}

/** Uses the link up: of two at the same moment one gets the person and the other null. */
export async function takeLink(work: Work, handle: Handle, purpose: LinkPurpose): Promise<PersonId | null> {
  const person = await readLink(work, handle, purpose)
  if (person === null) return null
  const taken = await run(
    work.db,
    sql`delete from person_tokens where org_id = ${work.org}::bigint and id = ${handle.id}::bigint`,
  )
  return taken === 1 ? person : null
}

export async function dropLinks(work: Work, person: PersonId, purpose: LinkPurpose): Promise<void> {
  await run(
    work.db,
    sql`delete from person_tokens
        where org_id = ${work.org}::bigint and person_id = ${person}::bigint and purpose = ${purpose}::text`,
  )
}
