/** As whom the command line and tasks act, and the demonstration's organisation. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ensureDemoOrganisation, openLocalScope, taskScope } from '../../src/accounts/accounts.ts'
import { deactivatePerson } from '../../src/accounts/people/change.ts'
import { permissionsOf, roles } from '../../src/accounts/permissions.ts'
import { recordEvent } from '../../src/history/history.ts'
import { queueMail } from '../../src/notices/notices.ts'
import { asId, type PersonId } from '../../src/platform/ids.ts'
import { createTestPlatform, type TestPlatform } from '../support/database.ts'
import { createTestApp } from '../support/http.ts'
import { createTestOrganisation } from '../support/organisation.ts'

let world: TestPlatform

beforeEach(async () => {
  world = await createTestPlatform()
})

afterEach(async () => {
  await world?.close()
})

const refused = (code: string, params: object = {}) =>
  expect.objectContaining({ code, params: expect.objectContaining(params) })

test('without an organisation the command line says how to get one', async () => {
  await expect(openLocalScope(world.platform)).rejects.toEqual(refused('local.no_organisation'))
})

test('several people: one is chosen by address; the refusal lists them', async () => {
  const { org, emailOf } = await createTestOrganisation(world.platform)
  const known = roles.map(emailOf).join(', ')
  await expect(openLocalScope(world.platform)).rejects.toEqual(refused('local.person_unclear', { known }))
  await expect(openLocalScope(world.platform, { as: 'who@x.example' })).rejects.toEqual(
    refused('local.person_unknown', { email: 'who@x.example', organisation: 'sunrise', known }),
  )
  const scope = await openLocalScope(world.platform, { as: 'MANAGER@sunrise.example' })
  expect(scope).toMatchObject({ org, actor: { name: 'manager of sunrise', via: 'local', language: 'en' } })
  expect(scope.actor.permissions).toEqual(permissionsOf('manager'))
})

test('several organisations: by name, by id, by whom the address belongs to; else a refusal lists them', async () => {
  const sunrise = await createTestOrganisation(world.platform, 'sunrise')
  const sunset = await createTestOrganisation(world.platform, 'sunset')
  const known = `sunrise (${sunrise.org}), sunset (${sunset.org})`
  await expect(openLocalScope(world.platform)).rejects.toEqual(
    refused('local.organisation_unclear', { known }),
  )
  await expect(openLocalScope(world.platform, { org: 'noon' })).rejects.toEqual(
    refused('local.organisation_unknown', { organisation: 'noon', known }),
  )
  const as = sunset.emailOf('support')
  expect((await openLocalScope(world.platform, { as })).org).toBe(sunset.org)
  expect((await openLocalScope(world.platform, { as, org: 'SUNSET' })).org).toBe(sunset.org)
  expect((await openLocalScope(world.platform, { as, org: sunset.org })).org).toBe(sunset.org)
  await expect(openLocalScope(world.platform, { as, org: 'sunrise' })).rejects.toEqual(
    refused('local.person_unknown', { organisation: 'sunrise' }),
  )
})

test('the demonstration is made once, also by two at the same moment, and is where nothing else is said', async () => {
  const effects = { recordEvent }
  const [one, two] = await Promise.all([
    ensureDemoOrganisation(world.platform, effects),
    ensureDemoOrganisation(world.platform, effects),
  ])
  expect([one, two].filter(({ isNew }) => isNew)).toHaveLength(1)
  expect(one.org).toBe(two.org)
  await createTestOrganisation(world.platform)
  const scope = await openLocalScope(world.platform)
  expect(scope.org).toBe(one.org)
  expect(scope.actor.permissions).toEqual(permissionsOf('administrator'))
  const app = await createTestApp(world.platform)
  for (const { email, role } of one.people) {
    const visitor = await app.enter(email, one.password)
    expect(visitor.cookie, role).toBeDefined()
  }
  await app.close()
})

test('a task acts as the system, or as a person with what they may do now', async () => {
  const { org, as, scopeOf } = await createTestOrganisation(world.platform)
  const manager = (await scopeOf('manager')).actor.person!
  const system = await taskScope(world.platform, org)
  expect(system.actor).toMatchObject({ person: null, via: 'task' })
  const asked = await taskScope(world.platform, org, manager)
  expect(asked.actor).toMatchObject({ person: manager, name: 'manager of sunrise', via: 'task' })
  expect(asked.actor.permissions).toEqual(permissionsOf('manager'))
  await as('administrator', (work) => deactivatePerson(work, manager, { recordEvent, sendMail: queueMail }))
  expect((await taskScope(world.platform, org, manager)).actor.permissions.size).toBe(0)
  expect((await taskScope(world.platform, org, asId<PersonId>('999999'))).actor.person).toBeNull()
})
