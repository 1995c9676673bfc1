/** A drafted workbook as our own reader and another library find it. */
import { read } from '@e965/xlsx'
import { expect, test } from 'vitest'
import { openZip } from '../archive-zip.ts'
import { bufferSource } from '../byte-source.ts'
import { type Cell, detectReading, readCells } from '../tabular.ts'
import type { DraftWorkbook } from './draft.ts'
import { writeWorkbook } from './write-workbook.ts'
import { writeZip } from './write-zip.ts'

const draft: DraftWorkbook = {
  title: 'A & B',
  author: 'Žofie',
  madeAt: new Date('2026-03-02T09:00:00Z'),
  sheets: [
    {
      name: 'Notes',
      columns: [{ width: 10 }],
      rows: [[{ value: 'read me' }]],
    },
    {
      name: "It's <this>",
      columns: [
        { width: 20, look: { format: '@' } },
        { width: 12, look: { format: 'yyyy\\-mm\\-dd' } },
      ],
      rows: [
        [
          { value: 'Code', look: { bold: true }, note: 'Text & "zeros" _x0041_' },
          { value: 'Day', look: { bold: true } },
        ],
        [
          { value: '00123', look: { format: '@' } },
          { value: 46_083, look: { format: 'yyyy\\-mm\\-dd' } },
        ],
        [{ value: '_x0041_ stays' }, { value: null }],
      ],
      rules: [
        {
          column: 0,
          from: 2,
          allow: { type: 'length', max: 5 },
          isStrict: true,
          title: 'A title that is much too long for a spreadsheet program',
          prompt: 'p'.repeat(400),
          error: 'At most 5.',
        },
        {
          column: 1,
          from: 2,
          allow: { type: 'date' },
          isStrict: false,
          title: 'Day',
          prompt: 'A day.',
          error: 'Not a day.',
        },
      ],
      frozen: { rows: 1, columns: 1 },
    },
    { name: '_hidden', state: 'very-hidden', columns: [{ width: 10 }], rows: [[{ value: 'x' }]] },
  ],
}

async function partOf(bytes: Buffer, name: string): Promise<string> {
  const zip = await openZip(bufferSource('t.xlsx', bytes))
  const pieces: Buffer[] = []
  for await (const piece of zip.open(zip.find(name)!)) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

test('cells, notes, states and formats come out as they were drafted', async () => {
  const bytes = await writeWorkbook(draft)
  const cells: Cell[] = []
  for await (const batch of (await readCells(bufferSource('t.xlsx', bytes), { sheet: 2 }))!)
    cells.push(...batch)
  expect(
    cells.filter(({ type }) => type !== 'blank').map(({ ref, type, value }) => [ref, type, value]),
  ).toEqual([
    ['A1', 'text', 'Code'],
    ['B1', 'text', 'Day'],
    ['A2', 'text', '00123'],
    ['B2', 'date', '2026-03-02'],
    ['A3', 'text', '_x0041_ stays'],
  ])
  const reading = await detectReading(bufferSource('t.xlsx', bytes))
  expect(reading.sheet?.sheets.map(({ state }) => state)).toEqual(['visible', 'visible', 'very-hidden'])
  const book = read(bytes)
  expect(book.SheetNames).toEqual(['Notes', "It's <this>", '_hidden'])
  expect(book.Sheets["It's <this>"]!['A1'].c[0].t).toContain('Text & "zeros"')
})

test('a column has its look in rows that nobody has written yet', async () => {
  const sheet = await partOf(await writeWorkbook(draft), 'xl/worksheets/sheet2.xml')
  const looks = [...sheet.matchAll(/<col min="\d+" style="(\d+)"/g)].map(([, look]) => look)
  const blanks = [...sheet.matchAll(/<c r="[AB]4"[^>]* s="(\d+)"/g)].map(([, look]) => look)
  expect(looks).toHaveLength(2)
  expect(looks).toEqual(blanks)
})

test('prompts are no longer than the format allows', async () => {
  const sheet = await partOf(await writeWorkbook(draft), 'xl/worksheets/sheet2.xml')
  expect(/ prompt="([^"]*)"/.exec(sheet)![1]).toHaveLength(255)
  expect(/ promptTitle="([^"]*)"/.exec(sheet)![1]).toHaveLength(32)
  expect(sheet).toContain('sqref="A2:A1048576"')
})

test('an archive is read back whole, names of any letters, and the same parts give the same bytes', async () => {
  const parts = [
    { name: 'a.txt', bytes: Buffer.from('') },
    { name: 'složka/č.txt', bytes: Buffer.from('žluťoučký '.repeat(1000)) },
  ]
  const zip = await writeZip(parts)
  expect(await writeZip(parts)).toEqual(zip)
  for (const { name, bytes } of parts) expect(await partOf(zip, name)).toBe(bytes.toString())
})
