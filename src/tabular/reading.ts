/**
 * How a file is read: plain JSON that is detected, shown, overridden, stored and fed back to the reader.
 * Everything that decides which cells come out stands here; the reader adds nothing of its own.
 */
import type { Finding } from './finding.ts'

export type Row = {
  readonly source: number
  /** From 1, counting rows of data: header, preamble, comments and blank rows do not count. */
  readonly row: number
  /** Physical line on which the row starts, from 1. */
  readonly line: number
  /** Byte of the file at which the row starts, from 0. */
  readonly offset: number
  readonly cells: readonly string[]
}

export type RecordEnd = '\n' | '\r\n' | '\r' | 'mixed'

/** Short rows are padded with blanks; `refuse` makes each of them an error instead of a warning. */
export type RaggedPolicy = 'pad' | 'refuse'

export type TableFound = {
  /** From 1. */
  readonly table: number
  /** First record of this table's part of the file, from 0, blank lines counted. */
  readonly start: number
  /** Record after its last one, or null: to the end of the file. */
  readonly end: number | null
  readonly preambleRows: number
  readonly headerRows: number
  readonly footerRows: number
  readonly columns: number
}

export type ColumnHint = {
  readonly decimalMark: '.' | ',' | null
  readonly dateOrder: 'ymd' | 'dmy' | 'mdy' | 'unsettled' | null
}

/** What holds the file: it was unpacked on the way. */
export type ArchiveFound = { readonly kind: 'gzip' | 'zip'; readonly entry: string }

/** Rows and columns that the workbook hides: they are read, or left out. */
export type HiddenPolicy = 'include' | 'leave-out'

/** A merged range's value stands in each of its cells, or only in the first. */
export type MergedPolicy = 'fill' | 'top-left'

export type SheetFound = {
  readonly name: string
  readonly state: 'visible' | 'hidden' | 'very-hidden'
  /** False for charts and blank sheets. */
  readonly hasCells: boolean
}

export type SheetReading = {
  readonly name: string
  /** Which of `sheets`, from 0. */
  readonly index: number
  readonly sheets: readonly SheetFound[]
  /** Column of the sheet, from 0, for each column read: hidden ones may be left out. */
  readonly columnsRead: readonly number[]
  /** Null: so large that they are only counted while the rows are read. */
  readonly hiddenRows: number | null
  readonly hiddenColumns: number | null
  readonly mergedRanges: number | null
  readonly isFiltered: boolean | null
  readonly hidden: HiddenPolicy
  readonly merged: MergedPolicy
}

export type Reading = {
  /** `ods`: packed or flat; `xls`: whatever Excel wrote that is no XLSX (binary, packed binary, XML of 2003). */
  readonly format: 'csv' | 'xlsx' | 'xlsm' | 'ods' | 'xls'
  readonly archive?: ArchiveFound | undefined
  /** Only of workbooks; delimiter, quote and the like say nothing then. */
  readonly sheet?: SheetReading | undefined
  readonly encoding: string
  /** Bytes of the byte order mark that are skipped. */
  readonly bomLength: number
  readonly delimiter: string
  readonly quote: string | null
  readonly escape: string | null
  readonly comment: string | null
  readonly recordEnd: RecordEnd
  /** Whether a CR without LF ends a record. */
  readonly loneCr: boolean
  /** Whether a blank follows every delimiter and belongs to it. */
  readonly spaced: boolean
  /** Whether several delimiters in a row are one, as in columns set apart by blanks. */
  readonly merged: boolean
  /** Whether blanks stand between a delimiter and an opening quote. */
  readonly padded: boolean
  readonly ragged: RaggedPolicy
  /** Which of `tables` is read, from 1. */
  readonly table: number
  readonly tables: readonly TableFound[]
  readonly preambleRows: number
  readonly headerRows: number
  readonly footerRows: number
  /** Unique labels, one for each column. */
  readonly columns: readonly string[]
  /** The header as it stands in the file, rows joined by a blank; null when there is none. */
  readonly header: readonly string[] | null
  readonly hints: readonly ColumnHint[]
  /** Exact when the whole file was seen, otherwise by the bytes of the sample; null when the size is not known. */
  readonly rowsEstimated: number | null
  /** Whether they were counted: the whole table was seen. */
  readonly rowsCounted?: boolean | undefined
  readonly findings: readonly Finding[]
  /** The first rows, as `readRowBatches` gives them. */
  readonly sample: readonly Row[]
}

/** What a person may decide instead of the detection. */
export type ReadOptions = {
  readonly encoding?: string | undefined
  readonly delimiter?: string | undefined
  readonly quote?: string | null | undefined
  readonly escape?: string | null | undefined
  readonly comment?: string | null | undefined
  /** Record of the file that is the header, from 1 and counting blank lines; 0: there is none. */
  readonly headerRow?: number | undefined
  /** How many rows the header has. */
  readonly headerRows?: number | undefined
  readonly preambleRows?: number | undefined
  readonly footerRows?: number | undefined
  readonly table?: number | undefined
  readonly ragged?: RaggedPolicy | undefined
  /** Name of a workbook's sheet, or its number from 1. */
  readonly sheet?: string | number | undefined
  readonly hidden?: HiddenPolicy | undefined
  readonly merged?: MergedPolicy | undefined
  /** Rows in `sample`; 50 when not given. */
  readonly sampleRows?: number | undefined
}

export type Totals = {
  readonly rows: number
  readonly blankRows: number
  /** Rows with too few or too many cells. */
  readonly raggedRows: number
  readonly footerRows: number
  readonly commentRows: number
  readonly bytes: number
}

export type RowBatch = {
  readonly rows: readonly Row[]
  readonly findings: readonly Finding[]
  /** Bytes of the file read so far. */
  readonly bytesRead: number
  /** Only on the last batch. */
  readonly totals: Totals | null
}
