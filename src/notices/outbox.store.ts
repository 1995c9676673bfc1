/** The outbox in the database: every message as it leaves, readable before and after. */
import { one, row, rows, run, sql } from '../platform/database.ts'
import type { Language } from '../platform/refusal.ts'
import type { Work } from '../platform/work.ts'
import type { MessageState } from './contract.ts'

export type StoredItem = {
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly template: string
  readonly state: MessageState
  readonly attempts: number
  readonly answer: string | null
  readonly createdAt: Date
  readonly sentAt: Date | null
}

export type StoredMessage = StoredItem & { readonly text: string; readonly html: string }

const itemColumns = sql`
  id, to_address as "to", subject, template, state, attempts, answer, created_at as "createdAt",
  sent_at as "sentAt"`

type NewMessage = {
  readonly to: string
  readonly template: string
  readonly language: Language
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly state: MessageState
}

export async function insertMessage(work: Work, message: NewMessage): Promise<string> {
  const { id } = await one(
    work.db,
    sql<{ id: string }>`
      insert into outbox (org_id, to_address, template, language, subject, body_text, body_html, state,
        created_by, created_at)
      values (${work.org}::bigint, ${message.to}::text, ${message.template}::text, ${message.language}::text,
        ${message.subject}::text, ${message.text}::text, ${message.html}::text, ${message.state}::text,
        ${work.actor.person}::bigint, ${work.now}::timestamptz)
      returning id`,
  )
  return id
}

export async function readMessage(work: Work, id: string): Promise<StoredMessage | null> {
  return row(
    work.db,
    sql<StoredMessage>`
      select ${itemColumns}, body_text as text, body_html as html from outbox
      where org_id = ${work.org}::bigint and id = ${id}::bigint`,
  )
}

export async function readMessages(
  work: Work,
  filter: { readonly state?: MessageState | undefined; readonly before?: string | undefined },
  limit: number,
): Promise<StoredItem[]> {
  return rows(
    work.db,
    sql<StoredItem>`
      select ${itemColumns} from outbox
      where org_id = ${work.org}::bigint
        and (${filter.state ?? null}::text is null or state = ${filter.state ?? null}::text)
        and (${filter.before ?? null}::bigint is null or id < ${filter.before ?? null}::bigint)
      order by id desc limit ${limit}::int`,
  )
}

export async function countMessages(work: Work): Promise<Record<MessageState, number>> {
  const counts = { waiting_for_server: 0, queued: 0, sent: 0, failed: 0 }
  const found = await rows(
    work.db,
    sql<{ state: MessageState; n: number }>`
      select state, count(*)::int as n from outbox where org_id = ${work.org}::bigint group by state`,
  )
  for (const { state, n } of found) counts[state] = n
  return counts
}

/** The message if it is still to be sent, counting the attempt. */
export async function takeMessage(work: Work, id: string): Promise<StoredMessage | null> {
  return row(
    work.db,
    sql<StoredMessage>`
      update outbox set attempts = attempts + 1
      where org_id = ${work.org}::bigint and id = ${id}::bigint and state = 'queued'
      returning ${itemColumns}, body_text as text, body_html as html`,
  )
}

export async function updateMessage(
  work: Work,
  id: string,
  to: { readonly state: MessageState; readonly answer: string | null },
): Promise<void> {
  await run(
    work.db,
    sql`update outbox set state = ${to.state}::text, answer = ${to.answer}::text,
          sent_at = case when ${to.state}::text = 'sent' then ${work.now}::timestamptz end
        where org_id = ${work.org}::bigint and id = ${id}::bigint`,
  )
}

/** Puts back into the queue what waits for a server; returns the ids, oldest first. */
export async function releaseMessages(work: Work): Promise<string[]> {
  const released = await rows(
    work.db,
    sql<{ id: string }>`
      with released as (
        update outbox set state = 'queued'
        where org_id = ${work.org}::bigint and state = 'waiting_for_server' returning id
      )
      select id from released order by id`,
  )
  return released.map(({ id }) => id)
}

/** True when this call put it into the queue; false when it was there already. */
export async function requeueMessage(work: Work, id: string): Promise<boolean> {
  const requeued = await run(
    work.db,
    sql`update outbox set state = 'queued'
        where org_id = ${work.org}::bigint and id = ${id}::bigint and state in ('waiting_for_server', 'failed')`,
  )
  return requeued === 1
}

export async function deleteMessage(work: Work, id: string): Promise<StoredItem | null> {
  return row(
    work.db,
    sql<StoredItem>`
      delete from outbox where org_id = ${work.org}::bigint and id = ${id}::bigint returning ${itemColumns}`,
  )
}

/** Messages to these addresses, without regard to case. */
export async function readMessagesTo(
  work: Work,
  addresses: readonly string[],
): Promise<{ subject: string; text: string; createdAt: Date }[]> {
  return rows(
    work.db,
    sql<{ subject: string; text: string; createdAt: Date }>`
      select subject, body_text as text, created_at as "createdAt" from outbox
      where org_id = ${work.org}::bigint and lower(to_address) = any(${addresses.map((one) => one.toLowerCase())}::text[])
      order by id`,
  )
}

export async function deleteMessagesTo(work: Work, addresses: readonly string[]): Promise<number> {
  return run(
    work.db,
    sql`delete from outbox where org_id = ${work.org}::bigint
      and lower(to_address) = any(${addresses.map((one) => one.toLowerCase())}::text[])`,
  )
}
