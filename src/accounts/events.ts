/** What the history says of accounts. */
import type { Sentence } from '../platform/refusal.ts'

export const accountEvents = {
  'organisation.created': { en: 'Organisation {name} was set up.', cs: 'Byla založena organizace {name}.' },
  'organisation.changed': { en: 'Settings of the organisation changed.', cs: 'Změna nastavení organizace.' },
  'person.created': { en: '{name} was added as {role}.', cs: 'Byl přidán uživatel {name}, role {role}.' },
  'person.invited': {
    en: '{name} ({email}) was invited as {role}.',
    cs: 'Byla odeslána pozvánka: {name} ({email}), role {role}.',
  },
  'person.invited_again': {
    en: '{name} ({email}) was invited again.',
    cs: 'Pozvánka byla odeslána znovu: {name} ({email}).',
  },
  'person.joined': { en: '{name} accepted the invitation.', cs: '{name}: pozvánka přijata.' },
  'person.changed': { en: '{name} was changed.', cs: 'Změna údajů: {name}.' },
  'person.deactivated': {
    en: 'Access of {name} was taken away.',
    cs: 'Přístup byl odebrán: {name}.',
  },
  'person.reactivated': { en: 'Access of {name} was given back.', cs: 'Přístup byl obnoven: {name}.' },
  'person.signed_in': { en: 'Signed in from {ip}.', cs: 'Přihlášení z {ip}.' },
  'person.signed_out': { en: 'Signed out.', cs: 'Odhlášení.' },
  'person.signed_out_everywhere': {
    en: 'Signed out everywhere ({count} sessions).',
    cs: 'Odhlášení na všech zařízeních (počet relací: {count}).',
  },
  'person.password_changed': { en: 'Changed the password.', cs: 'Změna hesla.' },
  'person.password_reset_requested': {
    en: 'A link to set a new password was asked for.',
    cs: 'Vyžádán odkaz pro nastavení nového hesla.',
  },
  'person.password_reset': {
    en: 'Set a new password by the link from the mail.',
    cs: 'Nové heslo nastaveno odkazem z e-mailu.',
  },
  'api_key.created': { en: 'API key “{name}” was made.', cs: 'Byl vytvořen klíč API „{name}“.' },
  'api_key.revoked': { en: 'API key “{name}” was revoked.', cs: 'Klíč API „{name}“ byl zneplatněn.' },
} as const satisfies Record<string, Sentence>

export type AccountEventName = keyof typeof accountEvents
