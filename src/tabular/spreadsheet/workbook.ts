/** What all spreadsheet formats come down to: named sheets whose rows can be walked, and what is said of them. */
import type { CellNote, CellValue } from './cell-values.ts'
import type { NumberFormat } from './number-formats.ts'
import type { SheetSurvey } from './sheet-survey.ts'

export type SheetState = 'visible' | 'hidden' | 'very-hidden'

export type WorkbookFormat = 'xlsx' | 'xlsm' | 'ods' | 'xls'

export type WorkbookSheet = {
  readonly name: string
  readonly state: SheetState
  /** Charts and dialogs are sheets without cells. */
  readonly hasCells: boolean
  /** Where it is known without a walk whether any cell has a value. */
  readonly hasRows?: boolean | undefined
  /** Read from a part that no relationship names, because the one that is named is missing. */
  readonly isRecovered?: boolean | undefined
}

export type SheetRow = {
  /** Row of the sheet, from 1. */
  readonly line: number
  readonly isHidden: boolean
  /** By column from the sheet's first; blank cells at the end are left out. */
  readonly cells: string[]
  readonly notes: readonly PlacedNote[] | null
  /** Columns whose cells are numbers with decimals; only where detection asks for them. */
  readonly decimals: readonly number[] | null
}

export type PlacedNote = { readonly column: number; readonly note: CellNote; readonly value: string }

export type PlacedCell = Readonly<CellValue> & {
  readonly line: number
  readonly column: number
  readonly format: NumberFormat
  readonly isHidden: boolean
}

/** Part of a sheet, with the share of it that has been read, from 0 to 1. */
export type SheetPiece<T> = { readonly rows: readonly T[]; readonly done: number }

export type WalkOptions = {
  readonly signal?: AbortSignal | undefined
  /** Rows that will be looked at; shared strings are then loaded only as far as they are likely to be needed. */
  readonly isPeek?: boolean | undefined
}

export type Workbook = {
  readonly format: WorkbookFormat
  readonly sheets: readonly WorkbookSheet[]
  /** Rows of a sheet that have a cell with text. */
  walkRows(sheet: number, options?: WalkOptions): AsyncGenerator<SheetPiece<SheetRow>, void, undefined>
  walkCells(sheet: number, options?: WalkOptions): AsyncGenerator<SheetPiece<PlacedCell>, void, undefined>
  /** Null: the sheet is so large that passing over it takes seconds, and `mayTakeLong` was not given. */
  survey(sheet: number, mayTakeLong: boolean): Promise<SheetSurvey | null>
}
