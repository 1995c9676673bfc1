/** The kind `clients`: its table, fields and how an existing one is recognised. */
import type { KindDeclaration } from '../kinds/kinds.ts'
import { clientFields } from './client-fields.ts'

export const clients: KindDeclaration = {
  name: 'clients',
  table: 'clients',
  labels: { en: 'Clients', cs: 'Klienti', de: 'Kunden' },
  one: { en: 'client', cs: 'klient', de: 'Kunde' },
  title: 'name',
  fields: clientFields,
  matchKeys: [['externalId'], ['regNumber'], ['name', 'email']],
}
