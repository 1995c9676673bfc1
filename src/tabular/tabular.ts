/**
 * The door of `tabular`: files ↔ rows, no database. `detectReading` says how a file is read (JSON that can
 * be stored and overridden), `readRowBatches` gives its rows in flat memory, each with its place.
 */
export { type ByteSource, bufferSource, fileSource } from './byte-source.ts'
export { type CardHit, type CardTripwire, createCardTripwire, type TripwireState } from './card-tripwire.ts'
export { columnLetters } from './columns.ts'
export { type ReadRowsOptions, readRowBatches } from './csv-reader.ts'
export { undoFormulaGuard, type WriteOptions, writeCsv, writeCsvRows } from './csv-writer.ts'
export { detectReading } from './detect-reading.ts'
export type { Finding, FindingCatalogue, FindingDeclaration, Severity } from './finding.ts'
export { declareFindings } from './finding.ts'
export { tabularFindings } from './findings.ts'
export type {
  ColumnHint,
  RaggedPolicy,
  Reading,
  ReadOptions,
  RecordEnd,
  Row,
  RowBatch,
  TableFound,
  Totals,
} from './reading.ts'
export { refuseFile } from './refusals.ts'
export { writeXlsx } from './xlsx-writer.ts'
