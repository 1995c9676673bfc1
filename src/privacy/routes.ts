/** Personal data over HTTP. */
import type { Api } from '../platform/http.ts'
import * as contract from './contract.ts'
import { erasePerson, exportPerson, findPersonRecords, listPersonErasures, type Privacy } from './privacy.ts'

export function mountPrivacy(api: Api, privacy: Privacy): void {
  api.mount(contract.findPersonRecords, (work, { query }) => findPersonRecords(work, privacy, query.search))
  api.mount(contract.exportPerson, (work, { body }) => exportPerson(work, privacy, body.records))
  api.mount(contract.erasePerson, (work, { body }) => erasePerson(work, privacy, body.records))
  api.mount(contract.listErasures, (work) => listPersonErasures(work))
}
