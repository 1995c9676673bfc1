import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { buildXlsx, buildZip, rowsXml } from '../../tests/fixtures/spreadsheet/build-workbook.ts'
import { bufferSource } from './byte-source.ts'
import { scanForCards } from './tabular.ts'

const CARD = '4111111111111111'
const csv = `id,pan\n1,${CARD}\n`
const sheet = rowsXml([
  ['id', 'card number'],
  ['1', '4111 1111 1111 1111'],
])

const scan = (bytes: Uint8Array) => scanForCards(bufferSource('test', bytes))

describe('card numbers in packed files', () => {
  test('are found in text and number cells of any sheet', async () => {
    const clean = {
      name: 'Clean',
      rows: rowsXml([
        ['id', 'note'],
        ['1', 'a, b; c'],
      ]),
    }
    expect(await scan(buildXlsx({ sheets: [clean] }))).toBeNull()
    expect(
      await scan(buildXlsx({ sheets: [clean, { name: 'Cards', state: 'hidden', rows: sheet }] })),
    ).toMatchObject({
      sheet: 'Cards',
      row: 2,
      column: 1,
      columnName: 'card number',
    })
    const numbers = `<row r="4"><c r="B4" t="str"><v>pan</v></c></row><row r="9"><c r="B9"><v>${CARD}</v></c></row>`
    expect(await scan(buildXlsx({ sheets: [{ name: 'S', rows: numbers }] }))).toMatchObject({ row: 9 })
  })

  test('are found in archives, and plain text is left to the receiving stream', async () => {
    expect(await scan(gzipSync(csv))).toMatchObject({ row: 2, column: 1, sheet: null })
    expect(await scan(buildZip({ 'a.csv': csv }))).toMatchObject({ row: 2, column: 1 })
    expect(await scan(Buffer.from(csv))).toBeNull()
  })
})
