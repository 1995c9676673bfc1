/** People in the database. Addresses are compared without regard to case, as the unique index does. */
import { one, row, rows, run, sql } from '../../platform/database.ts'
import type { PersonId } from '../../platform/ids.ts'
import type { Language } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import type { Role } from '../permissions.ts'
import type { PersonStatus } from './contract.ts'

export type Person = {
  readonly id: PersonId
  readonly name: string
  readonly email: string | null
  readonly role: Role
  readonly language: Language
  readonly status: PersonStatus
  readonly passwordHash: string | null
  readonly lastSeenAt: Date | null
  readonly createdAt: Date
  readonly invitationExpiresAt: Date | null
}

const columns = sql`
  p.id, p.name, p.email, p.role, p.language, p.status, p.password_hash as "passwordHash",
  p.last_seen_at as "lastSeenAt", p.created_at as "createdAt", t.expires_at as "invitationExpiresAt"`

const source = sql`
  people p left join person_tokens t
    on t.org_id = p.org_id and t.person_id = p.id and t.purpose = 'invitation'`

export async function readPerson(work: Work, id: string): Promise<Person | null> {
  return row(
    work.db,
    sql<Person>`select ${columns} from ${source} where p.org_id = ${work.org}::bigint and p.id = ${id}::bigint`,
  )
}

/** Locks the person, so that two changes come one after the other. */
export async function lockPerson(work: Work, id: string): Promise<Person | null> {
  await run(
    work.db,
    sql`select 1 from people where org_id = ${work.org}::bigint and id = ${id}::bigint for update`,
  )
  return readPerson(work, id)
}

export async function readPersonByEmail(work: Work, email: string): Promise<Person | null> {
  return row(
    work.db,
    sql<Person>`
      select ${columns} from ${source}
      where p.org_id = ${work.org}::bigint and lower(p.email) = lower(${email}::text)`,
  )
}

export type NewPerson = Pick<Person, 'name' | 'email' | 'role' | 'language' | 'status' | 'passwordHash'>

/** Null when somebody has the address already. */
export async function insertPerson(work: Work, person: NewPerson): Promise<PersonId | null> {
  const made = await row(
    work.db,
    sql<{ id: PersonId }>`
      insert into people (org_id, name, email, role, language, status, password_hash, created_at, created_by,
        updated_at, updated_by)
      values (${work.org}::bigint, ${person.name}::text, ${person.email}::text, ${person.role}::text,
        ${person.language}::text, ${person.status}::text, ${person.passwordHash}::text,
        ${work.now}::timestamptz, ${work.actor.person}::bigint, ${work.now}::timestamptz, ${work.actor.person}::bigint)
      on conflict (org_id, lower(email)) do nothing
      returning id`,
  )
  return made?.id ?? null
}

export type PersonChange = Partial<Pick<Person, 'name' | 'role' | 'language' | 'status' | 'passwordHash'>>

/** Sets what is given and leaves the rest. */
export async function updatePerson(work: Work, id: PersonId, change: PersonChange): Promise<void> {
  await run(
    work.db,
    sql`update people set
          name = coalesce(${change.name ?? null}::text, name),
          role = coalesce(${change.role ?? null}::text, role),
          language = coalesce(${change.language ?? null}::text, language),
          status = coalesce(${change.status ?? null}::text, status),
          password_hash = coalesce(${change.passwordHash ?? null}::text, password_hash),
          version = version + 1,
          updated_at = ${work.now}::timestamptz,
          updated_by = ${work.actor.person}::bigint,
          updated_import = null
        where org_id = ${work.org}::bigint and id = ${id}::bigint`,
  )
}

/** Nothing of the person stays but that there was somebody with this id. */
export async function anonymisePerson(work: Work, id: PersonId, name: string): Promise<void> {
  await run(
    work.db,
    sql`update people set name = ${name}::text, email = null, external_id = null, password_hash = null, custom = null,
          status = 'deactivated', last_seen_at = null, version = version + 1, updated_at = ${work.now}::timestamptz,
          updated_by = ${work.actor.person}::bigint, updated_import = null
        where org_id = ${work.org}::bigint and id = ${id}::bigint`,
  )
}

export async function markSeen(work: Work, id: PersonId): Promise<void> {
  await run(
    work.db,
    sql`update people set last_seen_at = ${work.now}::timestamptz
        where org_id = ${work.org}::bigint and id = ${id}::bigint`,
  )
}

/** Counts under a lock of the organisation, so that two administrators cannot demote each other at once. */
export async function countOtherAdministrators(work: Work, id: PersonId): Promise<number> {
  await run(work.db, sql`select 1 from organisations where org_id = ${work.org}::bigint for no key update`)
  const { others } = await one(
    work.db,
    sql<{ others: number }>`
      select count(*)::int as others from people
      where org_id = ${work.org}::bigint and role = 'administrator' and status = 'active' and id <> ${id}::bigint`,
  )
  return others
}

export type PeopleFilter = {
  readonly search?: string | undefined
  readonly status?: PersonStatus | undefined
  readonly role?: Role | undefined
}

export type PeoplePlace = { readonly name: string; readonly id: string }

function filterOf(work: Work, filter: PeopleFilter) {
  const pattern = filter.search ? `%${filter.search.replace(/[\\%_]/g, '\\$&')}%` : null
  return sql`p.org_id = ${work.org}::bigint
    and (${pattern}::text is null or p.name ilike ${pattern}::text or p.email ilike ${pattern}::text)
    and (${filter.status ?? null}::text is null or p.status = ${filter.status ?? null}::text)
    and (${filter.role ?? null}::text is null or p.role = ${filter.role ?? null}::text)`
}

const byName = {
  en: sql`p.name collate "en-x-icu"`,
  cs: sql`p.name collate "cs-x-icu"`,
} as const

/** Sorted as the reader's language sorts names. */
export async function readPeople(
  work: Work,
  filter: PeopleFilter,
  after: PeoplePlace | null,
  limit: number,
): Promise<Person[]> {
  const name = byName[work.actor.language]
  return rows(
    work.db,
    sql<Person>`
      select ${columns} from ${source}
      where ${filterOf(work, filter)}
        and (${after?.id ?? null}::bigint is null
          or (${name}, p.id) > (${after?.name ?? ''}::text, ${after?.id ?? null}::bigint))
      order by ${name}, p.id limit ${limit}::int`,
  )
}

export async function countPeople(work: Work, filter: PeopleFilter): Promise<number> {
  const { total } = await one(
    work.db,
    sql<{ total: number }>`select count(*)::int as total from people p where ${filterOf(work, filter)}`,
  )
  return total
}

export async function readPersonNames(
  work: Work,
  ids: readonly string[],
): Promise<{ id: string; name: string }[]> {
  return rows(
    work.db,
    sql<{ id: string; name: string }>`
      select id, name from people where org_id = ${work.org}::bigint and id = any (${[...ids]}::bigint[])`,
  )
}
