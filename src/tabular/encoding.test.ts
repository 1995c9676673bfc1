import { describe, expect, test } from 'vitest'
import { bufferSource } from './byte-source.ts'
import { detectEncoding, encodingNamed } from './encoding.ts'
import { detectReading, readRowBatches } from './tabular.ts'
import { createChunkDecoder } from './text-decoder.ts'

const detect = async (bytes: Buffer): Promise<string> => (await detectEncoding(bytes, true)).encoding

/** Bytes of a text in a single-byte page, by what our decoder makes of each byte. */
function encode(text: string, encoding: string): Buffer {
  const bytes = new Map<string, number>()
  for (let byte = 255; byte >= 0; byte--)
    bytes.set(createChunkDecoder(encoding).decode(Buffer.of(byte), true), byte)
  return Buffer.from(Array.from(text).map((c) => bytes.get(c)!))
}

const CZECH =
  'Jméno;Příjmení;Město\nJiří;Dvořák;České Budějovice\nŽofie;Křížová;Ústí nad Labem\nŠtěpán;Němec;Plzeň\n'
const GERMAN = 'Name;Straße;Ort\nJürgen Größle;Königsallee 5;Düsseldorf\nBärbel Weiß;Schloßstraße 12;Köln\n'
const RUSSIAN =
  'Имя;Город\nАлексей Иванов;Москва\nЕкатерина Смирнова;Санкт-Петербург\nДмитрий Кузнецов;Новосибирск\n'

test.each([
  ['windows-1250', CZECH],
  ['ibm852', CZECH],
  ['windows-1252', GERMAN],
  ['windows-1251', RUSSIAN],
  ['koi8-r', RUSSIAN],
  ['ibm866', RUSSIAN],
])('%s by what the text becomes', async (encoding, text) => {
  const bytes = encode(text, encoding)
  const found = await detect(bytes)
  expect(createChunkDecoder(found).decode(bytes, true)).toBe(text)
})

test('a euro sign means the Windows page, not ISO 8859-1', async () => {
  const bytes = encode('Artikel;Preis\nSchraube;5 €\nMütter;7 €\nDübel für Wände;3 €\n', 'windows-1252')
  expect(createChunkDecoder(await detect(bytes)).decode(bytes, true)).toContain('5 €')
})

describe('wide encodings without a mark', () => {
  const text = 'id,name\n1,Žofie\n2,Иван\n'
  const utf32 = Buffer.alloc(Array.from(text).length * 4)
  for (const [i, c] of Array.from(text).entries()) utf32.writeUInt32LE(c.codePointAt(0)!, i * 4)
  test.each([
    ['utf-16le', Buffer.from(text, 'utf16le')],
    ['utf-16be', Buffer.from(text, 'utf16le').swap16()],
    ['utf-32le', utf32],
  ])('%s', async (encoding, bytes) => {
    expect(await detect(bytes)).toBe(encoding)
    const source = bufferSource('x.csv', bytes, 3)
    const rows = []
    const reading = await detectReading(source)
    for await (const batch of readRowBatches(source, reading, { source: 0, chunkBytes: 3 }))
      rows.push(...batch.rows)
    expect(rows.map((row) => row.cells)).toEqual([
      ['1', 'Žofie'],
      ['2', 'Иван'],
    ])
    const unit = encoding === 'utf-32le' ? 4 : 2
    expect(rows.map((row) => row.offset)).toEqual([8 * unit, 16 * unit])
  })
})

test.each([
  ['shift_jis', 'k\x83\x65\x83\x58\x83\x67\x82\xcc\x83\x66\x81\x5b\x83\x5e', 'kテストのデータ'],
  ['euc-jp', 'k\xa5\xc6\xa5\xb9\xa5\xc8\xa4\xce\xa5\xc7\xa1\xbc\xa5\xbf', 'kテストのデータ'],
  ['iso-2022-kr', '\x1b$)Cname\n\x0e1[;s\x0f\n', 'name\n김사\n'],
])('%s', async (encoding, bytes, text) => {
  const found = await detect(Buffer.from(bytes, 'latin1'))
  expect(found).toBe(encoding)
  const decoder = createChunkDecoder(found)
  const decoded = [...Buffer.from(bytes, 'latin1')]
    .map((byte) => decoder.decode(Buffer.of(byte), false))
    .join('')
  if (encoding !== 'iso-2022-kr') expect(decoded + decoder.decode(Buffer.alloc(0), true)).toBe(text)
  else expect(decoded).toHaveLength(text.length)
})

test('Johab Hangul', () => {
  const decoder = createChunkDecoder('johab')
  // 한글: initial, medial and final as five bits each.
  const code = (initial: number, medial: number, final: number) =>
    0x8000 | (initial << 10) | (medial << 5) | final
  const bytes = [code(20, 3, 5), code(2, 27, 9)].flatMap((c) => [c >> 8, c & 255])
  expect(decoder.decode(Buffer.from([0x41, ...bytes]), true)).toBe('A한글')
})

test.each([
  ['UTF8', 'utf-8'],
  ['cp1250', 'windows-1250'],
  ['Windows_1252', 'windows-1252'],
  ['CP852', 'ibm852'],
  ['latin1', 'iso-8859-1'],
  ['ISO8859-2', 'iso-8859-2'],
  ['SJIS', 'shift_jis'],
  ['gb2312', 'gb18030'],
  ['klingon', null],
])('the name %s is %s', (name, known) => {
  expect(encodingNamed(name)).toBe(known)
})
