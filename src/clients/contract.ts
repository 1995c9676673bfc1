/** Clients, contact persons and leads over HTTP. */
import { z } from 'zod'
import { defineRecordOperations, RecordId, RecordView } from '../kinds/records/contract.ts'
import { defineOperation } from '../platform/contract.ts'

export const {
  list: listClients,
  find: findClient,
  create: createClient,
  change: changeClient,
  changeMany: changeManyClients,
  previewDeletion: previewClientDeletion,
  remove: deleteClient,
  removeMany: deleteManyClients,
  merge: mergeClients,
  duplicates: listDuplicateClients,
} = defineRecordOperations({
  path: 'clients',
  one: 'Client',
  many: 'Clients',
  tag: 'Clients',
  read: 'clients.read',
  write: 'clients.write',
  aOne: 'a client',
  plural: 'clients',
})

export const {
  list: listContacts,
  find: findContact,
  create: createContact,
  change: changeContact,
  changeMany: changeManyContacts,
  previewDeletion: previewContactDeletion,
  remove: deleteContact,
  removeMany: deleteManyContacts,
  merge: mergeContacts,
  duplicates: listDuplicateContacts,
} = defineRecordOperations({
  path: 'contacts',
  one: 'Contact',
  many: 'Contacts',
  tag: 'Contact persons',
  read: 'clients.read',
  write: 'clients.write',
  aOne: 'a contact person',
  plural: 'contact persons',
})

/** The further clients of contact persons, beside the main client that stands in the contact's own field. */
export const {
  list: listContactClients,
  find: findContactClient,
  create: createContactClient,
  change: changeContactClient,
  changeMany: changeManyContactClients,
  previewDeletion: previewContactClientDeletion,
  remove: deleteContactClient,
} = defineRecordOperations({
  path: 'contact-clients',
  one: 'ContactClient',
  many: 'ContactClients',
  tag: 'Contact persons',
  read: 'clients.read',
  write: 'clients.write',
  aOne: 'a relation of a contact person to one more client',
  plural: 'relations of contact persons to further clients',
})

export const {
  list: listLeads,
  find: findLead,
  create: createLead,
  change: changeLead,
  changeMany: changeManyLeads,
  previewDeletion: previewLeadDeletion,
  remove: deleteLead,
  removeMany: deleteManyLeads,
  merge: mergeLeads,
  duplicates: listDuplicateLeads,
} = defineRecordOperations({
  path: 'leads',
  one: 'Lead',
  many: 'Leads',
  tag: 'Leads',
  read: 'leads.read',
  write: 'leads.write',
  aOne: 'a lead',
  plural: 'leads',
})

const byId = z.object({ id: RecordId })

/** What a lead became. */
export const LeadConversion = z
  .object({
    id: RecordId,
    client: RecordView,
    contact: RecordView.nullable(),
    /** Whether the conversion made them, or took ones that were there. */
    madeClient: z.boolean(),
    madeContact: z.boolean(),
  })
  .meta({ id: 'LeadConversion' })

export const convertLead = defineOperation({
  id: 'convertLead',
  method: 'POST',
  path: '/leads/:id/convert',
  summary: 'Turn a lead into a client and, where it names a person, a contact person',
  tag: 'Leads',
  permission: 'leads.write',
  params: byId,
  body: z.object({
    version: z.number().int(),
    /** An existing client to take instead of making one. */
    client: RecordId.optional(),
    /** An existing contact person to take instead of making one. */
    contact: RecordId.optional(),
    /** Whether a contact person is made; by default where the lead names a person and the client is a company. */
    withContact: z.boolean().optional(),
  }),
  response: LeadConversion,
  refusals: ['record.not_found', 'record.changed_meanwhile', 'record.invalid', 'lead.converted_already'],
})

export const undoLeadConversion = defineOperation({
  id: 'undoLeadConversion',
  method: 'POST',
  path: '/leads/:id/conversion/undo',
  summary: 'Take the conversion of a lead back: what it made goes, unless something hangs on it by now',
  tag: 'Leads',
  permission: 'leads.write',
  params: byId,
  response: z.object({
    lead: RecordView,
    /** What the conversion made and was changed or is referred to since: it stays, with the reason. */
    kept: z.array(z.object({ kind: z.string(), id: RecordId, reason: z.enum(['changed', 'attached']) })),
  }),
  refusals: ['record.not_found', 'lead.not_converted'],
})
