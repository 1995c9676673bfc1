/** Mounts the operations of one kind, and those that are one for all kinds: the bin, undo, looking up. */
import type { Api } from '../../platform/http.ts'
import type { Kinds } from '../kind.ts'
import { listBinEntries, restoreEntry } from './bin.ts'
import { changeManyRecords } from './change-many.ts'
import type { RecordOperations } from './contract.ts'
import * as contract from './contract.ts'
import { listDuplicates } from './duplicates.ts'
import { listRecords } from './list-records.ts'
import { lookUpRecords } from './look-up.ts'
import { mergeRecords } from './merge.ts'
import { changeRecord, createRecord, findRecord } from './one-record.ts'
import { previewDeletion, removeManyRecords, removeRecord } from './remove.ts'
import { undoChange } from './undo-change.ts'

/** Operations that the kind does not offer are left out by its contract. */
export function mountRecords(
  api: Api,
  kinds: Kinds,
  kind: string,
  operations: Omit<RecordOperations, 'merge' | 'duplicates' | 'removeMany'> & Partial<RecordOperations>,
): void {
  api.mount(operations.list, (work, { query }) => listRecords(work, kinds, kind, query))
  if (operations.duplicates)
    api.mount(operations.duplicates, (work, { query }) => listDuplicates(work, kinds, kind, query.limit))
  api.mount(operations.find, (work, { params }) => findRecord(work, kinds, kind, params.id))
  api.mount(operations.create, (work, { body }) => createRecord(work, kinds, kind, body.values))
  api.mount(operations.changeMany, (work, { body }) => changeManyRecords(work, kinds, kind, body))
  api.mount(operations.change, (work, { params, body }) =>
    changeRecord(work, kinds, kind, params.id, body.version, body.values),
  )
  api.mount(operations.previewDeletion, (work, { params }) => previewDeletion(work, kinds, kind, params.id))
  api.mount(operations.remove, (work, { params, query }) =>
    removeRecord(work, kinds, kind, params.id, query.attached),
  )
  if (operations.removeMany)
    api.mount(operations.removeMany, (work, { body }) => removeManyRecords(work, kinds, kind, body))
  if (operations.merge)
    api.mount(operations.merge, (work, { params, body }) => mergeRecords(work, kinds, kind, params.id, body))
}

export function mountBin(api: Api, kinds: Kinds): void {
  api.mount(contract.listBin, (work, { query }) => listBinEntries(work, kinds, query))
  api.mount(contract.restoreFromBin, (work, { params }) => restoreEntry(work, kinds, params.id))
  api.mount(contract.undoChange, (work, { params, body }) =>
    undoChange(work, kinds, params.id, body.together),
  )
  api.mount(contract.lookUpRecords, (work, { params, query }) =>
    lookUpRecords(work, kinds, params.kind, query),
  )
}
