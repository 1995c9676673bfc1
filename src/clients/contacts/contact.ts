/** The kinds `contacts` (persons at clients) and `contactClients` (the further clients of one person). */
import type { KindDeclaration } from '../../kinds/kinds.ts'
import { contactClientFields } from './contact-client-fields.ts'
import { contactFields } from './contact-fields.ts'

export const contacts: KindDeclaration = {
  name: 'contacts',
  table: 'contacts',
  labels: { en: 'Contact persons', cs: 'Kontaktní osoby', de: 'Kontaktpersonen' },
  one: { en: 'contact person', cs: 'kontaktní osoba', de: 'Kontaktperson' },
  title: 'name',
  fields: contactFields,
  matchKeys: [['externalId'], ['email'], ['firstName', 'lastName'], ['name']],
  // A file has either the parts of a name or the whole.
  duplicateRules: [
    { by: ['firstName', 'lastName', 'email'] },
    { by: ['name', 'email'] },
    { by: ['firstName', 'lastName', 'phone'] },
    { by: ['name', 'phone'] },
  ],
}

export const contactClients: KindDeclaration = {
  name: 'contactClients',
  table: 'contact_clients',
  labels: {
    en: 'Further clients of contact persons',
    cs: 'Další klienti kontaktních osob',
    de: 'Weitere Kunden von Kontaktpersonen',
  },
  one: {
    en: 'relation of a contact person',
    cs: 'vztah kontaktní osoby',
    de: 'Beziehung einer Kontaktperson',
  },
  title: 'position',
  fields: contactClientFields,
  matchKeys: [['externalId']],
  partOf: ['contact', 'client'],
}
