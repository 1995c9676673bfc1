/** The organisation's mail server: read, set, removed, tested. Its password goes in and never comes out. */
import { findOrganisation, requirePermission } from '../accounts/accounts.ts'
import type { Platform } from '../platform/platform.ts'
import type { MasterKey } from '../platform/sealing.ts'
import { inWork, type Work, type WorkScope } from '../platform/work.ts'
import type { MailSettings } from './contract.ts'
import { send } from './deliver.ts'
import type { RecordNotice } from './events.ts'
import {
  deleteMailServer,
  type MailServer,
  readMailServer,
  type StoredMailServer,
  sealPassword,
  writeMailServer,
} from './mail-settings.store.ts'
import { countMessages, insertMessage, updateMessage } from './outbox.store.ts'
import { refuseMail } from './refusals.ts'
import { renderMail } from './render.ts'

export type MailState = { readonly settings: MailSettings | null; readonly waiting: number }

export async function findMailSettings(work: Work): Promise<MailState> {
  requirePermission(work, 'mail.manage')
  const server = await readMailServer(work)
  return { settings: server && show(server), waiting: (await countMessages(work)).waiting_for_server }
}

/** `password` left out keeps the one there is, `null` removes it. */
export async function changeMailSettings(
  work: Work,
  key: MasterKey,
  input: MailServer & { readonly password?: string | null | undefined },
  record: RecordNotice,
): Promise<MailState> {
  requirePermission(work, 'mail.manage')
  const before = await readMailServer(work)
  const { password, ...server } = input
  await writeMailServer(work, server, choosePassword(work, key, before, server, password))
  await record(work, {
    kind: 'mail_settings',
    recordId: work.org,
    event: 'mail.settings_changed',
    params: { host: server.host },
    changes: changesOf(before, server),
  })
  return findMailSettings(work)
}

function choosePassword(
  work: Work,
  key: MasterKey,
  before: StoredMailServer | null,
  server: MailServer,
  password: string | null | undefined,
): Buffer | null {
  if (password === null) return null
  if (password !== undefined) return sealPassword(key, work.org, password)
  const kept = before?.sealedPassword ?? null
  // A kept password must not be sent to a host of somebody's choice.
  const isSame =
    before?.host === server.host && before.user === server.user && before.security === server.security
  if (kept !== null && !isSame) throw refuseMail('mail.password_again')
  return kept
}

export async function removeMailSettings(work: Work, record: RecordNotice): Promise<MailState> {
  requirePermission(work, 'mail.manage')
  if (await deleteMailServer(work))
    await record(work, { kind: 'mail_settings', recordId: work.org, event: 'mail.settings_removed' })
  return findMailSettings(work)
}

/** Opens its own work around the sending: a slow server must not hold a transaction. */
export async function sendTestMail(
  platform: Platform,
  scope: WorkScope,
  to: string,
  record: RecordNotice,
): Promise<{ accepted: boolean; answer: string }> {
  const { server, message } = await inWork(platform, scope, async (work) => {
    requirePermission(work, 'mail.manage')
    const server = await readMailServer(work)
    if (!server) throw refuseMail('mail.no_server')
    const { language, name } = work.actor
    const organisation = (await findOrganisation(work)).name
    const rendered = await renderMail('test', language, { name, organisation, host: server.host })
    // Kept as failed until the server has said yes; the queue never sees it.
    const id = await insertMessage(work, { ...rendered, to, template: 'test', language, state: 'failed' })
    await record(work, { kind: 'messages', recordId: id, event: 'mail.tested', params: { to } })
    return { server, message: { ...rendered, id, to } }
  })
  const { outcome, answer } = await send(platform, scope.org, server, message)
  const accepted = outcome === 'sent'
  await inWork(platform, scope, (work) =>
    updateMessage(work, message.id, { state: accepted ? 'sent' : 'failed', answer }),
  )
  return { accepted, answer }
}

function show({ sealedPassword, changedAt, ...server }: StoredMailServer): MailSettings {
  return { ...server, hasPassword: sealedPassword !== null, changedAt: changedAt.toISOString() }
}

const shown = ['host', 'port', 'security', 'user', 'fromName', 'fromAddress'] as const

function changesOf(before: MailServer | null, after: MailServer) {
  return shown
    .map((field) => ({ field, before: textOf(before?.[field]), after: textOf(after[field]) }))
    .filter((change) => change.before !== change.after)
}

function textOf(value: string | number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value)
}
