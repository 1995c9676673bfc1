/** The kind `clients`: its table, fields, how an existing one is recognised, and the contact persons in its rows. */
import type { KindDeclaration } from '../../kinds/kinds.ts'
import { contactFields } from '../contacts/contact-fields.ts'
import { clientFields } from './client-fields.ts'

export const clients: KindDeclaration = {
  name: 'clients',
  table: 'clients',
  labels: { en: 'Clients', cs: 'Klienti', de: 'Kunden' },
  one: { en: 'client', cs: 'klient', de: 'Kunde' },
  title: 'name',
  fields: clientFields,
  matchKeys: [['externalId'], ['regNumber'], ['name', 'email']],
  // RN: a company by its registration number, then by its name; a person by name and e-mail or name and phone.
  duplicateRules: [
    { by: ['regNumber'] },
    { by: ['name', 'email'], when: { field: 'isPerson', values: ['t'] } },
    { by: ['name', 'phone'], when: { field: 'isPerson', values: ['t'] } },
    { by: ['name'], when: { field: 'isPerson', values: ['f', ''] } },
  ],
  children: [
    {
      kind: 'contacts',
      synonyms: [
        'contact',
        'contact person',
        'person',
        'kontakt',
        'kontaktní osoba',
        'osoba',
        'Ansprechpartner',
        'Kontaktperson',
        'Kontakt',
      ],
      groups: 6,
      into: 'client',
      fields: contactFields.map(({ name }) => name).filter((name) => name !== 'client'),
    },
  ],
}
