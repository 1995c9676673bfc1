/**
 * The thirty nasty inputs, second half: values, and what only workbooks have. 1 to 11 and 13 are in
 * nasty-inputs.test.ts; 25 to 27 (duplicates, two records for a key, children before parents) concern what is in
 * the store already and are tests/scenarios/imports-*.test.ts: here they only have to come through as they are.
 */
import { describe, expect, test } from 'vitest'
import { buildXlsx, rowsXml, type SheetSpec } from '../../tests/fixtures/spreadsheet/build-workbook.ts'
import {
  bufferSource,
  createCardTripwire,
  detectReading,
  type ReadOptions,
  readRowBatches,
  scanForCards,
  undoFormulaGuard,
  writeCsv,
} from './tabular.ts'

async function readAll(input: string | Buffer, options: ReadOptions = {}) {
  const source = bufferSource('file', Buffer.from(input as string))
  const reading = await detectReading(source, options)
  const cells: (readonly string[])[] = []
  const lines: number[] = []
  const codes = reading.findings.map(({ code }) => code)
  for await (const batch of readRowBatches(source, reading, { source: 0 })) {
    cells.push(...batch.rows.map((row) => row.cells))
    lines.push(...batch.rows.map((row) => row.line))
    codes.push(...batch.findings.map(({ code }) => code))
  }
  return { reading, cells, lines, codes }
}

const sheet = (
  rows: string,
  more: Partial<SheetSpec> = {},
  formats: string[] = [],
  date1904 = false,
): Buffer => buildXlsx({ sheets: [{ name: 'S', rows, ...more }], formats, date1904 })

/** The same table as text and as a workbook. */
const bothOf = (table: readonly (readonly string[])[]): readonly [string, string | Buffer][] => [
  ['text', table.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n')],
  ['a workbook', sheet(rowsXml(table))],
]

const asItStands = async (table: readonly (readonly string[])[]): Promise<void> => {
  for (const [what, file] of bothOf(table))
    expect((await readAll(file, { headerRow: 1 })).cells, what).toEqual(table.slice(1))
}

describe('nasty values', () => {
  test('11 zeros in front, by the format of the cell', async () => {
    const rows = `${rowsXml([['zip', 'name']])}<row><c s="1"><v>7</v></c><c t="str"><v>x</v></c></row>`
    expect((await readAll(sheet(rows, {}, ['00000']))).cells).toEqual([['00007', 'x']])
  })

  test('12 numbers that have lost digits: text as it stands, a finding in a workbook', async () => {
    expect((await readAll('id,name\n4.68769E+11,x\n12345678901234567,y\n')).cells).toEqual([
      ['4.68769E+11', 'x'],
      ['12345678901234567', 'y'],
    ])
    const rows = `${rowsXml([['id', 'name']])}<row><c><v>1.23456789012346E+17</v></c><c t="str"><v>x</v></c></row>`
    expect((await readAll(sheet(rows))).codes).toEqual(['cell.long_number'])
  })

  test('13 14 several forms of dates in a column are one question, and no value is changed', async () => {
    const { cells, codes, reading } = await readAll(
      'when,n\n2024-01-02,1\n13/02/2024,2\n31.2.2024,3\n1/2/24,4\n',
    )
    expect(cells.map(([when]) => when)).toEqual(['2024-01-02', '13/02/2024', '31.2.2024', '1/2/24'])
    expect(reading.hints[0]!.dateOrder).toBe('unsettled')
    expect(codes).toEqual(['column.date_order_unsettled'])
  })

  test.each([
    [false, '2024-01-01'],
    [true, '2028-01-02'],
  ])('15 serial dates, 1904 %s', async (date1904, day) => {
    const rows = `${rowsXml([['name', 'when']])}<row><c t="str"><v>x</v></c><c s="1"><v>45292</v></c></row>`
    expect((await readAll(sheet(rows, {}, ['d.m.yyyy'], date1904))).cells).toEqual([['x', day]])
  })

  test('16 a day is a day in every time zone, and float dust is no second', async () => {
    const row = (serial: string): string =>
      `<row><c t="str"><v>x</v></c><c s="1"><v>${serial}</v></c><c s="2"><v>${serial}</v></c></row>`
    const head = rowsXml([['name', 'day', 'time']])
    const file = sheet(`${head}${row('45382')}${row('45382.4999999999')}`, {}, [
      'yyyy-mm-dd',
      'yyyy-mm-dd hh:mm',
    ])
    const zone = process.env['TZ']
    try {
      for (const there of ['Pacific/Apia', 'America/Los_Angeles', 'Europe/Prague']) {
        process.env['TZ'] = there
        expect((await readAll(file)).cells, there).toEqual([
          ['x', '2024-03-31', '2024-03-31T00:00:00'],
          ['x', '2024-03-31T12:00:00', '2024-03-31T12:00:00'],
        ])
      }
    } finally {
      if (zone === undefined) delete process.env['TZ']
      else process.env['TZ'] = zone
    }
  })

  test('17 signs, brackets, currencies and hard blanks of numbers stay as they stand', () =>
    asItStands([
      ['amount', 'note'],
      ['(32 000 €)', 'a'],
      ['$ 3,100', 'b'],
      ['1\u00a0234,56', 'c'],
      ['-1.234,56 Kč', 'd'],
    ]))

  test('18 formulas by what was computed; none computed and errors are told', async () => {
    const head = rowsXml([['a', 'b', 'c', 'd']])
    const row =
      '<row><c t="str"><v>x</v></c><c><f>1+1</f><v>2</v></c><c><f>B2*2</f></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    const { cells, codes } = await readAll(sheet(head + row))
    expect(cells).toEqual([['x', '2', '', '#DIV/0!']])
    expect(codes).toEqual(['cell.formula_without_value', 'cell.error_value'])
  })

  test('19 merged cells are filled, with a note, or only their first has the value', async () => {
    const rows = `${rowsXml([
      ['team', 'who'],
      ['North', 'Jan'],
    ])}<row><c/><c t="str"><v>Eva</v></c></row>`
    const file = sheet(rows, { after: '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>' })
    const filled = await readAll(file)
    expect(filled.cells[1]).toEqual(['North', 'Eva'])
    expect(filled.codes).toEqual(['sheet.merged'])
    expect((await readAll(file, { merged: 'top-left' })).cells[1]).toEqual(['', 'Eva'])
  })

  test('20 what is hidden is counted and asked about', async () => {
    const rows = `${rowsXml([
      ['name', 'note'],
      ['Jan', 'x'],
    ])}<row hidden="1"><c t="str"><v>Eva</v></c></row>`
    const file = sheet(rows, {
      before: '<cols><col min="2" max="2" hidden="1"/></cols>',
      after: '<autoFilter ref="A1:B3"/>',
    })
    const all = await readAll(file)
    expect(all.cells).toHaveLength(2)
    expect(all.codes).toEqual(['sheet.hidden_rows', 'sheet.hidden_columns', 'sheet.filtered'])
    expect((await readAll(file, { hidden: 'leave-out' })).cells).toEqual([['Jan']])
  })

  test('21 a sheet of 1,048,576 formatted rows ends with its last value, and keeps its row numbers', async () => {
    const table =
      '<row r="1"><c t="str"><v>name</v></c><c t="str"><v>n</v></c></row><row r="9"><c t="str"><v>x</v></c><c><v>1</v></c></row>'
    const blank = Array.from({ length: 100_000 }, (_, at) => `<row r="${at + 10}" s="1"/>`).join('')
    const last = '<row r="1048576"><c r="A1048576" s="0"/></row>'
    const { cells, lines } = await readAll(sheet(table + blank + last))
    expect(cells).toEqual([['x', '1']])
    expect(lines).toEqual([9])
  })

  test('22 words for nothing are left to the import, which knows the column', () =>
    asItStands([
      ['a', 'b', 'c'],
      ['NULL', 'N/A', '-'],
      ['none', '#N/A', '0000-00-00'],
    ]))

  test('23 invisible characters, smart quotes and decomposed letters are kept for the record', () =>
    asItStands([
      ['name', 'mail'],
      ['Nova\u0301k\u00a0', '\u200ba@x.cz'],
      ['„Pro“ \u2028', 'b@x.cz\u00ad'],
    ]))

  test('24 every word for yes stays the word', () =>
    asItStands([
      ['a', 'b', 'c'],
      ['TRUE', 'Ja', 'x'],
      ['yes', '1', 'ano'],
    ]))

  test('25 26 27 the same row twice, and rows in any order, all come', () =>
    asItStands([
      ['id', 'parent', 'mail'],
      ['2', '1', 'John@acme.com'],
      ['1', '', 'john@acme.com'],
      ['2', '1', 'John@acme.com'],
    ]))

  test('28 a card number is found in text and in a workbook, a token is none', async () => {
    const card = '4111111111111111'
    const token = 'pm_1N4111111111111111abc'
    for (const [number, isFound] of [
      [card, true],
      [token, false],
    ] as const) {
      const table = [
        ['customer', 'payment'],
        ['cus_1', number],
      ]
      const tripwire = createCardTripwire()
      const hit = tripwire.push(Buffer.from(bothOf(table)[0]![1] as string)) ?? tripwire.finish()
      expect(hit !== null).toBe(isFound)
      expect((await scanForCards(bufferSource('x', sheet(rowsXml(table))))) !== null).toBe(isFound)
    }
  })

  test('29 formulas in text are text; an export guards them, and reading it takes the guard away', async () => {
    const table = [
      ['name', 'phone', 'amount'],
      ["=cmd|' /C calc'!A0", '+420 777 123 456', '-12.5'],
      ['@SUM(1+1)', '+1-1', "'=1"],
    ]
    await asItStands(table)
    let written = ''
    for await (const piece of writeCsv([table])) written += piece
    expect(written).toContain("'=cmd")
    expect(written).toContain(',+420 777 123 456,-12.5')
    const { cells } = await readAll(written)
    expect(cells.map((row) => row.map(undoFormulaGuard))).toEqual(table.slice(1))
  })

  test('30 a web page under the name of a table is refused as that', async () => {
    for (const page of [
      '<!DOCTYPE html>\n<html><table><tr><td>a</td></tr></table></html>',
      '\ufeff<HTML><body>',
    ])
      await expect(readAll(page)).rejects.toMatchObject({
        code: 'file.not_a_table',
        params: { content: 'a web page' },
      })
    expect((await readAll('<tag>,b\n1,2\n')).cells).toEqual([['1', '2']])
  })
})
