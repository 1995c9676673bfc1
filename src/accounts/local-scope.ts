/**
 * As whom the command line acts: `--as EMAIL` in `--org NAME`. Left out: the only ones there, or the
 * administrator of the demonstration. Where that is not clear, a refusal lists what there is.
 */
import type { WorkScope, WorkSource } from '../platform/work.ts'
import {
  type LocalOrganisation,
  type LocalPerson,
  readLocalOrganisations,
  readLocalPeople,
} from './local.store.ts'
import { refuseAccount } from './refusals.ts'
import { personScope } from './scopes.ts'

export type LocalChoice = {
  readonly as?: string | undefined
  /** Name or id. */
  readonly org?: string | undefined
}

export async function openLocalScope(source: WorkSource, choice: LocalChoice = {}): Promise<WorkScope> {
  const all = await readLocalOrganisations(source)
  if (all.length === 0) throw refuseAccount('local.no_organisation')
  const named = choice.org === undefined ? all : withName(all, choice.org)
  const people = await readLocalPeople(
    source,
    named.map(({ org }) => org),
  )
  const organisation = pickOrganisation(named, people, choice.as)
  const person = pickPerson(
    organisation,
    people.filter(({ org }) => org === organisation.org),
    choice.as,
  )
  return personScope(organisation.org, person, 'local')
}

function withName(all: readonly LocalOrganisation[], wanted: string): LocalOrganisation[] {
  const found = all.filter(({ org, name }) => org === wanted || isSame(name, wanted))
  if (found.length === 0)
    throw refuseAccount('local.organisation_unknown', { organisation: wanted, known: listOf(all) })
  return found
}

function pickOrganisation(
  organisations: readonly LocalOrganisation[],
  people: readonly { readonly org: string; readonly email: string | null }[],
  email: string | undefined,
): LocalOrganisation {
  const has = ({ org }: LocalOrganisation): boolean =>
    people.some((person) => person.org === org && isSame(person.email, email ?? ''))
  const fitting = email === undefined ? [...organisations] : organisations.filter(has)
  const candidates = fitting.length > 0 ? fitting : organisations
  const demo = candidates.find(({ isDemo }) => isDemo)
  const [first, ...others] = candidates
  if (first && others.length === 0) return first
  if (demo && (email === undefined || fitting.length > 0)) return demo
  throw refuseAccount('local.organisation_unclear', { known: listOf(candidates) })
}

function pickPerson(
  organisation: LocalOrganisation,
  people: readonly LocalPerson[],
  email: string | undefined,
): LocalPerson {
  const known = people.flatMap((person) => person.email ?? []).join(', ') || '–'
  if (email !== undefined) {
    const named = people.find((person) => isSame(person.email, email))
    if (named) return named
    throw refuseAccount('local.person_unknown', { email, organisation: organisation.name, known })
  }
  const [first, ...others] = people
  if (first && others.length === 0) return first
  const administrator = people.find(({ role }) => role === 'administrator')
  if (organisation.isDemo && administrator) return administrator
  throw refuseAccount('local.person_unclear', { organisation: organisation.name, known })
}

function isSame(given: string | null, wanted: string): boolean {
  return given?.toLowerCase() === wanted.toLowerCase()
}

function listOf(organisations: readonly LocalOrganisation[]): string {
  return organisations.map(({ org, name }) => `${name} (${org})`).join(', ')
}
