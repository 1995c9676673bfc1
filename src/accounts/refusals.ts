/** What accounts refuse, each with a sentence that says what to do next. */
import { declareRefusals } from '../platform/refusal.ts'

export const refuseAccount = declareRefusals({
  'setup.token_invalid': {
    status: 403,
    en: 'This setup link is not valid or has been used. Restart Carryover and open the link that it prints on the console.',
    cs: 'Tento odkaz k nastavení neplatí nebo už byl použit. Spusťte Carryover znovu a otevřete odkaz, který vypíše na konzoli.',
  },
  'setup.already_done': {
    status: 409,
    en: 'This installation has its organisation already. Sign in, or ask its administrator for an invitation.',
    cs: 'Tato instalace už svou organizaci má. Přihlaste se, nebo požádejte jejího správce o pozvánku.',
  },
  'sign-in.wrong': {
    status: 401,
    en: 'E-mail and password do not match. Try again, or ask for a link to set a new password.',
    cs: 'E-mail a heslo k sobě nepatří. Zkuste to znovu, nebo si vyžádejte odkaz pro nastavení nového hesla.',
  },
  'sign-in.throttled': {
    status: 429,
    en: 'There were too many attempts. Try again in {seconds} seconds.',
    cs: 'Pokusů bylo příliš mnoho. Zkuste to znovu za {seconds} s.',
  },
  'session.not_found': {
    status: 404,
    en: 'This session has ended already. Reload the list.',
    cs: 'Tato relace už skončila. Načtěte seznam znovu.',
  },
  'session.person_only': {
    status: 403,
    en: 'An API key cannot change a person’s own account. Sign in and change it there.',
    cs: 'Klíč API nemůže měnit vlastní účet osoby. Přihlaste se a změňte ho tam.',
  },
  'password.wrong': {
    status: 422,
    en: 'The current password is not right. Type it again.',
    cs: 'Současné heslo nesouhlasí. Napište ho znovu.',
  },
  'password.too_short': {
    status: 422,
    en: 'The password is too short. Use at least {least} characters; a short sentence is easy to remember.',
    cs: 'Heslo je příliš krátké. Použijte alespoň {least} znaků; krátká věta se dobře pamatuje.',
  },
  'password.too_long': {
    status: 422,
    en: 'The password is too long. Use at most {most} characters.',
    cs: 'Heslo je příliš dlouhé. Použijte nejvýše {most} znaků.',
  },
  'password.too_common': {
    status: 422,
    en: 'This password is among the first that anybody would try. Choose another.',
    cs: 'Toto heslo by každý zkusil mezi prvními. Zvolte jiné.',
  },
  'password.is_email': {
    status: 422,
    en: 'The password must not be the e-mail address. Choose another.',
    cs: 'Heslo nesmí být e-mailová adresa. Zvolte jiné.',
  },
  'invitation.invalid': {
    status: 410,
    en: 'This invitation is not valid any more: it was used, replaced or has expired. Ask an administrator to send a new one.',
    cs: 'Tato pozvánka už neplatí: byla použita, nahrazena nebo vypršela. Požádejte správce o novou.',
  },
  'password-reset.invalid': {
    status: 410,
    en: 'This link is not valid any more: it was used, replaced or has expired. Ask for a new one on the sign-in page.',
    cs: 'Tento odkaz už neplatí: byl použit, nahrazen nebo vypršel. Vyžádejte si nový na přihlašovací stránce.',
  },
  'person.not_found': {
    status: 404,
    en: 'There is no such person in this organisation. Reload the list.',
    cs: 'Taková osoba v této organizaci není. Načtěte seznam znovu.',
  },
  'person.email_taken': {
    status: 409,
    en: 'Somebody with the address {email} is in this organisation already. Look in the list, deactivated people included.',
    cs: 'Osoba s adresou {email} už v této organizaci je. Podívejte se do seznamu včetně deaktivovaných.',
  },
  'person.not_invited': {
    status: 409,
    en: '{name} has no open invitation: the account is in use, deactivated or without an e-mail address. Use the password reset, or reactivate the account.',
    cs: '{name} nemá otevřenou pozvánku: účet se používá, je deaktivovaný nebo nemá e-mailovou adresu. Použijte obnovu hesla, nebo účet znovu aktivujte.',
  },
  'person.last_administrator': {
    status: 409,
    en: '{name} is the only active administrator. Make somebody else an administrator first.',
    cs: '{name} je jediný aktivní správce. Nejprve určete dalšího správce.',
  },
  'person.no_administrator': {
    status: 409,
    en: 'Nobody would be an active administrator afterwards, so nothing was changed. Make somebody an administrator first.',
    cs: 'Potom by nikdo nebyl aktivním správcem, proto se nic nezměnilo. Nejprve někoho určete správcem.',
  },
  'api-key.not_found': {
    status: 404,
    en: 'There is no such API key. Reload the list.',
    cs: 'Takový klíč API neexistuje. Načtěte seznam znovu.',
  },
  'api-key.expired': {
    status: 422,
    en: 'The key would have expired already. Choose a date in the future, or none.',
    cs: 'Platnost klíče by už vypršela. Zvolte datum v budoucnosti, nebo žádné.',
  },
  'api-key.scope_not_held': {
    status: 403,
    en: 'A key cannot have the permission {permission}, because you do not have it. Leave it out.',
    cs: 'Klíč nemůže mít oprávnění {permission}, protože ho nemáte ani vy. Vynechte ho.',
  },
  'organisation.time_zone_unknown': {
    status: 422,
    en: 'The time zone “{value}” is not known. Choose one such as Europe/Prague.',
    cs: 'Časové pásmo „{value}“ není známé. Zvolte například Europe/Prague.',
  },
  'organisation.currency_unknown': {
    status: 422,
    en: 'The currency “{value}” is not known. Choose an ISO 4217 code such as CZK.',
    cs: 'Měna „{value}“ není známá. Zvolte kód ISO 4217, například CZK.',
  },
  'organisation.country_unknown': {
    status: 422,
    en: 'The country “{value}” is not known. Choose an ISO 3166 code such as CZ.',
    cs: 'Země „{value}“ není známá. Zvolte kód ISO 3166, například CZ.',
  },
  'local.no_organisation': {
    status: 409,
    en: 'There is no organisation yet. Run “npm start” and open the setup link, or “npm run demo” for a demonstration.',
    cs: 'Zatím tu není žádná organizace. Spusťte „npm start“ a otevřete odkaz k nastavení, nebo „npm run demo“ pro ukázku.',
  },
  'local.organisation_unknown': {
    status: 422,
    en: 'There is no organisation “{organisation}”. Choose with --org: {known}.',
    cs: 'Organizace „{organisation}“ neexistuje. Zvolte pomocí --org: {known}.',
  },
  'local.organisation_unclear': {
    status: 422,
    en: 'Several organisations fit. Choose one with --org: {known}.',
    cs: 'Vyhovuje několik organizací. Zvolte jednu pomocí --org: {known}.',
  },
  'local.person_unknown': {
    status: 422,
    en: 'Nobody active with the address {email} is in {organisation}. Choose with --as: {known}.',
    cs: 'V organizaci {organisation} není nikdo aktivní s adresou {email}. Zvolte pomocí --as: {known}.',
  },
  'local.person_unclear': {
    status: 422,
    en: 'Several people are in {organisation}. Choose whom to act as with --as: {known}.',
    cs: 'V organizaci {organisation} je několik osob. Zvolte pomocí --as, za koho jednat: {known}.',
  },
})
