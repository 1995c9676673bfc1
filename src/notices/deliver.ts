/**
 * Delivery of one message, as a task of the queue. What the server says is kept with the message; the queue
 * tries again what is worth it. A message is sent at least once: a worker that dies between the server's yes
 * and our note of it sends it again, under the same Message-ID.
 */
import { taskScope } from '../accounts/accounts.ts'
import { asId, type OrgId } from '../platform/ids.ts'
import type { Platform } from '../platform/platform.ts'
import type { TaskContext } from '../platform/queue.ts'
import { inWork } from '../platform/work.ts'
import { readMailServer, type StoredMailServer, unsealPassword } from './mail-settings.store.ts'
import { type StoredMessage, takeMessage, updateMessage } from './outbox.store.ts'
import { type SmtpOutcome, type SmtpServer, sendBySmtp } from './smtp.ts'

/** Throws when the queue should try again. */
export async function deliverMessage(
  platform: Platform,
  payload: { readonly org: string; readonly message: string },
  context: Pick<TaskContext, 'signal' | 'isLastAttempt'>,
): Promise<void> {
  const org = asId<OrgId>(payload.org)
  const scope = await taskScope(platform, org)
  const ready = await inWork(platform, scope, async (work) => {
    const message = await takeMessage(work, payload.message)
    const server = message && (await readMailServer(work))
    if (message && !server)
      await updateMessage(work, message.id, { state: 'waiting_for_server', answer: null })
    return message && server ? { message, server } : null
  })
  if (!ready) return
  const sent = await send(platform, org, ready.server, ready.message, context.signal)
  const again = sent.outcome === 'later' && !context.isLastAttempt
  await inWork(platform, scope, (work) =>
    updateMessage(work, ready.message.id, {
      state: sent.outcome === 'sent' ? 'sent' : again ? 'queued' : 'failed',
      answer: sent.answer,
    }),
  )
  if (again) throw new Error(`Message ${payload.message} could not be delivered yet.`)
}

export async function send(
  platform: Platform,
  org: OrgId,
  server: StoredMailServer,
  message: Pick<StoredMessage, 'id' | 'to' | 'subject' | 'text' | 'html'>,
  signal?: AbortSignal,
): Promise<SmtpOutcome> {
  return sendBySmtp(
    openServer(platform, org, server),
    { ...message, key: `carryover.${org}.${message.id}` },
    signal,
  )
}

function openServer(platform: Platform, org: OrgId, server: StoredMailServer): SmtpServer {
  const { sealedPassword, ...rest } = server
  const password = sealedPassword === null ? null : unsealPassword(platform.key, org, sealedPassword)
  return { ...rest, password }
}
