/** Kinds whose records have pages: their operations, who may use them, and what their lists and forms begin with. */

import type { Permission } from '../../src/accounts/permissions.ts'
import * as catalogue from '../../src/catalogue/contract.ts'
import * as clients from '../../src/clients/contract.ts'
import type { RecordOperations } from '../../src/kinds/records/contract.ts'
import type { IconName } from '../ui/icons.tsx'

/** The name of the kind, and where in the address its pages are. */
export const places = ['clients', 'contacts', 'leads', 'products', 'prices'] as const
export type Place = (typeof places)[number]

export function isPlace(name: string): name is Place {
  return (places as readonly string[]).includes(name)
}

export type RecordKind = {
  readonly place: Place
  readonly icon: IconName
  readonly operations: Omit<RecordOperations, 'merge' | 'duplicates'> &
    Partial<Pick<RecordOperations, 'merge' | 'duplicates'>>
  readonly may: { readonly read: Permission; readonly write: Permission; readonly export: Permission }
  /** The field that names a record. */
  readonly title: string
  /** Columns that a list shows until somebody chooses others. */
  readonly columns: readonly string[]
  /** Fields that a new record is asked for, beside the required ones. */
  readonly asked: readonly string[]
}

const ofClients = { read: 'clients.read', write: 'clients.write', export: 'clients.export' } as const
const ofLeads = { read: 'leads.read', write: 'leads.write', export: 'leads.export' } as const
const ofProducts = { read: 'products.read', write: 'products.write', export: 'products.export' } as const

const kinds: Readonly<Record<Place, RecordKind>> = {
  clients: {
    place: 'clients',
    icon: 'clients',
    operations: {
      list: clients.listClients,
      find: clients.findClient,
      create: clients.createClient,
      change: clients.changeClient,
      changeMany: clients.changeManyClients,
      previewDeletion: clients.previewClientDeletion,
      remove: clients.deleteClient,
      removeMany: clients.deleteManyClients,
      merge: clients.mergeClients,
      duplicates: clients.listDuplicateClients,
    },
    may: ofClients,
    title: 'name',
    columns: ['name', 'email', 'phone', 'billingCity', 'billingCountry', 'state', 'import', 'updatedAt'],
    asked: ['name', 'email', 'phone', 'regNumber', 'state', 'rating'],
  },
  contacts: {
    place: 'contacts',
    icon: 'contacts',
    operations: {
      list: clients.listContacts,
      find: clients.findContact,
      create: clients.createContact,
      change: clients.changeContact,
      changeMany: clients.changeManyContacts,
      previewDeletion: clients.previewContactDeletion,
      remove: clients.deleteContact,
      removeMany: clients.deleteManyContacts,
      merge: clients.mergeContacts,
      duplicates: clients.listDuplicateContacts,
    },
    may: ofClients,
    title: 'name',
    columns: ['name', 'client', 'position', 'email', 'phone', 'isKeyPerson', 'import', 'updatedAt'],
    asked: ['firstName', 'lastName', 'client', 'position', 'email', 'phone', 'isKeyPerson'],
  },
  leads: {
    place: 'leads',
    icon: 'leads',
    operations: {
      list: clients.listLeads,
      find: clients.findLead,
      create: clients.createLead,
      change: clients.changeLead,
      changeMany: clients.changeManyLeads,
      previewDeletion: clients.previewLeadDeletion,
      remove: clients.deleteLead,
      removeMany: clients.deleteManyLeads,
      merge: clients.mergeLeads,
      duplicates: clients.listDuplicateLeads,
    },
    may: ofLeads,
    title: 'topic',
    columns: ['topic', 'companyName', 'lastName', 'email', 'state', 'priority', 'owner', 'updatedAt'],
    asked: ['topic', 'companyName', 'firstName', 'lastName', 'email', 'phone', 'state', 'owner'],
  },
  products: {
    place: 'products',
    icon: 'products',
    operations: {
      list: catalogue.listProducts,
      find: catalogue.findProduct,
      create: catalogue.createProduct,
      change: catalogue.changeProduct,
      changeMany: catalogue.changeManyProducts,
      previewDeletion: catalogue.previewProductDeletion,
      remove: catalogue.deleteProduct,
      removeMany: catalogue.deleteManyProducts,
      merge: catalogue.mergeProducts,
      duplicates: catalogue.listDuplicateProducts,
    },
    may: ofProducts,
    title: 'name',
    columns: ['name', 'code', 'category', 'unit', 'price', 'taxRate', 'import', 'updatedAt'],
    asked: ['code', 'name', 'unit', 'category', 'price', 'taxRate'],
  },
  prices: {
    place: 'prices',
    icon: 'products',
    operations: {
      list: catalogue.listPrices,
      find: catalogue.findPrice,
      create: catalogue.createPrice,
      change: catalogue.changePrice,
      changeMany: catalogue.changeManyPrices,
      previewDeletion: catalogue.previewPriceDeletion,
      remove: catalogue.deletePrice,
      removeMany: catalogue.deleteManyPrices,
    },
    may: ofProducts,
    title: 'priceList',
    columns: ['priceList', 'product', 'price', 'import', 'updatedAt'],
    asked: ['product', 'priceList', 'price'],
  },
}

export function recordKind(place: Place): RecordKind {
  return kinds[place]
}
