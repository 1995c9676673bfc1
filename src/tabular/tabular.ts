/**
 * The door of `tabular`: files ↔ rows, no database. `detectReading` says how a file is read (JSON that can
 * be stored and overridden), `readRowBatches` gives its rows in flat memory, each with its place.
 */

export { refuseArchive } from './archive-refusals.ts'
export { type ByteSource, bufferSource, fileSource } from './byte-source.ts'
export { type CardHit, type CardTripwire, createCardTripwire, type TripwireState } from './card-tripwire.ts'
export { tabularFindings } from './catalogue.ts'
export { columnLetters } from './columns.ts'
export type { ReadRowsOptions } from './csv-reader.ts'
export { undoFormulaGuard, type WriteOptions, writeCsv, writeCsvRows } from './csv-writer.ts'
export { type Contents, type ContentsPart, listContents } from './file-contents.ts'
export { detectReading, readCells, readRowBatches } from './file-reading.ts'
export type { Finding, FindingCatalogue, FindingDeclaration, Severity } from './finding.ts'
export { declareFindings } from './finding.ts'
export type {
  ArchiveFound,
  ColumnHint,
  HiddenPolicy,
  MergedPolicy,
  RaggedPolicy,
  Reading,
  ReadOptions,
  RecordEnd,
  Row,
  RowBatch,
  SheetFound,
  SheetReading,
  TableFound,
  Totals,
} from './reading.ts'
export { refuseFile } from './refusals.ts'
export { type PackedCardHit, scanForCards } from './scan-for-cards.ts'
export type { Cell, ReadCellsOptions } from './spreadsheet/read-cells.ts'
export type { DraftCell, DraftSheet, DraftWorkbook, Look, Rule } from './workbook/draft.ts'
export { writeWorkbook } from './workbook/write-workbook.ts'
export { writeXlsx } from './xlsx-writer.ts'
