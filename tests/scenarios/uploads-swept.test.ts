/** Uploads that nobody goes on with are swept; what is received, used or still wanted stays. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as contract from '../../src/imports/contract.ts'
import * as readContract from '../../src/imports/read/contract.ts'
import { beginUpload, receiveBytes } from '../../src/imports/read/receive.ts'
import { sweepUpload } from '../../src/imports/read/sweep-upload.ts'
import type { FileId } from '../../src/platform/blobs.ts'
import type { Platform } from '../../src/platform/platform.ts'
import { eventually } from '../support/eventually.ts'
import { openStreet, type Street } from '../support/imports.ts'

let street: Street
const bytes = Buffer.from('External id,Name\nU1,Alfa\nU2,Beta\n')
const hour = 3600

beforeAll(async () => {
  street = await openStreet({ isWorking: false })
})
afterAll(() => street?.close())

const scope = () => street.organisation.scopeOf('administrator')
const begin = async (totalBytes = bytes.length) =>
  beginUpload(street.world.platform, await scope(), { name: 'left.csv', totalBytes })
const send = async (id: FileId, part: Buffer, platform: Platform = street.world.platform) =>
  receiveBytes(platform, await scope(), id, [part] as never)
const sweep = async (id: FileId) => sweepUpload(street.world.platform, await scope(), id)
const stateOf = async (id: FileId) => {
  const [file] = await street.stored<{ state: string; has_key: boolean }>(
    'select state, sealed_key is not null as has_key from carryover.files where id = $1',
    [id],
  )
  return file
}
const blobs = () => readdir(join(street.world.platform.config.dataDir, 'files', street.organisation.org))

test('an upload that stopped half way is erased when its time is up, and not before', async () => {
  const id = await begin()
  await send(id, bytes.subarray(0, 10))
  street.world.clock.travel(47 * hour)
  expect(await sweep(id)).toBe('waits')
  expect(await blobs()).toContain(`${id}.blob`)
  street.world.clock.travel(2 * hour)
  expect(await sweep(id)).toBe('erased')
  expect(await stateOf(id)).toEqual({ state: 'erased', has_key: false })
  expect(await blobs()).not.toContain(`${id}.blob`)
  expect(await street.stored('select 1 from carryover.uploads where file_id = $1', [id])).toEqual([])
  await expect(send(id, bytes)).rejects.toMatchObject({ code: 'file.not_found' })
  expect(await sweep(id)).toBe('settled')
})

test('an upload that goes on is not touched, however long ago it began', async () => {
  const id = await begin()
  await send(id, bytes.subarray(0, 10))
  street.world.clock.travel(40 * hour)
  await send(id, bytes.subarray(10, 20))
  street.world.clock.travel(40 * hour)
  expect(await sweep(id)).toBe('waits')
  expect(await send(id, bytes.subarray(20))).toBe(bytes.length)
  expect(await stateOf(id)).toMatchObject({ state: 'kept' })
})

test('one request that takes days is being received all the while', async () => {
  const id = await begin()
  const outcomes: string[] = []
  async function* slowly() {
    for (const byte of bytes) {
      yield Buffer.from([byte])
      street.world.clock.travel(10 * hour)
      outcomes.push(await sweep(id))
    }
  }
  await receiveBytes(street.world.platform, await scope(), id, slowly())
  expect(new Set(outcomes)).toEqual(new Set(['waits']))
  expect(await stateOf(id)).toMatchObject({ state: 'kept' })
})

test('a received file that no import uses goes; one that an import rests on stays', async () => {
  const left = await street.upload(bytes)
  const used = await street.bring(bytes)
  street.world.clock.travel(49 * hour)
  expect(await sweep(left.id as FileId)).toBe('erased')
  expect(await sweep(used.sources[0]!.fileId as FileId)).toBe('settled')
  expect(await stateOf(used.sources[0]!.fileId as FileId)).toMatchObject({ state: 'kept' })
  const as = { as: street.owner }
  const params = { params: { id: left.id } }
  expect(await street.app.refusal(readContract.findUploadedFile, params, as)).toMatchObject({
    code: 'file.erased',
  })
  const body = { kind: 'clients', fileId: left.id }
  expect(await street.app.refusal(contract.createImport, { body }, as)).toMatchObject({ code: 'file.erased' })
})

test('the worker does it by itself, at the time that the configuration says', async () => {
  const { platform } = street.world
  const config = { ...platform.config, uploadHours: 0.5 / hour }
  const hasty: Platform = { ...platform, config, clock: { now: () => new Date() } }
  const id = await beginUpload(hasty, await scope(), { name: 'hasty.csv', totalBytes: 100 })
  await send(id, bytes.subarray(0, 10), hasty)
  street.world.clock.travel(new Date(Date.now() + 100 * hour * 1000))
  const stop = await street.app.work()
  try {
    await eventually(async () => (await stateOf(id))?.state === 'erased')
  } finally {
    await stop()
  }
})
