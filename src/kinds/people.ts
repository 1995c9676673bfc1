/**
 * People as a kind: the users of the organisation, kept by `accounts`, which stands below and cannot declare it.
 * Imported people cannot sign in until somebody invites them; nothing is sent.
 */
import { requireAdministrator, requirePermission } from '../accounts/accounts.ts'
import { roles } from '../accounts/permissions.ts'
import { declareFieldsWith, declareOption, synonymList as words } from './declare-fields.ts'
import type { KindDeclaration, Section } from './kind.ts'

const section: Section = { name: 'person', labels: { en: 'Person', cs: 'Uživatel', de: 'Person' } }

const roleNames = {
  administrator: [{ en: 'Administrator', cs: 'Správce', de: 'Administrator' }, ['admin', 'administrátor']],
  manager: [{ en: 'Manager', cs: 'Manažer', de: 'Manager' }, ['rollout manager', 'vedoucí', 'Leiter']],
  operator: [
    { en: 'Operator', cs: 'Operátor', de: 'Bearbeiter' },
    ['technician', 'technik', 'user', 'Techniker'],
  ],
  support: [
    { en: 'Support agent', cs: 'Pracovník podpory', de: 'Support' },
    ['support', 'service desk', 'helpdesk', 'podpora', 'Kundendienst'],
  ],
  migration: [{ en: 'Migration specialist', cs: 'Specialista migrace', de: 'Migration' }, ['migration']],
  member: [
    { en: 'Member', cs: 'Člen', de: 'Mitglied' },
    ['client user', 'guest', 'host', 'Gast', 'uživatel'],
  ],
} as const

const field = declareFieldsWith({
  name: words(`
    Name | full name | display name | user | user name | Jméno | jméno a příjmení | celé jméno | uživatel |
    zaměstnanec | Benutzer | Mitarbeiter | Anzeigename`),
  email: words(
    'E-mail | email address | mail | login | user email | e-mailová adresa | přihlašovací e-mail | E-Mail-Adresse',
  ),
  role: words(
    'Role | user role | profile | permission set | role uživatele | oprávnění | Rolle | Benutzerrolle',
  ),
  externalId: words(`
    External ID | id | user id | owner id | employee number | Externí ID | ID uživatele | osobní číslo |
    Benutzer-ID | Personalnummer`),
  language: words('Language | locale | Jazyk | jazyk rozhraní | Sprache'),
})

export const people: KindDeclaration = {
  name: 'people',
  table: 'people',
  labels: { en: 'People', cs: 'Uživatelé', de: 'Benutzer' },
  one: { en: 'person', cs: 'uživatel', de: 'Benutzer' },
  title: 'name',
  fields: [
    field(section, 'name', 'text', ['Name', 'Jméno', 'Name'], { required: true, maxLength: 200 }),
    field(section, 'email', 'email', ['E-mail', 'E-mail', 'E-Mail'], { unique: true }),
    field(section, 'role', 'enum', ['Role', 'Role', 'Rolle'], {
      options: roles.map((role) => declareOption(role, roleNames[role][0], roleNames[role][1])),
    }),
    field(section, 'language', 'enum', ['Language', 'Jazyk', 'Sprache'], {
      options: [
        declareOption('en', { en: 'English', cs: 'Angličtina', de: 'Englisch' }, ['EN', 'en-GB', 'en-US']),
        declareOption('cs', { en: 'Czech', cs: 'Čeština', de: 'Tschechisch' }, ['CZ', 'cs-CZ', 'česky']),
      ],
    }),
    field(section, 'externalId', 'text', ['External id', 'Externí id', 'Externe ID'], { unique: true }),
  ],
  access: { read: 'people.read', write: 'people.manage', export: 'people.manage' },
  staysUnless: { column: 'status', value: 'uninvited', because: 'undo.may_sign_in' },
  matchKeys: [['email'], ['externalId'], ['name']],
  // Roles are rights: whoever may load clients may not make administrators that way.
  afterLoad: async (work) => {
    requirePermission(work, 'people.manage')
    await requireAdministrator(work)
  },
  // An undo gives roles back and takes people away.
  afterUndo: requireAdministrator,
  duplicateRules: [{ by: ['email'] }, { by: ['externalId'] }, { by: ['name'] }],
}
