/** A forgotten password: a link by mail, good for two hours and once. Nobody learns whether an address is known. */
import type { OrgId } from '../../platform/ids.ts'
import type { Platform } from '../../platform/platform.ts'
import { inWork, type Work, type WorkSource } from '../../platform/work.ts'
import type { Effects } from '../effects.ts'
import { findSignInOrganisations, readBaseUrl, readOrganisation } from '../organisations.store.ts'
import { checkPassword, hashPassword } from '../passwords.ts'
import { refuseAccount } from '../refusals.ts'
import { visitorScope } from '../scopes.ts'
import { readHandle } from '../secrets.ts'
import { openSession, type SignedIn } from '../sign-in/open-session.ts'
import { deleteSessionsOf, type Visitor } from '../sign-in/sessions.store.ts'
import { countAttempt } from '../sign-in/throttle.ts'
import { makeLinkToken, readLink, takeLink } from './links.store.ts'
import { writeMoment } from './moment.ts'
import { lockPerson, type Person, readPerson, readPersonByEmail, updatePerson } from './people.store.ts'

const linkHours = 2

/** One mail for each organisation in which the address signs in. */
export async function requestPasswordReset(
  platform: Platform,
  email: string,
  ip: string,
  effects: Effects,
): Promise<void> {
  await countAttempt(platform, { purpose: 'password-reset', email, ip })
  for (const org of await findSignInOrganisations(platform.database.roles('app'), email))
    await mailLink(platform, org, email, effects)
}

/**
 * The link never begins with what the request calls this host: whoever asks is a stranger, and could have a
 * link to their own host mailed to somebody else.
 */
async function trustedBaseUrl({ config }: Platform, work: Work): Promise<string> {
  const url = config.publicUrl ?? (await readBaseUrl(work)) ?? `http://${config.host}:${config.port}`
  return url.replace(/\/$/, '')
}

async function mailLink(platform: Platform, org: OrgId, email: string, effects: Effects): Promise<void> {
  await inWork(platform, visitorScope(org, 'en'), async (work) => {
    const person = await readPersonByEmail(work, email)
    if (!isReady(person)) return
    const organisation = await readOrganisation(work)
    const expiresAt = new Date(work.now.getTime() + linkHours * 3600 * 1000)
    const token = await makeLinkToken(work, person.id, 'reset', expiresAt)
    await effects.recordEvent(work, {
      kind: 'people',
      recordId: person.id,
      event: 'person.password_reset_requested',
    })
    await effects.sendMail(work, {
      to: person.email,
      language: person.language,
      template: 'password_reset',
      params: {
        name: person.name,
        organisation: organisation.name,
        link: `${await trustedBaseUrl(platform, work)}/reset?token=${token}`,
        expires: writeMoment(expiresAt, person.language, organisation.timeZone),
      },
    })
  })
}

export async function completePasswordReset(
  source: WorkSource,
  input: { readonly token: string; readonly password: string },
  visitor: Visitor,
  effects: Effects,
): Promise<SignedIn> {
  const handle = readHandle(input.token)
  if (!handle) throw refuseAccount('password-reset.invalid')
  const person = await inWork(source, visitorScope(handle.org, 'en'), async (work) => {
    const id = await readLink(work, handle, 'reset')
    return id === null ? null : readPerson(work, id)
  })
  if (!isReady(person)) throw refuseAccount('password-reset.invalid')
  checkPassword(input.password, person.email)
  const passwordHash = await hashPassword(input.password)
  return openSession(source, { org: handle.org, person: person.id }, visitor, effects, {
    event: 'person.password_reset',
    before: async (work) => {
      const id = await takeLink(work, handle, 'reset')
      if (id === null || !isReady(await lockPerson(work, id))) throw refuseAccount('password-reset.invalid')
      await updatePerson(work, id, { passwordHash })
      await deleteSessionsOf(work, id)
    },
  })
}

/** Somebody who signs in with a password; an invited person accepts the invitation instead. */
function isReady(person: Person | null): person is Person & { email: string } {
  return person !== null && person.status === 'active' && person.email !== null
}
