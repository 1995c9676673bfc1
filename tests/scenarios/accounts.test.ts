/** The life of accounts from the setup link on: told in order, each test goes on where the last one ended. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSetupLink } from '../../src/accounts/accounts.ts'
import {
  changePassword,
  changeProfile,
  completeSetup,
  describeSetup,
  findSession,
  listSessions,
  signIn,
  signOut,
  signOutEverywhere,
} from '../../src/accounts/contract.ts'
import {
  acceptInvitation,
  changePerson,
  completePasswordReset,
  deactivatePerson,
  describeInvitation,
  invitePerson,
  listPeople,
  reactivatePerson,
  requestPasswordReset,
  resendInvitation,
} from '../../src/accounts/people/contract.ts'
import { listHistory } from '../../src/history/contract.ts'
import { findMessage, listOutbox } from '../../src/notices/contract.ts'
import { sql } from '../../src/platform/database.ts'
import { asAdmin, createTestPlatform, type TestPlatform } from '../support/database.ts'
import { createTestApp, type TestApp, type Visitor } from '../support/http.ts'

let world: TestPlatform
let app: TestApp
const alena: Visitor = {}
const jana: Visitor = {}
let janaId = ''

const founder = {
  organisation: 'Sunrise Trading',
  name: 'Alena Dvořáková',
  email: 'alena@sunrise.example',
  password: 'a quiet morning',
}
const janasPassword = 'tichá voda břehy mele'

beforeAll(async () => {
  world = await createTestPlatform()
  app = await createTestApp(world.platform)
})

afterAll(async () => {
  await app?.close()
  await world?.close()
})

/** The token of the newest message, as its reader would find it. */
async function readLink(to: string, page: 'invitation' | 'reset'): Promise<string> {
  const { messages } = await app.call(listOutbox, {}, { as: alena })
  const message = messages.find((item) => item.to === to)
  const { text, html } = await app.call(findMessage, { params: { id: message?.id ?? '0' } }, { as: alena })
  const link = new RegExp(`${app.url}/${page}\\?token=([\\w.-]+)`).exec(text)
  expect(html).toContain(link?.[0])
  return link?.[1] ?? ''
}

test('setup asks for the link of the console, makes one organisation, and is closed after it', async () => {
  expect(await app.call(describeSetup, {})).toEqual({ needed: true })
  const replaced = await createSetupLink(world.platform, app.url)
  const link = await createSetupLink(world.platform, `${app.url}/`)
  const token = new URL(link ?? '').searchParams.get('token') ?? ''
  expect(link).toBe(`${app.url}/setup?token=${token}`)
  const old = new URL(replaced ?? '').searchParams.get('token') ?? ''
  for (const wrong of [old, 'guess'])
    expect((await app.refusal(completeSetup, { body: { ...founder, token: wrong } })).code).toBe(
      'setup.token_invalid',
    )
  const body = { ...founder, token }
  expect((await app.refusal(completeSetup, { body: { ...body, password: 'short' } })).code).toBe(
    'password.too_short',
  )
  expect((await app.refusal(completeSetup, { body: { ...body, timeZone: 'Mars/Base' } })).code).toBe(
    'organisation.time_zone_unknown',
  )
  const me = await app.call(completeSetup, { body }, { as: alena })
  expect(me).toMatchObject({
    person: { name: founder.name, email: founder.email, role: 'administrator' },
    organisation: { name: founder.organisation, timeZone: 'Europe/Prague', currency: 'CZK', isDemo: false },
  })
  expect(await app.call(findSession, {}, { as: alena })).toEqual(me)
  expect(await app.call(describeSetup, {})).toEqual({ needed: false })
  expect(await createSetupLink(world.platform, app.url)).toBeNull()
  expect((await app.refusal(completeSetup, { body })).code).toBe('setup.already_done')
})

test('the session is a cookie that scripts cannot read and that other sites do not send along', async () => {
  const body = { email: founder.email, password: founder.password }
  const response = await app.send(signIn, { body })
  const cookie = response.headers.get('set-cookie') ?? ''
  expect(cookie).toMatch(/^carryover_session=\d+\.\d+\.[\w-]{43};/)
  expect(cookie).toContain('HttpOnly')
  expect(cookie).toContain('SameSite=Lax')
  expect(JSON.stringify(await response.json())).not.toContain(/=([^;]+)/.exec(cookie)?.[1])
  const stranger = { ...alena, origin: 'https://elsewhere.example' }
  expect((await app.refusal(signOut, {}, { as: stranger })).code).toBe('request.foreign_origin')
  expect((await app.refusal(signIn, { body }, { as: stranger })).code).toBe('request.foreign_origin')
})

test('what is kept of passwords and secrets opens nothing', async () => {
  const stored = await asAdmin(async (admin) => {
    const people = await admin.query<{ h: string }>('select password_hash as h from carryover.people')
    const sessions = await admin.query<{ h: Buffer }>('select secret_hash as h from carryover.sessions')
    return { password: people.rows[0]?.h ?? '', session: sessions.rows[0]?.h ?? Buffer.alloc(0) }
  }, world.platform.database.target.database)
  expect(stored.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(stored.session).toHaveLength(32)
  expect(alena.cookie).not.toContain(stored.session.toString('base64url'))
})

test('sign-in: address in any case; a wrong password and an unknown address get the same answer', async () => {
  const visitor = await app.enter('ALENA@sunrise.EXAMPLE', founder.password)
  expect((await app.call(findSession, {}, { as: visitor })).person.name).toBe(founder.name)
  const wrong = await app.refusal(signIn, { body: { email: founder.email, password: 'not the one' } })
  const unknown = await app.refusal(signIn, { body: { email: 'nobody@x.example', password: 'not the one' } })
  expect(wrong).toEqual(unknown)
  expect(wrong).toMatchObject({ status: 401, code: 'sign-in.wrong' })
  const czech = await app.refusal(
    signIn,
    { body: { email: founder.email, password: 'x' } },
    { as: { language: 'cs' } },
  )
  expect(czech.detail).toContain('E-mail a heslo')
})

test('an invitation waits readable in the outbox; accepting it signs in with the role', async () => {
  const body = { email: 'jana@sunrise.example', name: 'Jana Nová', role: 'support' } as const
  const person = await app.call(invitePerson, { body }, { as: alena })
  janaId = person.id
  expect(person).toMatchObject({
    status: 'invited',
    role: 'support',
    invitationExpiresAt: '2026-03-09T09:00:00.000Z',
  })
  const again = { body: { ...body, email: 'JANA@sunrise.example' } }
  expect((await app.refusal(invitePerson, again, { as: alena })).code).toBe('person.email_taken')
  const { messages, counts } = await app.call(listOutbox, {}, { as: alena })
  expect(messages[0]).toMatchObject({ to: body.email, state: 'waiting_for_server', template: 'invitation' })
  expect(counts.waiting_for_server).toBe(1)

  const first = await readLink(body.email, 'invitation')
  await app.call(resendInvitation, { params: { id: janaId } }, { as: alena })
  const token = await readLink(body.email, 'invitation')
  expect(token).not.toBe(first)
  const password = janasPassword
  expect((await app.refusal(acceptInvitation, { body: { token: first, password } })).code).toBe(
    'invitation.invalid',
  )
  expect(await app.call(describeInvitation, { body: { token } })).toEqual({
    organisation: founder.organisation,
    email: body.email,
    name: body.name,
    role: 'support',
    language: 'en',
  })
  expect((await app.refusal(acceptInvitation, { body: { token, password: body.email } })).code).toBe(
    'password.is_email',
  )
  const acceptance = { token, password, name: 'Jana Novotná', language: 'cs' } as const
  const me = await app.call(acceptInvitation, { body: acceptance }, { as: jana })
  expect(me).toMatchObject({ person: { id: janaId, name: 'Jana Novotná', role: 'support' }, language: 'cs' })
  expect((await app.refusal(acceptInvitation, { body: acceptance })).code).toBe('invitation.invalid')
  expect((await app.refusal(resendInvitation, { params: { id: janaId } }, { as: alena })).code).toBe(
    'person.not_invited',
  )
})

test('an invitation that two people accept at the same moment lets one of them in', async () => {
  const body = { email: 'twice@sunrise.example', name: 'Twice', role: 'member' } as const
  await app.call(invitePerson, { body }, { as: alena })
  const token = await readLink(body.email, 'invitation')
  const answers = await Promise.all(
    ['first of two words', 'other of two words'].map((password) =>
      app.send(acceptInvitation, { body: { token, password } }),
    ),
  )
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200, 410]))
})

test('an invitation ends after seven days', async () => {
  const body = { email: 'late@sunrise.example', name: 'Late', role: 'member' } as const
  const { id } = await app.call(invitePerson, { body }, { as: alena })
  const token = await readLink(body.email, 'invitation')
  world.clock.travel(7 * 24 * 3600)
  const late = await app.refusal(acceptInvitation, { body: { token, password: 'a good long one' } })
  expect(late.code).toBe('invitation.invalid')
  await app.call(deactivatePerson, { params: { id } }, { as: alena })
  const back = await app.call(reactivatePerson, { params: { id } }, { as: alena })
  expect(back.status).toBe('invited')
  const renewed = await readLink(body.email, 'invitation')
  await app.call(acceptInvitation, { body: { token: renewed, password: 'a good long one' } })
})

test('what a role does not allow is refused by the server, and allowed once the role is changed', async () => {
  const refused = await app.refusal(listPeople, {}, { as: jana })
  expect(refused).toMatchObject({
    status: 403,
    code: 'permission.denied',
    params: { permission: 'people.read' },
  })
  const janaOf = { params: { id: janaId } }
  expect(
    (await app.refusal(changePerson, { ...janaOf, body: { role: 'administrator' } }, { as: jana })).code,
  ).toBe('permission.denied')
  await app.call(changePerson, { ...janaOf, body: { role: 'manager' } }, { as: alena })
  const { people, total } = await app.call(listPeople, { query: { role: 'manager' } }, { as: jana })
  expect(people.map((person) => [person.id, person.isMe])).toEqual([[janaId, true]])
  expect(total).toBe(1)
  expect(
    (
      await app.refusal(
        invitePerson,
        { body: { email: 'x@y.example', name: 'X', role: 'member' } },
        { as: jana },
      )
    ).code,
  ).toBe('permission.denied')
})

test('people are listed page by page as the reader’s language sorts names', async () => {
  const names = ['Čeněk', 'Cyril', 'Chrudoš', 'Hana', 'Dan']
  for (const [i, name] of names.entries())
    await app.call(
      invitePerson,
      { body: { email: `sort${i}@x.example`, name, role: 'member' } },
      { as: alena },
    )
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await app.call(
      listPeople,
      { query: { search: '@x.example', limit: 2, cursor } },
      { as: jana },
    )
    seen.push(...page.people.map((person) => person.name))
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  expect(seen).toEqual(['Cyril', 'Čeněk', 'Dan', 'Hana', 'Chrudoš'])
  const { total } = await app.call(listPeople, { query: { search: '%' } }, { as: jana })
  expect(total).toBe(0)
})

test('the last administrator stays, also when two of them demote each other at the same moment', async () => {
  const me = await app.call(findSession, {}, { as: alena })
  const alenaOf = { params: { id: me.person.id } }
  const demote = { body: { role: 'manager' } } as const
  expect((await app.refusal(changePerson, { ...alenaOf, ...demote }, { as: alena })).code).toBe(
    'person.last_administrator',
  )
  expect((await app.refusal(deactivatePerson, alenaOf, { as: alena })).code).toBe('person.last_administrator')
  const janaOf = { params: { id: janaId } }
  await app.call(changePerson, { ...janaOf, body: { role: 'administrator' } }, { as: alena })
  const answers = await Promise.all([
    app.send(changePerson, { ...janaOf, ...demote }, { as: alena }),
    app.send(changePerson, { ...alenaOf, ...demote }, { as: jana }),
  ])
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  const left = answers[0]?.ok ? alena : jana
  const { people } = await app.call(listPeople, { query: { role: 'administrator' } }, { as: left })
  expect(people).toHaveLength(1)
  for (const person of [alenaOf, janaOf])
    await app.call(changePerson, { ...person, body: { role: 'administrator' } }, { as: left })
})

test('a forgotten password is set by a link, once; the answer never tells whether the address is known', async () => {
  const known = await app.send(requestPasswordReset, { body: { email: 'jana@sunrise.example' } })
  const unknown = await app.send(requestPasswordReset, { body: { email: 'nobody@x.example' } })
  expect([known.status, await known.text()]).toEqual([unknown.status, await unknown.text()])
  const { messages } = await app.call(listOutbox, {}, { as: alena })
  expect(messages.filter((item) => item.template === 'password_reset').map((item) => item.to)).toEqual([
    'jana@sunrise.example',
  ])
  expect(messages[0]?.subject).toBe('Sunrise Trading: nastavení nového hesla')
  const token = await readLink('jana@sunrise.example', 'reset')
  const password = 'zcela nové heslo'
  const body = { token, password }
  const { id: before } = (await app.call(listSessions, {}, { as: jana })).sessions[0]!
  const device: Visitor = {}
  await app.call(completePasswordReset, { body }, { as: device })
  expect((await app.refusal(completePasswordReset, { body })).code).toBe('password-reset.invalid')
  expect((await app.refusal(findSession, {}, { as: jana })).code).toBe('session.required')
  const { sessions } = await app.call(listSessions, {}, { as: device })
  expect(sessions.map((session) => session.id)).not.toContain(before)
  jana.cookie = device.cookie
  await app.enter('jana@sunrise.example', password)
})

test('a reset link ends after two hours', async () => {
  await app.call(requestPasswordReset, { body: { email: 'jana@sunrise.example' } })
  const token = await readLink('jana@sunrise.example', 'reset')
  world.clock.travel(2 * 3600)
  const body = { token, password: 'another new password' }
  expect((await app.refusal(completePasswordReset, { body })).code).toBe('password-reset.invalid')
})

test('a reset that a stranger asks for never links to a host of the stranger’s choice', async () => {
  const answer = await app.api.fastify.inject({
    method: 'POST',
    url: '/api/v1/password-resets',
    headers: { host: 'evil.example' },
    payload: { email: founder.email },
  })
  expect(answer.statusCode).toBe(202)
  expect(await readLink(founder.email, 'reset')).not.toBe('')
})

test('changing the password asks for the present one and signs out the other devices', async () => {
  const other = await app.enter(founder.email, founder.password)
  const newPassword = 'a louder evening'
  const wrong = { currentPassword: 'not the one', newPassword }
  expect((await app.refusal(changePassword, { body: wrong }, { as: alena })).code).toBe('password.wrong')
  const common = { currentPassword: founder.password, newPassword: 'Password123' }
  expect((await app.refusal(changePassword, { body: common }, { as: alena })).code).toBe(
    'password.too_common',
  )
  const body = { currentPassword: founder.password, newPassword }
  const { ended } = await app.call(changePassword, { body }, { as: alena })
  expect(ended).toBeGreaterThanOrEqual(1)
  expect((await app.refusal(findSession, {}, { as: other })).code).toBe('session.required')
  expect((await app.call(listSessions, {}, { as: alena })).sessions.map((s) => s.isCurrent)).toEqual([true])
  await app.enter(founder.email, newPassword)
})

test('sign-out ends this session, sign-out everywhere ends all', async () => {
  const [one, two] = [
    await app.enter(founder.email, 'a louder evening'),
    await app.enter(founder.email, 'a louder evening'),
  ]
  const copy = { cookie: one.cookie }
  expect(await app.call(signOut, {}, { as: one })).toEqual({ ended: 1 })
  expect(one.cookie).toBeUndefined()
  expect((await app.refusal(findSession, {}, { as: copy })).code).toBe('session.required')
  await app.call(findSession, {}, { as: two })
  const { ended } = await app.call(signOutEverywhere, {}, { as: two })
  expect(ended).toBeGreaterThanOrEqual(2)
  for (const visitor of [copy, { cookie: alena.cookie }])
    expect((await app.refusal(findSession, {}, { as: visitor })).code).toBe('session.required')
  alena.cookie = (await app.enter(founder.email, 'a louder evening')).cookie
})

test('a session slides with use and ends thirty days after the last', async () => {
  const day = 24 * 3600
  const visitor = await app.enter(founder.email, 'a louder evening')
  for (const days of [20, 20, 20]) {
    world.clock.travel(days * day)
    await app.call(findSession, {}, { as: visitor })
  }
  world.clock.travel(30 * day)
  expect((await app.refusal(findSession, {}, { as: visitor })).code).toBe('session.required')
  alena.cookie = (await app.enter(founder.email, 'a louder evening')).cookie
})

test('a use within the minute is not written again', async () => {
  const seen = async (): Promise<string | undefined> =>
    (await app.call(listSessions, {}, { as: alena })).sessions.find((session) => session.isCurrent)
      ?.lastSeenAt
  const before = await seen()
  world.clock.travel(59)
  expect(await seen()).toBe(before)
  world.clock.travel(1)
  expect(await seen()).not.toBe(before)
})

test('deactivating somebody ends their sessions and closes the door', async () => {
  const visitor = await app.enter('jana@sunrise.example', 'zcela nové heslo')
  await app.call(deactivatePerson, { params: { id: janaId } }, { as: alena })
  expect((await app.refusal(findSession, {}, { as: visitor })).code).toBe('session.required')
  const body = { email: 'jana@sunrise.example', password: 'zcela nové heslo' }
  expect((await app.refusal(signIn, { body })).code).toBe('sign-in.wrong')
  const back = await app.call(reactivatePerson, { params: { id: janaId } }, { as: alena })
  expect(back.status).toBe('active')
  expect((await app.refusal(findSession, {}, { as: visitor })).code).toBe('session.required')
  jana.cookie = (await app.enter(body.email, body.password)).cookie
})

test('every change is in the history, told in the reader’s language, and cannot be taken out', async () => {
  await app.call(changeProfile, { body: { name: 'Jana Svobodová' } }, { as: jana })
  const query = { kind: 'people', recordId: janaId, limit: 100 }
  const { events } = await app.call(listHistory, { query }, { as: alena })
  const told = events.map((event) => event.event)
  for (const event of [
    'person.invited',
    'person.invited_again',
    'person.joined',
    'person.changed',
    'person.password_reset_requested',
    'person.password_reset',
    'person.deactivated',
    'person.reactivated',
    'person.signed_in',
  ])
    expect(told).toContain(event)
  expect(events[0]).toMatchObject({
    by: 'Jana Novotná',
    via: 'session',
    changes: [{ field: 'name', before: 'Jana Novotná', after: 'Jana Svobodová' }],
  })
  expect(events.at(-1)?.sentence).toBe('Jana Nová (jana@sunrise.example) was invited as Support agent.')
  const czech = await app.call(listHistory, { query }, { as: jana })
  expect(czech.events.at(-1)?.sentence).toContain('role Pracovník podpory')
  const db = world.platform.database.roles('app')
  await expect(sql`delete from history`.execute(db)).rejects.toThrow('permission denied')
  await expect(sql`update history set by_name = 'x'`.execute(db)).rejects.toThrow('permission denied')
})
