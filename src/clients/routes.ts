/** Clients over HTTP. */
import type { Api } from '../platform/http.ts'
import { changeClient, createClient, deleteClient, findClient, listClients } from './clients.ts'
import * as contract from './contract.ts'

export function mountClients(api: Api): void {
  api.mount(contract.listClients, (work, { query }) => listClients(work, query))
  api.mount(contract.findClient, (work, { params }) => findClient(work, params.id))
  api.mount(contract.createClient, (work, { body }) => createClient(work, body.values))
  api.mount(contract.changeClient, (work, { params, body }) =>
    changeClient(work, params.id, body.version, body.values),
  )
  api.mount(contract.deleteClient, (work, { params }) => deleteClient(work, params.id))
}
