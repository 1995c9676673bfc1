/** Small files that unpack to gigabytes: refused within ten seconds and 300 MB, by a process that reads nothing else. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { constants, crc32, deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const MEGABYTE = 1024 * 1024
const run = promisify(execFile)
const TYPES = '<Types xmlns="x"><Override PartName="/xl/workbook.xml" ContentType="sheet.main+xml"/></Types>'
const WORKBOOK = '<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
const SHEET = '<worksheet><sheetData><row><c t="s"><v>0</v></c></row></sheetData></worksheet>'

/** A raw deflate stream of `head`, the same megabyte `times` times, and an end: written without making it. */
function packedOver(head: string, megabyte: Buffer, times: number): Buffer {
  const flush = { finishFlush: constants.Z_FULL_FLUSH, level: 9 }
  const block = deflateRawSync(megabyte, flush)
  const start = deflateRawSync(Buffer.from(head), flush)
  return Buffer.concat([
    start,
    ...Array.from({ length: times }, () => block),
    deflateRawSync(Buffer.alloc(0)),
  ])
}

type Packed = { readonly name: string; readonly bytes: Buffer; readonly size: number; readonly crc?: number }

/** An archive whose entries say of themselves what they like. */
function archiveOf(entries: readonly Packed[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, bytes, size, crc = 0 } of entries) {
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(8, 4)
    facts.writeUInt32LE(crc, 10)
    facts.writeUInt32LE(bytes.length, 14)
    facts.writeUInt32LE(size, 18)
    facts.writeUInt16LE(name.length, 22)
    bodies.push(Buffer.from('504b0304', 'hex'), facts, Buffer.from(name), bytes)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    directory.push(Buffer.from('504b01021400', 'hex'), facts, place, Buffer.from(name))
    offset += 30 + name.length + bytes.length
  }
  const index = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('504b0506', 0, 'hex')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(index.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, index, end])
}

const plain = (name: string, text: string): Packed => ({
  name,
  bytes: deflateRawSync(Buffer.from(text)),
  size: text.length,
  crc: crc32(text),
})

function workbookWith(part: Packed): Buffer {
  const others = [
    plain('[Content_Types].xml', TYPES),
    plain('xl/workbook.xml', WORKBOOK),
    plain('xl/worksheets/sheet1.xml', SHEET),
  ]
  return archiveOf([...others.filter(({ name }) => name !== part.name), part])
}

const rows = Buffer.from('<row></row>\n'.repeat(Math.ceil(MEGABYTE / 12)))
const strings = Buffer.from('<si><t>abcdefgh</t></si>\n'.repeat(Math.ceil(MEGABYTE / 25)))
const texts = Buffer.from('1,x\n'.repeat(MEGABYTE / 4))
/** Of words that hardly pack, so that the ratio stays below what is refused at once. */
const lines = Buffer.from(
  Array.from({ length: 12_000 }, (_, at) => `${(at * 7919) % 100_003},`.padEnd(88, 'x')).join('\n'),
)

const bombs: Readonly<Record<string, () => Buffer>> = {
  'a sheet of five gigabytes': () =>
    workbookWith({
      name: 'xl/worksheets/sheet1.xml',
      bytes: packedOver('<worksheet><sheetData>', rows, 5 * 1024),
      size: 4000,
    }),
  'strings of five gigabytes': () =>
    workbookWith({ name: 'xl/sharedStrings.xml', bytes: packedOver('<sst>', strings, 5 * 1024), size: 4000 }),
  'binary parts of five gigabytes': () =>
    archiveOf([
      plain('[Content_Types].xml', TYPES),
      { name: 'xl/workbook.bin', bytes: packedOver('', Buffer.alloc(MEGABYTE), 5 * 1024), size: 4000 },
    ]),
  'a packed text of five gigabytes': () =>
    archiveOf([{ name: 'a.csv', bytes: packedOver('id,name\n', texts, 5 * 1024), size: 9 }]),
  'a packed binary workbook that packs no better than others': () =>
    archiveOf([
      plain('[Content_Types].xml', TYPES),
      { name: 'xl/workbook.bin', bytes: packedOver('', lines, 600), size: 4000 },
    ]),
}

const PROGRAM = `
import { fileSource, detectReading, readRowBatches } from ${JSON.stringify(new URL('../tabular.ts', import.meta.url).href)}
let code = 'read'
const started = performance.now()
try {
  const source = await fileSource(process.argv[1])
  for await (const batch of readRowBatches(source, await detectReading(source), { source: 0 })) void batch
} catch (error) {
  code = error.code ?? String(error)
}
console.log(JSON.stringify({ code, ms: performance.now() - started, megabytes: process.resourceUsage().maxRSS / 1024 }))`

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-bombs-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('bombs', () => {
  test.each(Object.entries(bombs))(
    '%s',
    async (name, make) => {
      const path = join(folder, 'bomb')
      const bytes = make()
      await writeFile(path, bytes)
      expect(bytes.length, name).toBeLessThan(32 * MEGABYTE)
      const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', PROGRAM, path])
      const ended = JSON.parse(stdout) as { code: string; ms: number; megabytes: number }
      expect(['file.expands_too_far', 'file.workbook_too_large']).toContain(ended.code)
      expect(ended.ms).toBeLessThan(10_000)
      expect(ended.megabytes).toBeLessThan(300)
    },
    30_000,
  )
})
