/** Mail over HTTP. The history is handed in, because it stands on the same floor. */
import type { Api } from '../platform/http.ts'
import * as contract from './contract.ts'
import type { RecordNotice } from './events.ts'
import { changeMailSettings, findMailSettings, removeMailSettings, sendTestMail } from './mail-settings.ts'
import { deleteMessage, findMessage, listOutbox, retryMessage, sendWaiting } from './outbox.ts'

export function mountNotices(api: Api, { recordEvent }: { readonly recordEvent: RecordNotice }): void {
  const { key } = api.platform
  api.mount(contract.findMailSettings, (work) => findMailSettings(work))
  api.mount(contract.changeMailSettings, (work, { body }) => changeMailSettings(work, key, body, recordEvent))
  api.mount(contract.removeMailSettings, (work) => removeMailSettings(work, recordEvent))
  api.mountRaw(contract.sendTestMail, async ({ scope, input, reply }) =>
    reply.send(await sendTestMail(api.platform, scope, input.body.to, recordEvent)),
  )
  api.mount(contract.listOutbox, (work, { query }) => listOutbox(work, query))
  api.mount(contract.findMessage, (work, { params }) => findMessage(work, params.id))
  api.mount(contract.sendWaiting, (work) => sendWaiting(work, recordEvent))
  api.mount(contract.retryMessage, (work, { params }) => retryMessage(work, params.id, recordEvent))
  api.mount(contract.deleteMessage, (work, { params }) => deleteMessage(work, params.id, recordEvent))
}
