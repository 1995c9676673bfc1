/** Custom fields, code lists and saved views over HTTP. */
import type { Api } from '../platform/http.ts'
import * as lists from './code-lists/code-lists.ts'
import * as listContract from './code-lists/contract.ts'
import * as fieldContract from './custom-fields/contract.ts'
import * as fields from './custom-fields/custom-fields.ts'
import { previewFieldType } from './custom-fields/preview-field-type.ts'
import type { Kinds } from './kind.ts'
import * as viewContract from './views/contract.ts'
import * as views from './views/views.ts'

export function mountKinds(api: Api, kinds: Kinds): void {
  mountFields(api, kinds)
  mountLists(api, kinds)
  mountViews(api, kinds)
}

function mountViews(api: Api, kinds: Kinds): void {
  api.mount(viewContract.listViews, (work, { query }) => views.listViews(work, kinds, query.kind))
  api.mount(viewContract.createView, (work, { body }) => views.createView(work, kinds, body))
  api.mount(viewContract.changeView, (work, { params, body }) => views.changeView(work, params.id, body))
  api.mount(viewContract.deleteView, (work, { params }) => views.deleteView(work, params.id))
}

function mountFields(api: Api, kinds: Kinds): void {
  api.mount(fieldContract.listCustomFields, (work, { query }) =>
    fields.listCustomFields(work, query.kind, query.deleted === 'true'),
  )
  api.mount(fieldContract.createCustomField, (work, { body }) => fields.createCustomField(work, kinds, body))
  api.mount(fieldContract.changeCustomField, (work, { params, body }) =>
    fields.changeCustomField(work, kinds, params.id, body),
  )
  api.mount(fieldContract.previewFieldType, (work, { params, body }) =>
    previewFieldType(work, kinds, params.id, body),
  )
  api.mount(fieldContract.orderCustomFields, (work, { body }) => fields.orderCustomFields(work, kinds, body))
  api.mount(fieldContract.previewFieldDeletion, (work, { params }) =>
    fields.previewFieldDeletion(work, kinds, params.id),
  )
  api.mount(fieldContract.deleteCustomField, (work, { params, query }) =>
    fields.deleteCustomField(work, kinds, params.id, query.values),
  )
  api.mount(fieldContract.restoreCustomField, (work, { params }) =>
    fields.restoreCustomField(work, kinds, params.id),
  )
}

function mountLists(api: Api, kinds: Kinds): void {
  api.mount(listContract.listCodeLists, (work) => lists.listCodeLists(work, kinds))
  api.mount(listContract.findCodeList, (work, { params }) => lists.findCodeList(work, kinds, params.name))
  api.mount(listContract.countListUses, async (work, { params }) => ({
    uses: await lists.countOptionUses(work, kinds, params.name),
  }))
  api.mount(listContract.addListOption, (work, { params, body }) =>
    lists.addOption(work, kinds, params.name, body),
  )
  api.mount(listContract.changeListOption, (work, { params, body }) =>
    lists.changeOption(work, kinds, params.name, body),
  )
  api.mount(listContract.orderListOptions, (work, { params, body }) =>
    lists.orderOptions(work, kinds, params.name, body.values),
  )
  api.mount(listContract.deleteListOption, (work, { params, body }) =>
    lists.deleteOption(work, kinds, params.name, body.value),
  )
}
