/** The kind `leads`: its table, fields and how an existing one is recognised. */
import type { KindDeclaration } from '../../kinds/kinds.ts'
import { leadFields } from './lead-fields.ts'

export const leads: KindDeclaration = {
  name: 'leads',
  table: 'leads',
  labels: { en: 'Leads', cs: 'Leady', de: 'Leads' },
  one: { en: 'lead', cs: 'lead', de: 'Lead' },
  title: 'topic',
  fields: leadFields,
  access: { read: 'leads.read', write: 'leads.write', export: 'leads.export' },
  matchKeys: [['externalId'], ['topic', 'email'], ['email']],
  duplicateRules: [{ by: ['topic', 'email'] }, { by: ['topic', 'phone'] }, { by: ['topic', 'companyName'] }],
}
