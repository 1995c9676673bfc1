/** A file that is still on its way: its first rows are there a moment after its first megabyte, and no card number. */
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readFile } from '../../src/imports/read/contract.ts'
import { eventually } from '../support/eventually.ts'
import { csv, openStreet, type Street } from '../support/imports.ts'

let street: Street

beforeAll(async () => {
  street = await openStreet()
})
afterAll(() => street?.close())

const megabyte = 1024 * 1024
const tus = (more: Record<string, string> = {}) => ({
  'tus-resumable': '1.0.0',
  cookie: street.owner.cookie ?? '',
  ...more,
})

/** An upload whose bytes come when they are given. */
async function begin(name: string, totalBytes: number) {
  const created = await fetch(`${street.app.url}/api/v1/uploads`, {
    method: 'POST',
    headers: tus({
      'upload-length': String(totalBytes),
      'upload-metadata': `filename ${Buffer.from(name).toString('base64')}`,
    }),
  })
  const url = new URL(created.headers.get('location') ?? '', created.url).href
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  const request: RequestInit = {
    method: 'PATCH',
    headers: tus({ 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }),
    body: readable,
    duplex: 'half',
  }
  const ended = fetch(url, request)
  // Some of the tests never send the rest.
  ended.catch(() => undefined)
  const id = url.split('/').at(-1) ?? ''
  return { id, give: (bytes: Uint8Array) => writer.write(bytes), end: () => writer.close(), ended }
}

const read = (id: string) =>
  street.app.call(readFile, { params: { id }, body: { options: {}, limit: 20 } }, { as: street.owner })

/** So many bytes of rows, whatever the file's size: what follows is never sent in some of the tests. */
function rowsOf(bytes: number, cell = 'some words of a note that is long enough'): Buffer {
  const line = (at: number) => `C${at},Client ${at},${cell}\n`
  const lines = ['Id,Name,Note\n']
  for (let length = 0, at = 0; length < bytes; at += 1) {
    lines.push(line(at))
    length += lines.at(-1)?.length ?? 0
  }
  return Buffer.from(lines.join(''))
}

test('the first rows of a file of gigabytes are told within a second of its first megabyte', async () => {
  const upload = await begin('large.csv', 4 * 1024 * megabyte)
  const chunks = rowsOf(megabyte + 64 * 1024)
  for (let at = 0; at < chunks.length; at += 64 * 1024) await upload.give(chunks.subarray(at, at + 64 * 1024))
  // Server and test are one process: its own time says how long it takes, whatever else the machine does.
  const before = process.cpuUsage()
  const found = await eventually(async () => {
    const answer = await read(upload.id)
    return answer.seenBytes > 768 * 1024 && answer.firstRows !== null && answer
  })
  const { user, system } = process.cpuUsage(before)
  expect(found).toMatchObject({
    isReceived: false,
    waitsFor: null,
    reading: { delimiter: ',', columns: ['Id', 'Name', 'Note'], rowsCounted: false },
  })
  expect(found.firstRows?.rows[0]?.cells.slice(0, 2)).toEqual(['C0', 'Client 0'])
  expect(found.reading?.rowsEstimated).toBeGreaterThan(10_000_000)
  expect((user + system) / 1000).toBeLessThan(1000)
  await upload.end().catch(() => undefined)
  await upload.ended.catch(() => undefined)
})

test('what has not arrived is waited for; the reading of the whole follows, the same as of its beginning', async () => {
  const whole = rowsOf(3 * megabyte)
  const upload = await begin('grows.csv', whole.length)
  expect(await read(upload.id)).toMatchObject({ waitsFor: 'bytes', reading: null, firstRows: null })
  await upload.give(whole.subarray(0, 2 * megabyte))
  const early = await eventually(async () => {
    const answer = await read(upload.id)
    return answer.seenBytes > megabyte && answer
  })
  await upload.give(whole.subarray(2 * megabyte))
  await upload.end()
  expect((await upload.ended).status).toBe(204)
  const late = await read(upload.id)
  expect(late.isReceived).toBe(true)
  expect(late.firstRows).toEqual(early.firstRows)
  expect(late.reading).toEqual(early.reading)
})

test('a beginning that may hold card numbers is not shown, however far the upload is', async () => {
  const card = '4242424242424242'
  const upload = await begin('cards.csv', 100 * megabyte)
  const text = csv([
    ['Name', 'Card'],
    ['Alfa', card],
    ...Array.from({ length: 20_000 }, (_, at) => [`Client ${at}`, 'none']),
  ])
  // The tripwire of the upload cannot be sure yet: one number among thousands of words.
  await upload.give(Buffer.from(text)).catch(() => undefined)
  const answer = await eventually(async () => {
    const found = await street.app.send(
      readFile,
      { params: { id: upload.id }, body: { options: {}, limit: 20 } },
      { as: street.owner },
    )
    const body = await found.text()
    expect(body).not.toContain(card)
    return (body.includes('card_numbers') && body) || null
  })
  expect(answer).toContain('card_numbers')
  await upload.end().catch(() => undefined)
  await upload.ended.catch(() => undefined)
})

test('a packed text is read while it arrives, a workbook when it is whole', async () => {
  const packed = gzipSync(
    Buffer.concat(Array.from({ length: 4 }, () => rowsOf(megabyte, String(Math.random())))),
    {
      level: 0,
    },
  )
  const text = await begin('packed.csv.gz', packed.length)
  await text.give(packed.subarray(0, 2 * megabyte))
  const early = await eventually(async () => {
    const answer = await read(text.id)
    return answer.firstRows !== null && answer
  })
  expect(early.reading?.columns).toEqual(['Id', 'Name', 'Note'])
  const book = await begin('book.xlsx', 5 * megabyte)
  await book.give(Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(megabyte, 1)]))
  expect(
    await eventually(async () => {
      const answer = await read(book.id)
      return answer.waitsFor === 'whole_file' && answer
    }),
  ).toMatchObject({ firstRows: null })
  for (const upload of [text, book]) {
    await upload.end().catch(() => undefined)
    await upload.ended.catch(() => undefined)
  }
})
