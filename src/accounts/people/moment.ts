/** A moment as it stands in a mail: in the reader's language and the organisation's time zone. */
import type { Language } from '../../platform/refusal.ts'

const locales = { en: 'en-GB', cs: 'cs-CZ' } as const

export function writeMoment(moment: Date, language: Language, timeZone: string): string {
  return new Intl.DateTimeFormat(locales[language], {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  }).format(moment)
}
