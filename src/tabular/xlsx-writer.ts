/**
 * Rows of text into a workbook of one sheet, streamed. Every cell is a text cell, so zeros, long numbers and
 * dates stay what they are and a formula start is only text. Past the sheet's last row another sheet follows.
 */
import { Readable } from 'node:stream'
import { writeXlsxStream } from 'hucre/xlsx'

export function writeXlsx(sheet: string, batches: AsyncIterable<readonly (readonly string[])[]>): Readable {
  const stream = writeXlsxStream(rowsOf(batches), { name: sheet })
  return Readable.fromWeb(stream)
}

async function* rowsOf(batches: AsyncIterable<readonly (readonly string[])[]>): AsyncGenerator<string[]> {
  for await (const batch of batches) for (const row of batch) yield row.map(escapeCode)
}

/** Text that looks like a character code of the format (`_x0041_`) would be read as that character. */
export function escapeCode(text: string): string {
  return text.includes('_x') ? text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_') : text
}
