/**
 * Templates to fill in (RN-03 to RN-07, RN-18, RN-20): made for the organisation as it is now, filled, saved by other
 * programs, and known again when they come back.
 */
import { read, utils, type WorkBook, write } from '@e965/xlsx'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCustomField, deleteCustomField } from '../../src/kinds/custom-fields/contract.ts'
import { apiRoot } from '../../src/platform/contract.ts'
import { bufferSource, detectReading, readCells } from '../../src/tabular/tabular.ts'
import { openStreet, type Street } from '../support/imports.ts'

let street: Street
beforeAll(async () => {
  street = await openStreet()
})
afterAll(() => street.close())

async function download(query: string, of: Street = street): Promise<Buffer> {
  const answer = await fetch(`${of.app.url}${apiRoot}/templates/${query}`, {
    headers: { cookie: of.owner.cookie! },
  })
  expect(answer.status).toBe(200)
  return Buffer.from(await answer.arrayBuffer())
}

type Filling = Readonly<Record<string, readonly Readonly<Record<string, string | number>>[]>>

/** Fills rows below the examples, by header, and saves the workbook as another program does. */
function fill(bytes: Buffer, filling: Filling): Buffer {
  const book = read(bytes, { cellStyles: true })
  for (const [name, rows] of Object.entries(filling)) {
    const sheet = book.Sheets[name]
    if (!sheet) throw new Error(`There is no sheet ${name}: ${book.SheetNames.join(', ')}.`)
    const headers = utils.sheet_to_json<string[]>(sheet, { header: 1 })[0]!
    for (const [at, row] of rows.entries())
      for (const [header, value] of Object.entries(row)) {
        const column = headers.findIndex((text) => text.replace(/ \*$/, '') === header)
        if (column < 0) throw new Error(`There is no column ${header}: ${headers.join(', ')}.`)
        const ref = utils.encode_cell({ r: 3 + at, c: column })
        sheet[ref] = typeof value === 'number' ? { t: 'n', v: value } : { t: 's', v: value }
        const range = utils.decode_range(sheet['!ref']!)
        sheet['!ref'] = utils.encode_range({ s: range.s, e: { r: Math.max(range.e.r, 3 + at), c: range.e.c } })
      }
  }
  return write(book as WorkBook, { type: 'buffer', bookType: 'xlsx' }) as Buffer
}

const worth = (findings: readonly { code: string }[]): string[] =>
  findings.map(({ code }) => code).filter((code) => code !== 'row.is_example')

describe('what is in a template', () => {
  test.each([
    ['clients', 'en', 'one-table', ['Instructions', 'Clients']],
    ['clients', 'cs', 'one-table', ['Pokyny', 'Klienti']],
    ['clients', 'en', 'two-tables', ['Instructions', 'Clients', 'Contact persons']],
    ['clients', 'cs', 'two-tables', ['Pokyny', 'Klienti', 'Kontaktní osoby']],
  ])('%s, %s, %s: read by us and by another library', async (kind, language, shape, visible) => {
    const bytes = await download(`${kind}?language=${language}&shape=${shape}`)
    const reading = await detectReading(bufferSource('t.xlsx', bytes), { sheet: visible[1]! })
    expect(reading.sheet?.sheets.filter(({ state }) => state === 'visible').map(({ name }) => name)).toEqual(
      visible,
    )
    expect(reading.headerRows).toBe(1)
    expect(reading.sample.map(({ cells }) => cells[0]!.split(' ')[0])).toEqual(
      language === 'en' ? ['EXAMPLE', 'EXAMPLE'] : ['PŘÍKLAD', 'PŘÍKLAD'],
    )
    const book = read(bytes)
    const other = utils.sheet_to_json<string[]>(book.Sheets[visible[1]!]!, { header: 1 })
    expect(other[0]).toEqual(reading.columns)
  })
})

describe('a filled template', () => {
  test('RN-04 one table: a client with contact persons in numbered columns, nothing to assign', async () => {
    const filled = fill(await download('clients?language=en'), {
      Clients: [
        {
          Name: 'Alder Mill',
          'Registration number': '00123456',
          'Billing country': 'Germany',
          'Contact person 1 – Last name': 'Birch',
          'Contact person 6 – Last name': 'Rowan',
        },
      ],
    })
    const view = await street.load(filled, { name: 'filled.xlsx' })
    expect(worth(await street.findings(view.id))).toEqual([])
    expect(view.status).toBe('completed')
    expect(view.counts).toMatchObject({ rows: 3, loaded: 1, skipped: 2, failed: 0, created: 3 })
    const [client] = await street.stored<{ reg: string }>(
      `select reg_number as reg from carryover.clients where name = 'Alder Mill'`,
    )
    expect(client?.reg).toBe('00123456')
  })
})
void createCustomField
void deleteCustomField
void readCells
