/** Templates as an administrator handles them: downloaded, filled in with another program, saved and uploaded. */
import { read, utils, type WorkSheet, write } from '@e965/xlsx'
import { apiRoot } from '../../src/platform/contract.ts'
import type { Visitor } from '../support/http.ts'
import type { Street } from '../support/imports.ts'

/** What stands in rows below the examples, by sheet and by header without its mark. */
export type Filling = Readonly<Record<string, readonly Readonly<Record<string, string | number>>[]>>

/** `query`: the kind with language and shape, `clients?language=cs&shape=two-tables`. */
export async function downloadTemplate(
  street: Street,
  query: string,
  as: Visitor = street.owner,
): Promise<Buffer> {
  const answer = await fetch(`${street.app.url}${apiRoot}/templates/${query}`, {
    headers: { cookie: as.cookie ?? '' },
  })
  if (!answer.ok) throw new Error(await answer.text())
  return Buffer.from(await answer.arrayBuffer())
}

/** Header rows of the sheets that a person sees, by sheet. */
export function headersOf(bytes: Buffer): Map<string, string[]> {
  const book = read(bytes)
  const seen = book.SheetNames.filter((_, at) => !book.Workbook?.Sheets?.[at]?.Hidden)
  return new Map(seen.map((name) => [name, firstRow(book.Sheets[name]!)]))
}

/** Everything that is written on one sheet. */
export function textOf(bytes: Buffer, sheet: string): string {
  return utils.sheet_to_csv(read(bytes).Sheets[sheet]!)
}

export function fillTemplate(bytes: Buffer, filling: Filling): Buffer {
  const book = read(bytes, { cellStyles: true })
  for (const [name, rows] of Object.entries(filling)) {
    const sheet = book.Sheets[name]
    if (!sheet) throw new Error(`There is no sheet ${name}: ${book.SheetNames.join(', ')}.`)
    fillSheet(sheet, rows)
  }
  return write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer
}

/** Below the header and the two examples. */
const firstFree = 3

function fillSheet(sheet: WorkSheet, rows: Filling[string]): void {
  const headers = firstRow(sheet).map(unmarked)
  const range = utils.decode_range(sheet['!ref']!)
  for (const [at, row] of rows.entries())
    for (const [header, value] of Object.entries(row)) {
      const c = headers.indexOf(header)
      if (c < 0) throw new Error(`There is no column ${header}: ${headers.join(', ')}.`)
      const r = firstFree + at
      sheet[utils.encode_cell({ r, c })] =
        typeof value === 'number' ? { t: 'n', v: value } : { t: 's', v: value }
      range.e.r = Math.max(range.e.r, r)
    }
  sheet['!ref'] = utils.encode_range(range)
}

function firstRow(sheet: WorkSheet): string[] {
  return utils.sheet_to_json<string[]>(sheet, { header: 1 })[0] ?? []
}

export function unmarked(header: string): string {
  return header.replace(/ \*$/, '')
}
