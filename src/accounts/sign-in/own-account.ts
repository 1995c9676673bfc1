/** What people do to their own account: name, language, password, and where they are signed in. */
import type { Language } from '../../platform/refusal.ts'
import { inWork, type Work, type WorkScope, type WorkSource } from '../../platform/work.ts'
import type { OwnSession, SessionView } from '../contract.ts'
import { changedFields, type Effects } from '../effects.ts'
import { describeMe, readActor, requireSession } from '../me.ts'
import { checkPassword, hashPassword, verifyPassword } from '../passwords.ts'
import { dropLinks } from '../people/links.store.ts'
import { lockPerson, updatePerson } from '../people/people.store.ts'
import { refuseAccount } from '../refusals.ts'
import { readHandle } from '../secrets.ts'
import { deleteSession, deleteSessionsOf, readSessionsOf } from './sessions.store.ts'
import { clearAttempts, countAttempt } from './throttle.ts'

export async function changeProfile(
  work: Work,
  change: { readonly name?: string | undefined; readonly language?: Language | undefined },
  effects: Effects,
): Promise<SessionView> {
  requireSession(work)
  const before = await readActor(work)
  const { name = before.name, language = before.language } = change
  await updatePerson(work, before.id, { name, language })
  const changes = changedFields({ name: before.name, language: before.language }, { name, language })
  if (changes.length > 0)
    await effects.recordEvent(work, {
      kind: 'people',
      recordId: before.id,
      event: 'person.changed',
      params: { name },
      changes,
    })
  return describeMe(work)
}

/** Guesses at the current password are slowed down as at sign-in. Returns how many other sessions ended. */
export async function changePassword(
  source: WorkSource,
  scope: WorkScope,
  input: { readonly currentPassword: string; readonly newPassword: string },
  call: { readonly cookie: string | undefined; readonly ip: string },
  effects: Effects,
): Promise<number> {
  requireSession(scope)
  const person = await inWork(source, scope, readActor)
  const email = person.email ?? ''
  const attempt = { purpose: 'sign-in', email, ip: call.ip } as const
  await countAttempt(source, attempt)
  if (!(await verifyPassword(input.currentPassword, person.passwordHash)))
    throw refuseAccount('password.wrong')
  await clearAttempts(source, attempt)
  checkPassword(input.newPassword, email)
  const passwordHash = await hashPassword(input.newPassword)
  return inWork(source, scope, async (work) => {
    const now = await lockPerson(work, person.id)
    if (now?.passwordHash !== person.passwordHash) throw refuseAccount('password.wrong')
    await updatePerson(work, person.id, { passwordHash })
    await dropLinks(work, person.id, 'reset')
    await effects.recordEvent(work, {
      kind: 'people',
      recordId: person.id,
      event: 'person.password_changed',
    })
    return deleteSessionsOf(work, person.id, sessionIdOf(call.cookie))
  })
}

export async function listOwnSessions(work: Work, cookie: string | undefined): Promise<OwnSession[]> {
  const current = sessionIdOf(cookie)
  const sessions = await readSessionsOf(work, (await readActor(work)).id)
  return sessions.map((session) => ({
    ...session,
    isCurrent: work.actor.via === 'session' && session.id === current,
    createdAt: session.createdAt.toISOString(),
    lastSeenAt: session.lastSeenAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
  }))
}

/** Ends the session of this very cookie. */
export async function signOut(work: Work, cookie: string | undefined, effects: Effects): Promise<number> {
  requireSession(work)
  const id = sessionIdOf(cookie)
  return id === null ? 0 : end(work, id, effects)
}

export async function endSession(work: Work, id: string, effects: Effects): Promise<number> {
  requireSession(work)
  const ended = await end(work, id, effects)
  if (ended === 0) throw refuseAccount('session.not_found')
  return ended
}

async function end(work: Work, id: string, effects: Effects): Promise<number> {
  const { id: person } = await readActor(work)
  const ended = await deleteSession(work, person, id)
  if (ended > 0)
    await effects.recordEvent(work, { kind: 'people', recordId: person, event: 'person.signed_out' })
  return ended
}

export async function signOutEverywhere(work: Work, effects: Effects): Promise<number> {
  requireSession(work)
  const { id: person } = await readActor(work)
  const count = await deleteSessionsOf(work, person)
  await effects.recordEvent(work, {
    kind: 'people',
    recordId: person,
    event: 'person.signed_out_everywhere',
    params: { count },
  })
  return count
}

/** The cookie has been checked already by whoever opened the work. */
function sessionIdOf(cookie: string | undefined): string | null {
  return cookie === undefined ? null : (readHandle(cookie)?.id ?? null)
}
