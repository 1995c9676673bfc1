/**
 * Merged ranges while rows go by: remembers the value of each range's first cell and puts it into the others.
 * Holds only the ranges that reach the present row.
 */
import type { MergedRange } from './sheet-survey.ts'

export type MergeFiller = {
  /** Every row from the top passes here, so that first cells are known. `row` from 0. */
  pass(cells: readonly string[], row: number): void
  /** Writes into `cells`, only into blank ones, and only as far as the columns that are read. */
  fill(cells: string[], row: number, columns: readonly number[]): void
}

type Active = MergedRange & { value: string }

export function createMergeFiller(ranges: readonly MergedRange[]): MergeFiller {
  if (ranges.length === 0) return { pass: () => undefined, fill: () => undefined }
  const waiting = [...ranges].sort((a, b) => a.top - b.top)
  let active: Active[] = []
  let next = 0
  return {
    pass(cells, row) {
      if (active.some(({ bottom }) => bottom < row)) active = active.filter(({ bottom }) => bottom >= row)
      for (; next < waiting.length && waiting[next]!.top <= row; next++) {
        const range = waiting[next]!
        if (range.top === row) active.push({ ...range, value: cells[range.left] ?? '' })
      }
    },
    fill(cells, _row, columns) {
      const last = columns.at(-1) ?? -1
      for (const { left, right, value } of active) {
        if (value === '') continue
        for (let column = left; column <= Math.min(right, last); column++) {
          while (cells.length <= column) cells.push('')
          if (cells[column] === '') cells[column] = value
        }
      }
    },
  }
}
