/** Where a cell stands in the file that a person has: the sheet, and the cell as spreadsheets write it (C15). */
import type { FindingView, ImportView } from '../../src/imports/contract.ts'

type Source = ImportView['sources'][number]

/** The letters of a column as spreadsheets write them: A, B, …, Z, AA. */
function lettersOf(column: number): string {
  let letters = ''
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  return letters
}

/** Null where the file is no workbook, or the finding is not about a place. */
export function cellOf(source: Source | undefined, { column, line }: FindingView): string | null {
  const sheet = source?.reading.sheet
  if (!sheet || line === 0) return null
  if (column === null) return String(line)
  const left = new Set(sheet.hidden === 'leave-out' ? (sheet.hiddenColumnNames ?? '').split(', ') : [])
  // Columns are counted without those that were left out; the sheet has them all.
  let at = -1
  for (let seen = -1; seen < column; ) {
    at += 1
    if (!left.has(lettersOf(at))) seen += 1
  }
  return `${lettersOf(at)}${line}`
}

/** "clients.xlsx · Contacts": the file, and the sheet where there are sheets. */
export function sourceName(source: Source): string {
  return [source.fileName, source.reading.sheet?.name].filter(Boolean).join(' · ')
}
