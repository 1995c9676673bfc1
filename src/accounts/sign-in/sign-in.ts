/**
 * Sign-in by e-mail and password. An address that nobody has costs the same time and gives the same answer
 * as a wrong password; organisations are listed only to somebody whose password opens them.
 */
import { asId, type OrgId, type PersonId } from '../../platform/ids.ts'
import { inWork, type WorkSource } from '../../platform/work.ts'
import type { SessionView } from '../contract.ts'
import type { Effects } from '../effects.ts'
import { findSignInOrganisations, readOrganisation } from '../organisations.store.ts'
import { hashPassword, needsRehash, verifyPassword } from '../passwords.ts'
import { readPersonByEmail, updatePerson } from '../people/people.store.ts'
import { refuseAccount } from '../refusals.ts'
import { visitorScope } from '../scopes.ts'
import { openSession } from './open-session.ts'
import type { Visitor } from './sessions.store.ts'
import { clearAttempts, countAttempt } from './throttle.ts'

type SignInInput = {
  readonly email: string
  readonly password: string
  readonly organisationId?: string | undefined
}

type SignInAnswer = {
  /** Null while an organisation is still to be chosen. */
  readonly cookie: string | null
  readonly session: SessionView | null
  readonly organisations: { id: string; name: string }[]
}

type Candidate = {
  readonly org: OrgId
  readonly organisation: string
  readonly person: PersonId
  readonly hash: string
}

export async function signIn(
  source: WorkSource,
  input: SignInInput,
  visitor: Visitor,
  effects: Effects,
): Promise<SignInAnswer> {
  const attempt = { purpose: 'sign-in', email: input.email, ip: visitor.ip } as const
  await countAttempt(source, attempt)
  const opened: Candidate[] = []
  const candidates = await findCandidates(source, input)
  for (const candidate of candidates)
    if (await verifyPassword(input.password, candidate.hash)) opened.push(candidate)
  if (candidates.length === 0) await verifyPassword(input.password, null)
  const [first, ...others] = opened
  if (!first) throw refuseAccount('sign-in.wrong')
  await clearAttempts(source, attempt)
  if (others.length > 0) {
    const organisations = opened.map(({ org, organisation }) => ({ id: org, name: organisation }))
    return { cookie: null, session: null, organisations }
  }
  const renewed = needsRehash(first.hash) ? await hashPassword(input.password) : null
  const { cookie, view } = await openSession(source, first, visitor, effects, {
    before: async (work) => {
      if (renewed !== null) await updatePerson(work, first.person, { passwordHash: renewed })
    },
  })
  return { cookie, session: view, organisations: [] }
}

/** Looked into for an address that nobody has, so that looking takes as long as for one that somebody has. */
const nowhere = asId<OrgId>('0')

async function findCandidates(source: WorkSource, input: SignInInput): Promise<Candidate[]> {
  const orgs = await findSignInOrganisations(source.database.roles('app'), input.email)
  const wanted = orgs.filter((org) => input.organisationId === undefined || org === input.organisationId)
  const found = await Promise.all(
    (wanted.length > 0 ? wanted : [nowhere]).map((org) =>
      inWork(source, visitorScope(org, 'en'), async (work): Promise<Candidate | null> => {
        const person = await readPersonByEmail(work, input.email)
        if (person?.status !== 'active' || person.passwordHash === null) return null
        const organisation = (await readOrganisation(work)).name
        return { org, organisation, person: person.id, hash: person.passwordHash }
      }),
    ),
  )
  return found.filter((candidate) => candidate !== null)
}
