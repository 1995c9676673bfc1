/** Invitations: somebody gets a link by mail, chooses a password behind it, and is signed in. */
import { inWork, type Work, type WorkSource } from '../../platform/work.ts'
import { requirePermission } from '../access.ts'
import type { Effects } from '../effects.ts'
import { readOrganisation } from '../organisations.store.ts'
import { checkPassword, hashPassword } from '../passwords.ts'
import type { Role } from '../permissions.ts'
import { refuseAccount } from '../refusals.ts'
import { roleLabels } from '../roles.ts'
import { visitorScope } from '../scopes.ts'
import { type Handle, readHandle } from '../secrets.ts'
import { openSession, type SignedIn } from '../sign-in/open-session.ts'
import type { Visitor } from '../sign-in/sessions.store.ts'
import type { PersonView } from './contract.ts'
import { makeLinkToken, readLink, takeLink } from './links.store.ts'
import { writeMoment } from './moment.ts'
import {
  insertPerson,
  lockPerson,
  type Person,
  readPerson,
  readPersonByEmail,
  updatePerson,
} from './people.store.ts'
import { showPerson } from './person.ts'

const invitationDays = 7

type Invitation = {
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly language?: Person['language'] | undefined
}

export async function invitePerson(
  work: Work,
  input: Invitation,
  baseUrl: string,
  effects: Effects,
): Promise<PersonView> {
  requirePermission(work, 'people.manage')
  const language = input.language ?? (await readOrganisation(work)).language
  const { name, email, role } = input
  const id =
    (await insertPerson(work, { name, email, role, language, status: 'invited', passwordHash: null })) ??
    (await inviteKnown(work, { name, email, role, language }))
  if (id === null) throw refuseAccount('person.email_taken', { email })
  await effects.recordEvent(work, {
    kind: 'people',
    recordId: id,
    event: 'person.invited',
    params: { name, email, role: roleLabels[role] },
  })
  return mailInvitation(work, (await readPerson(work, id))!, baseUrl, effects)
}

/** Somebody whom an import brought is invited under the same id; null where the address is in use. */
async function inviteKnown(work: Work, person: Required<Invitation>): Promise<Person['id'] | null> {
  const known = await readPersonByEmail(work, person.email)
  if (known?.status !== 'uninvited') return null
  const { name, role, language = known.language } = person
  await updatePerson(work, known.id, { name, role, language, status: 'invited' })
  return known.id
}

export async function resendInvitation(
  work: Work,
  id: string,
  baseUrl: string,
  effects: Effects,
): Promise<PersonView> {
  requirePermission(work, 'people.manage')
  const person = await lockPerson(work, id)
  if (!person) throw refuseAccount('person.not_found')
  const isOpen = person.status === 'invited' || person.status === 'uninvited'
  if (!isOpen || person.email === null) throw refuseAccount('person.not_invited', { name: person.name })
  const isFirst = person.status === 'uninvited'
  if (isFirst) await updatePerson(work, person.id, { status: 'invited' })
  const { name, email } = person
  await effects.recordEvent(work, {
    kind: 'people',
    recordId: id,
    event: isFirst ? 'person.invited' : 'person.invited_again',
    params: { name, email, role: roleLabels[person.role] },
  })
  return mailInvitation(work, { ...person, status: 'invited' }, baseUrl, effects)
}

/** Mails a new link; one that was sent before stops working. */
export async function mailInvitation(
  work: Work,
  person: Person,
  baseUrl: string,
  effects: Effects,
): Promise<PersonView> {
  if (person.email === null) throw refuseAccount('person.not_invited', { name: person.name })
  const organisation = await readOrganisation(work)
  const expiresAt = new Date(work.now.getTime() + invitationDays * 24 * 3600 * 1000)
  const token = await makeLinkToken(work, person.id, 'invitation', expiresAt)
  await effects.sendMail(work, {
    to: person.email,
    language: person.language,
    template: 'invitation',
    params: {
      name: person.name,
      organisation: organisation.name,
      invitedBy: work.actor.name,
      role: roleLabels[person.role][person.language],
      link: `${baseUrl}/invitation?token=${token}`,
      expires: writeMoment(expiresAt, person.language, organisation.timeZone),
    },
  })
  return showPerson(work, { ...person, invitationExpiresAt: expiresAt })
}

type Invited = { readonly handle: Handle; readonly person: Person; readonly organisation: string }

async function findInvited(source: WorkSource, token: string): Promise<Invited> {
  const handle = readHandle(token)
  if (!handle) throw refuseAccount('invitation.invalid')
  return inWork(source, visitorScope(handle.org, 'en'), async (work) => {
    const id = await readLink(work, handle, 'invitation')
    const person = id === null ? null : await readPerson(work, id)
    if (person?.status !== 'invited' || person.email === null) throw refuseAccount('invitation.invalid')
    return { handle, person, organisation: (await readOrganisation(work)).name }
  })
}

export async function describeInvitation(source: WorkSource, token: string) {
  const { person, organisation } = await findInvited(source, token)
  const { name, role, language } = person
  return { organisation, email: person.email!, name, role, language }
}

type Acceptance = {
  readonly token: string
  readonly password: string
  readonly name?: string | undefined
  readonly language?: Person['language'] | undefined
}

export async function acceptInvitation(
  source: WorkSource,
  input: Acceptance,
  visitor: Visitor,
  effects: Effects,
): Promise<SignedIn> {
  const { handle, person } = await findInvited(source, input.token)
  checkPassword(input.password, person.email!)
  const passwordHash = await hashPassword(input.password)
  const { name = person.name, language = person.language } = input
  return openSession(source, { org: handle.org, person: person.id }, visitor, effects, {
    event: 'person.joined',
    before: async (work) => {
      const id = await takeLink(work, handle, 'invitation')
      if (id === null || (await lockPerson(work, id))?.status !== 'invited')
        throw refuseAccount('invitation.invalid')
      await updatePerson(work, id, { name, language, status: 'active', passwordHash })
    },
  })
}
