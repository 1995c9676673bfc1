import { spawn } from 'node:child_process'
import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { ask, connectTo, killProcess, useDataFolder } from '../../tests/support/data-folder.ts'
import { readProcess } from './embedded-postgres-processes.ts'

const isRoot = process.getuid?.() === 0
const patience = { timeout: 30_000, interval: 25 }
const data = useDataFolder()

describe('after kill -9', { timeout: 60_000 }, () => {
  test('of the server: it is started again by itself, and what was committed is there', async () => {
    const server = await data.open()
    await ask(server, 'create table kept as select n, md5(n::text) as word from generate_series(1, 50000) n')
    const before = await data.postmasterPid()
    process.kill(before, 'SIGKILL')
    const after = await vi.waitFor(
      async () =>
        await ask<{ n: string; sum: string }>(server, 'select count(*) as n, sum(n) as sum from kept'),
      patience,
    )
    expect(after).toEqual([{ n: '50000', sum: '1250025000' }])
    expect(await data.postmasterPid()).not.toBe(before)
    await server.close()
    expect(await data.isRunning(await data.postmasterPid().catch(() => 0))).toBe(false)
  })

  test('of the server while a statement runs that does not notice', async () => {
    const server = await data.open()
    const busy = await connectTo(server)
    const { rows } = await busy.query('select pg_backend_pid() as pid')
    const statement = busy
      .query('select count(*) from generate_series(1, 100000000000)')
      .catch((error: Error) => error)
    const backend = (rows[0] as { pid: number }).pid
    await vi.waitFor(
      async () =>
        expect(await ask(server, `select state from pg_stat_activity where pid = ${backend}`)).toEqual([
          { state: 'active' },
        ]),
      patience,
    )
    process.kill(await data.postmasterPid(), 'SIGKILL')
    expect(await statement).toBeInstanceOf(Error)
    expect(await vi.waitFor(async () => await ask(server, 'select 1 as one'), patience)).toEqual([{ one: 1 }])
    expect(await readProcess(backend)).toBeNull()
  })

  test('of the process that started it: the next one adopts it, owns it and stops it', async () => {
    const { child } = await data.openElsewhere()
    const pid = await data.postmasterPid()
    await killProcess(child)
    expect(await data.isRunning(pid)).toBe(true)
    const heir = await data.open()
    expect(heir.startedHere).toBe(false)
    await heir.close()
    expect(await data.isRunning(pid)).toBe(false)
  })

  test('of the owner while a guest is there: the guest stops it', async () => {
    const { child } = await data.openElsewhere()
    const guest = await data.open()
    const pid = await data.postmasterPid()
    await killProcess(child)
    await guest.close()
    expect(await data.isRunning(pid)).toBe(false)
  })

  test('of the server, by two who share it: one starts it again, both go on', async () => {
    const [one, other] = [await data.open(), await data.open()]
    process.kill(await data.postmasterPid(), 'SIGKILL')
    for (const server of [one, other])
      expect(await vi.waitFor(async () => await ask(server, 'select 1 as one'), patience)).toEqual([
        { one: 1 },
      ])
    const pid = await data.postmasterPid()
    await one.close()
    await other.close()
    expect(await data.isRunning(pid)).toBe(false)
  })

  test('of both, and the number in the lock file now belongs to another program', async () => {
    const { child } = await data.openElsewhere()
    await killProcess(child)
    const pid = await data.postmasterPid()
    process.kill(pid, 'SIGKILL')
    await vi.waitFor(async () => expect(await readProcess(pid)).toBeNull(), patience)
    const lock = join(data.folder, 'postgres', 'data', 'postmaster.pid')
    // PostgreSQL takes any living process of its own user for a server.
    const user = await stat(lock)
    const stranger = spawn('sleep', ['600'], isRoot ? { uid: user.uid, gid: user.gid } : {})
    data.children.push(stranger)
    for (const path of [lock, join(data.folder, 'postgres', '.s.PGSQL.5432.lock')])
      await writeFile(path, (await readFile(path, 'utf8')).replace(/^\d+/, String(stranger.pid)))
    const server = await data.open()
    expect(server.startedHere).toBe(true)
    expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(stranger.exitCode).toBeNull()
  })
})

describe('somebody tidies up', { timeout: 60_000 }, () => {
  test('the socket of a running server is removed: it is started again with one', async () => {
    const server = await data.open()
    const before = await data.postmasterPid()
    await rm(join(server.socketDir, '.s.PGSQL.5432'))
    const again = await data.open()
    expect(await ask(again, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(await data.postmasterPid()).not.toBe(before)
  })

  test('the data folder is taken away: it is not made anew', async () => {
    const server = await data.open()
    const pid = await data.postmasterPid()
    await rm(data.folder, { recursive: true })
    process.kill(pid, 'SIGKILL')
    await server.close()
    await expect(stat(data.folder)).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
