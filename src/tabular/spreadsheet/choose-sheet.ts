/** Which sheets of a workbook are read: by name, by number, or all. */
import { refuseArchive } from '../archive-refusals.ts'
import type { WorkbookSheet } from './workbook.ts'

/** Numbers of the sheets from 0. A name goes before a number, because sheets may be called “2024”. */
export function chooseSheets(
  sheets: readonly WorkbookSheet[],
  wanted: string | number | undefined,
): number[] {
  if (wanted === undefined) return sheets.map((_, index) => index)
  const text = String(wanted)
  const folded = text.trim().toLowerCase()
  const exact = sheets.findIndex(({ name }) => name === text)
  const alike = exact !== -1 ? exact : sheets.findIndex(({ name }) => name.trim().toLowerCase() === folded)
  const index = alike !== -1 && typeof wanted === 'string' ? alike : Number(text) - 1
  const found = sheets[index] === undefined ? alike : index
  if (found === -1)
    throw refuseArchive('file.sheet_missing', {
      sheet: text,
      sheets: sheets.map(({ name }) => `“${name}”`).join(', '),
    })
  return [found]
}
