import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  buildXlsx,
  buildZip,
  rowsXml,
  type SheetSpec,
} from '../../../tests/fixtures/spreadsheet/build-workbook.ts'
import { Refusal } from '../../platform/refusal.ts'
import { bufferSource } from '../byte-source.ts'
import { detectReading, type ReadOptions, type Row, readRowBatches } from '../tabular.ts'

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

const one = (rows: string, more: Partial<SheetSpec> = {}): Buffer =>
  buildXlsx({ sheets: [{ name: 'S', rows, ...more }] })

const refusalOf = async (bytes: Buffer): Promise<string> => {
  try {
    await readAll(bytes)
    return 'read'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

const PEOPLE = rowsXml([
  ['name', 'city', 'age'],
  ['Jan', 'Brno', 31],
  ['Eva', 'Zlín', 28],
])

describe('packed files', () => {
  const csv = 'id,name\n1,Jan\n2,Eva\n'

  test.each([
    ['gzip', gzipSync(csv), 'gzip'],
    ['a ZIP of one file', buildZip({ '__MACOSX/._a': 'x', 'a/data.csv': csv }), 'zip'],
  ])('%s is unpacked on the way', async (_, bytes, kind) => {
    const { reading, cells } = await readAll(bytes)
    expect(reading).toMatchObject({ format: 'csv', archive: { kind } })
    expect(cells).toEqual([
      ['1', 'Jan'],
      ['2', 'Eva'],
    ])
  })

  test('a workbook in an archive is read as well', async () => {
    const { reading } = await readAll(buildZip({ 'orders.xlsx': one(PEOPLE) }))
    expect(reading).toMatchObject({ format: 'xlsx', archive: { kind: 'zip', entry: 'orders.xlsx' } })
  })

  test('several files and archives in archives are refused with what to do', async () => {
    expect(await refusalOf(buildZip({ 'a.csv': csv, 'b.csv': csv }))).toBe('file.archive_of_several')
    expect(await refusalOf(gzipSync(gzipSync(csv)))).toBe('file.archive_nested')
    expect(await refusalOf(buildZip({ 'a.zip': buildZip({ 'a.csv': csv }) }))).toBe('file.archive_nested')
  })

  test('a broken gzip is damaged, not half read', async () => {
    expect(await refusalOf(gzipSync(csv + randomBytes(500).toString('hex')).subarray(0, 300))).toBe(
      'file.damaged',
    )
  })
})

describe('hostile files', () => {
  const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'

  test('entities are refused wherever they are declared', async () => {
    const sheet = `<?xml version="1.0"?>${bomb}<worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>`
    expect(await refusalOf(one(sheet))).toBe('file.unsafe_xml')
    const strings = buildXlsx({
      sheets: [{ name: 'S', rows: PEOPLE }],
      more: { 'xl/sharedStrings.xml': `${bomb}<sst/>` },
    })
    expect(await refusalOf(strings)).toBe('file.unsafe_xml')
  })

  test('depth, width and length of a cell are bounded', async () => {
    expect(await refusalOf(one(`<row>${'<c>'.repeat(300)}`))).toBe('file.unsafe_xml')
    expect(await refusalOf(one('<row><c r="XFE1"><v>1</v></c></row>'))).toBe('file.sheet_too_wide')
    const long = 'x'.repeat(3 * 1024 * 1024)
    expect(await refusalOf(one(`<row><c t="str"><v>${long}</v></c></row>`))).toBe('file.cell_too_long')
  })

  test('what expands a thousandfold is refused before it is unpacked', async () => {
    const blanks = '<row/>'.repeat(7 * 1024 * 1024)
    expect(await refusalOf(one(`${blanks}${PEOPLE}`))).toBe('file.expands_too_far')
    expect(await refusalOf(gzipSync(Buffer.alloc(40 * 1024 * 1024, 97)))).toBe('file.expands_too_far')
  })

  test('a sheet that is cut off is damaged', async () => {
    expect(
      await refusalOf(
        one('<?xml version="1.0"?><worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'),
      ),
    ).toBe('file.damaged')
    const whole = one(PEOPLE)
    expect(await refusalOf(whole.subarray(0, whole.length - 40))).toBe('file.damaged')
  })

  test('any bytes after the signature end in rows or a refusal', () =>
    fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.nat(), async (noise, at) => {
        const bytes = Buffer.from(one(PEOPLE))
        bytes.set(noise, Math.min(4 + (at % bytes.length), bytes.length - noise.length))
        expect(await refusalOf(bytes)).toMatch(/^(?:read|file\.)/)
      }),
      { numRuns: 60 },
    ))

  test('a workbook behind a password says so', async () => {
    expect(await refusalOf(buildCompound(['EncryptionInfo', 'EncryptedPackage']))).toBe('file.encrypted')
    expect(await refusalOf(buildCompound(['WordDocument']))).toBe('file.workbook_unsupported')
  })
})

/** A compound file of a header and one directory sector. */
function buildCompound(streams: readonly string[]): Buffer {
  const bytes = Buffer.alloc(1536, 0xff)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes)
  bytes.writeUInt16LE(9, 30)
  bytes.writeUInt32LE(0, 48)
  bytes.writeUInt32LE(1, 76)
  bytes.fill(0, 512, 1024)
  for (const [i, name] of streams.entries()) {
    bytes.write(name, 512 + i * 128, 'utf16le')
    bytes.writeUInt16LE(name.length * 2 + 2, 512 + i * 128 + 64)
  }
  return bytes
}
