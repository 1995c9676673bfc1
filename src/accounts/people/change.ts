/** Changes to people by an administrator. An organisation keeps at least one active administrator. */
import type { Work } from '../../platform/work.ts'
import { requirePermission } from '../access.ts'
import { changedFields, type Effects } from '../effects.ts'
import type { Role } from '../permissions.ts'
import { refuseAccount } from '../refusals.ts'
import { deleteSessionsOf } from '../sign-in/sessions.store.ts'
import type { PersonView } from './contract.ts'
import { mailInvitation } from './invite.ts'
import { dropLinks } from './links.store.ts'
import {
  anonymisePerson,
  countOtherAdministrators,
  lockPerson,
  type Person,
  readPerson,
  updatePerson,
} from './people.store.ts'
import { showPerson } from './person.ts'

export type PersonChange = {
  readonly name?: string | undefined
  readonly role?: Role | undefined
  readonly language?: Person['language'] | undefined
}

export async function changePerson(
  work: Work,
  id: string,
  change: PersonChange,
  effects: Effects,
): Promise<PersonView> {
  requirePermission(work, 'people.manage')
  const before = await requirePerson(work, id)
  const { name = before.name, role = before.role, language = before.language } = change
  if (role !== 'administrator') await keepAdministrator(work, before)
  await updatePerson(work, before.id, { name, role, language })
  const changes = changedFields(
    { name: before.name, role: before.role, language: before.language },
    { name, role, language },
  )
  if (changes.length > 0) await record(work, before.id, name, 'person.changed', effects, changes)
  return show(work, id)
}

/** Ends sessions and open links at once; API keys of the person stop working while it lasts. */
export async function deactivatePerson(work: Work, id: string, effects: Effects): Promise<PersonView> {
  requirePermission(work, 'people.manage')
  const person = await requirePerson(work, id)
  if (person.status === 'deactivated') return showPerson(work, person)
  await keepAdministrator(work, person)
  await updatePerson(work, person.id, { status: 'deactivated' })
  await deleteSessionsOf(work, person.id)
  await dropLinks(work, person.id, 'invitation')
  await dropLinks(work, person.id, 'reset')
  await record(work, person.id, person.name, 'person.deactivated', effects)
  return show(work, id)
}

/** For good: access ends, and of the person only the id stays, by which what they did is told. */
export async function erasePerson(work: Work, id: string): Promise<string> {
  requirePermission(work, 'persons.erase')
  const person = await requirePerson(work, id)
  await keepAdministrator(work, person)
  await deleteSessionsOf(work, person.id)
  await dropLinks(work, person.id, 'invitation')
  await dropLinks(work, person.id, 'reset')
  const name = `#${id}`
  await anonymisePerson(work, person.id, name)
  return name
}

export async function reactivatePerson(
  work: Work,
  id: string,
  baseUrl: string,
  effects: Effects,
): Promise<PersonView> {
  requirePermission(work, 'people.manage')
  const person = await requirePerson(work, id)
  if (person.status !== 'deactivated') return showPerson(work, person)
  const mustAccept = person.passwordHash === null && person.email !== null
  await updatePerson(work, person.id, { status: mustAccept ? 'invited' : 'active' })
  await record(work, person.id, person.name, 'person.reactivated', effects)
  if (mustAccept) await mailInvitation(work, person, baseUrl, effects)
  return show(work, id)
}

async function requirePerson(work: Work, id: string): Promise<Person> {
  const person = await lockPerson(work, id)
  if (!person) throw refuseAccount('person.not_found')
  return person
}

async function show(work: Work, id: string): Promise<PersonView> {
  return showPerson(work, (await readPerson(work, id))!)
}

/** After many people were changed at once: refuses where nobody is left who could manage the organisation. */
export async function requireAdministrator(work: Work): Promise<void> {
  if ((await countOtherAdministrators(work, '0' as Person['id'])) === 0)
    throw refuseAccount('person.no_administrator')
}

/** Refuses when the person is the last active administrator. */
async function keepAdministrator(work: Work, person: Person): Promise<void> {
  if (person.role !== 'administrator' || person.status !== 'active') return
  if ((await countOtherAdministrators(work, person.id)) === 0)
    throw refuseAccount('person.last_administrator', { name: person.name })
}

async function record(
  work: Work,
  id: Person['id'],
  name: string,
  event: 'person.changed' | 'person.deactivated' | 'person.reactivated',
  effects: Effects,
  changes: ReturnType<typeof changedFields> = [],
): Promise<void> {
  await effects.recordEvent(work, { kind: 'people', recordId: id, event, params: { name }, changes })
}
