/** The nasty inputs that occur in text files, by their numbers in the research, and the bad input of part 1. */
import { describe, expect, test } from 'vitest'
import { Refusal } from '../platform/refusal.ts'
import {
  type ByteSource,
  bufferSource,
  detectReading,
  type Finding,
  type ReadOptions,
  readRowBatches,
} from './tabular.ts'

async function readAll(input: string | Uint8Array | ByteSource, options: ReadOptions = {}) {
  const source =
    typeof input === 'string' || input instanceof Uint8Array
      ? bufferSource('file.csv', Buffer.from(input as string))
      : input
  const reading = await detectReading(source, options)
  const cells: (readonly string[])[] = []
  const lines: number[] = []
  const findings: Finding[] = [...reading.findings]
  let totals = null
  for await (const batch of readRowBatches(source, reading, { source: 0 })) {
    for (const row of batch.rows) {
      cells.push(row.cells)
      lines.push(row.line)
    }
    findings.push(...batch.findings)
    totals = batch.totals
  }
  return { reading, cells, lines, totals, codes: findings.map((f) => f.code), findings }
}

/** A file that is never held in memory: a head, then the same chunk over and over. */
function endless(head: string, chunk: Uint8Array, times: number): ByteSource {
  return {
    name: 'large.csv',
    size: head.length + chunk.length * times,
    async *open(from = 0) {
      if (from < head.length) yield Buffer.from(head).subarray(from)
      for (let i = Math.floor(Math.max(0, from - head.length) / chunk.length); i < times; i++) yield chunk
    },
  }
}

const refusal = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
  return 'none'
}

describe('nasty inputs', () => {
  test('1 a UTF-8 mark before the first header', async () => {
    expect((await readAll('\ufeff"id",name\n1,x')).reading.columns).toEqual(['id', 'name'])
  })

  test('2 UTF-16 with a mark', async () => {
    const { reading, cells } = await readAll(Buffer.from('\ufeffid\tname\n1\tŽofie\n', 'utf16le'))
    expect(reading).toMatchObject({ encoding: 'utf-16le', bomLength: 2, delimiter: '\t' })
    expect(cells).toEqual([['1', 'Žofie']])
  })

  test('3 mostly UTF-8: stays UTF-8, each bad byte is found at its place', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `${i},Žižka Příbram`).join('\n')
    const bytes = Buffer.concat([
      Buffer.from(`id,name\n${rows}\n30,Nov`),
      Buffer.from([0xe1]),
      Buffer.from('k\n'),
    ])
    const { reading, findings, cells } = await readAll(bytes)
    expect(reading.encoding).toBe('utf-8')
    expect(cells[0]).toEqual(['0', 'Žižka Příbram'])
    expect(findings).toContainEqual(
      expect.objectContaining({
        code: 'cell.undecodable',
        row: 31,
        line: 32,
        column: 1,
        value: 'Nov\ufffdk',
      }),
    )
  })

  test('3 accents that begin after a megabyte of plain text', async () => {
    const plain = Buffer.from('1,Novak,Brno\n'.repeat(90_000))
    const accents = Buffer.from(
      '2,Dvo\xf8\xe1k Ji\xf8\xed,Plze\xf2\n3,Kate\xf8ina \x8aebkov\xe1,Hradec Kr\xe1lov\xe9\n'.repeat(20_000),
      'latin1',
    )
    const source = bufferSource('x.csv', Buffer.concat([Buffer.from('id,name,city\n'), plain, accents]))
    expect((await detectReading(source)).encoding).toBe('windows-1250')
  })

  test('4 semicolons with decimal commas, commas with decimal points', async () => {
    const czech = await readAll('název;cena\nmatka;1,5\nšroub;22,75\n')
    expect(czech.reading).toMatchObject({
      delimiter: ';',
      hints: [{ decimalMark: null }, { decimalMark: ',' }],
    })
    const english = await readAll('name,price\nnut,"1,234.50"\nbolt,22.75\n')
    expect(english.reading).toMatchObject({
      delimiter: ',',
      hints: [{ decimalMark: null }, { decimalMark: '.' }],
    })
  })

  test('4 the first line of Excel that names the delimiter', async () => {
    const { reading, cells } = await readAll('sep=|\na,b|c;d\n1,2|3;4\n')
    expect(reading).toMatchObject({ delimiter: '|', columns: ['a,b', 'c;d'], preambleRows: 1 })
    expect(cells).toEqual([['1,2', '3;4']])
  })

  test('5 rows with too few and too many cells', async () => {
    const { codes, cells } = await readAll('a,b,c\n1,2,3\n1,2\n1,2,3,4\n', { ragged: 'refuse' })
    expect(codes).toEqual(['row.too_few_cells', 'row.too_many_cells'])
    expect(cells).toEqual([
      ['1', '2', '3'],
      ['1', '2', ''],
      ['1', '2', '3', '4'],
    ])
  })

  test('6 a quote that is never closed costs its own cell, however long the file', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `${i},"name ${i}",x`)
    rows[7] = '7,"name 7,x'
    const { cells, findings } = await readAll(`id,name,note\n${rows.join('\n')}\n`)
    expect(cells).toHaveLength(20_000)
    expect(cells[7]).toEqual(['7', '"name 7', 'x'])
    expect(cells[8]).toEqual(['8', 'name 8', 'x'])
    expect(findings).toMatchObject([{ code: 'cell.quote_unclosed', line: 9, row: 8, column: 1 }])
  })

  test('6 inch marks at the start of many cells cost bounded time', async () => {
    const text = `id,size\n${'1,"24 inch\n'.repeat(100_000)}`
    const started = performance.now()
    const { cells } = await readAll(text)
    expect(cells).toHaveLength(100_000)
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  test('7 line ends of every sort, within cells and between', async () => {
    const { cells, lines } = await readAll('a,b\r\n"1\r\n2",x\n3,"y\rz"\r4,w\n')
    expect(cells).toEqual([
      ['1\r\n2', 'x'],
      ['3', 'y\rz'],
      ['4', 'w'],
    ])
    expect(lines).toEqual([2, 4, 6])
  })

  test('8 titles above the table, and two header rows', async () => {
    const { reading, cells, codes } = await readAll(
      'Sales 2024,,,\n,,,\nClient,Amount,,Paid\n,net,gross,\nACME,1.5,1.8,2024-01-02\nBETA,2.5,3.0,2024-01-03\n',
    )
    expect(reading.columns).toEqual(['Client', 'Amount net', 'Amount gross', 'Paid'])
    expect(reading).toMatchObject({ preambleRows: 2, headerRows: 2 })
    expect(cells[0]).toEqual(['ACME', '1.5', '1.8', '2024-01-02'])
    expect(codes).toContain('file.preamble')
  })

  test('9 no header is said, never taken from the data', async () => {
    const { reading, cells, codes } = await readAll(
      '1,ann@example.com,2024-01-02\n2,bob@example.com,2024-01-03\n',
    )
    expect(reading).toMatchObject({
      headerRows: 0,
      header: null,
      columns: ['Column A', 'Column B', 'Column C'],
    })
    expect(cells).toHaveLength(2)
    expect(codes).toContain('file.no_header')
  })

  test('10 headers that are double, empty or not Latin', async () => {
    const { reading, codes } = await readAll('Email,Email,,名前 🙂\na@x.cz,b@x.cz,1,x\n')
    expect(reading.columns).toEqual(['Email', 'Email (2)', 'Column C', '名前 🙂'])
    expect(codes).toEqual(['column.duplicate_header', 'column.empty_header'])
  })

  test('11 leading zeros and long numbers stay text', async () => {
    expect((await readAll('zip,id\n00123,12345678901234567890\n')).cells).toEqual([
      ['00123', '12345678901234567890'],
    ])
  })

  test('13 the order of dates is settled by the column, or asked for', async () => {
    const { reading, codes } = await readAll(
      'a,b,c\n01/02/2024,13/02/2024,2024-02-01\n03/04/2024,03/04/2024,2024-02-02\n',
    )
    expect(reading.hints.map((hint) => hint.dateOrder)).toEqual(['unsettled', 'dmy', 'ymd'])
    expect(codes).toEqual(['column.date_order_unsettled'])
  })

  test('17 decimal marks by column, thousands and all', async () => {
    const { reading } = await readAll('a;b;c\n1.234,56;1,234.56;1.234\n2,50;2.50;5.678\n')
    expect(reading.hints.map((hint) => hint.decimalMark)).toEqual([',', '.', null])
  })

  test('21 blank rows keep line numbers, totals are told, notes left out', async () => {
    const { cells, lines, codes, reading, totals } = await readAll(
      'client,net,gross\nA,1,2\n\n,,\nB,3,4\nTotal,4,\n\n* prices without postage\n',
    )
    expect(cells).toEqual([
      ['A', '1', '2'],
      ['B', '3', '4'],
      ['Total', '4', ''],
    ])
    expect(lines).toEqual([2, 5, 6])
    expect(codes).toEqual(['file.footer', 'row.totals'])
    expect(reading.footerRows).toBe(1)
    expect(totals).toMatchObject({ rows: 3, footerRows: 1 })
  })

  test('21 a last row that was cut off is a row, not a note', async () => {
    const { cells, codes } = await readAll('client,net,gross\nA,1,2\nB,3,4\nNov')
    expect(cells.at(-1)).toEqual(['Nov', '', ''])
    expect(codes).toEqual(['row.too_few_cells'])
  })

  test('several tables: the first is read, the others can be', async () => {
    const text = 'id,name\n1,a\n2,b\n\ncode,city,zip\nX,Brno,60200\nY,Praha,11000\n'
    const first = await readAll(text)
    expect(first.cells).toEqual([
      ['1', 'a'],
      ['2', 'b'],
    ])
    expect(first.codes).toContain('file.more_tables')
    const second = await readAll(text, { table: 2 })
    expect(second.reading.columns).toEqual(['code', 'city', 'zip'])
    expect(second.cells).toEqual([
      ['X', 'Brno', '60200'],
      ['Y', 'Praha', '11000'],
    ])
    expect(await refusal(readAll(text, { table: 3 }))).toBe('file.table_missing')
  })

  test('a row of another delimiter is split there, and told', async () => {
    const { cells, findings } = await readAll('id,name,city\n1,a,Brno\n2;b;Praha\n3,c,Zlín\n')
    expect(cells[1]).toEqual(['2', 'b', 'Praha'])
    expect(findings).toMatchObject([{ code: 'row.resplit', line: 3, params: { delimiter: ';' } }])
  })

  test('comment lines among the rows are no rows', async () => {
    const { cells, totals, lines } = await readAll('id,name\n1,a\n# second part\n2,b\n')
    expect(cells).toEqual([
      ['1', 'a'],
      ['2', 'b'],
    ])
    expect(lines).toEqual([2, 4])
    expect(totals).toMatchObject({ commentRows: 1 })
  })

  test('30 a .csv that is something else', async () => {
    for (const [bytes, content] of [
      [Buffer.from('%PDF-1.7\n'), 'a PDF document'],
      [Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)), 'binary data'],
    ] as const) {
      await expect(detectReading(bufferSource('clients.csv', bytes))).rejects.toMatchObject({
        code: 'file.not_a_table',
        params: { name: 'clients.csv', content },
      })
    }
  })
})

describe('bad input', () => {
  test.each(['', '\n', '\r\n\r\n', '\ufeff', '   \n'])(
    'an empty file %j gives no rows and says so',
    async (text) => {
      const { reading, cells, codes } = await readAll(text)
      expect(cells).toEqual([])
      expect(reading.columns).toEqual([])
      expect(codes).toEqual(['file.empty'])
    },
  )

  test('header only', async () => {
    const { reading, cells, codes } = await readAll('id;name;e-mail\n')
    expect(reading.columns).toEqual(['id', 'name', 'e-mail'])
    expect(cells).toEqual([])
    expect(codes).toEqual(['file.header_only'])
  })

  test('a NUL byte is removed and told', async () => {
    const { cells, findings } = await readAll('id,name\n1,A\0nn\n2,Bob\n')
    expect(cells).toEqual([
      ['1', 'Ann'],
      ['2', 'Bob'],
    ])
    expect(findings).toMatchObject([{ code: 'cell.nul_removed', line: 2, column: 1, params: { count: 1 } }])
  })

  test.each([
    ['without quotes', 'id,name\n1,'],
    ['in an open quote', 'id,name\n1,"'],
  ])('a line of five gigabytes is refused before it is read, %s', async (_, head) => {
    const chunk = Buffer.alloc(1024 * 1024, 'x')
    const started = performance.now()
    expect(await refusal(readAll(endless(head, chunk, 5 * 1024)))).toBe('file.line_too_long')
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  test('20,000 columns', async () => {
    const row = Array.from({ length: 20_000 }, (_, i) => `c${i}`).join(',')
    expect(await refusal(readAll(`${row}\n${row}\n`))).toBe('file.too_many_columns')
    const wide = Array.from({ length: 16_000 }, (_, i) => `c${i}`)
    expect(
      (await readAll(`${wide.join(',')}\n${wide.map((_, i) => i).join(',')}\n`)).reading.columns,
    ).toEqual(wide)
  })

  test('settings that cannot be', async () => {
    for (const options of [
      { quote: '""' },
      { delimiter: '' },
      { delimiter: '\n' },
      { headerRow: -1 },
      { table: 0 },
      { footerRows: 1.5 },
    ]) {
      expect(await refusal(readAll('a,b\n1,2\n', options))).toBe('file.option_invalid')
    }
    expect(await refusal(readAll('a,b\n1,2\n', { encoding: 'klingon' }))).toBe('file.encoding_unknown')
  })

  test('a reading that was stored reads the same again', async () => {
    const source = bufferSource('x.csv', Buffer.from('Preis;Ort\n1,5;Köln\n2,5;Bonn\n'))
    const stored = JSON.parse(JSON.stringify(await detectReading(source)))
    const rows = []
    for await (const batch of readRowBatches(source, stored, { source: 3 })) rows.push(...batch.rows)
    expect(rows.map((row) => [row.source, ...row.cells])).toEqual([
      [3, '1,5', 'Köln'],
      [3, '2,5', 'Bonn'],
    ])
  })

  test('stops when it is told to', async () => {
    const source = endless('id,name\n', Buffer.from('1,x\n'.repeat(50_000)), 1000)
    const reading = await detectReading(source)
    const stop = new AbortController()
    const rows = readRowBatches(source, reading, { source: 0, signal: stop.signal })
    await rows.next()
    stop.abort()
    await expect(async () => {
      for await (const batch of rows) expect(batch.rows.length).toBeGreaterThan(0)
    }).rejects.toThrow(/abort/i)
  })
})
