/** API keys by HTTP: what a key may do is what its scopes name and its maker may do. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApiKey, listApiKeys, revokeApiKey } from '../../src/accounts/api-keys/contract.ts'
import {
  changeProfile,
  findOrganisation,
  findSession,
  signOutEverywhere,
} from '../../src/accounts/contract.ts'
import {
  changePerson,
  deactivatePerson,
  invitePerson,
  listPeople,
} from '../../src/accounts/people/contract.ts'
import { listHistory } from '../../src/history/contract.ts'
import { asAdmin, createTestPlatform, type TestPlatform } from '../support/database.ts'
import { createTestApp, type TestApp, type Visitor } from '../support/http.ts'
import { createTestOrganisation, type TestOrganisation, testPassword } from '../support/organisation.ts'

let world: TestPlatform
let app: TestApp
let sunrise: TestOrganisation
let administrator: Visitor

beforeAll(async () => {
  world = await createTestPlatform()
  app = await createTestApp(world.platform)
  sunrise = await createTestOrganisation(world.platform)
  administrator = await app.enter(sunrise.emailOf('administrator'), testPassword)
})

afterAll(async () => {
  await app?.close()
  await world?.close()
})

test('a key shows its secret once, and only its hash is kept', async () => {
  const body = { name: 'ERP', scopes: ['people.read' as const] }
  const { key, secret } = await app.call(createApiKey, { body }, { as: administrator })
  expect(secret).toMatch(new RegExp(`^cok_${sunrise.org}_${key.id}_${key.hint}[\\w-]{37}$`))
  const { keys } = await app.call(listApiKeys, {}, { as: administrator })
  expect(keys[0]).toEqual(key)
  expect(JSON.stringify(keys)).not.toContain(secret.slice(-30))
  const rows = await asAdmin(
    async (admin) => (await admin.query('select * from carryover.api_keys')).rows,
    world.platform.database.target.database,
  )
  expect(JSON.stringify(rows)).not.toContain(secret.slice(-30))
})

test('a key may do what its scopes name and nothing else', async () => {
  const body = { name: 'Reader', scopes: ['people.read' as const, 'history.read' as const] }
  const { secret, key } = await app.call(createApiKey, { body }, { as: administrator })
  const program: Visitor = { bearer: secret }
  expect((await app.call(findSession, {}, { as: program })).permissions.sort()).toEqual([
    'history.read',
    'people.read',
  ])
  await app.call(listPeople, {}, { as: program })
  for (const refusal of [
    await app.refusal(findOrganisation, {}, { as: program }),
    await app.refusal(listApiKeys, {}, { as: program }),
    await app.refusal(
      invitePerson,
      { body: { email: 'x@y.example', name: 'X', role: 'member' } },
      { as: program },
    ),
  ])
    expect(refusal.code).toBe('permission.denied')
  for (const refusal of [
    await app.refusal(changeProfile, { body: { name: 'Y' } }, { as: program }),
    await app.refusal(signOutEverywhere, {}, { as: program }),
  ])
    expect(refusal.code).toBe('session.person_only')
  const used = (await app.call(listApiKeys, {}, { as: administrator })).keys.find(({ id }) => id === key.id)
  expect(used?.lastUsedAt).toBe(world.clock.now().toISOString())
})

test('a key is worth nothing with a wrong secret, another row or another organisation', async () => {
  const body = { name: 'Target', scopes: ['people.read' as const] }
  const { secret, key } = await app.call(createApiKey, { body }, { as: administrator })
  const other = await app.call(createApiKey, { body }, { as: administrator })
  const [, org, , ...rest] = secret.split('_')
  const own = rest.join('_')
  for (const bearer of [
    `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`,
    `cok_${org}_${other.key.id}_${own}`,
    `cok_${Number(org) + 1}_${key.id}_${own}`,
    administrator.cookie?.split('=')[1] ?? '',
    'cok_',
  ])
    expect((await app.refusal(listPeople, {}, { as: { bearer } })).code).toBe('session.required')
})

test('a key ends when it expires or is revoked', async () => {
  const expiresAt = new Date(world.clock.now().getTime() + 60_000).toISOString()
  const body = { name: 'Short', scopes: ['people.read' as const], expiresAt }
  const short = await app.call(createApiKey, { body }, { as: administrator })
  const long = await app.call(createApiKey, { body: { ...body, expiresAt: null } }, { as: administrator })
  await app.call(listPeople, {}, { as: { bearer: short.secret } })
  world.clock.travel(60)
  expect((await app.refusal(listPeople, {}, { as: { bearer: short.secret } })).code).toBe('session.required')
  expect((await app.refusal(createApiKey, { body }, { as: administrator })).code).toBe('api-key.expired')
  await app.call(listPeople, {}, { as: { bearer: long.secret } })
  const revoked = await app.call(revokeApiKey, { params: { id: long.key.id } }, { as: administrator })
  expect(revoked.revokedAt).not.toBeNull()
  expect((await app.refusal(listPeople, {}, { as: { bearer: long.secret } })).code).toBe('session.required')
  const query = { kind: 'api_keys', recordId: long.key.id }
  const { events } = await app.call(listHistory, { query }, { as: administrator })
  expect(events.map((event) => event.event)).toEqual(['api_key.revoked', 'api_key.created'])
})

test('a key never outgrows its maker: not when it is made, not when the maker’s role shrinks or ends', async () => {
  const email = sunrise.emailOf('manager')
  const { people } = await app.call(listPeople, { query: { search: email } }, { as: administrator })
  const params = { id: people[0]?.id ?? '' }
  await app.call(changePerson, { params, body: { role: 'administrator' } }, { as: administrator })
  const maker = await app.enter(email, testPassword)
  const body = {
    name: 'Mine',
    scopes: ['people.read' as const, 'people.manage' as const, 'api-keys.manage' as const],
  }
  const { secret } = await app.call(createApiKey, { body }, { as: maker })
  const program: Visitor = { bearer: secret }
  const wider = { body: { name: 'Wider', scopes: ['mail.manage' as const] } }
  const refused = await app.refusal(createApiKey, wider, { as: program })
  expect(refused).toMatchObject({ code: 'api-key.scope_not_held', params: { permission: 'mail.manage' } })

  await app.call(changePerson, { params, body: { role: 'manager' } }, { as: administrator })
  expect((await app.call(findSession, {}, { as: program })).permissions).toEqual(['people.read'])
  await app.call(deactivatePerson, { params }, { as: administrator })
  expect((await app.refusal(findSession, {}, { as: program })).code).toBe('session.required')
})

test('what a key does is told as done by the key', async () => {
  const body = { name: 'Inviter', scopes: ['people.manage' as const] }
  const { secret } = await app.call(createApiKey, { body }, { as: administrator })
  const invited = await app.call(
    invitePerson,
    { body: { email: 'by.key@x.example', name: 'By key', role: 'member' } },
    { as: { bearer: secret } },
  )
  const query = { kind: 'people', recordId: invited.id }
  const { events } = await app.call(listHistory, { query }, { as: administrator })
  expect(events[0]).toMatchObject({ via: 'api_key', by: 'administrator of sunrise (Inviter)' })
})

test('not even an Idempotency-Key keeps the secret', async () => {
  const body = { name: 'Once', scopes: ['people.read' as const] }
  const headers = { 'idempotency-key': 'make-once' }
  const { secret } = await app.call(createApiKey, { body }, { as: administrator, headers })
  const kept = await asAdmin(
    async (admin) => (await admin.query('select * from carryover.idempotency_keys')).rows,
    world.platform.database.target.database,
  )
  expect(JSON.stringify(kept)).not.toContain(secret.slice(-30))
})
