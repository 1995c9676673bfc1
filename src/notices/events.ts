/** What notices cause in the history, which is handed in because it stands on the same floor. */
import type { Sentence } from '../platform/refusal.ts'
import type { Work } from '../platform/work.ts'

export const noticeEvents = {
  'mail.settings_changed': {
    en: 'The mail server was set to {host}.',
    cs: 'Poštovní server nastaven na {host}.',
  },
  'mail.settings_removed': { en: 'The mail server was removed.', cs: 'Poštovní server byl odebrán.' },
  'mail.tested': { en: 'A test message was sent to {to}.', cs: 'Zkušební zpráva odeslána na {to}.' },
  'mail.released': {
    en: 'Waiting messages were released ({count}).',
    cs: 'Uvolněny čekající zprávy (počet: {count}).',
  },
  'mail.retried': { en: 'The message to {to} was sent again.', cs: 'Zpráva pro {to} odeslána znovu.' },
  'mail.deleted': { en: 'The message to {to} was deleted.', cs: 'Zpráva pro {to} smazána.' },
} as const satisfies Record<string, Sentence>

type NoticeEvent = {
  readonly kind: 'mail_settings' | 'messages'
  readonly recordId: string
  readonly event: keyof typeof noticeEvents
  readonly params?: Readonly<Record<string, string | number>>
  readonly changes?: readonly {
    readonly field: string
    readonly before: string | null
    readonly after: string | null
  }[]
}

export type RecordNotice = (work: Work, event: NoticeEvent) => Promise<void>
