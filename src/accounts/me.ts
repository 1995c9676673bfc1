/** The signed-in person as the interface sees it: who, where, and what they may do. */
import type { Work } from '../platform/work.ts'
import type { SessionView } from './contract.ts'
import { readOrganisation } from './organisations.store.ts'
import { type Person, readPerson } from './people/people.store.ts'
import type { Permission } from './permissions.ts'
import { refuseAccount } from './refusals.ts'

/** The person behind the work; tasks of the system have none. */
export async function readActor(work: Work): Promise<Person> {
  const person = work.actor.person === null ? null : await readPerson(work, work.actor.person)
  if (!person) throw refuseAccount('person.not_found')
  return person
}

export async function describeMe(work: Work): Promise<SessionView> {
  const person = await readActor(work)
  return {
    person: { id: person.id, name: person.name, email: person.email, role: person.role },
    organisation: await readOrganisation(work),
    permissions: [...work.actor.permissions] as Permission[],
    language: person.language,
    via: work.actor.via === 'api_key' ? 'api_key' : 'session',
  }
}

/** A person's own account is theirs: a program with a key of theirs does not change it. */
export function requireSession(work: Pick<Work, 'actor'>): void {
  if (work.actor.via !== 'session') throw refuseAccount('session.person_only')
}
