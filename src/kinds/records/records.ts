/**
 * Records of any kind, driven by its declaration: listed, found, made, changed, deleted into a bin, merged. Modules
 * mount these operations for their kinds and add only what is their own. The door for records.
 */
export { recordEvents } from './events.ts'
export { mountBin, mountRecords } from './mount-records.ts'
export {
  applyChanges,
  createRecord,
  findRecord,
  requireRecord,
  requireVersion,
  viewRecord,
} from './one-record.ts'
export { filterConditions, type RecordFilter } from './record-filter.ts'
export { accessOf, openRecords, type RecordScope, titleColumn } from './record-scope.ts'
export type { Values } from './record-values.ts'
export { recordOrder } from './records.store.ts'
export { type AttachedMode, previewDeletion, removeRecord } from './remove.ts'
