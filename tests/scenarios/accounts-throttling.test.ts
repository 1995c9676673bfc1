/** Guessing passwords gets slower and slower; the clock is moved, nothing waits. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { changePassword, signIn } from '../../src/accounts/contract.ts'
import { requestPasswordReset } from '../../src/accounts/people/contract.ts'
import { signIn as signInVerb } from '../../src/accounts/sign-in/sign-in.ts'
import { recordEvent } from '../../src/history/history.ts'
import { queueMail } from '../../src/notices/notices.ts'
import type { Refusal } from '../../src/platform/refusal.ts'
import { createTestPlatform, type TestPlatform } from '../support/database.ts'
import { createTestApp, type TestApp } from '../support/http.ts'
import { createTestOrganisation, testPassword } from '../support/organisation.ts'

let world: TestPlatform
let app: TestApp
let email: string

beforeEach(async () => {
  world = await createTestPlatform()
  app = await createTestApp(world.platform)
  email = (await createTestOrganisation(world.platform)).emailOf('operator')
})

afterEach(async () => {
  await app?.close()
  await world?.close()
})

/** Seconds to wait, or 0 when the guess was looked at. */
async function guess(address = email, password = 'not the password'): Promise<number> {
  const { code, params } = await app.refusal(signIn, { body: { email: address, password } })
  if (code === 'sign-in.throttled') return Number(params['seconds'])
  expect(code).toBe('sign-in.wrong')
  return 0
}

test('after five guesses an address waits, each time twice as long, up to a quarter of an hour', async () => {
  let calls = 0
  // Each guess from another IP, so that only the address is slowed down.
  const guessFromElsewhere = async (address: string): Promise<number> => {
    calls += 1
    const visitor = { ip: `192.0.2.${calls}`, userAgent: '', baseUrl: app.url }
    const input = { email: address, password: 'not the password' }
    return signInVerb(world.platform, input, visitor, { recordEvent, sendMail: queueMail }).then(
      () => Number.NaN,
      (error: Refusal) => (error.code === 'sign-in.wrong' ? 0 : Number(error.params['seconds'])),
    )
  }
  for (let i = 0; i < 5; i += 1) expect(await guessFromElsewhere(email)).toBe(0)
  const waits: number[] = []
  for (let i = 0; i < 13; i += 1) {
    expect(await guessFromElsewhere(email)).toBe(0)
    const wait = await guessFromElsewhere(email)
    waits.push(wait)
    world.clock.travel(wait - 1)
    expect(await guessFromElsewhere(email.toUpperCase())).toBe(1)
    world.clock.travel(1)
  }
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900])
})

test('while an address waits, even the right password is not looked at; afterwards it opens and clears', async () => {
  for (let i = 0; i < 8; i += 1) await guess().then((wait) => world.clock.travel(wait))
  await guess()
  expect(await guess(email, testPassword)).toBeGreaterThan(0)
  world.clock.travel(60)
  await app.enter(email, testPassword)
  for (let i = 0; i < 5; i += 1) expect(await guess()).toBe(0)
})

test('an unknown address waits like a known one', async () => {
  for (let i = 0; i < 6; i += 1) expect(await guess('nobody@x.example')).toBe(0)
  expect(await guess('nobody@x.example')).toBe(1)
  expect(await guess()).toBe(0)
})

test('many guesses at the same moment gain nothing', async () => {
  const codes = await Promise.all(
    Array.from({ length: 20 }, async () =>
      app.refusal(signIn, { body: { email, password: 'not the password' } }).then(({ code }) => code),
    ),
  )
  expect(codes.filter((code) => code === 'sign-in.wrong')).toHaveLength(6)
})

test('one IP that tries many addresses waits too, and after an hour it may begin anew', async () => {
  for (let i = 0; i < 31; i += 1) expect(await guess(`address${i}@x.example`)).toBe(0)
  expect(await guess('one.more@x.example')).toBe(1)
  world.clock.travel(3601)
  for (let i = 0; i < 31; i += 1) expect(await guess(`later${i}@x.example`)).toBe(0)
})

test('guesses at the present password in one’s own account count as well', async () => {
  const visitor = await app.enter(email, testPassword)
  const body = { currentPassword: 'not the password', newPassword: 'a louder evening' }
  for (let i = 0; i < 6; i += 1)
    expect((await app.refusal(changePassword, { body }, { as: visitor })).code).toBe('password.wrong')
  expect((await app.refusal(changePassword, { body }, { as: visitor })).code).toBe('sign-in.throttled')
})

test('links for a new password cannot be asked for without end', async () => {
  for (const address of [email, 'nobody@x.example']) {
    for (let i = 0; i < 6; i += 1) await app.call(requestPasswordReset, { body: { email: address } })
    expect((await app.refusal(requestPasswordReset, { body: { email: address } })).code).toBe(
      'sign-in.throttled',
    )
  }
})
