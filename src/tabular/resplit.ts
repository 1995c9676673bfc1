/**
 * A row that was written with another delimiter than its file: split there when that, and nothing else,
 * gives it the width of the table. Never a guess about where a missing delimiter stood.
 */
import { plainPiece } from './cell-cutter.ts'
import { type Dialect, SCAN_LIMITS } from './csv-dialect.ts'
import { createRecordScanner } from './csv-records.ts'

const OTHERS = [',', ';', '\t', '|', ' ']

export type Resplit = { readonly cells: string[]; readonly delimiter: string }

export function resplitRecord(raw: string, width: number, dialect: Dialect): Resplit | null {
  if (width < 3) return null
  for (const delimiter of OTHERS) {
    if (delimiter === dialect.delimiter && !dialect.spaced) continue
    if (raw.split(delimiter, width).length < width) continue
    const other: Dialect = { ...dialect, delimiter, spaced: false, padded: false }
    const { cells } = createRecordScanner(other, SCAN_LIMITS).scan(plainPiece(raw), true)
    if (cells.length !== 1 || cells[0]!.length !== width) continue
    // The file's own delimiter may stand in quotes only, or the row is of the file's sort after all.
    const isOther = cells[0]!.every(
      (cell) => !cell.includes(dialect.delimiter) || isQuoted(cell, raw, dialect.quote),
    )
    if (isOther) return { cells: cells[0]!, delimiter }
  }
  return null
}

function isQuoted(cell: string, raw: string, quote: string | null): boolean {
  return quote !== null && raw.includes(quote + cell.replaceAll(quote, quote + quote) + quote)
}
