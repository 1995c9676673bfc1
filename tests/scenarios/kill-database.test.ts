/**
 * The database under the program is killed in the middle of a check, a load and an undo: it comes back by itself,
 * what was committed is there, nothing is half done, and the import goes on or rests with the reason.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tasks } from '../../src/app.ts'
import * as contract from '../../src/imports/contract.ts'
import { listKinds } from '../../src/kinds/contract.ts'
import { readConfig } from '../../src/platform/config.ts'
import {
  describeEmbeddedPostgres,
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../src/platform/embedded-postgres.ts'
import { openPlatform } from '../../src/platform/platform.ts'
import { createClock } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'
import { clientsDump, csv, type Street, streetOf } from '../support/imports.ts'
import { createTestOrganisation } from '../support/organisation.ts'

let folder: string
let server: EmbeddedPostgres
let street: Street

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-kill-'))
  server = await startEmbeddedPostgres({ dataDir: folder })
  await asSuperuser('postgres', (admin) => admin.query('create database carryover'))
  const { user, password } = server.superuser
  const databaseUrl = `postgres://${user}:${password}@localhost:${server.port}/carryover?host=${server.socketDir}`
  const clock = createClock(new Date('2026-03-02T09:00:00Z'))
  const config = { ...readConfig({ dataDir: folder }, {}), databaseUrl, logLevel: 'silent' }
  const platform = await openPlatform(config, tasks, clock)
  const world = { platform, clock, close: platform.close }
  const organisation = await createTestOrganisation(platform)
  street = await streetOf(world, organisation, true, (act) => asSuperuser('carryover', act))
})
afterAll(async () => {
  await street?.close()
  await server?.close()
  await rm(folder, { recursive: true, force: true })
})

async function asSuperuser<T>(database: string, act: (admin: Client) => Promise<T>): Promise<T> {
  const admin = new Client({ host: server.socketDir, port: server.port, ...server.superuser, database })
  admin.on('error', () => undefined)
  await admin.connect()
  try {
    return await act(admin)
  } finally {
    await admin.end()
  }
}

/** Ends the server as a power cut does, and waits until the program answers again. */
async function killDatabase(): Promise<void> {
  const { server: running } = await describeEmbeddedPostgres(folder)
  process.kill(running!.pid, 'SIGKILL')
  await eventually(async () => {
    const { server: next } = await describeEmbeddedPostgres(folder)
    if (next === null || next.pid === running!.pid) return false
    return (await street.app.send(listKinds, {}, { as: street.owner })).ok
  }, 60)
}

const file = csv([
  ['External id', 'Name', 'E-mail', 'Note'],
  ...Array.from({ length: 30_000 }, (_, at) => [
    `D${at}`,
    `Client ${at}`,
    `d${at}@example.com`,
    'some words that take a little room',
  ]),
])

const as = () => ({ as: street.owner })

test('killed while it checks, waits, loads and undoes: everything goes on from there', async () => {
  const { id } = await street.bring(file)
  const params = { params: { id } }
  await street.app.call(contract.checkImport, params, as())
  await eventually(async () => (await street.find(id)).progress)
  await killDatabase()
  expect(await street.rest(id, 90)).toMatchObject({
    status: 'waiting_for_approval',
    counts: { rows: 30_000, created: 30_000, failed: 0 },
  })

  // While it waits: the crash empties the staging, and the load builds it again.
  await killDatabase()
  expect(await street.stored(`select 1 from staging.rows_${id}_0 limit 1`)).toEqual([])

  await street.app.call(contract.approveImport, { ...params, body: {} }, as())
  await eventually(async () => (await street.find(id)).progress)
  await killDatabase()
  const loaded = await street.rest(id, 90)
  expect(loaded).toMatchObject({ status: 'completed', balanced: true, counts: { created: 30_000 } })
  expect(await street.stored('select count(*)::int as n from carryover.clients')).toEqual([{ n: 30_000 }])

  await street.app.call(contract.undoImport, params, as())
  await killDatabase()
  expect(await street.rest(id, 90)).toMatchObject({ status: 'undone', undo: { reversed: 30_000 } })
  expect(await street.stored(clientsDump)).toEqual([])
}, 240_000)

test('while it is away, callers are told that it is, not that something broke', async () => {
  const { server: running } = await describeEmbeddedPostgres(folder)
  process.kill(running!.pid, 'SIGSTOP')
  process.kill(running!.pid, 'SIGKILL')
  const answers = new Set<number>()
  await eventually(async () => {
    const response = await street.app.send(contract.listImports, {}, as())
    answers.add(response.status)
    if (response.status !== 200) expect(await response.json()).toMatchObject({ code: 'server.unavailable' })
    return response.ok && (await describeEmbeddedPostgres(folder)).server?.pid !== running!.pid
  }, 60)
  expect([...answers]).toContain(200)
  expect([...answers].filter((status) => ![200, 503].includes(status))).toEqual([])
}, 90_000)
