import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { bufferSource } from './byte-source.ts'
import { guardFormula } from './csv-writer.ts'
import { detectReading, readRowBatches, undoFormulaGuard, writeCsv, writeCsvRows } from './tabular.ts'

test.each([
  ['=1+1', "'=1+1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['+1-1', "'+1-1"],
  ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
  ['-2+3+cmd', "'-2+3+cmd"],
  ['+420 777 123 456', '+420 777 123 456'],
  ['+1 (212) 555-0100', '+1 (212) 555-0100'],
  ['-12,50', '-12,50'],
  ['-5%', '-5%'],
  ['-1.5e-3', '-1.5e-3'],
  ["'=x", "''=x"],
  ["'twas", "'twas"],
  ['\tx', "'\tx"],
  ['', ''],
])('guards %j as %j', (cell, guarded) => {
  expect(guardFormula(cell)).toBe(guarded)
  expect(undoFormulaGuard(guarded)).toBe(cell)
})

test('undoing the guard gives every text back', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '1', 'a', '\t', ' ') }),
      (cell) => {
        expect(undoFormulaGuard(guardFormula(cell))).toBe(cell)
        const guarded = guardFormula(cell)
        if (/^[=@\t\r]/.test(cell)) expect(guarded).not.toBe(cell)
      },
    ),
  )
})

test('writes a batch after the other, quoting what needs it', async () => {
  const batches = [
    [['id', 'note']],
    [
      ['1', 'a "b", c'],
      ['2', 'x\r\ny'],
    ],
    [],
  ]
  const pieces: string[] = []
  for await (const piece of writeCsv(batches)) pieces.push(piece)
  expect(pieces.join('')).toBe('id,note\n1,"a ""b"", c"\n2,"x\r\ny"\n')
})

test('what was written is read back', async () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', '1', ' ', '"', ',', ';', '\n', '\r', 'ž', '😀', "'", '=', '-', '\\', '\ufeff'),
  })
  const table = fc
    .integer({ min: 1, max: 4 })
    .chain((n) => fc.array(fc.array(cell, { minLength: n, maxLength: n }), { minLength: 1, maxLength: 8 }))
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      const filled = rows.filter((r) => r.some((c) => c.trim() !== ''))
      const source = bufferSource('x.csv', Buffer.from(`\ufeff${writeCsvRows(filled)}`))
      const reading = await detectReading(source, {
        delimiter: ',',
        quote: '"',
        escape: '"',
        headerRow: 0,
        footerRows: 0,
        preambleRows: 0,
        encoding: 'utf-8',
      })
      const read: string[][] = []
      for await (const batch of readRowBatches(source, reading, { source: 0 })) {
        for (const row of batch.rows) read.push(row.cells.map(undoFormulaGuard))
      }
      expect(read).toEqual(filled)
    }),
    { numRuns: 500 },
  )
})
