/** What notices refuse, each with a sentence that says what to do next. */
import { declareRefusals } from '../platform/refusal.ts'

export const refuseMail = declareRefusals({
  'mail.not_found': {
    status: 404,
    en: 'There is no such message in the outbox. Reload the list.',
    cs: 'Taková zpráva ve frontě odeslané pošty není. Načtěte seznam znovu.',
  },
  'mail.no_server': {
    status: 409,
    en: 'No mail server is set yet. Set one under Settings → Mail; until then messages can be read in the outbox.',
    cs: 'Poštovní server zatím není nastaven. Nastavte ho v Nastavení → Pošta; do té doby lze zprávy číst v odeslané poště.',
  },
  'mail.already_sent': {
    status: 409,
    en: 'This message was sent already. Start the action that it belongs to again to send a new one.',
    cs: 'Tato zpráva už byla odeslána. Novou odešlete opakováním akce, ke které patří.',
  },
  'mail.password_again': {
    status: 422,
    en: 'Server or user changed, so the kept password is not used with them. Type the password again, or choose none.',
    cs: 'Server nebo uživatel se změnil, uložené heslo se pro ně nepoužije. Napište heslo znovu, nebo zvolte žádné.',
  },
})
