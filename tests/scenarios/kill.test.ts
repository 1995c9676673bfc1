/**
 * A worker that is killed at a random moment of a check, a load or an undo: nothing is ever half written, and
 * another worker brings the import to an end within a minute, or it rests with the reason. `KILL_MOMENTS` says
 * how many moments (default 3, one of each stage); the nightly run takes 20.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import * as contract from '../../src/imports/contract.ts'
import { eventually } from '../support/eventually.ts'
import { clientsDump, csv, openStreet, type Street } from '../support/imports.ts'
import { spawnWorker } from '../support/worker.ts'

const moments = Number(process.env['KILL_MOMENTS'] ?? 3)
const stages = ['check', 'load', 'undo'] as const
type Stage = (typeof stages)[number]

const rows = 20_000
const known = 200
const file = csv([
  ['External id', 'Name', 'E-mail', 'Note', 'Rating'],
  ...Array.from({ length: rows }, (_, at) => [
    `K${at}`,
    `Client ${at}`,
    at % 500 === 3 ? 'not an address' : `k${at}@example.com`,
    'some words',
    'B',
  ]),
])
const counts = { rows, failed: rows / 500, created: rows - rows / 500 - known + 1, updated: known - 1 }

/** An import of rows that create and rows that update, brought to just before the stage. */
async function prepare(street: Street, stage: Stage): Promise<string> {
  const stop = await street.app.work()
  try {
    await street.stored(
      `insert into carryover.clients (org_id, external_id, name, created_at, updated_at)
        select $1, 'K' || n, 'Known ' || n, now(), now() from generate_series(0, $2 - 1) n`,
      [street.organisation.org, known],
    )
    const options = { settings: { rows: 'valid_only', existing: 'upsert', match: ['externalId'] } } as const
    const brought = await street.bring(file, { settings: { ...options.settings, match: ['externalId'] } })
    if (stage === 'check') return brought.id
    expect((await street.checkAgain(brought.id)).counts).toMatchObject(counts)
    if (stage === 'load') return brought.id
    expect((await street.approve(brought.id)).status).toBe('completed')
    return brought.id
  } finally {
    await stop()
  }
}

const asked = {
  check: (street: Street, id: string) =>
    street.app.call(contract.checkImport, { params: { id } }, { as: street.owner }),
  load: (street: Street, id: string) =>
    street.app.call(contract.approveImport, { params: { id }, body: {} }, { as: street.owner }),
  undo: (street: Street, id: string) =>
    street.app.call(contract.undoImport, { params: { id } }, { as: street.owner }),
}

/** Kills a worker in the middle of the stage, lets another one go on, and looks at what there is then. */
async function killDuring(stage: Stage, moment: number): Promise<string> {
  const street = await openStreet({ isWorking: false })
  try {
    const id = await prepare(street, stage)
    const before = await street.stored(clientsDump)
    const first = await spawnWorker(street.world.platform)
    await asked[stage](street, id)
    await eventually(async () => (await street.find(id)).progress)
    // The stage takes about a second: some moments lie in it, some at its edges, a few after it.
    await sleep(moment * 1100)
    await first.kill()
    await eventually(
      async () =>
        (
          await street.stored(
            "select 1 from pg_stat_activity where datname = current_database() and usename = 'carryover_loader' and state <> 'idle'",
          )
        ).length === 0,
    )
    const left = await street.stored(clientsDump)
    const state = (await street.find(id)).status
    const isDone = !['checking', 'in_progress'].includes(state)
    if (!isDone || stage === 'check') expect(left).toEqual(before)
    const second = await spawnWorker(street.world.platform)
    const killedAt = performance.now()
    const view = await street.rest(id, 60)
    const seconds = (performance.now() - killedAt) / 1000
    await expectWhole(street, stage, view, before)
    await second.kill()
    return `${stage} at ${moment.toFixed(2)}: ${isDone ? 'was done' : `${view.status} after ${seconds.toFixed(0)} s`}`
  } finally {
    await street.close()
  }
}

async function expectWhole(
  street: Street,
  stage: Stage,
  view: contract.ImportView,
  before: readonly unknown[],
): Promise<void> {
  const after = await street.stored(clientsDump)
  if (stage === 'check') {
    expect(view).toMatchObject({ status: 'waiting_for_approval', balanced: true, counts })
    expect(await street.findings(view.id)).toHaveLength(counts.failed)
    expect(after).toEqual(before)
  }
  if (stage === 'load' && view.status === 'completed') {
    expect(view).toMatchObject({
      balanced: true,
      counts: { ...counts, loaded: counts.created + counts.updated },
    })
    expect(after).toHaveLength(known + counts.created)
  } else if (stage === 'load') {
    expect(view).toMatchObject({ status: 'waiting_for_approval', reason: expect.any(String) })
    expect(after).toEqual(before)
  }
  if (stage === 'undo') {
    expect(view).toMatchObject({ status: 'undone', undo: { kept: 0, blocked: 0 } })
    expect(after).toHaveLength(known)
    expect(after.every((row) => JSON.stringify(row).includes('Known'))).toBe(true)
  }
  const isClosed = stage !== 'check' && view.status !== 'waiting_for_approval'
  if (isClosed)
    await eventually(
      async () => (await street.stored("select 1 from pg_tables where schemaname = 'staging'")).length === 0,
      60,
    )
}

const plan = Array.from({ length: moments }, (_, at) => ({
  stage: stages[at % stages.length]!,
  moment: Math.random(),
}))

// Most of the time is waiting until the queue sees that the worker is gone, so a few wait side by side.
test.concurrent.for(plan)(
  'killed during $stage, at $moment of it',
  { timeout: 200_000 },
  async (of, told) => {
    await told.annotate(await killDuring(of.stage, of.moment))
  },
)
