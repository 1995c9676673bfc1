/** Two organisations on one installation: nobody reaches across, by any route of accounts, history and mail. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as keys from '../../src/accounts/api-keys/contract.ts'
import * as accounts from '../../src/accounts/contract.ts'
import * as people from '../../src/accounts/people/contract.ts'
import { listHistory } from '../../src/history/contract.ts'
import * as notices from '../../src/notices/contract.ts'
import { rows, sql } from '../../src/platform/database.ts'
import { inWork } from '../../src/platform/work.ts'
import { createTestPlatform, type TestPlatform } from '../support/database.ts'
import { createTestApp, type TestApp, type Visitor } from '../support/http.ts'
import { createTestOrganisation, type TestOrganisation, testPassword } from '../support/organisation.ts'

let world: TestPlatform
let app: TestApp
let sunrise: TestOrganisation
let sunset: TestOrganisation
let stranger: Visitor

beforeAll(async () => {
  world = await createTestPlatform()
  app = await createTestApp(world.platform)
  sunrise = await createTestOrganisation(world.platform, 'sunrise')
  sunset = await createTestOrganisation(world.platform, 'sunset')
  stranger = await app.enter(sunset.emailOf('administrator'), testPassword)
})

afterAll(async () => {
  await app?.close()
  await world?.close()
})

/** Ids of everything in the first organisation, made by its own administrator. */
async function furnish() {
  const owner = await app.enter(sunrise.emailOf('administrator'), testPassword)
  const person = await app.call(
    people.invitePerson,
    { body: { email: 'secret@sunrise.example', name: 'Secret Person', role: 'member' } },
    { as: owner },
  )
  const { key } = await app.call(
    keys.createApiKey,
    { body: { name: 'Secret key', scopes: ['people.read'] } },
    { as: owner },
  )
  const { messages } = await app.call(notices.listOutbox, {}, { as: owner })
  const { sessions } = await app.call(accounts.listSessions, {}, { as: owner })
  return { owner, person: person.id, key: key.id, message: messages[0]!.id, session: sessions[0]!.id }
}

test('ids of another organisation are not found, by any operation, and nothing changes', async () => {
  const theirs = await furnish()
  const person = { params: { id: theirs.person } }
  const message = { params: { id: theirs.message } }
  const as = { as: stranger }
  const refusals = [
    await app.refusal(people.findPerson, person, as),
    await app.refusal(people.changePerson, { ...person, body: { name: 'Taken over' } }, as),
    await app.refusal(people.resendInvitation, person, as),
    await app.refusal(people.deactivatePerson, person, as),
    await app.refusal(people.reactivatePerson, person, as),
    await app.refusal(keys.revokeApiKey, { params: { id: theirs.key } }, as),
    await app.refusal(accounts.endSession, { params: { id: theirs.session } }, as),
    await app.refusal(notices.findMessage, message, as),
    await app.refusal(notices.retryMessage, message, as),
    await app.refusal(notices.deleteMessage, message, as),
  ]
  for (const refusal of refusals)
    expect(refusal).toMatchObject({ status: 404, code: expect.stringMatching(/\.not_found$/) })
  const seen = await app.call(people.findPerson, person, { as: theirs.owner })
  expect(seen).toMatchObject({ name: 'Secret Person', status: 'invited' })
  await app.call(accounts.findSession, {}, { as: theirs.owner })
})

test('no list of the one shows anything of the other', async () => {
  const as = { as: stranger }
  const answers = [
    await app.call(accounts.findSession, {}, as),
    await app.call(accounts.findOrganisation, {}, as),
    await app.call(accounts.listSessions, {}, as),
    await app.call(people.listPeople, { query: { limit: 200 } }, as),
    await app.call(people.listPeople, { query: { search: 'sunrise' } }, as),
    await app.call(keys.listApiKeys, {}, as),
    await app.call(listHistory, { query: { limit: 200 } }, as),
    await app.call(notices.listOutbox, { query: { limit: 200 } }, as),
    await app.call(notices.findMailSettings, {}, as),
  ]
  expect(JSON.stringify(answers)).not.toMatch(/sunrise|secret/i)
})

test('a cookie that names another organisation opens neither', async () => {
  const [, value = ''] = (stranger.cookie ?? '').split('=')
  const [, id, secret] = value.split('.')
  const forged = { cookie: `carryover_session=${sunrise.org}.${id}.${secret}` }
  expect((await app.refusal(accounts.findSession, {}, { as: forged })).code).toBe('session.required')
})

test('an address in both organisations: the right password lists those that it opens, and one is chosen', async () => {
  const owner = await app.enter(sunrise.emailOf('administrator'), testPassword)
  const email = sunset.emailOf('manager')
  await app.call(people.invitePerson, { body: { email, name: 'Both', role: 'member' } }, { as: owner })
  const { messages } = await app.call(notices.listOutbox, {}, { as: owner })
  const { text } = await app.call(notices.findMessage, { params: { id: messages[0]!.id } }, { as: owner })
  const token = /token=(\S+)/.exec(text)?.[1] ?? ''
  await app.call(people.acceptInvitation, { body: { token, password: 'only for sunrise' } })

  const alone = await app.call(accounts.signIn, { body: { email, password: 'only for sunrise' } })
  expect(alone.session?.organisation.id).toBe(sunrise.org)
  const body = { currentPassword: 'only for sunrise', newPassword: testPassword }
  await app.call(accounts.changePassword, { body }, { as: await app.enter(email, 'only for sunrise') })

  const visitor: Visitor = {}
  const both = await app.call(accounts.signIn, { body: { email, password: testPassword } }, { as: visitor })
  expect(both).toEqual({
    session: null,
    organisations: [
      { id: sunrise.org, name: 'sunrise' },
      { id: sunset.org, name: 'sunset' },
    ],
  })
  expect(visitor.cookie).toBeUndefined()
  const chosen = { email, password: testPassword, organisationId: sunset.org }
  const { session } = await app.call(accounts.signIn, { body: chosen }, { as: visitor })
  expect(session).toMatchObject({ organisation: { name: 'sunset' }, person: { role: 'manager' } })
  const none = await app.refusal(accounts.signIn, { body: { email, password: 'wrong for both' } })
  expect(none.code).toBe('sign-in.wrong')
})

test('the database itself keeps them apart: without an organisation there is nothing, and writes across fail', async () => {
  const db = world.platform.database.roles('app')
  for (const table of [
    'organisations',
    'people',
    'sessions',
    'api_keys',
    'person_tokens',
    'history',
    'outbox',
    'mail_settings',
  ])
    expect(await rows(db, sql`select 1 from ${sql.table(table)}`)).toEqual([])
  const scope = await sunset.scopeOf('administrator')
  await inWork(world.platform, scope, async (work) => {
    const seen = await rows(work.db, sql<{ org_id: string }>`select distinct org_id from people`)
    expect(seen).toEqual([{ org_id: sunset.org }])
  })
  const across = inWork(world.platform, scope, (work) =>
    sql`insert into people (org_id, name, role, language, status, created_at)
        values (${sunrise.org}::bigint, 'x', 'member', 'en', 'active', now())`.execute(work.db),
  )
  await expect(across).rejects.toThrow('row-level security')
  await expect(sql`insert into organisations default values`.execute(db)).rejects.toThrow('permission denied')
})
