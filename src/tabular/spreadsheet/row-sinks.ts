/** Where a scanner puts what it reads: rows of text for the import, or cells with all that is known of them. */
import { type CellValue } from './cell-values.ts'
import type { NumberFormat } from './number-formats.ts'
import type { RowSink } from './sheet-scanner.ts'
import type { PlacedCell, PlacedNote, SheetRow } from './workbook.ts'

export type Collected<T> = RowSink & { drain(): T[] }

const MOST_TEMPLATE = 1024

export function collectRows(wantsDecimals: boolean): Collected<SheetRow> {
  let rows: SheetRow[] = []
  let line = 0
  let isHidden = false
  let cells: string[] = []
  let filled = 0
  // Copied for each row: an array that grows cell by cell takes more than twice the memory.
  let template: string[] = []
  let notes: PlacedNote[] | null = null
  let decimals: number[] | null = null
  return {
    row(at, hidden) {
      line = at
      isHidden = hidden
      cells = template.slice()
      filled = 0
      notes = null
      decimals = null
    },
    cell(column, { type, text, note }) {
      if (note !== null) {
        notes ??= []
        notes.push({ column, note, value: text })
      }
      if (text === '') return
      if (column >= filled) filled = column + 1
      if (column < cells.length) cells[column] = text
      else {
        while (cells.length < column) cells.push('')
        cells.push(text)
      }
      if (wantsDecimals && type === 'number' && text.includes('.')) {
        decimals ??= []
        decimals.push(column)
      }
    },
    endRow() {
      if (filled < cells.length) cells.length = filled
      if (filled > 0 && filled !== template.length && filled <= MOST_TEMPLATE)
        template = Array.from({ length: filled }, () => '')
      if (filled > 0 || notes !== null) rows.push({ line, isHidden, cells, notes, decimals })
    },
    drain() {
      const drained = rows
      rows = []
      return drained
    },
  }
}

export function collectCells(): Collected<PlacedCell> {
  let cells: PlacedCell[] = []
  let line = 0
  let isHidden = false
  return {
    row(at, hidden) {
      line = at
      isHidden = hidden
    },
    cell(column: number, { type, text, value, note }: CellValue, format: NumberFormat) {
      cells.push({ line, column, isHidden, type, text, value, note, format })
    },
    endRow() {},
    drain() {
      const drained = cells
      cells = []
      return drained
    },
  }
}
