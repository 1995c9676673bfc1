/**
 * Card numbers in what is packed: workbooks and archives, whose bytes the tripwire of the receiving stream
 * cannot read. Feeds every cell of every sheet, hidden ones too, to the same tripwire; keeps no number.
 */
import type { ByteSource } from './byte-source.ts'
import { type CardHit, createCardTripwire } from './card-tripwire.ts'
import { openFile } from './file-reading.ts'
import type { Workbook } from './spreadsheet/workbook.ts'

/** `row` is the row of the sheet, or the record of the file. */
export type PackedCardHit = CardHit & { readonly sheet: string | null }

/** Null: nothing was found, or the file is plain text, which was scanned while it was received. */
export async function scanForCards(bytes: ByteSource, signal?: AbortSignal): Promise<PackedCardHit | null> {
  const { workbook, archive, bytes: inner } = await openFile(bytes)
  if (workbook !== null) return scanWorkbook(workbook, signal)
  if (archive === undefined) return null
  const tripwire = createCardTripwire()
  for await (const chunk of inner.open()) {
    signal?.throwIfAborted()
    const hit = tripwire.push(chunk)
    if (hit !== null) return { ...hit, sheet: null }
  }
  const hit = tripwire.finish()
  return hit === null ? null : { ...hit, sheet: null }
}

async function scanWorkbook(
  workbook: Workbook,
  signal: AbortSignal | undefined,
): Promise<PackedCardHit | null> {
  for (const [index, { name, hasCells }] of workbook.sheets.entries()) {
    if (!hasCells) continue
    const hit = await scanSheet(workbook, index, signal)
    if (hit !== null) return { ...hit, sheet: name }
  }
  return null
}

/** The sheet as lines of tab-separated text, blank rows too, so that a record's number is the sheet's row. */
async function scanSheet(workbook: Workbook, index: number, signal: AbortSignal | undefined) {
  const tripwire = createCardTripwire()
  let line = 1
  let column = 0
  for await (const { rows } of workbook.walkCells(index, { signal })) {
    let text = ''
    for (const cell of rows) {
      if (cell.type === 'blank' || cell.line < line) continue
      if (cell.line > line) {
        text += '\n'.repeat(cell.line - line)
        line = cell.line
        column = 0
      }
      if (cell.column > column) text += '\t'.repeat(cell.column - column)
      column = Math.max(column, cell.column)
      text += cell.text.replace(MARKS, '/')
    }
    const hit = text === '' ? null : tripwire.push(Buffer.from(text))
    if (hit !== null) return hit
  }
  return tripwire.finish()
}

/** What would be taken for the structure of a text file. */
const MARKS = /[\t\r\n",;|]/g
