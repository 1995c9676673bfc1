/** Mail: readable before there is a server, sent only when somebody releases it, tried again, told the truth of. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { invitePerson } from '../../src/accounts/people/contract.ts'
import { listHistory } from '../../src/history/contract.ts'
import {
  changeMailSettings,
  deleteMessage,
  findMailSettings,
  findMessage,
  listOutbox,
  type MessageState,
  type OutboxItem,
  removeMailSettings,
  retryMessage,
  sendTestMail,
  sendWaiting,
} from '../../src/notices/contract.ts'
import { asAdmin, createTestPlatform, type TestPlatform } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'
import { createTestApp, type TestApp, type Visitor } from '../support/http.ts'
import { startMailServer, type TestMailServer } from '../support/mail-server.ts'
import { createTestOrganisation, testPassword } from '../support/organisation.ts'

let world: TestPlatform
let app: TestApp
let mailServer: TestMailServer
let as: { as: Visitor }

beforeEach(async () => {
  world = await createTestPlatform()
  app = await createTestApp(world.platform)
  const organisation = await createTestOrganisation(world.platform)
  as = { as: await app.enter(organisation.emailOf('administrator'), testPassword) }
  mailServer = await startMailServer()
})

afterEach(async () => {
  await app?.close()
  await world?.close()
  await mailServer?.close()
})

const settings = (port: number) => ({
  host: '127.0.0.1',
  port,
  security: 'none' as const,
  user: null,
  fromName: 'Sunrise – Carryover',
  fromAddress: 'carryover@sunrise.example',
})

async function setServer(port = mailServer.port): Promise<void> {
  await app.call(changeMailSettings, { body: settings(port) }, as)
}

async function invite(email: string): Promise<OutboxItem> {
  await app.call(invitePerson, { body: { email, name: 'Žofie Nová', role: 'member' } }, as)
  const { messages } = await app.call(listOutbox, {}, as)
  return messages[0]!
}

async function reached(id: string, state: MessageState, seconds = 20): Promise<OutboxItem> {
  return eventually(async () => {
    const message = await app.call(findMessage, { params: { id } }, as)
    return message.state === state && message
  }, seconds)
}

test('without a server messages wait readable; a server alone sends nothing; releasing them does', async () => {
  await app.work()
  const first = await invite('one@x.example')
  const second = await invite('two@x.example')
  expect([first.state, second.state]).toEqual(['waiting_for_server', 'waiting_for_server'])
  expect((await app.refusal(sendWaiting, {}, as)).code).toBe('mail.no_server')
  expect((await app.refusal(retryMessage, { params: { id: first.id } }, as)).code).toBe('mail.no_server')
  const { waiting } = await app.call(changeMailSettings, { body: settings(mailServer.port) }, as)
  expect(waiting).toBe(2)
  const third = await invite('three@x.example')
  expect(third.state).toBe('queued')
  await reached(third.id, 'sent')
  expect(mailServer.received.map((mail) => mail.to)).toEqual([['three@x.example']])
  expect(await app.call(sendWaiting, {}, as)).toEqual({ released: 2 })
  await reached(first.id, 'sent')
  const sent = await reached(second.id, 'sent')
  expect(sent.answer).toMatch(/^250/)
  expect(sent.sentAt).toBe(world.clock.now().toISOString())
  expect(await app.call(sendWaiting, {}, as)).toEqual({ released: 0 })
  expect(mailServer.received.flatMap((mail) => mail.to).sort()).toEqual([
    'one@x.example',
    'three@x.example',
    'two@x.example',
  ])
  const { counts } = await app.call(listOutbox, {}, as)
  expect(counts).toEqual({ waiting_for_server: 0, queued: 0, sent: 3, failed: 0 })
})

test('what arrives has text and HTML, the sender’s name, and says that it was made by a program', async () => {
  await app.work()
  await setServer()
  const { id } = await invite('zofie@x.example')
  await reached(id, 'sent')
  const [mail] = mailServer.received
  expect(mail?.from).toBe('carryover@sunrise.example')
  expect(mail?.source).toMatch(/^From: =\?UTF-8\?.+\?= <carryover@sunrise\.example>\r$/m)
  expect(mail?.source).toMatch(/^Message-ID: <carryover\.\d+\.\d+@sunrise\.example>\r$/im)
  expect(mail?.source).toMatch(/^Auto-Submitted: auto-generated\r$/m)
  expect(mail?.source).toContain('Content-Type: text/plain')
  expect(mail?.source).toContain('Content-Type: text/html')
})

test('a final no is kept as the server said it, and not tried again until somebody does', async () => {
  await app.work()
  await setServer()
  mailServer.refuse({ code: 550, text: 'No such mailbox here' })
  const { id } = await invite('nobody@x.example')
  const failed = await reached(id, 'failed')
  expect(failed).toMatchObject({ attempts: 1, sentAt: null })
  expect(failed.answer).toContain('550 No such mailbox here')
  mailServer.refuse(null)
  await app.call(retryMessage, { params: { id } }, as)
  expect(await reached(id, 'sent')).toMatchObject({ attempts: 2 })
  expect((await app.refusal(retryMessage, { params: { id } }, as)).code).toBe('mail.already_sent')
})

test('a server that says "later" is tried again by the queue', async () => {
  await app.work()
  await setServer()
  mailServer.refuse({ code: 451, text: 'Busy, come back' })
  const busy = await invite('busy@x.example')
  await eventually(async () => {
    const message = await app.call(findMessage, { params: { id: busy.id } }, as)
    return message.attempts > 0 && message.answer?.includes('451 Busy') && message.state === 'queued'
  })
  mailServer.refuse(null)
  expect((await reached(busy.id, 'sent', 45)).attempts).toBeGreaterThan(1)
})

test('a message that was deleted before it left is never sent', async () => {
  await setServer()
  const gone = await invite('gone@x.example')
  const stays = await invite('stays@x.example')
  await app.call(deleteMessage, { params: { id: gone.id } }, as)
  await app.work()
  await reached(stays.id, 'sent')
  expect(mailServer.received.map((mail) => mail.to)).toEqual([['stays@x.example']])
  expect((await app.refusal(findMessage, { params: { id: gone.id } }, as)).code).toBe('mail.not_found')
})

test('when the server is removed meanwhile, a queued message waits again', async () => {
  await setServer()
  const { id } = await invite('meanwhile@x.example')
  await app.call(removeMailSettings, {}, as)
  await app.work()
  await reached(id, 'waiting_for_server')
  expect(mailServer.received).toEqual([])
})

test('what rolls back sends nothing', async () => {
  await app.work()
  await setServer()
  await invite('same@x.example')
  const again = { body: { email: 'same@x.example', name: 'X', role: 'member' } } as const
  await app.refusal(invitePerson, again, as)
  const { messages } = await app.call(listOutbox, {}, as)
  expect(messages).toHaveLength(1)
})

test('the password signs in, is sealed, never shown, and not handed to another host', async () => {
  const locked = await startMailServer({ password: 'smtp secret' })
  try {
    const body = { ...settings(locked.port), user: 'carryover', password: 'smtp secret' }
    const { settings: shown } = await app.call(changeMailSettings, { body }, as)
    expect(shown?.hasPassword).toBe(true)
    const { password: _, ...unchanged } = body
    await app.call(changeMailSettings, { body: { ...unchanged, fromName: 'New name' } }, as)
    const answer = await app.call(sendTestMail, { body: { to: 'me@x.example' } }, as)
    expect(answer).toMatchObject({ accepted: true, answer: expect.stringMatching(/^250/) })
    expect(locked.received[0]).toMatchObject({ user: 'carryover', to: ['me@x.example'] })

    const elsewhere = { ...unchanged, host: 'evil.example' }
    expect((await app.refusal(changeMailSettings, { body: elsewhere }, as)).code).toBe('mail.password_again')
    await app.call(changeMailSettings, { body: { ...body, password: 'wrong' } }, as)
    const refused = await app.call(sendTestMail, { body: { to: 'me@x.example' } }, as)
    expect(refused).toMatchObject({ accepted: false, answer: expect.stringContaining('535') })

    const everything = JSON.stringify([
      await app.call(findMailSettings, {}, as),
      await app.call(listHistory, { query: { limit: 200 } }, as),
      await asAdmin(
        async (admin) =>
          (await admin.query("select *, encode(sealed_password, 'escape') from carryover.mail_settings"))
            .rows,
        world.platform.database.target.database,
      ),
    ])
    expect(everything).not.toContain('smtp secret')
  } finally {
    await locked.close()
  }
})

test('a test to a server that is not there says so, and the outbox keeps both', async () => {
  expect((await app.refusal(sendTestMail, { body: { to: 'me@x.example' } }, as)).code).toBe('mail.no_server')
  const { port } = mailServer
  await mailServer.close()
  await setServer(port)
  const answer = await app.call(sendTestMail, { body: { to: 'me@x.example' } }, as)
  expect(answer).toMatchObject({ accepted: false, answer: expect.stringContaining('ECONNREFUSED') })
  const { messages } = await app.call(listOutbox, { query: { state: 'failed' } }, as)
  expect(messages).toMatchObject([{ template: 'test', to: 'me@x.example', state: 'failed' }])
})

test('a required STARTTLS is not given up when the server does not offer it', async () => {
  await app.call(changeMailSettings, { body: { ...settings(mailServer.port), security: 'starttls' } }, as)
  const { accepted } = await app.call(sendTestMail, { body: { to: 'me@x.example' } }, as)
  expect(accepted).toBe(false)
  expect(mailServer.received).toEqual([])
})

test('the outbox is listed page by page', async () => {
  for (const name of ['a', 'b', 'c', 'd', 'e']) await invite(`${name}@x.example`)
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await app.call(listOutbox, { query: { limit: 2, cursor } }, as)
    seen.push(...page.messages.map((message) => message.to[0]!))
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  expect(seen.join('')).toBe('edcba')
  expect((await app.refusal(listOutbox, { query: { cursor: 'x' } }, as)).code).toBe('request.invalid')
})
