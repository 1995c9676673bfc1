/** What the worker that reads old workbooks and its caller say to each other. */
import type { MergedRange } from './sheet-survey.ts'
import type { SheetState } from './workbook.ts'

export type XlsSheet = {
  readonly name: string
  readonly state: SheetState
  readonly hasCells: boolean
  readonly merged: readonly MergedRange[]
  readonly hiddenRows: readonly number[]
  readonly hiddenColumns: readonly number[]
  readonly isFiltered: boolean
}

/** Row and column from 0; `raw` as a file would have it. */
export type XlsCell = {
  readonly row: number
  readonly column: number
  readonly type: 'n' | 's' | 'b' | 'e'
  readonly raw: string
  readonly format: string
  readonly isUncalculated: boolean
}

export type XlsRequest = { readonly sheet: number; readonly from: number }

export type XlsAnswer =
  | { readonly kind: 'opened'; readonly sheets: readonly XlsSheet[]; readonly is1904: boolean }
  | { readonly kind: 'refused'; readonly isEncrypted: boolean }
  /** `next`: the row to ask for after these, or null: these were the last. */
  | {
      readonly kind: 'rows'
      readonly cells: readonly XlsCell[]
      readonly next: number | null
      readonly done: number
    }
