/** The first minutes of an installation, where two people may meet and links get old. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSetupLink, ensureDemoOrganisation } from '../../src/accounts/accounts.ts'
import {
  changeOrganisation,
  completeSetup,
  describeSetup,
  findOrganisation,
} from '../../src/accounts/contract.ts'
import { recordEvent } from '../../src/history/history.ts'
import { createTestPlatform, type TestPlatform } from '../support/database.ts'
import { createTestApp, type TestApp, type Visitor } from '../support/http.ts'

let world: TestPlatform
let app: TestApp

beforeEach(async () => {
  world = await createTestPlatform()
  app = await createTestApp(world.platform)
})

afterEach(async () => {
  await app?.close()
  await world?.close()
})

const founder = (token: string, organisation = 'Sunrise') => ({
  body: { token, organisation, name: 'Alena', email: 'alena@x.example', password: 'a quiet morning' },
})

async function makeToken(): Promise<string> {
  return new URL((await createSetupLink(world.platform, app.url)) ?? '').searchParams.get('token') ?? ''
}

test('one link used by five people at the same moment makes one organisation', async () => {
  const token = await makeToken()
  const visitors = Array.from({ length: 5 }, (): Visitor => ({}))
  const answers = await Promise.all(
    visitors.map((as, i) => app.send(completeSetup, founder(token, `Organisation ${i}`), { as })),
  )
  expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1)
  expect(answers.filter((answer) => answer.status === 409)).toHaveLength(4)
  const winner = answers.findIndex((answer) => answer.ok)
  const { name } = await app.call(findOrganisation, {}, { as: visitors[winner]! })
  expect(name).toBe(`Organisation ${winner}`)
})

test('a link is good for a week', async () => {
  const token = await makeToken()
  world.clock.travel(7 * 24 * 3600)
  expect((await app.refusal(completeSetup, founder(token))).code).toBe('setup.token_invalid')
  expect(await app.call(describeSetup, {})).toEqual({ needed: true })
  await app.call(completeSetup, founder(await makeToken()))
})

test('with the demonstration there is nothing left to set up', async () => {
  const token = await makeToken()
  await ensureDemoOrganisation(world.platform, { recordEvent })
  expect(await app.call(describeSetup, {})).toEqual({ needed: false })
  expect(await createSetupLink(world.platform, app.url)).toBeNull()
  expect((await app.refusal(completeSetup, founder(token))).code).toBe('setup.already_done')
})

test('what is no name and no address is refused; strange names are kept as they are', async () => {
  const { body } = founder(await makeToken())
  for (const organisation of ['', '   ', 'a\u0000b', 'two\nlines', 'x'.repeat(201)])
    expect(await app.refusal(completeSetup, { body: { ...body, organisation } })).toMatchObject({
      status: 400,
      code: 'request.invalid',
    })
  const wrong = ['nobody', '@x.example', 'a b@x.example', 'a@b@c', 'a\u0000@x.example', 'Eve <e@x.example>']
  for (const email of [...wrong, `${'x'.repeat(250)}@y.cz`])
    expect((await app.refusal(completeSetup, { body: { ...body, email } })).code).toBe('request.invalid')

  const visitor: Visitor = {}
  await app.call(completeSetup, { body }, { as: visitor })
  for (const name of [
    "Robert'); drop table people;--",
    '<img src=x onerror=alert(1)>',
    '=HYPERLINK("http://x.example")',
    '\u202eשלום {{ link }}',
  ]) {
    await app.call(changeOrganisation, { body: { name } }, { as: visitor })
    expect((await app.call(findOrganisation, {}, { as: visitor })).name).toBe(name)
  }
})

test('defaults of the organisation are of the real world', async () => {
  const visitor: Visitor = {}
  await app.call(completeSetup, founder(await makeToken()), { as: visitor })
  for (const [body, code] of [
    [{ timeZone: 'Mars/Olympus' }, 'organisation.time_zone_unknown'],
    [{ timeZone: '+02:00' }, 'organisation.time_zone_unknown'],
    [{ country: 'QQ' }, 'organisation.country_unknown'],
    [{ currency: 'QQQ' }, 'organisation.currency_unknown'],
  ] as const)
    expect((await app.refusal(changeOrganisation, { body }, { as: visitor })).code).toBe(code)
  const body = { timeZone: 'America/New_York', country: 'US', currency: 'USD', language: 'cs' } as const
  expect(await app.call(changeOrganisation, { body }, { as: visitor })).toMatchObject(body)
})
