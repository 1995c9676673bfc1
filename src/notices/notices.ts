/**
 * The door of notices. A message goes into the outbox, and its delivery into the queue, in the transaction of
 * what it tells about. Nothing else in the program sends mail, and no import does (promise 9).
 */
import { z } from 'zod'
import { defineTask } from '../platform/queue.ts'
import type { Language } from '../platform/refusal.ts'
import type { Work } from '../platform/work.ts'
import { readMailServer } from './mail-settings.store.ts'
import { deleteMessagesTo, insertMessage, readMessagesTo } from './outbox.store.ts'
import { type MailParams, renderMail, type TemplateName } from './render.ts'

export { noticeEvents } from './events.ts'
export { refuseMail } from './refusals.ts'
export type { MailParams, TemplateName } from './render.ts'

export const deliverMail = defineTask({
  name: 'notices.deliver',
  payload: z.object({ org: z.string(), message: z.string() }),
  retries: 8,
})

export type Mail = {
  readonly to: string
  readonly language: Language
  readonly template: TemplateName
  readonly params: MailParams
}

/** Queues a message; without a server it waits in the outbox until somebody releases it. Returns its id. */
export async function queueMail(work: Work, mail: Mail): Promise<string> {
  const rendered = await renderMail(mail.template, mail.language, mail.params)
  const state = (await readMailServer(work)) ? 'queued' : 'waiting_for_server'
  const message = await insertMessage(work, { ...mail, ...rendered, state })
  if (state === 'queued') await work.enqueue(deliverMail, { org: work.org, message })
  return message
}

/** Where mail keeps something about a person: messages to their addresses. */
export const mailPersonalData = {
  name: 'mail',
  collect: (work: Work, { emails }: { readonly emails: readonly string[] }) => readMessagesTo(work, emails),
  erase: async (work: Work, { emails }: { readonly emails: readonly string[] }) => ({
    messages: await deleteMessagesTo(work, emails),
  }),
}
