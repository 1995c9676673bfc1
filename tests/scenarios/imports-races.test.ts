/** Several people and processes at one import at the same moment, and what runs being stopped. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openEngine } from '../../src/app.ts'
import { listHistory } from '../../src/history/contract.ts'
import * as contract from '../../src/imports/contract.ts'
import { underControl } from '../../src/imports/control.ts'
import type { ImportId } from '../../src/imports/run.ts'
import { inWork } from '../../src/platform/work.ts'
import { eventually } from '../support/eventually.ts'
import type { Visitor } from '../support/http.ts'
import { clientsDump, csv, openStreet, type Street } from '../support/imports.ts'

let street: Street
let manager: Visitor

beforeAll(async () => {
  street = await openStreet({ isWorking: false })
  manager = await street.visitor('manager')
})
afterEach(() => street.stored('truncate carryover.clients'))
afterAll(() => street?.close())

const as = () => ({ as: street.owner })
const small = csv([
  ['External id', 'Name'],
  ['A1', 'Alfa'],
  ['A2', 'Beta'],
])
const large = csv([
  ['External id', 'Name', 'E-mail', 'Note'],
  ...Array.from({ length: 40_000 }, (_, at) => [
    `L${at}`,
    `Client ${at}`,
    `c${at}@example.com`,
    'some words',
  ]),
])

/** With a worker beside it, for as long as `act` takes. */
async function working<T>(act: () => Promise<T>): Promise<T> {
  const stop = await street.app.work()
  try {
    return await act()
  } finally {
    await stop()
  }
}

test('two people approve at the same moment: one does, the other is told who', async () => {
  const view = await working(() => street.check(small))
  const approve = (visitor: Visitor) =>
    street.app.send(contract.approveImport, { params: { id: view.id }, body: {} }, { as: visitor })
  const answers = await Promise.all([approve(street.owner), approve(manager), approve(manager)])
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([202, 409, 409])
  const refused = answers.filter(({ status }) => status === 409)
  for (const answer of refused)
    expect(await answer.json()).toMatchObject({
      code: 'import.already_approved',
      params: { name: expect.stringMatching(/^(administrator|manager) of sunrise$/) },
    })
  expect(await street.stored('select 1 from carryover.import_approvals')).toHaveLength(1)
  expect(await street.stored("select 1 from pgboss.job where name = 'imports.load'")).toHaveLength(1)
  await working(async () => {
    expect(await street.rest(view.id)).toMatchObject({ status: 'completed', counts: { created: 2 } })
  })
})

test('two people undo at the same moment: it is undone once', async () => {
  const view = await working(() => street.load(small))
  const undo = (visitor: Visitor) =>
    street.app.send(contract.undoImport, { params: { id: view.id } }, { as: visitor })
  const answers = await Promise.all([undo(street.owner), undo(manager)])
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([202, 409])
  await working(async () => {
    expect(await street.rest(view.id)).toMatchObject({ status: 'undone', undo: { reversed: 2 } })
  })
})

test('an Idempotency-Key is answered once, also when the same request comes twice at once', async () => {
  const file = await street.upload(small)
  const create = (key: string, fileId = file.id) =>
    street.app.send(
      contract.createImport,
      { body: { kind: 'clients', fileId } },
      { as: street.owner, headers: { 'idempotency-key': key } },
    )
  const answers = await Promise.all([create('one'), create('one'), create('one')])
  const views = (await Promise.all(answers.map((answer) => answer.json()))) as { id: string }[]
  expect(new Set(views.map(({ id }) => id)).size).toBe(1)
  expect(((await (await create('two')).json()) as { id: string }).id).not.toBe(views[0]!.id)
  const other = await street.upload(`${small}A3,Gama\n`)
  expect(await (await create('one', other.id)).json()).toMatchObject({ code: 'request.key_reused' })
})

test('a check that nobody has begun yet can be cancelled; it never runs', async () => {
  const view = await street.bring(small)
  await street.app.call(contract.checkImport, { params: { id: view.id } }, as())
  await street.app.call(contract.cancelImport, { params: { id: view.id } }, { as: manager })
  await working(async () => {
    expect(await street.rest(view.id)).toMatchObject({
      status: 'cancelled',
      reason: 'The import was cancelled by manager of sunrise. Nothing was written.',
    })
  })
  expect(await street.findings(view.id)).toEqual([])
  const { events } = await street.app.call(
    listHistory,
    { query: { kind: 'imports', recordId: view.id } },
    as(),
  )
  expect(events[0]).toMatchObject({ event: 'import.cancelled', by: 'manager of sunrise' })
  expect((await street.app.refusal(contract.checkImport, { params: { id: view.id } }, as())).code).toBe(
    'import.not_editable',
  )
})

/** The import as soon as it is that far. */
async function reach(id: string, stage: string) {
  return eventually(async () => {
    const view = await street.find(id)
    return view.progress?.stage === stage && view
  })
}

test('cancelling a check and a load that run: they stop, nothing is written, staging is dropped', async () => {
  await working(async () => {
    const checking = await street.bring(large)
    await street.app.call(contract.checkImport, { params: { id: checking.id } }, as())
    await eventually(async () => (await street.find(checking.id)).progress)
    await street.app.call(contract.cancelImport, { params: { id: checking.id } }, as())
    expect((await street.rest(checking.id)).status).toBe('cancelled')

    const loading = await street.check(large)
    // Something holds the load up in its middle, so that there is something to cancel.
    await street.stored('create table carryover.gate (n int)')
    await street.stored(`create function carryover.hold() returns trigger language plpgsql as $$
      begin perform pg_sleep(30); return new; end $$`)
    await street.stored(`create trigger hold before insert on carryover.clients for each row
      when (new.external_id = 'L35000') execute function carryover.hold()`)
    await street.app.call(contract.approveImport, { params: { id: loading.id }, body: {} }, as())
    await reach(loading.id, 'load')
    await street.app.call(contract.cancelImport, { params: { id: loading.id } }, { as: manager })
    expect(await street.rest(loading.id)).toMatchObject({
      status: 'cancelled',
      reason: expect.stringContaining('manager of sunrise'),
    })
    await street.stored('drop trigger hold on carryover.clients')
    expect(await street.stored(clientsDump)).toEqual([])
    expect(
      await street.stored(
        "select 1 from pg_class where relnamespace = 'staging'::regnamespace and relkind = 'r'",
      ),
    ).toEqual([])
  })
})

test('giving up an import that waits drops its staging', async () => {
  const view = await working(() => street.check(small))
  await street.app.call(contract.cancelImport, { params: { id: view.id } }, as())
  expect((await street.find(view.id)).status).toBe('cancelled')
  expect(await street.stored(`select 1 from pg_tables where tablename = 'rows_${view.id}_0'`)).toEqual([])
})

test('progress comes as events until the import rests, and can be followed by several', async () => {
  const view = await street.bring(large)
  await street.app.call(contract.checkImport, { params: { id: view.id } }, as())
  const follow = async () => {
    const response = await street.app.send(contract.followImport, { params: { id: view.id } }, as())
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    return (await response.text())
      .split('\n\n')
      .filter((event) => event.startsWith('event: import'))
      .map((event) => JSON.parse(event.split('data: ')[1]!) as contract.ImportView)
  }
  await working(async () => {
    const [one, two] = await Promise.all([follow(), follow()])
    expect(one.at(0)?.status).toBe('checking')
    expect(one.at(-1)).toMatchObject({ status: 'waiting_for_approval', counts: { rows: 40_000 } })
    expect(two.at(-1)?.status).toBe('waiting_for_approval')
  })
})

test('a worker that has lost its lease writes nothing, and the import is loaded all the same', async () => {
  const view = await working(() => street.check(small))
  await street.stored(`create or replace function carryover.hold() returns trigger language plpgsql as $$
    begin perform pg_sleep(2); return new; end $$`)
  await street.stored(`create trigger hold before insert on carryover.clients for each row
    when (new.external_id = 'A1') execute function carryover.hold()`)
  await working(async () => {
    await street.app.call(contract.approveImport, { params: { id: view.id }, body: {} }, as())
    await reach(view.id, 'load')
    await sleep(200)
    // Somebody takes the import over, as another worker would after a long silence of this one, and is gone again.
    await street.stored(
      `update carryover.leases set owner = gen_random_uuid(), fence = fence + 1, expires_at = now() + interval '3 seconds' where name = $1`,
      [`import ${view.id}`],
    )
    const loaded = await street.rest(view.id, 60)
    expect(loaded).toMatchObject({ status: 'completed', counts: { created: 2 } })
  })
  await street.stored('drop trigger hold on carryover.clients')
  expect(await street.stored(clientsDump)).toHaveLength(2)
  const attempts = await street.stored<{ retry_count: number }>(
    "select retry_count from pgboss.job where name = 'imports.load' order by created_on desc limit 1",
  )
  expect(attempts[0]!.retry_count).toBeGreaterThan(0)
})

test('the fence and the wish to cancel are seen in the last moment before a commit', async () => {
  const view = await street.bring(small)
  const engine = openEngine(street.world.platform)
  const scope = { ...(await street.organisation.scopeOf('administrator')), role: 'loader' } as const
  const id = view.id as ImportId
  const controlled = (between: () => Promise<unknown>) =>
    underControl(
      engine,
      scope,
      id,
      { stage: 'load', total: 1 },
      new AbortController().signal,
      async (control) => {
        await inWork(street.world.platform, scope, (work) => control.holdFence(work))
        await between()
        await inWork(street.world.platform, scope, (work) => control.holdFence(work))
      },
    )
  await controlled(async () => undefined)
  const taken = controlled(() =>
    street.stored(
      'update carryover.leases set owner = gen_random_uuid(), fence = fence + 1 where name = $1',
      [`import ${id}`],
    ),
  )
  await expect(taken).rejects.toThrow('another worker has taken over')
  await street.stored("update carryover.leases set expires_at = now() - interval '1 second'")
  const cancelled = controlled(() =>
    street.stored('update carryover.import_progress set cancel_requested_at = now() where import_id = $1', [
      id,
    ]),
  )
  await expect(cancelled).rejects.toThrow('cancelled by a person')
})
