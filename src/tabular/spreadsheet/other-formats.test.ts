/** Workbooks that are no package of XML parts: binary, packed binary, flat OpenDocument and XML of 2003. */
import { utils, write } from '@e965/xlsx'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../../platform/refusal.ts'
import { bufferSource } from '../byte-source.ts'
import { type Cell, detectReading, type ReadOptions, readCells, readRowBatches } from '../tabular.ts'

async function readAll(bytes: Buffer, options: ReadOptions = {}) {
  // The name says nothing: content decides.
  const source = bufferSource('clients.csv', bytes, 1000)
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

async function cellsOf(bytes: Buffer): Promise<Cell[]> {
  const all: Cell[] = []
  for await (const part of (await readCells(bufferSource('x', bytes)))!) all.push(...part)
  return all
}

function binary(bookType: 'biff8' | 'xlsb' | 'biff5', date1904 = false): Buffer {
  const sheet = utils.aoa_to_sheet([
    ['id', 'name', 'since', 'share', 'zip', 'active'],
    [
      1,
      'Žofie Nováková',
      { t: 'n', v: 45_292, z: 'yyyy-mm-dd' },
      { t: 'n', v: 0.25, z: '0%' },
      { t: 'n', v: 7, z: '00000' },
      true,
    ],
    [
      2,
      'Bob',
      { t: 'n', v: 45_293.5, z: 'yyyy-mm-dd hh:mm' },
      { t: 'n', v: 1.5, z: '0.0%' },
      { t: 'n', v: 60_200, z: '00000' },
      false,
    ],
  ])
  const book = utils.book_new()
  utils.book_append_sheet(book, sheet, 'Clients')
  utils.book_append_sheet(book, utils.aoa_to_sheet([['note'], ['x']]), 'Notes')
  book.Workbook = { WBProps: { date1904 }, Sheets: [{ Hidden: 0 }, { Hidden: 1 }] }
  return write(book, { type: 'buffer', bookType }) as Buffer
}

describe('binary workbooks', () => {
  test.each(['biff8', 'xlsb'] as const)('%s: rows, formats and sheets', async (bookType) => {
    const { reading, cells, lines } = await readAll(binary(bookType))
    expect(reading).toMatchObject({
      format: 'xls',
      columns: ['id', 'name', 'since', 'share', 'zip', 'active'],
      sheet: { name: 'Clients', sheets: [{ name: 'Clients' }, { name: 'Notes', hasCells: true }] },
    })
    expect(cells).toEqual([
      ['1', 'Žofie Nováková', '2024-01-01', '25%', '00007', 'TRUE'],
      ['2', 'Bob', '2024-01-02T12:00:00', '150%', '60200', 'FALSE'],
    ])
    expect(lines).toEqual([2, 3])
  })

  test('another sheet by its name', async () => {
    expect((await readAll(binary('biff8'), { sheet: 'Notes' })).cells).toEqual([['x']])
  })

  test('a packed one that is cut off is damaged', async () => {
    const whole = binary('xlsb')
    await expect(readAll(whole.subarray(0, whole.length - 100))).rejects.toThrow(Refusal)
  })
})

const FLAT = `<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet>
<table:table table:name="Clients"><table:table-row>
<table:table-cell office:value-type="string"><text:p>name</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>since</text:p></table:table-cell></table:table-row>
<table:table-row table:visibility="collapse"><table:table-cell office:value-type="string"><text:p>Žofie</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2024-01-31"><text:p>31.1.24</text:p></table:table-cell></table:table-row>
</table:table></office:spreadsheet></office:body></office:document>`

const XML_2003 = `<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:html="http://www.w3.org/TR/REC-html40">
<Styles><Style ss:ID="Default"/><Style ss:ID="s1"><NumberFormat ss:Format="Short Date"/></Style>
<Style ss:ID="s2"><NumberFormat ss:Format="00000"/></Style><Style ss:ID="s3"><NumberFormat ss:Format="Percent"/></Style></Styles>
<Worksheet ss:Name="Clients"><Table><Column ss:Index="6" ss:Hidden="1" ss:Span="1"/>
<Row ss:Index="3"><Cell><Data ss:Type="String">name</Data></Cell><Cell><Data ss:Type="String">since</Data></Cell>
<Cell><Data ss:Type="String">zip</Data></Cell><Cell><Data ss:Type="String">share</Data></Cell><Cell><Data ss:Type="String">active</Data></Cell></Row>
<Row><Cell><ss:Data ss:Type="String"><html:B>Žo</html:B>fie &amp; syn</ss:Data><Comment><ss:Data>VIP</ss:Data></Comment></Cell>
<Cell ss:StyleID="s1"><Data ss:Type="DateTime">2024-01-31T00:00:00.000</Data></Cell>
<Cell ss:StyleID="s2"><Data ss:Type="Number">7</Data></Cell><Cell ss:StyleID="s3"><Data ss:Type="Number">0.25</Data></Cell>
<Cell><Data ss:Type="Boolean">1</Data></Cell></Row>
<Row ss:Hidden="1"><Cell><Data ss:Type="String">Bob</Data></Cell><Cell ss:Index="3" ss:StyleID="s2"><Data ss:Type="Number">60200</Data></Cell>
<Cell ss:Formula="=1/0"><Data ss:Type="Error">#DIV/0!</Data></Cell><Cell ss:Formula="=A1"/></Row>
<Row><Cell ss:MergeAcross="1" ss:MergeDown="1"><Data ss:Type="String">Eva</Data></Cell><Cell><Data ss:Type="Number">1</Data></Cell></Row>
</Table></Worksheet>
<Worksheet ss:Name="Old"><Table><Row><Cell><Data ss:Type="String">x</Data></Cell></Row></Table>
<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>`

describe('workbooks in one XML text', () => {
  test('flat OpenDocument', async () => {
    const { reading, cells, lines, codes } = await readAll(Buffer.from(FLAT))
    expect(reading).toMatchObject({ format: 'ods', columns: ['name', 'since'] })
    expect(cells).toEqual([['Žofie', '2024-01-31']])
    expect(lines).toEqual([2])
    expect(codes).toContain('sheet.hidden_rows')
  })

  test('Excel 2003: places, styles, errors and what is hidden', async () => {
    const { reading, cells, lines, codes } = await readAll(Buffer.from(XML_2003))
    expect(reading).toMatchObject({
      format: 'xls',
      columns: ['name', 'since', 'zip', 'share', 'active'],
      sheet: {
        hiddenRows: 1,
        hiddenColumns: 2,
        sheets: [{ state: 'visible' }, { name: 'Old', state: 'hidden' }],
      },
    })
    expect(cells).toEqual([
      ['Žofie & syn', '2024-01-31', '00007', '25%', 'TRUE'],
      ['Bob', '', '60200', '#DIV/0!', ''],
      ['Eva', 'Eva', '1', '', ''],
    ])
    expect(lines).toEqual([4, 5, 6])
    expect(codes).toEqual(
      expect.arrayContaining([
        'sheet.hidden_rows',
        'sheet.hidden_columns',
        'cell.error_value',
        'cell.formula_without_value',
        'sheet.merged',
      ]),
    )
  })

  test('Excel 2003 in UTF-16, cell by cell', async () => {
    const utf16 = Buffer.from(
      `\ufeff${XML_2003.replace('version="1.0"', 'version="1.0" encoding="UTF-16"')}`,
      'utf16le',
    )
    const cells = await cellsOf(utf16)
    expect(cells.slice(5, 8)).toMatchObject([
      { sheet: 'Clients', ref: 'A4', type: 'text', value: 'Žofie & syn', hidden: false },
      { ref: 'B4', type: 'date', value: '2024-01-31' },
      { ref: 'C4', type: 'number', value: 7, format: '00000' },
    ])
    expect(cells.at(-1)).toMatchObject({ sheet: 'Old', ref: 'A1', hidden: true })
  })

  test('entities are refused, and what is cut off is damaged', async () => {
    const declared = XML_2003.replace('<?mso', '<!DOCTYPE x [<!ENTITY a "b">]><?mso')
    await expect(readAll(Buffer.from(declared))).rejects.toMatchObject({ code: 'file.unsafe_xml' })
    await expect(readAll(Buffer.from(XML_2003.slice(0, 1500)))).rejects.toMatchObject({
      code: 'file.damaged',
    })
  })

  test('any other markup is no workbook', async () => {
    const other = '<catalogue><p>Workbook</p></catalogue>'
    expect((await readAll(Buffer.from(other))).reading.format).toBe('csv')
  })
})
