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
import { insertPerson, lockPerson, type Person, readPerson, updatePerson } from './people.store.ts'
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
  const id = await insertPerson(work, { ...input, language, status: 'invited', passwordHash: null })
  if (id === null) throw refuseAccount('person.email_taken', { email: input.email })
  await effects.recordEvent(work, {
    kind: 'people',
    recordId: id,
    event: 'person.invited',
    params: { name: input.name, email: input.email, role: roleLabels[input.role] },
  })
  return mailInvitation(work, (await readPerson(work, id))!, baseUrl, effects)
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
  if (person.status !== 'invited' || person.email === null)
    throw refuseAccount('person.not_invited', { name: person.name })
  await effects.recordEvent(work, {
    kind: 'people',
    recordId: id,
    event: 'person.invited_again',
    params: { name: person.name, email: person.email },
  })
  return mailInvitation(work, person, baseUrl, effects)
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
