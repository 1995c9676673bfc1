/**
 * A workbook as an old system might have left it: 18 columns of shared strings, numbers, dates and percentages,
 * any number of rows. Written as a stream, so that a million rows cost no memory. The same rows, the same bytes.
 */
import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { crc32, createDeflateRaw } from 'node:zlib'

const COLUMNS = 18
const WORDS = 5000
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

type Part = {
  readonly name: string
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly at: number
}

/** Writes `rows` rows below a header row; every third column is text that comes again, one is text of its own. */
export async function writeWorkbookFile(path: string, rows: number): Promise<void> {
  const file = createWriteStream(path, { highWaterMark: 1024 * 1024 })
  const parts: Part[] = []
  let at = 0
  const put = async (bytes: Buffer): Promise<void> => {
    at += bytes.length
    if (!file.write(bytes)) await once(file, 'drain')
  }
  for (const [name, pieces] of partsOf(rows)) parts.push(await writePart(name, pieces, () => at, put))
  const directory = at
  for (const part of parts) await put(entryOf(part))
  await put(endOf(parts.length, at - directory, directory))
  await closed(file)
}

async function closed(file: WriteStream): Promise<void> {
  file.end()
  await finished(file)
}

function* partsOf(rows: number): Generator<readonly [string, Iterable<string>]> {
  yield [
    '[Content_Types].xml',
    [
      `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>`,
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
      contentType('workbook.xml', 'sheet.main'),
      contentType('worksheets/sheet1.xml', 'worksheet'),
      contentType('styles.xml', 'styles'),
      contentType('sharedStrings.xml', 'sharedStrings'),
      '</Types>',
    ],
  ]
  yield [
    '_rels/.rels',
    [
      `${XML}<Relationships xmlns="${PACKAGE}/relationships">`,
      `<Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
  ]
  yield [
    'xl/workbook.xml',
    [
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}">`,
      '<sheets><sheet name="Clients" sheetId="1" r:id="rId1"/></sheets></workbook>',
    ],
  ]
  yield [
    'xl/_rels/workbook.xml.rels',
    [
      `${XML}<Relationships xmlns="${PACKAGE}/relationships">`,
      `<Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>`,
      `<Relationship Id="rId2" Type="${RELATIONS}/styles" Target="styles.xml"/>`,
      `<Relationship Id="rId3" Type="${RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    ],
  ]
  yield [
    'xl/styles.xml',
    [
      `${XML}<styleSheet xmlns="${MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>`,
      '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4">',
      '<xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="10" applyNumberFormat="1"/>',
      '<xf numFmtId="4" applyNumberFormat="1"/></cellXfs></styleSheet>',
    ],
  ]
  yield ['xl/sharedStrings.xml', strings(rows)]
  yield ['xl/worksheets/sheet1.xml', sheet(rows)]
}

function contentType(part: string, kind: string): string {
  const type = `application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml`
  return `<Override PartName="/xl/${part}" ContentType="${type}"/>`
}

/** The labels, words that come again and again, and a name of its own for every row. */
function* strings(rows: number): Generator<string> {
  yield `${XML}<sst xmlns="${MAIN}">`
  for (let column = 0; column < COLUMNS; column += 1) yield `<si><t>Column ${column + 1}</t></si>`
  for (let word = 0; word < WORDS; word += 1) yield `<si><t>Příliš žluťoučký kůň ${word}</t></si>`
  for (let row = 1; row <= rows; row += 1) yield `<si><t>Client ${row} &amp; sons</t></si>`
  yield '</sst>'
}

const letters = Array.from({ length: COLUMNS }, (_, column) => String.fromCharCode(65 + column))

function* sheet(rows: number): Generator<string> {
  yield `${XML}<worksheet xmlns="${MAIN}"><dimension ref="A1:R${rows + 1}"/><sheetData>`
  yield `<row r="1">${letters.map((letter, at) => `<c r="${letter}1" t="s"><v>${at}</v></c>`).join('')}</row>`
  for (let row = 1; row <= rows; row += 1) {
    let text = `<row r="${row + 1}" spans="1:${COLUMNS}">`
    for (let column = 0; column < COLUMNS; column += 1) text += cellOf(row, column)
    yield `${text}</row>`
  }
  yield '</sheetData></worksheet>'
}

function cellOf(row: number, column: number): string {
  const place = `r="${letters[column]}${row + 1}"`
  if (column === 0) return `<c ${place} t="s"><v>${COLUMNS + WORDS + row - 1}</v></c>`
  if (column % 3 === 0) return `<c ${place} t="s"><v>${COLUMNS + ((row * 31 + column * 977) % WORDS)}</v></c>`
  if (column % 6 === 1) return `<c ${place} s="1"><v>${36_526 + ((row * 7 + column) % 9000)}</v></c>`
  if (column === 14) return `<c ${place} s="2"><v>${(row % 1000) / 1000}</v></c>`
  if (column % 6 === 2) return `<c ${place}><v>${row * 17 + column}</v></c>`
  return `<c ${place} s="3"><v>${(row % 100_000) + column / 8}</v></c>`
}

async function writePart(
  name: string,
  pieces: Iterable<string>,
  position: () => number,
  put: (bytes: Buffer) => Promise<void>,
): Promise<Part> {
  const at = position()
  await put(Buffer.concat([Buffer.from('504b0304', 'hex'), fixedFields(0, 0, 0, name), Buffer.from(name)]))
  const packer = createDeflateRaw({ level: 6 })
  let crc = 0
  let size = 0
  let packed = 0
  const drained = (async () => {
    for await (const chunk of packer as AsyncIterable<Buffer>) {
      packed += chunk.length
      await put(chunk)
    }
  })()
  for (const bytes of joined(pieces)) {
    crc = crc32(bytes, crc)
    size += bytes.length
    if (!packer.write(bytes)) await once(packer, 'drain')
  }
  packer.end()
  await drained
  const descriptor = Buffer.alloc(16)
  descriptor.write('504b0708', 0, 'hex')
  descriptor.writeUInt32LE(crc, 4)
  descriptor.writeUInt32LE(packed, 8)
  descriptor.writeUInt32LE(size, 12)
  await put(descriptor)
  return { name, crc, packed, size, at }
}

function* joined(pieces: Iterable<string>): Generator<Buffer> {
  let text = ''
  for (const piece of pieces) {
    text += piece
    if (text.length < 64 * 1024) continue
    yield Buffer.from(text)
    text = ''
  }
  yield Buffer.from(text)
}

/** The fields that a local header and a directory entry share; sizes follow the data (flag 8). */
function fixedFields(crc: number, packed: number, size: number, name: string): Buffer {
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(20, 0)
  fields.writeUInt16LE(8, 2)
  fields.writeUInt16LE(8, 4)
  fields.writeUInt16LE(0x5a21, 8)
  fields.writeUInt32LE(crc, 10)
  fields.writeUInt32LE(packed, 14)
  fields.writeUInt32LE(size, 18)
  fields.writeUInt16LE(Buffer.byteLength(name), 22)
  return fields
}

function entryOf({ name, crc, packed, size, at }: Part): Buffer {
  const rest = Buffer.alloc(14)
  rest.writeUInt32LE(at, 10)
  return Buffer.concat([
    Buffer.from('504b01021400', 'hex'),
    fixedFields(crc, packed, size, name),
    rest,
    Buffer.from(name),
  ])
}

function endOf(count: number, size: number, at: number): Buffer {
  const end = Buffer.alloc(22)
  end.write('504b0506', 0, 'hex')
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(at, 16)
  return end
}
