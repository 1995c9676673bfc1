/** What a scanner of a document of several tables tells as it goes. */
import type { RowSink } from './sheet-scanner.ts'
import type { SheetState } from './workbook.ts'

export type TableSink = RowSink & {
  /** A table begins; false: its rows are passed over. */
  table(name: string, isHidden: boolean): boolean
  /** Columns from 0 that the table hides. */
  hiddenColumns(from: number, count: number): void
  /** A count of 0 with a filter: one is set, whatever it hides. */
  hiddenRows(count: number, isFiltered: boolean): void
  merged(top: number, left: number, rows: number, columns: number): void
  /** True: nothing more is wanted. The state is given where it stands below the table. */
  endTable(state?: SheetState): boolean
}

export type TableScanner = {
  /** True once nothing more is wanted. */
  take(piece: string, isLast: boolean): boolean
}
