import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  buildOds,
  buildXlsx,
  rowsXml,
  type SheetSpec,
} from '../../../tests/fixtures/spreadsheet/build-workbook.ts'
import { bufferSource } from '../byte-source.ts'
import {
  type Cell,
  detectReading,
  type ReadOptions,
  type Row,
  readCells,
  readRowBatches,
} from '../tabular.ts'

async function readAll(bytes: Buffer, options: ReadOptions = {}, chunk?: number) {
  const source = bufferSource('test', bytes, chunk)
  const reading = await detectReading(source, options)
  const rows: Row[] = []
  const findings: string[] = []
  for await (const batch of readRowBatches(source, reading, { source: 0 })) {
    rows.push(...batch.rows)
    findings.push(...batch.findings.map(({ code }) => code))
  }
  const detected = reading.findings.map(({ code }) => code)
  return {
    reading,
    rows,
    cells: rows.map((row) => row.cells),
    lines: rows.map((row) => row.line),
    findings,
    detected,
  }
}

async function cellsOf(bytes: Buffer, sheet?: string | number): Promise<Cell[]> {
  const all: Cell[] = []
  const parts = await readCells(bufferSource('test', bytes), { sheet })
  for await (const part of parts!) all.push(...part)
  return all
}

/** The values of one sheet written with these formats: style 1 is the first. */
async function values(rows: string, formats: string[] = [], date1904 = false) {
  const all = await cellsOf(buildXlsx({ sheets: [{ name: 'S', rows }], formats, date1904 }))
  return all.map(({ value }) => value)
}

const one = (rows: string, more: Partial<SheetSpec> = {}): Buffer =>
  buildXlsx({ sheets: [{ name: 'S', rows, ...more }] })

const PEOPLE = rowsXml([
  ['name', 'city', 'age'],
  ['Jan', 'Brno', 31],
  ['Eva', 'Zlín', 28],
])

describe('a plain workbook', () => {
  test('gives rows with the sheet’s own row numbers', async () => {
    const { reading, rows } = await readAll(one(PEOPLE))
    expect(reading).toMatchObject({ format: 'xlsx', columns: ['name', 'city', 'age'], headerRows: 1 })
    expect(reading.sheet).toMatchObject({ name: 'S', index: 0, hiddenRows: 0, mergedRanges: 0 })
    expect(rows).toEqual([
      { source: 0, row: 1, line: 2, offset: 0, cells: ['Jan', 'Brno', '31'] },
      { source: 0, row: 2, line: 3, offset: 0, cells: ['Eva', 'Zlín', '28'] },
    ])
  })

  test('is the same whatever the size of its chunks', () =>
    fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 300 }), async (chunk) => {
        const { cells } = await readAll(one(PEOPLE), {}, chunk)
        expect(cells).toEqual([
          ['Jan', 'Brno', '31'],
          ['Eva', 'Zlín', '28'],
        ])
      }),
      { numRuns: 15 },
    ))

  test('rows and cells with addresses stay where they are, blank rows are counted', async () => {
    const rows = `<row r="3"><c r="B3" t="inlineStr"><is><t>id</t></is></c><c r="C3" t="inlineStr"><is><t>price</t></is></c></row><row r="4"><c r="C4"><v>5</v></c></row><row r="5"/><row r="9"><c r="B9"><v>2</v></c><c r="C9"><v>7</v></c></row>`
    const source = bufferSource('test', one(rows))
    const reading = await detectReading(source)
    const { cells, lines } = await readAll(one(rows))
    expect(reading.columns).toEqual(['Column A', 'id', 'price'])
    expect(lines).toEqual([4, 9])
    expect(cells).toEqual([
      ['', '', '5'],
      ['', '2', '7'],
    ])
  })

  test('prefixed names, single quotes, CDATA and comments are XML like any other', async () => {
    const xml = `<?xml version="1.0"?><x:worksheet xmlns:x="m"><x:sheetData><x:row r='1'><x:c r='A1' t='inlineStr'><x:is><x:t><![CDATA[a<b]]></x:t></x:is></x:c><!-- > --><x:c r="B1"><x:v>\n 12 </x:v></x:c></x:row></x:sheetData></x:worksheet>`
    const all = await cellsOf(one(xml))
    expect(all.map(({ ref, value }) => [ref, value])).toEqual([
      ['A1', 'a<b'],
      ['B1', 12],
    ])
  })

  test('UTF-16 parts are read', async () => {
    const sheet = `<?xml version="1.0" encoding="UTF-16"?><worksheet><sheetData><row><c t="str"><v>Žluť</v></c></row></sheetData></worksheet>`
    const bytes = buildXlsx({
      sheets: [{ name: 'S', rows: '' }],
      more: {
        'xl/worksheets/sheet1.xml': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(sheet, 'utf16le')]),
      },
    })
    expect((await cellsOf(bytes)).map(({ value }) => value)).toEqual(['Žluť'])
  })
})

describe('values', () => {
  test('shared strings: rich runs are joined, phonetic guides left out, codes and entities decoded', async () => {
    const strings = [
      '<si><r><t>Ži</t></r><r><rPr/><t xml:space="preserve">žka </t></r><rPh sb="0" eb="1"><t>guide</t></rPh></si>',
      '<si><t>a_x000D_b_x005F_x0041_</t></si>',
      '<si><t>&lt;&amp;&#x1F600;&unknown;</t></si>',
      '<si/>',
    ]
    const rows = `<row>${[0, 1, 2, 3, 0].map((i) => `<c t="s"><v>${i}</v></c>`).join('')}</row>`
    const all = await cellsOf(buildXlsx({ sheets: [{ name: 'S', rows }], strings }))
    expect(all.map(({ value }) => value)).toEqual(['Žižka ', 'a\rb_x0041_', '<&😀&unknown;', '', 'Žižka '])
  })

  test.each([
    ['0.30000000000000004', '0.3'],
    ['1.1000000000000001', '1.1'],
    ['1E-7', '0.0000001'],
    ['4.68769E+11', '468769000000'],
    ['-0', '0'],
    ['12.50', '12.5'],
    ['1e300', '1e+300'],
    ['1234567890123456789', '1234567890123456789'],
  ])('number %s is shown as %s', async (raw, shown) => {
    const { cells } = await readAll(
      one(`${rowsXml([['id', 'n']])}<row><c t="str"><v>x</v></c><c><v>${raw}</v></c></row>`),
    )
    expect(cells).toEqual([['x', shown]])
  })

  test.each([
    ['00000', '123', '00123'],
    ['000-00-0000', '12345678', '012-34-5678'],
    ['0%', '0.07', '7%'],
    ['0.00%', '0.12345', '12.345%'],
    ['#,##0.00\\ "Kč"', '1234.5', '1234.5'],
    ['[Red]0.00;[Blue]-0.00', '2', '2'],
    ['yyyy\\-mm\\-dd', '45000', '2023-03-15'],
    ['d/m/yyyy h:mm', '45000', '2023-03-15T00:00:00'],
    ['d/m/yyyy', '45000.75', '2023-03-15T18:00:00'],
    ['h:mm AM/PM', '0.75', '18:00:00'],
    ['[h]:mm', '1.5', '36:00:00'],
    ['[$-405]d. mmmm yyyy', '1', '1900-01-01'],
    ['dd/mm/yy', '59', '1900-02-28'],
    ['dd/mm/yy', '61', '1900-03-01'],
    ['mm:ss.0', '0.0000578704', '00:00:05'],
    ['0.00E+00', '12', '12'],
    ['"day" 0', '5', '5'],
    ['General', '45000', '45000'],
  ])('format %s shows %s as %s', async (format, raw, shown) => {
    const rows = `${rowsXml([['id', 'n']])}<row><c t="str"><v>x</v></c><c s="1"><v>${raw}</v></c></row>`
    const { cells } = await readAll(buildXlsx({ sheets: [{ name: 'S', rows }], formats: [format] }))
    expect(cells).toEqual([['x', shown]])
  })

  test('the 1904 system begins four years later', async () => {
    expect(
      await values('<row><c s="1"><v>0</v></c><c s="1"><v>43538</v></c></row>', ['yyyy-mm-dd'], true),
    ).toEqual(['1904-01-01', '2023-03-15'])
  })

  test('ISO dates, booleans, errors and formulas by their cached value', async () => {
    const rows = `<row><c t="d"><v>2024-02-29T00:00:00.000Z</v></c><c t="d"><v>2024-02-29T10:20:30</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c><f>1+1</f><v>2</v></c><c t="str"><f>A1</f><v/></c></row>`
    expect(await values(rows)).toEqual(['2024-02-29', '2024-02-29T10:20:30', true, '#N/A', 2, ''])
  })

  test('errors, formulas without a value, numbers too long and days that never were are told', async () => {
    const head = rowsXml([['a', 'b', 'c', 'd', 'e']])
    const row =
      '<row><c t="e"><v>#REF!</v></c><c><f>B1*2</f></c><c><v>1.23456789012346E+17</v></c><c s="1"><v>60</v></c><c><v>1</v></c></row>'
    const { cells, findings } = await readAll(
      buildXlsx({ sheets: [{ name: 'S', rows: head + row }], formats: ['d/m/y'] }),
    )
    expect(cells).toEqual([['#REF!', '', '123456789012346000', '1900-02-28', '1']])
    expect(findings).toEqual([
      'cell.error_value',
      'cell.formula_without_value',
      'cell.long_number',
      'cell.no_such_date',
    ])
  })
})

describe('what a person does not see', () => {
  const rows = `<row r="1"><c t="str"><v>name</v></c><c t="str"><v>note</v></c><c t="str"><v>age</v></c></row><row r="2"><c t="str"><v>Jan</v></c><c t="str"><v>x</v></c><c><v>1</v></c></row><row r="3" hidden="1"><c t="str"><v>Eva</v></c><c t="str"><v>y</v></c><c><v>2</v></c></row>`
  const hidden = {
    before: '<cols><col min="2" max="2" hidden="1"/></cols>',
    after: '<autoFilter ref="A1:C3"/>',
  }

  test('hidden rows, columns and a filter are read and asked about', async () => {
    const { reading, cells, detected } = await readAll(one(rows, hidden))
    expect(cells).toHaveLength(2)
    expect(reading.sheet).toMatchObject({ hiddenRows: 1, hiddenColumns: 1, isFiltered: true })
    expect(detected).toEqual(['sheet.hidden_rows', 'sheet.hidden_columns', 'sheet.filtered'])
  })

  test('they are left out by choice, and columns keep their places in the sheet', async () => {
    const { reading, cells } = await readAll(one(rows, hidden), { hidden: 'leave-out' })
    expect(reading.columns).toEqual(['name', 'age'])
    expect(reading.sheet!.columnsRead).toEqual([0, 2])
    expect(cells).toEqual([['Jan', '1']])
  })

  test('merged cells are filled, or stay in the first cell', async () => {
    const merged = `<row r="1"><c t="str"><v>team</v></c><c t="str"><v>who</v></c></row><row r="2"><c t="str"><v>North</v></c><c t="str"><v>Jan</v></c></row><row r="3"><c/><c t="str"><v>Eva</v></c></row>`
    const bytes = one(merged, { after: '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>' })
    expect((await readAll(bytes)).cells).toEqual([
      ['North', 'Jan'],
      ['North', 'Eva'],
    ])
    expect((await readAll(bytes, { merged: 'top-left' })).cells[1]).toEqual(['', 'Eva'])
    expect((await cellsOf(bytes)).find(({ ref }) => ref === 'A3')).toMatchObject({
      type: 'blank',
      merged: 'A2:A3',
    })
  })

  test('the first visible sheet with cells is read; others by name or number', async () => {
    const bytes = buildXlsx({
      sheets: [
        { name: 'Secret', state: 'hidden', rows: rowsXml([['a'], ['secret']]) },
        { name: 'Cover', rows: '' },
        { name: 'Data', rows: PEOPLE },
      ],
    })
    const { reading, detected } = await readAll(bytes)
    expect(reading.sheet!.name).toBe('Data')
    expect(reading.sheet!.sheets).toEqual([
      { name: 'Secret', state: 'hidden', hasCells: true },
      { name: 'Cover', state: 'visible', hasCells: false },
      { name: 'Data', state: 'visible', hasCells: true },
    ])
    expect(detected).toEqual(['sheet.others'])
    expect((await readAll(bytes, { sheet: 'secret' })).detected).toContain('sheet.is_hidden')
    expect((await readAll(bytes, { sheet: 3 })).reading.sheet!.name).toBe('Data')
    await expect(readAll(bytes, { sheet: 'None' })).rejects.toMatchObject({ code: 'file.sheet_missing' })
    expect((await cellsOf(bytes, 'Secret')).map(({ hidden }) => hidden)).toEqual([true, true])
  })
})

describe('the table in the sheet', () => {
  test('titles above it are left out and rows further right are told', async () => {
    const rows = rowsXml([
      ['Report of orders'],
      [],
      ['id', 'price', 'date'],
      ['a', 1.5, 'x'],
      ['b', 2.5, 'y'],
      ['Total', 4],
    ])
    const { reading, cells, findings, lines } = await readAll(one(rows))
    expect(reading).toMatchObject({ preambleRows: 2, headerRows: 1 })
    expect(lines).toEqual([4, 5, 6])
    expect(cells[2]).toEqual(['Total', '4', ''])
    expect(findings).toEqual(['row.totals'])
  })

  test('a sheet of formatted blank rows ends with its last value', async () => {
    const blank = Array.from(
      { length: 20_000 },
      (_, i) => `<row r="${i + 4}"><c r="A${i + 4}" s="0"/></row>`,
    ).join('')
    const { lines } = await readAll(one(PEOPLE + blank))
    expect(lines).toEqual([2, 3])
  })

  test('numbers keep their decimal mark whatever their digits look like', async () => {
    const { reading } = await readAll(
      one(
        rowsXml([
          ['id', 'n'],
          ['a', 1.234],
          ['b', 5.678],
        ]),
      ),
    )
    expect(reading.hints[1]!.decimalMark).toBe('.')
  })
})

describe('OpenDocument', () => {
  const cell = (attributes: string, text: string) =>
    `<table:table-cell ${attributes}><text:p>${text}</text:p></table:table-cell>`
  const string = (text: string) => cell('office:value-type="string"', text)

  test('types, repeats, paragraphs, comments and hidden rows', async () => {
    const rows = [
      `<table:table-row>${string('name')}${string('paid')}${string('when')}${string('share')}</table:table-row>`,
      `<table:table-row table:visibility="collapse">${string('Jan<text:s text:c="2"/>N')}${cell('office:value-type="float" office:value="7"', '007')}${cell('office:value-type="date" office:date-value="2024-02-29"', '29.2.')}${cell('office:value-type="percentage" office:value="0.125"', '13%')}</table:table-row>`,
      `<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string"><office:annotation><text:p>secret</text:p></office:annotation><text:p>a</text:p><text:p>b</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2" office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell>${cell('office:value-type="string" calcext:value-type="error"', '#N/A')}</table:table-row>`,
      '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>',
    ]
    const { reading, cells, lines, findings } = await readAll(
      buildOds(`<table:table table:name="T">${rows.join('')}</table:table>`),
    )
    expect(reading).toMatchObject({ format: 'ods', columns: ['name', 'paid', 'when', 'share'] })
    expect(reading.sheet).toMatchObject({ name: 'T', hiddenRows: 1 })
    expect(lines).toEqual([2, 3, 4])
    expect(cells).toEqual([
      ['Jan  N', '007', '2024-02-29', '12.5%'],
      ['a\nb', 'TRUE', 'TRUE', '#N/A'],
      ['a\nb', 'TRUE', 'TRUE', '#N/A'],
    ])
    expect(findings).toEqual(['cell.error_value', 'cell.error_value'])
  })

  test('a row repeated without end is refused', async () => {
    const row = `<table:table-row table:number-rows-repeated="16000000">${string('x')}</table:table-row>`
    const bytes = buildOds(`<table:table table:name="T">${row}</table:table>`)
    await expect(readAll(bytes)).rejects.toMatchObject({ code: 'file.expands_too_far' })
  })
})
