/** A person as others see them, and how they are found. */
import { refuseRequest } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { requirePermission } from '../access.ts'
import { refuseAccount } from '../refusals.ts'
import type { PersonView } from './contract.ts'
import {
  countPeople,
  type PeopleFilter,
  type PeoplePlace,
  type Person,
  readPeople,
  readPerson,
  readPersonNames,
} from './people.store.ts'

export function showPerson(work: Work, person: Person): PersonView {
  const { id, name, email, role, language, status } = person
  return {
    id,
    name,
    email,
    role,
    language,
    status,
    invitationExpiresAt: person.invitationExpiresAt?.toISOString() ?? null,
    lastSeenAt: person.lastSeenAt?.toISOString() ?? null,
    createdAt: person.createdAt.toISOString(),
    isMe: id === work.actor.person,
  }
}

export async function findPerson(work: Work, id: string): Promise<PersonView> {
  requirePermission(work, 'people.read')
  const person = await readPerson(work, id)
  if (!person) throw refuseAccount('person.not_found')
  return showPerson(work, person)
}

type PeopleQuery = PeopleFilter & { readonly cursor?: string | undefined; readonly limit: number }

export async function listPeople(
  work: Work,
  query: PeopleQuery,
): Promise<{ people: PersonView[]; next: string | null; total: number }> {
  requirePermission(work, 'people.read')
  const after = query.cursor === undefined ? null : readCursor(query.cursor)
  const found = await readPeople(work, query, after, query.limit + 1)
  const people = found.slice(0, query.limit)
  const last = people.at(-1)
  return {
    people: people.map((person) => showPerson(work, person)),
    next: found.length > query.limit && last ? writeCursor(last) : null,
    total: await countPeople(work, query),
  }
}

/** Names of people by id, for showing who did something; an id of nobody is left out. */
export async function findPersonNames(
  work: Work,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  return new Map((await readPersonNames(work, ids)).map(({ id, name }) => [id, name]))
}

function writeCursor({ name, id }: PeoplePlace): string {
  return Buffer.from(`${id} ${name}`).toString('base64url')
}

function readCursor(cursor: string): PeoplePlace {
  const parts = /^(\d{1,18}) ([^\0]*)$/s.exec(Buffer.from(cursor, 'base64url').toString())
  if (!parts) throw refuseRequest('request.invalid', { problem: 'cursor' })
  return { id: parts[1]!, name: parts[2]! }
}
