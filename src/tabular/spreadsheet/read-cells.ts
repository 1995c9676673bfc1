/**
 * Every cell of a workbook with what is known of it: type, value, number format, whether it is hidden or
 * merged. For those who want the sheet and not the table.
 */
import { columnLetters } from '../columns.ts'
import type { CellType } from './cell-values.ts'
import { chooseSheets } from './choose-sheet.ts'
import type { MergedRange } from './sheet-survey.ts'
import type { Workbook } from './workbook.ts'

export type Cell = {
  readonly sheet: string
  /** As spreadsheets write it: `B12`. */
  readonly ref: string
  readonly type: CellType
  /** Dates and times as ISO text, errors as their code, blank cells null. */
  readonly value: string | number | boolean | null
  /** The number format's code. */
  readonly format: string
  /** In a hidden row, column or sheet. */
  readonly hidden: boolean
  /** The merged range that the cell belongs to (`A1:C1`), or null. Only its first cell has a value. */
  readonly merged: string | null
}

export type ReadCellsOptions = {
  /** Name of the only sheet to read, or its number from 1; all when not given. */
  readonly sheet?: string | number | undefined
  readonly signal?: AbortSignal | undefined
}

export async function* cellsOf(
  workbook: Workbook,
  options: ReadCellsOptions,
): AsyncGenerator<Cell[], void, undefined> {
  for (const index of chooseSheets(workbook.sheets, options.sheet)) {
    const { name, state } = workbook.sheets[index]!
    const survey = await workbook.survey(index, true)
    const hiddenColumns = new Set(survey?.hiddenColumns)
    const mergedAt = rangeFinder(survey?.merged ?? [])
    for await (const { rows } of workbook.walkCells(index, { signal: options.signal })) {
      if (rows.length === 0) continue
      yield rows.map(({ line, column, type, value, format, isHidden }) => ({
        sheet: name,
        ref: columnLetters(column) + line,
        type,
        value,
        format: format.code,
        hidden: isHidden || state !== 'visible' || hiddenColumns.has(column),
        merged: mergedAt(line - 1, column),
      }))
    }
  }
}

/** Finds the range of a cell; cells come row by row, so only ranges that reach the present row are looked at. */
function rangeFinder(ranges: readonly MergedRange[]): (row: number, column: number) => string | null {
  if (ranges.length === 0) return () => null
  const waiting = [...ranges].sort((a, b) => a.top - b.top)
  let active: MergedRange[] = []
  let next = 0
  let at = -1
  return (row, column) => {
    if (row !== at) {
      if (row < at) {
        next = 0
        active = []
      }
      at = row
      active = active.filter((range) => range.bottom >= row)
      for (; next < waiting.length && waiting[next]!.top <= row; next++)
        if (waiting[next]!.bottom >= row) active.push(waiting[next]!)
    }
    const range = active.find(({ left, right }) => column >= left && column <= right)
    return range === undefined ? null : rangeName(range)
  }
}

function rangeName({ top, left, bottom, right }: MergedRange): string {
  return `${columnLetters(left)}${top + 1}:${columnLetters(right)}${bottom + 1}`
}
