/** Files on their way in: resumed, broken off, larger than the disk; what has arrived is neither lost nor doubled. */
import { createHash } from 'node:crypto'
import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import * as contract from '../../src/imports/contract.ts'
import * as readContract from '../../src/imports/read/contract.ts'
import type { FileId } from '../../src/platform/blobs.ts'
import { inWork } from '../../src/platform/work.ts'
import { writeXlsx } from '../../src/tabular/tabular.ts'
import { eventually } from '../support/eventually.ts'
import { csv, openStreet, type Street, sendFile } from '../support/imports.ts'

let street: Street

beforeAll(async () => {
  street = await openStreet()
})
afterAll(() => street?.close())

const text = csv([
  ['External id', 'Name', 'Note'],
  ...Array.from({ length: 12_000 }, (_, at) => [`T${at}`, `Client ${at}`, 'some words of a note']),
])
const whole = Buffer.from(text)
const hash = createHash('sha256').update(whole).digest('hex')

const tus = (more: Record<string, string> = {}) => ({
  'tus-resumable': '1.0.0',
  cookie: street.owner.cookie!,
  ...more,
})

/** The address of a new upload. */
async function begin(bytes: Buffer, name = 'resumed.csv'): Promise<string> {
  const response = await fetch(`${street.app.url}/api/v1/uploads`, {
    method: 'POST',
    headers: tus({
      'upload-length': String(bytes.length),
      'upload-metadata': `filename ${Buffer.from(name).toString('base64')}`,
    }),
  })
  expect(response.status).toBe(201)
  return new URL(response.headers.get('location')!, response.url).href
}

const idOf = (url: string) => url.split('/').at(-1) as FileId

function send(url: string, offset: number, body: Uint8Array | ReadableStream, signal?: AbortSignal) {
  const request: RequestInit = {
    method: 'PATCH',
    headers: tus({ 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }),
    body,
    duplex: 'half',
    ...(signal ? { signal } : {}),
  }
  return fetch(url, request)
}

async function offsetOf(url: string): Promise<number> {
  const response = await fetch(url, { method: 'HEAD', headers: tus() })
  return Number(response.headers.get('upload-offset'))
}

const find = (url: string) =>
  street.app.call(readContract.findUploadedFile, { params: { id: idOf(url) } }, { as: street.owner })

test('an upload in three pieces is one file with one hash, and imports', async () => {
  const url = await begin(whole)
  for (const [from, to] of [
    [0, 100_001],
    [100_001, 100_002],
    [100_002, whole.length],
  ] as const)
    expect((await send(url, from, whole.subarray(from, to))).status).toBe(204)
  expect(await find(url)).toMatchObject({ name: 'resumed.csv', bytes: whole.length, sha256: hash })
  const view = await street.app.call(
    contract.createImport,
    { body: { kind: 'clients', fileId: idOf(url) } },
    { as: street.owner },
  )
  expect((await street.checkAgain(view.id)).counts).toMatchObject({ rows: 12_000, failed: 0 })
})

test('a workbook arrives in pieces like any other file', async () => {
  async function* rows() {
    yield [['External id', 'Name'], ...Array.from({ length: 3000 }, (_, at) => [`B${at}`, `Firm ${at}`])]
  }
  const parts: Buffer[] = []
  for await (const part of writeXlsx('Firms', rows())) parts.push(part as Buffer)
  const book = Buffer.concat(parts)
  const url = await begin(book, 'firms.xlsx')
  expect((await send(url, 0, book.subarray(0, 5000))).status).toBe(204)
  expect((await send(url, 5000, book.subarray(5000))).status).toBe(204)
  expect(await find(url)).toMatchObject({ name: 'firms.xlsx', bytes: book.length })
})

test('a connection that breaks keeps what arrived, and the rest follows', async () => {
  const url = await begin(whole)
  const abort = new AbortController()
  const part = whole.subarray(0, 300_000)
  const stream = new ReadableStream({
    start: (controller) => controller.enqueue(part),
  })
  const broken = send(url, 0, stream, abort.signal)
  const blob = join(
    street.world.platform.config.dataDir,
    'files',
    street.organisation.org,
    `${idOf(url)}.blob`,
  )
  const gone = expect(broken).rejects.toThrow()
  await eventually(() =>
    stat(blob).then(
      ({ size }) => size > 0,
      () => false,
    ),
  )
  abort.abort()
  await gone
  const kept = await eventually(async () => (await offsetOf(url)) || null)
  expect(kept).toBeLessThanOrEqual(part.length)
  const early = await street.app.refusal(
    contract.createImport,
    { body: { kind: 'clients', fileId: idOf(url) } },
    { as: street.owner },
  )
  expect(early).toMatchObject({ code: 'file.incomplete', params: { received: kept, total: whole.length } })
  expect((await send(url, 0, whole)).status).toBe(409)
  expect((await send(url, kept, whole.subarray(kept))).status).toBe(204)
  expect(await find(url)).toMatchObject({ bytes: whole.length, sha256: hash })
})

test('bytes that a dying process wrote and could not acknowledge are not doubled', async () => {
  const url = await begin(whole)
  expect((await send(url, 0, whole.subarray(0, 1000))).status).toBe(204)
  const { platform } = street.world
  const scope = await street.organisation.scopeOf('administrator')
  const file = await inWork(platform, scope, (work) => platform.blobs.openKey(work, idOf(url)))
  await platform.blobs.append(file, [whole.subarray(1000, 400_000)] as never)
  expect(await offsetOf(url)).toBe(1000)
  expect((await send(url, 1000, whole.subarray(1000, 2000))).status).toBe(204)
  expect((await send(url, 2000, whole.subarray(2000))).status).toBe(204)
  expect(await find(url)).toMatchObject({ bytes: whole.length, sha256: hash })
})

/** Makes the disk full after some bytes more, until the returned function is called. */
async function fillDisk(bytes: number): Promise<() => void> {
  const handle = await open(import.meta.filename)
  const prototype = Object.getPrototypeOf(handle) as typeof handle
  await handle.close()
  let left = bytes
  const spy = vi.spyOn(prototype, 'appendFile').mockImplementation(async function (
    this: typeof handle,
    data,
  ) {
    left -= (data as Buffer).length
    if (left < 0) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
    await this.write(data as Buffer)
  })
  return () => spy.mockRestore()
}

test('a full disk is told in words; the same upload goes on when there is space again', async () => {
  const url = await begin(whole)
  const free = await fillDisk(300_000)
  try {
    const full = await send(url, 0, whole)
    expect(full.status).toBe(507)
    expect(await full.text()).toContain('storage.full')
    const direct = await sendFile(street.app.url, whole, 'full.csv', street.owner)
    expect(await direct.json()).toMatchObject({ status: 507, code: 'storage.full' })
  } finally {
    free()
  }
  const kept = await offsetOf(url)
  expect((await send(url, kept, whole.subarray(kept))).status).toBe(204)
  expect(await find(url)).toMatchObject({ bytes: whole.length, sha256: hash })
  const left = await street.stored<{ state: string }>(
    "select state from carryover.files where name = 'full.csv'",
  )
  expect(left).toEqual([{ state: 'erased' }])
  const blobs = await readdir(join(street.world.platform.config.dataDir, 'files', street.organisation.org))
  const known = await street.stored<{ id: string }>(
    "select id::text from carryover.files where state in ('kept', 'receiving')",
  )
  expect(blobs.sort()).toEqual(known.map(({ id }) => `${id}.blob`).sort())
})

test('a file that an import rests on is not given up with its upload', async () => {
  const bytes = Buffer.from('Name\nAlfa\n')
  const url = await begin(bytes, 'used.csv')
  await send(url, 0, bytes)
  const body = { kind: 'clients', fileId: idOf(url) }
  const view = await street.app.call(contract.createImport, { body }, { as: street.owner })
  const refused = await fetch(url, { method: 'DELETE', headers: tus() })
  expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining('file.in_use')])
  expect((await street.checkAgain(view.id)).status).toBe('waiting_for_approval')
})

test('an upload that is given up is erased', async () => {
  const url = await begin(whole)
  await send(url, 0, whole.subarray(0, 5000))
  expect((await fetch(url, { method: 'DELETE', headers: tus() })).status).toBe(204)
  expect((await fetch(url, { method: 'HEAD', headers: tus() })).status).toBe(404)
  expect(await street.stored('select state from carryover.files where id = $1', [idOf(url)])).toEqual([
    { state: 'erased' },
  ])
})

test.each([
  ['in one request', false],
  ['resumable', true],
])(
  'a large upload that is refused at its beginning, %s: its sender hears why and can go on',
  async (_, isTus) => {
    const large = Buffer.from(
      `Name,Card\nAlfa,4242424242424242\n${'Beta,some words that follow\n'.repeat(250_000)}`,
    )
    for (let time = 0; time < 3; time += 1) {
      const response = isTus
        ? await send(await begin(large), 0, large)
        : await sendFile(street.app.url, large, 'large.csv', street.owner)
      expect(response.status).toBe(422)
      expect(await response.text()).toContain('file.card_numbers')
    }
  },
)
