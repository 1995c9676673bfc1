/** The outbox as an administrator works with it: read, release, retry, delete. */
import { requirePermission } from '../accounts/accounts.ts'
import { refuseRequest } from '../platform/problem.ts'
import type { Work } from '../platform/work.ts'
import type { MessageState, OutboxItem, OutboxMessage } from './contract.ts'
import type { RecordNotice } from './events.ts'
import { readMailServer } from './mail-settings.store.ts'
import { deliverMail } from './notices.ts'
import {
  countMessages,
  deleteMessage as deleteStored,
  readMessage,
  readMessages,
  releaseMessages,
  requeueMessage,
  type StoredItem,
  type StoredMessage,
} from './outbox.store.ts'
import { refuseMail } from './refusals.ts'

type OutboxQuery = {
  readonly state?: MessageState | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

export async function listOutbox(work: Work, query: OutboxQuery) {
  requirePermission(work, 'mail.manage')
  const { state, cursor, limit } = query
  if (cursor !== undefined && !/^\d{1,18}$/.test(cursor))
    throw refuseRequest('request.invalid', { problem: 'cursor' })
  const found = await readMessages(work, { state, before: cursor }, limit + 1)
  const messages = found.slice(0, limit).map(showItem)
  return {
    messages,
    next: found.length > limit ? (messages.at(-1)?.id ?? null) : null,
    counts: await countMessages(work),
  }
}

export async function findMessage(work: Work, id: string): Promise<OutboxMessage> {
  requirePermission(work, 'mail.manage')
  const { text, html, ...item } = await requireMessage(work, id)
  return { ...showItem(item), text, html }
}

/** Releases what waited for a server. Setting a server alone sends nothing: somebody has to want it. */
export async function sendWaiting(work: Work, record: RecordNotice): Promise<{ released: number }> {
  requirePermission(work, 'mail.manage')
  await requireServer(work)
  const ids = await releaseMessages(work)
  for (const message of ids) await work.enqueue(deliverMail, { org: work.org, message })
  if (ids.length > 0)
    await record(work, {
      kind: 'mail_settings',
      recordId: work.org,
      event: 'mail.released',
      params: { count: ids.length },
    })
  return { released: ids.length }
}

export async function retryMessage(work: Work, id: string, record: RecordNotice): Promise<OutboxItem> {
  requirePermission(work, 'mail.manage')
  const message = await requireMessage(work, id)
  if (message.state === 'sent') throw refuseMail('mail.already_sent')
  await requireServer(work)
  if (await requeueMessage(work, id)) {
    await work.enqueue(deliverMail, { org: work.org, message: id })
    await record(work, {
      kind: 'messages',
      recordId: id,
      event: 'mail.retried',
      params: { to: message.to },
    })
  }
  const { text: _text, html: _html, ...item } = await requireMessage(work, id)
  return showItem(item)
}

export async function deleteMessage(
  work: Work,
  id: string,
  record: RecordNotice,
): Promise<{ deleted: boolean }> {
  requirePermission(work, 'mail.manage')
  const deleted = await deleteStored(work, id)
  if (!deleted) throw refuseMail('mail.not_found')
  await record(work, {
    kind: 'messages',
    recordId: id,
    event: 'mail.deleted',
    params: { to: deleted.to },
  })
  return { deleted: true }
}

async function requireMessage(work: Work, id: string): Promise<StoredMessage> {
  const message = await readMessage(work, id)
  if (!message) throw refuseMail('mail.not_found')
  return message
}

async function requireServer(work: Work): Promise<void> {
  if (!(await readMailServer(work))) throw refuseMail('mail.no_server')
}

function showItem(item: StoredItem): OutboxItem {
  return {
    ...item,
    createdAt: item.createdAt.toISOString(),
    sentAt: item.sentAt?.toISOString() ?? null,
  }
}
