/** Scopes of work: as whom something is done. Only here does a person become an actor. */
import type { OrgId } from '../platform/ids.ts'
import type { Language } from '../platform/refusal.ts'
import type { Actor, WorkScope } from '../platform/work.ts'
import type { Person } from './people/people.store.ts'
import { type Permission, permissions, permissionsOf } from './permissions.ts'

const everything: ReadonlySet<Permission> = new Set(Object.keys(permissions) as Permission[])

/** The program itself, for what nobody in particular asked for. */
export function systemScope(org: OrgId): WorkScope {
  return {
    org,
    actor: { person: null, name: 'Carryover', via: 'task', permissions: everything, language: 'en' },
  }
}

/** Nobody yet: reads what a cookie, a key or a link points to, and may do nothing. */
export function visitorScope(org: OrgId, language: Language): WorkScope {
  return {
    org,
    actor: { person: null, name: 'Carryover', via: 'session', permissions: new Set(), language },
  }
}

/** A deactivated person keeps the name and may do nothing. */
export function personScope(
  org: OrgId,
  person: Pick<Person, 'id' | 'name' | 'role' | 'language' | 'status'>,
  via: Actor['via'],
): WorkScope {
  const held = person.status === 'active' ? permissionsOf(person.role) : new Set<Permission>()
  return {
    org,
    actor: { person: person.id, name: person.name, via, permissions: held, language: person.language },
  }
}
