/** Mail over HTTP: the server that sends it, and the outbox in which every message can be read. */
import { z } from 'zod'
import { Email, Line } from '../accounts/contract.ts'
import { defineOperation } from '../platform/contract.ts'

/** `waiting_for_server`: queued while no server was configured; it leaves only when somebody releases it. */
export const messageStates = ['waiting_for_server', 'queued', 'sent', 'failed'] as const
export type MessageState = (typeof messageStates)[number]
/** `tls`: from the first byte (port 465); `starttls`: required before anything else (587); `none`: in the clear. */
export const mailSecurities = ['tls', 'starttls', 'none'] as const

const Id = z.string().regex(/^\d{1,18}$/)
const Moment = z.iso.datetime()
const byId = z.object({ id: Id })
const shared = { tag: 'Mail', permission: 'mail.manage' } as const

export const MailSettings = z.object({
  host: z.string(),
  port: z.number(),
  security: z.enum(mailSecurities),
  /** Null: the server asks for no sign-in. */
  user: z.string().nullable(),
  /** The password itself is never shown. */
  hasPassword: z.boolean(),
  fromName: z.string(),
  fromAddress: z.string(),
  changedAt: Moment,
})
export type MailSettings = z.infer<typeof MailSettings>

const MailState = z.object({
  /** Null: no server yet; messages wait in the outbox. */
  settings: MailSettings.nullable(),
  /** Messages that wait to be released. */
  waiting: z.number(),
})

export const findMailSettings = defineOperation({
  id: 'findMailSettings',
  method: 'GET',
  path: '/mail/settings',
  summary: 'The mail server, and how many messages wait for one',
  response: MailState,
  ...shared,
})

export const changeMailSettings = defineOperation({
  id: 'changeMailSettings',
  method: 'PUT',
  path: '/mail/settings',
  summary: 'Set the mail server; waiting messages stay until they are released',
  body: z.object({
    host: Line.trim()
      .min(1)
      .max(255)
      .regex(/^[^\s/@]+$/),
    port: z.number().int().min(1).max(65_535),
    security: z.enum(mailSecurities),
    user: Line.max(254).nullable(),
    /** Left out: as it is. Null: none. */
    password: z.string().max(1000).nullable().optional(),
    fromName: Line.trim().max(200),
    fromAddress: Email,
  }),
  response: MailState,
  refusals: ['mail.password_again'],
  ...shared,
})

export const removeMailSettings = defineOperation({
  id: 'removeMailSettings',
  method: 'DELETE',
  path: '/mail/settings',
  summary: 'Forget the mail server; new messages wait in the outbox again',
  response: MailState,
  ...shared,
})

/** A server's "no" is an answer here, not a refusal: `accepted` false and what the server said. */
export const sendTestMail = defineOperation({
  id: 'sendTestMail',
  method: 'POST',
  path: '/mail/test',
  summary: 'Send a test message at once and tell what the server said',
  body: z.object({ to: Email }),
  response: z.object({ accepted: z.boolean(), answer: z.string() }),
  refusals: ['mail.no_server'],
  ...shared,
})

export const OutboxItem = z.object({
  id: Id,
  to: z.string(),
  subject: z.string(),
  template: z.string(),
  state: z.enum(messageStates),
  attempts: z.number(),
  /** What the server said last, or why it could not be reached. */
  answer: z.string().nullable(),
  createdAt: Moment,
  sentAt: Moment.nullable(),
})
export type OutboxItem = z.infer<typeof OutboxItem>

export const OutboxMessage = OutboxItem.extend({
  text: z.string(),
  /** Show it in a sandboxed frame. */
  html: z.string(),
})
export type OutboxMessage = z.infer<typeof OutboxMessage>

export const listOutbox = defineOperation({
  id: 'listOutbox',
  method: 'GET',
  path: '/mail/outbox',
  summary: 'Messages, newest first',
  query: z.object({
    state: z.enum(messageStates).optional(),
    cursor: z.string().max(100).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: z.object({
    messages: z.array(OutboxItem),
    next: z.string().nullable(),
    counts: z.object({
      waiting_for_server: z.number(),
      queued: z.number(),
      sent: z.number(),
      failed: z.number(),
    }),
  }),
  ...shared,
})

export const findMessage = defineOperation({
  id: 'findMessage',
  method: 'GET',
  path: '/mail/outbox/:id',
  summary: 'One message with its text',
  params: byId,
  response: OutboxMessage,
  refusals: ['mail.not_found'],
  ...shared,
})

export const sendWaiting = defineOperation({
  id: 'sendWaiting',
  method: 'POST',
  path: '/mail/outbox/send-waiting',
  summary: 'Release the messages that were waiting for a server',
  response: z.object({ released: z.number() }),
  refusals: ['mail.no_server'],
  ...shared,
})

export const retryMessage = defineOperation({
  id: 'retryMessage',
  method: 'POST',
  path: '/mail/outbox/:id/retry',
  summary: 'Send a failed or waiting message now',
  params: byId,
  response: OutboxItem,
  refusals: ['mail.not_found', 'mail.no_server', 'mail.already_sent'],
  ...shared,
})

export const deleteMessage = defineOperation({
  id: 'deleteMessage',
  method: 'DELETE',
  path: '/mail/outbox/:id',
  summary: 'Delete a message; one that has not left is never sent',
  params: byId,
  response: z.object({ deleted: z.boolean() }),
  refusals: ['mail.not_found'],
  ...shared,
})
