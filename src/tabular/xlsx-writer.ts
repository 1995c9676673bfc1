/**
 * Rows of text into a workbook of one sheet, streamed. Every cell is a text cell, so zeros, long numbers and
 * dates stay what they are and a formula start is only text. Past the sheet's last row another sheet follows.
 */
import { Readable } from 'node:stream'
import { writeXlsxStream } from 'hucre/xlsx'
import { keepApostrophe } from './csv-writer.ts'

export function writeXlsx(sheet: string, batches: AsyncIterable<readonly (readonly string[])[]>): Readable {
  const stream = writeXlsxStream(rowsOf(batches), { name: sheetName(sheet) })
  return Readable.fromWeb(stream)
}

/** What the format takes as the name of a sheet: 31 characters, without those that mean something in a reference. */
function sheetName(text: string): string {
  const plain = text
    .replace(/[\\/?*[\]:]/g, ' ')
    .slice(0, 31)
    .trim()
  return plain === '' ? 'Sheet1' : plain
}

async function* rowsOf(batches: AsyncIterable<readonly (readonly string[])[]>): AsyncGenerator<string[]> {
  for await (const batch of batches)
    for (const row of batch) yield row.map((cell) => escapeCode(keepApostrophe(cell)))
}

/** Text that looks like a character code of the format (`_x0041_`) would be read as that character. */
export function escapeCode(text: string): string {
  return text.includes('_x') ? text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_') : text
}
