/** Clients, contact persons and leads over HTTP. */
import type { Kinds } from '../kinds/kinds.ts'
import { mountRecords } from '../kinds/records/records.ts'
import type { Api } from '../platform/http.ts'
import * as contract from './contract.ts'
import { convertLead, undoConversion } from './leads/convert.ts'

export function mountClients(api: Api, kinds: Kinds): void {
  mountRecords(api, kinds, 'clients', {
    list: contract.listClients,
    find: contract.findClient,
    create: contract.createClient,
    change: contract.changeClient,
    changeMany: contract.changeManyClients,
    previewDeletion: contract.previewClientDeletion,
    remove: contract.deleteClient,
    removeMany: contract.deleteManyClients,
    merge: contract.mergeClients,
    duplicates: contract.listDuplicateClients,
  })
  mountContacts(api, kinds)
  mountRecords(api, kinds, 'leads', {
    list: contract.listLeads,
    find: contract.findLead,
    create: contract.createLead,
    change: contract.changeLead,
    changeMany: contract.changeManyLeads,
    previewDeletion: contract.previewLeadDeletion,
    remove: contract.deleteLead,
    removeMany: contract.deleteManyLeads,
    merge: contract.mergeLeads,
    duplicates: contract.listDuplicateLeads,
  })
  api.mount(contract.convertLead, (work, { params, body }) => convertLead(work, kinds, params.id, body))
  api.mount(contract.undoLeadConversion, (work, { params }) => undoConversion(work, kinds, params.id))
}

function mountContacts(api: Api, kinds: Kinds): void {
  mountRecords(api, kinds, 'contacts', {
    list: contract.listContacts,
    find: contract.findContact,
    create: contract.createContact,
    change: contract.changeContact,
    changeMany: contract.changeManyContacts,
    previewDeletion: contract.previewContactDeletion,
    remove: contract.deleteContact,
    removeMany: contract.deleteManyContacts,
    merge: contract.mergeContacts,
    duplicates: contract.listDuplicateContacts,
  })
  mountRecords(api, kinds, 'contactClients', {
    list: contract.listContactClients,
    find: contract.findContactClient,
    create: contract.createContactClient,
    change: contract.changeContactClient,
    changeMany: contract.changeManyContactClients,
    previewDeletion: contract.previewContactClientDeletion,
    remove: contract.deleteContactClient,
  })
}
