/** A workbook to be written: sheets with columns, cells, looks, drop-downs and notes, as plain data. */

export type Look = {
  readonly bold?: boolean
  readonly italic?: boolean
  readonly size?: number
  /** Of the text, and of the cell: `2148C7`. */
  readonly colour?: string
  readonly fill?: string
  /** Colour of a line below the cell. */
  readonly line?: string
  readonly wrap?: boolean
  readonly align?: 'left' | 'right' | 'center'
  readonly top?: boolean
  readonly indent?: number
  /** Number format's code; `@` is text. */
  readonly format?: string
}

export type DraftCell = {
  readonly value: string | number | null
  readonly look?: Look
  /** Shown when the pointer rests on the cell. */
  readonly note?: string
  /** A place in the same workbook: `Clients!A1`. */
  readonly link?: string
}

/** What a cell may hold, and what is said when it is chosen and when something else is typed. */
export type Rule = {
  readonly column: number
  /** Rows from this one on, from 1, to the end of the sheet. */
  readonly from: number
  readonly allow:
    | { readonly type: 'any' }
    /** A range such as `Lists!$A$1:$A$9`. */
    | { readonly type: 'list'; readonly range: string }
    | { readonly type: 'whole' | 'decimal'; readonly min?: number; readonly max?: number }
    /** From 1 January 1900, before which spreadsheets know no days. */
    | { readonly type: 'date' }
    | { readonly type: 'length'; readonly max: number }
  /** What is typed against the rule is refused, or only asked about. */
  readonly isStrict: boolean
  readonly title: string
  readonly prompt: string
  readonly error: string
}

export type DraftSheet = {
  readonly name: string
  readonly state?: 'visible' | 'hidden' | 'very-hidden'
  readonly tab?: string
  /** Width in characters; the look that cells have which nobody has filled yet. */
  readonly columns: readonly { readonly width: number; readonly look?: Look }[]
  readonly rows: readonly (readonly DraftCell[])[]
  /** Points, by row from 0. */
  readonly heights?: ReadonlyMap<number, number>
  readonly frozen?: { readonly rows: number; readonly columns: number }
  readonly rules?: readonly Rule[]
  /** Cells over several columns: row and columns from 0. */
  readonly merged?: readonly { readonly row: number; readonly from: number; readonly to: number }[]
  readonly hasGrid?: boolean
  readonly isLandscape?: boolean
}

export type DraftWorkbook = {
  readonly title: string
  readonly author: string
  readonly madeAt: Date
  readonly sheets: readonly DraftSheet[]
}
