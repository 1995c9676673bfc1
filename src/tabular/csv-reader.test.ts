import { parse } from 'csv-parse/sync'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../platform/refusal.ts'
import { bufferSource } from './byte-source.ts'
import {
  detectReading,
  type Reading,
  type ReadOptions,
  type Row,
  type RowBatch,
  readRowBatches,
} from './tabular.ts'

async function readAll(bytes: Uint8Array, options: ReadOptions = {}, chunk?: number) {
  const source = bufferSource('test.csv', bytes, chunk)
  const reading = await detectReading(source, options)
  const rows: Row[] = []
  const batches: RowBatch[] = []
  for await (const batch of readRowBatches(source, reading, { source: 0, chunkBytes: chunk })) {
    rows.push(...batch.rows)
    batches.push(batch)
  }
  return {
    reading,
    rows,
    cells: rows.map((r) => r.cells),
    findings: batches.flatMap((b) => b.findings),
    totals: batches.at(-1)!.totals!,
  }
}

const read = (text: string, options: ReadOptions = {}, chunk?: number) =>
  readAll(Buffer.from(text), options, chunk)

describe('a plain file', () => {
  test('gives rows with number, physical line and byte offset', async () => {
    const { reading, rows } = await read('id,name,city\n1,"Žižka\nJan",Brno\n\n2,Eva,Zlín\n')
    expect(reading.columns).toEqual(['id', 'name', 'city'])
    expect(rows).toEqual([
      { source: 0, row: 1, line: 2, offset: 13, cells: ['1', 'Žižka\nJan', 'Brno'] },
      { source: 0, row: 2, line: 5, offset: 35, cells: ['2', 'Eva', 'Zlín'] },
    ])
  })

  test.each(['\n', '\r\n', '\r'])('line ends %j', async (eol) => {
    const { cells, rows, reading } = await read(['a,b', '1,2', '"3","4"', ''].join(eol))
    expect(cells).toEqual([
      ['1', '2'],
      ['3', '4'],
    ])
    expect(rows.map((r) => r.line)).toEqual([2, 3])
    expect(reading.recordEnd).toBe(eol)
  })

  test.each([';', '\t', '|', ',', '||', '::'])('delimiter %j', async (delimiter) => {
    const lines = [
      ['name', 'price', 'when'],
      ['Nut', '1.5', '2024-01-02'],
      ['Bolt', '22.5', '2024-02-02'],
    ]
    const { cells, reading } = await read(lines.map((l) => l.join(delimiter)).join('\n'))
    expect(reading.delimiter).toBe(delimiter)
    expect(reading.columns).toEqual(lines[0])
    expect(cells).toEqual(lines.slice(1))
  })

  test('a UTF-8 mark is not part of the first header', async () => {
    const { reading, rows } = await read('\ufeffid,name\n1,x\n')
    expect(reading.columns).toEqual(['id', 'name'])
    expect(rows[0]!.offset).toBe(11)
  })

  test.each(['utf-16le', 'utf-16be'] as const)('%s without a mark', async (encoding) => {
    const bytes = Buffer.from('id,name\n1,Žižka\n2,Eva\n', 'utf16le')
    const { reading, cells, rows } = await readAll(encoding === 'utf-16le' ? bytes : bytes.swap16())
    expect(reading.encoding).toBe(encoding)
    expect(cells).toEqual([
      ['1', 'Žižka'],
      ['2', 'Eva'],
    ])
    expect(rows[1]!.offset).toBe(32)
  })

  test('windows-1250', async () => {
    const text =
      'Jm\xe9no;M\xecsto\nP\xf8\xedli\x9a \x8elu\x9dou\xe8k\xfd;Plze\xf2\nKate\xf8ina Nov\xe1kov\xe1;Hradec Kr\xe1lov\xe9\n'
    const { reading, cells } = await readAll(Buffer.from(text, 'latin1'))
    expect(reading.encoding).toBe('windows-1250')
    expect(cells).toEqual([
      ['Příliš Žluťoučký', 'Plzeň'],
      ['Kateřina Nováková', 'Hradec Králové'],
    ])
  })
})

describe('rows that do not fit', () => {
  test('short rows are padded, extra blanks dropped, extra cells kept and told', async () => {
    const { cells, findings, totals } = await read('a,b,c\n1,2\n1,2,3,,\n1,2,3,4\n1,2,3\n')
    expect(cells).toEqual([
      ['1', '2', ''],
      ['1', '2', '3'],
      ['1', '2', '3', '4'],
      ['1', '2', '3'],
    ])
    expect(findings.map((f) => [f.code, f.severity, f.row, f.line, f.params])).toEqual([
      ['row.too_few_cells', 'warning', 1, 2, { cells: 2, columns: 3 }],
      ['row.extra_blank_cells', 'info', 2, 3, { cells: 5, columns: 3 }],
      ['row.too_many_cells', 'error', 3, 4, { cells: 4, columns: 3 }],
    ])
    expect(totals).toMatchObject({ rows: 4, raggedRows: 3, blankRows: 0 })
  })
})

test.each([998, 999, 1000, 1001, 1999, 2000])(
  '%i rows and a note below come out as that many rows',
  async (count) => {
    const rows = Array.from({ length: count }, (_, i) => `${i},x,${i * 2}`)
    const { cells, totals, reading } = await read(`id,name,n\n${rows.join('\n')}\n\nSource: the office\n`)
    expect(reading.footerRows).toBe(1)
    expect(cells).toHaveLength(count)
    expect(totals).toMatchObject({ rows: count, footerRows: 1, blankRows: 1 })
  },
)

describe('quotes that are not closed or not escaped', () => {
  test('an unclosed quote keeps to its line and is told', async () => {
    const { cells, findings } = await read('a,b\n"x,1\n"y",2\nz,3\n')
    expect(cells).toEqual([
      ['"x', '1'],
      ['y', '2'],
      ['z', '3'],
    ])
    expect(findings).toMatchObject([{ code: 'cell.quote_unclosed', line: 2, row: 1, column: 0 }])
  })

  test('quotes inside a quoted cell stay characters', async () => {
    const { cells, findings } = await read('a,b\n"the "Pro" one",1\n"y",2\n')
    expect(cells).toEqual([
      ['the "Pro" one', '1'],
      ['y', '2'],
    ])
    expect(findings).toMatchObject([{ code: 'cell.quote_stray', line: 2 }])
  })
})

describe('properties', () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', 'B', '1', ' ', '"', ',', ';', '\n', '\r', 'ž', '€', '😀', "'", '\\'),
  })

  test('chunk boundaries never matter', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom('a', '1', '"', ',', '\n', '\r', 'ž', '😀', ' ') }),
        fc.integer({ min: 1, max: 9 }),
        async (text, chunk) => {
          const bytes = Buffer.from(text)
          const reading: Reading = {
            ...(await detectReading(bufferSource('x', bytes), { delimiter: ',', quote: '"', escape: '"' })),
          }
          const whole = await collect(bytes, reading)
          expect(await collect(bytes, reading, chunk)).toEqual(whole)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('any bytes are read or refused, and all of them', async () => {
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc
        .string({
          unit: fc.constantFrom(
            '"',
            ',',
            ';',
            '\n',
            '\r',
            '\t',
            '|',
            ' ',
            "'",
            '\\\\',
            '#',
            'a',
            '7',
            'ř',
            '\0',
          ),
          maxLength: 400,
        })
        .map((text) => new Uint8Array(Buffer.from(text))),
    )
    await fc.assert(
      fc.asyncProperty(noise, fc.integer({ min: 1, max: 50 }), async (bytes, chunk) => {
        try {
          const { rows, totals } = await readAll(bytes, {}, chunk)
          expect(totals.rows).toBe(rows.length)
          expect(totals.bytes).toBe(bytes.length)
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('reads what csv-parse reads', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'é', '1', '"', '"', ',', ',', '\n', '\r\n'),
      maxLength: 60,
    })
    let compared = 0
    await fc.assert(
      fc.asyncProperty(text, async (input) => {
        let expected: string[][]
        try {
          expected = parse(input, {
            relax_column_count: true,
            skip_empty_lines: true,
            record_delimiter: ['\r\n', '\n'],
          })
        } catch {
          return
        }
        compared++
        const { cells, reading } = await read(input, { ...plain, encoding: 'utf-8' })
        const width = reading.columns.length
        // Ours leaves out rows without text, pads short ones and drops blank cells beyond the table.
        const filled = expected.filter((row) => row.some((value) => value.trim() !== ''))
        expect(cells).toEqual(filled.map((row) => fitted(row, width)))
      }),
      { numRuns: 1000 },
    )
    expect(compared).toBeGreaterThan(300)
  })

  test('what a well-formed writer wrote is read back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1 }),
        async (rows) => {
          const table = rows.filter((r) => r.some((c) => c.trim() !== ''))
          const text = table.map((r) => r.map((c) => `"${c.replaceAll('"', '""')}"`).join(',')).join('\n')
          const options = {
            delimiter: ',',
            quote: '"',
            escape: '"',
            headerRow: 0,
            preambleRows: 0,
            footerRows: 0,
            encoding: 'utf-8',
          }
          const { cells } = await read(text, options)
          expect(cells).toEqual(table)
        },
      ),
      { numRuns: 300 },
    )
  })
})

const plain = { delimiter: ',', quote: '"', escape: '"', headerRow: 0, preambleRows: 0, footerRows: 0 }

function fitted(row: readonly string[], width: number): string[] {
  const cells = [...row]
  while (cells.length < width) cells.push('')
  let filled = cells.length
  while (filled > width && cells[filled - 1]!.trim() === '') filled--
  return filled === width ? cells.slice(0, width) : cells
}

async function collect(bytes: Uint8Array, reading: Reading, chunk?: number) {
  const rows: Row[] = []
  const findings = []
  for await (const batch of readRowBatches(bufferSource('x', bytes, chunk), reading, {
    source: 0,
    chunkBytes: chunk,
  })) {
    rows.push(...batch.rows)
    findings.push(...batch.findings)
  }
  return { rows, findings }
}
