import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  describeEmbeddedPostgres,
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from './embedded-postgres.ts'
import { readProcess } from './embedded-postgres-processes.ts'

const isRoot = process.getuid?.() === 0
const patience = { timeout: 30_000, interval: 25 }
const temporary = await realpath(tmpdir())

let folder: string
let opened: EmbeddedPostgres[]
let children: ChildProcess[]

beforeEach(async () => {
  folder = await mkdtemp(join(temporary, 'carryover-test-'))
  opened = []
  children = []
})

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  for (const server of opened) await server.close()
  const pid = await postmasterPid().catch(() => null)
  if (pid !== null && (await readProcess(pid))?.command.includes(folder)) process.kill(pid, 'SIGKILL')
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

async function open(dataDir = folder): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir })
  opened.push(server)
  return server
}

/** A path below the folder, which the database's user may pass through as it may a folder of the system's. */
async function below(...names: string[]): Promise<string> {
  await chmod(folder, 0o711)
  return join(folder, ...names)
}

async function connect(server: Pick<EmbeddedPostgres, 'socketDir' | 'port' | 'superuser'>): Promise<Client> {
  const client = new Client({
    host: server.socketDir,
    port: server.port,
    ...server.superuser,
    database: 'postgres',
  })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

async function ask<T>(server: EmbeddedPostgres, sql: string): Promise<T[]> {
  const client = await connect(server)
  try {
    return (await client.query(sql)).rows as T[]
  } finally {
    await client.end()
  }
}

async function postmasterPid(dataDir = folder): Promise<number> {
  return Number((await readFile(join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8')).split('\n')[0])
}

async function isRunning(pid: number): Promise<boolean> {
  return (await readProcess(pid))?.command.includes(folder) ?? false
}

/** Another process that starts the folder's server, tells what it got, and stays until it is ended. */
async function openElsewhere(
  dataDir = folder,
): Promise<{ child: ChildProcess; startedHere: boolean; password: string }> {
  const program = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(new URL('./embedded-postgres.ts', import.meta.url).href)})
    const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} })
    console.log(JSON.stringify({ startedHere: server.startedHere, password: server.superuser.password }))
    process.stdin.on('data', () => server.close().then(() => process.exit()))`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  })
  children.push(child)
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return { child, ...(JSON.parse(line) as { startedHere: boolean; password: string }) }
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

describe('starting', { timeout: 60_000 }, () => {
  test('a new folder gets a durable UTF-8 database that only a private socket reaches', async () => {
    const server = await open()
    expect(server).toMatchObject({ startedHere: true, port: 5432, version: expect.stringMatching(/^18\./) })
    const settings = await ask<{ name: string; setting: string }>(
      server,
      `select name, setting from pg_settings where name in ('listen_addresses', 'fsync', 'full_page_writes',
       'data_checksums', 'server_encoding', 'password_encryption', 'client_connection_check_interval')`,
    )
    expect(Object.fromEntries(settings.map((s) => [s.name, s.setting]))).toEqual({
      listen_addresses: '',
      fsync: 'on',
      full_page_writes: 'on',
      data_checksums: 'on',
      server_encoding: 'UTF8',
      password_encryption: 'scram-sha-256',
      client_connection_check_interval: '1000',
    })
    const owner = await stat(join(folder, 'postgres', 'data'))
    expect(owner.uid === 0).toBe(false)
    expect((await stat(join(folder, 'postgres', 'superuser.json'))).mode & 0o777).toBe(0o600)
    expect((await stat(server.socketDir)).mode & 0o077).toBe(0)
    const wrong = { ...server, superuser: { ...server.superuser, password: 'guess' } }
    await expect(connect(wrong)).rejects.toMatchObject({ code: '28P01' })
  })

  test('texts compare by bytes, change case as Unicode says and sort by ICU where asked', async () => {
    const server = await open()
    const words = `(values ('č'), ('c'), ('d'), ('h'), ('ch'), ('i')) v(word)`
    const list = `select string_agg(word, ' ' order by word collate "cs-x-icu") as czech,
      string_agg(word, ' ' order by word) as bytes, upper('čau') as upper from ${words}`
    expect(await ask(server, list)).toEqual([{ czech: 'c č d h ch i', bytes: 'c ch d h i č', upper: 'ČAU' }])
  })

  test('the password stands in the data folder only, in its one file', async () => {
    const server = await open()
    const holders: string[] = []
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name)
      if (entry.isFile() && (await readFile(path)).includes(server.superuser.password)) holders.push(path)
    }
    expect(holders).toEqual([join(folder, 'postgres', 'superuser.json')])
    expect(await readdir(join(folder, 'postgres'))).not.toContain('initdb-password')
  })

  test('a data folder whose path is too long for a socket gets a private short one, and the same again', async () => {
    const long = await below('a folder with blanks, commas and "quotes"', 'x'.repeat(150))
    const server = await open(long)
    expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(server.socketDir.length).toBeLessThan(90)
    expect((await stat(server.socketDir)).mode & 0o077).toBe(0)
    await server.close()
    const again = await open(long)
    expect(again.socketDir).toBe(server.socketDir)
    await again.close()
    await rm(server.socketDir, { recursive: true })
    const elsewhere = await open(long)
    expect(await ask(elsewhere, 'select 1 as one')).toEqual([{ one: 1 }])
    await elsewhere.close()
    await rm(elsewhere.socketDir, { recursive: true, force: true })
  })

  test('a path with blanks, commas and quotes', async () => {
    const path = await below(`it's "a", b`)
    const server = await open(path)
    expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(server.socketDir).toBe(join(path, 'postgres'))
  })

  test('two processes at the same moment: one starts, the other adopts', async () => {
    const both = await Promise.all([openElsewhere(), openElsewhere()])
    expect(both.filter((one) => one.startedHere)).toHaveLength(1)
    expect(both[0].password).toBe(both[1].password)
    expect(await readdir(folder)).toEqual(expect.not.arrayContaining([expect.stringContaining('.new-')]))
  })

  test('a start killed in the middle of initdb leaves nothing in the way', async () => {
    const draft = join(folder, 'postgres.new-2147483647-00')
    await mkdir(join(draft, 'data'), { recursive: true })
    await writeFile(join(draft, 'initdb-password'), 'secret')
    expect((await open()).startedHere).toBe(true)
    await expect(stat(draft)).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

describe('sharing and stopping', { timeout: 60_000 }, () => {
  test('a running server is adopted; whoever closes last stops it', async () => {
    const first = await open()
    const second = await open()
    const pid = await postmasterPid()
    expect(second).toMatchObject({
      startedHere: false,
      superuser: first.superuser,
      socketDir: first.socketDir,
    })
    await first.close()
    expect(await isRunning(pid)).toBe(true)
    await second.close()
    expect(await isRunning(pid)).toBe(false)
  })

  test('who adopted it leaves it running for the owner', async () => {
    const owner = await open()
    const guest = await open()
    const pid = await postmasterPid()
    await guest.close()
    expect(await isRunning(pid)).toBe(true)
    await owner.close()
    expect(await isRunning(pid)).toBe(false)
  })

  test('it is not stopped under anybody who is connected, and the next one to close it stops it', async () => {
    const owner = await open()
    const pid = await postmasterPid()
    const client = await connect(owner)
    await owner.close()
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await client.end()
    await (await open()).close()
    expect(await isRunning(pid)).toBe(false)
  })

  test('an open server does not keep its process alive', async () => {
    const program = `
      const { startEmbeddedPostgres } = await import(${JSON.stringify(new URL('./embedded-postgres.ts', import.meta.url).href)})
      await startEmbeddedPostgres({ dataDir: ${JSON.stringify(folder)} })`
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'inherit' })
    children.push(child)
    expect(await once(child, 'exit')).toEqual([0, null])
    expect((await open()).startedHere).toBe(false)
  })

  test('Ctrl-C in the terminal of the process that started it does not end it', async () => {
    const { child } = await openElsewhere()
    const gone = once(child, 'exit')
    process.kill(-child.pid!, 'SIGINT')
    await gone
    expect(await open()).toMatchObject({ startedHere: false })
  })
})

describe('after kill -9', { timeout: 60_000 }, () => {
  test('of the server: it is started again by itself, and what was committed is there', async () => {
    const server = await open()
    await ask(server, 'create table kept as select n, md5(n::text) as word from generate_series(1, 50000) n')
    const before = await postmasterPid()
    process.kill(before, 'SIGKILL')
    const after = await vi.waitFor(
      async () =>
        await ask<{ n: string; sum: string }>(server, 'select count(*) as n, sum(n) as sum from kept'),
      patience,
    )
    expect(after).toEqual([{ n: '50000', sum: '1250025000' }])
    expect(await postmasterPid()).not.toBe(before)
    await server.close()
    expect(await isRunning(await postmasterPid().catch(() => 0))).toBe(false)
  })

  test('of the server while a statement runs that does not notice', async () => {
    const server = await open()
    const busy = await connect(server)
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
    process.kill(await postmasterPid(), 'SIGKILL')
    expect(await statement).toBeInstanceOf(Error)
    expect(await vi.waitFor(async () => await ask(server, 'select 1 as one'), patience)).toEqual([{ one: 1 }])
    expect(await readProcess(backend)).toBeNull()
  })

  test('of the process that started it: the next one adopts it, owns it and stops it', async () => {
    const { child } = await openElsewhere()
    const pid = await postmasterPid()
    await kill(child)
    expect(await isRunning(pid)).toBe(true)
    const heir = await open()
    expect(heir.startedHere).toBe(false)
    await heir.close()
    expect(await isRunning(pid)).toBe(false)
  })

  test('of the owner while a guest is there: the guest stops it', async () => {
    const { child } = await openElsewhere()
    const guest = await open()
    const pid = await postmasterPid()
    await kill(child)
    await guest.close()
    expect(await isRunning(pid)).toBe(false)
  })

  test('of both, and the number in the lock file now belongs to another program', async () => {
    const { child } = await openElsewhere()
    await kill(child)
    const pid = await postmasterPid()
    process.kill(pid, 'SIGKILL')
    await vi.waitFor(async () => expect(await readProcess(pid)).toBeNull(), patience)
    const lock = join(folder, 'postgres', 'data', 'postmaster.pid')
    // PostgreSQL takes any living process of its own user for a server.
    const user = await stat(lock)
    const stranger = spawn('sleep', ['600'], isRoot ? { uid: user.uid, gid: user.gid } : {})
    children.push(stranger)
    for (const path of [lock, join(folder, 'postgres', '.s.PGSQL.5432.lock')])
      await writeFile(path, (await readFile(path, 'utf8')).replace(/^\d+/, String(stranger.pid)))
    const server = await open()
    expect(server.startedHere).toBe(true)
    expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(stranger.exitCode).toBeNull()
  })
})

describe('privacy', { timeout: 60_000 }, () => {
  test('neither errors nor the end of a session write values into the log', async () => {
    const server = await open()
    const client = await connect(server)
    await client.query('create table people (name text primary key, born date)')
    const secret = 'Ludmila Tajná'
    const insert = 'insert into people values ($1, $2)'
    await client.query(insert, [secret, null])
    await expect(client.query(insert, [secret, null])).rejects.toMatchObject({ code: '23505' })
    await expect(client.query(insert, ['x', secret])).rejects.toMatchObject({ code: '22007' })
    await expect(client.query(`insert into nowhere values ('${secret}')`)).rejects.toMatchObject({
      code: '42P01',
    })
    await client.query(`select pg_terminate_backend(pg_backend_pid()), '${secret}'`).catch(() => undefined)
    await server.close()
    const log = await readFile(join(folder, 'postgres.log'), 'utf8')
    expect(log).toContain('ready to accept connections')
    expect(log).not.toContain('Tajná')
  })
})

describe('refusals', { timeout: 60_000 }, () => {
  test('a file where the data folder should be', async () => {
    await writeFile(join(folder, 'file'), '')
    const attempt = startEmbeddedPostgres({ dataDir: join(folder, 'file', 'data') })
    await expect(attempt).rejects.toMatchObject({ code: 'postgres.folder_not_writable' })
  })

  test('a folder under one that is closed: as root PostgreSQL could not reach it', async () => {
    const closed = await below('closed')
    await mkdir(closed, { mode: 0o700 })
    const outcome = await open(join(closed, 'data')).catch((error: unknown) => error)
    expect(outcome).toMatchObject(
      isRoot ? { code: 'postgres.folder_unreachable', params: { ancestor: closed } } : { startedHere: true },
    )
  })

  test('a cluster of another major version is left alone', async () => {
    await (await open()).close()
    const version = join(folder, 'postgres', 'data', 'PG_VERSION')
    await writeFile(version, '17\n')
    await expect(open()).rejects.toMatchObject({ code: 'postgres.other_version', params: { found: '17' } })
    expect(await readFile(version, 'utf8')).toBe('17\n')
  })

  test('a cluster without its password, or with another', async () => {
    await (await open()).close()
    const file = join(folder, 'postgres', 'superuser.json')
    const text = await readFile(file, 'utf8')
    await writeFile(file, JSON.stringify({ user: 'postgres', password: 'another' }))
    await expect(open()).rejects.toMatchObject({ code: 'postgres.password_refused' })
    await rm(file)
    await expect(open()).rejects.toMatchObject({ code: 'postgres.folder_damaged', params: { missing: file } })
    await writeFile(file, text, { mode: 0o600 })
    expect(await ask(await open(), 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('a damaged control file: the sentence carries what PostgreSQL said, and nothing is made anew', async () => {
    await (await open()).close()
    await writeFile(join(folder, 'postgres', 'data', 'global', 'pg_control'), 'x')
    await expect(open()).rejects.toMatchObject({
      code: 'postgres.did_not_start',
      message: expect.stringContaining('pg_control'),
    })
  })
})

describe('what doctor is told', { timeout: 60_000 }, () => {
  test('before, during and after, changing nothing', async () => {
    const absent = await below('not yet')
    expect(await describeEmbeddedPostgres(absent)).toMatchObject({
      isInitialised: false,
      server: null,
      problems: [],
    })
    await expect(stat(absent)).rejects.toMatchObject({ code: 'ENOENT' })
    const server = await open()
    const during = await describeEmbeddedPostgres(folder)
    expect(during).toMatchObject({
      isInitialised: true,
      server: { pid: await postmasterPid(), version: server.version, socketDir: server.socketDir },
      owner: { pid: process.pid },
      problems: [],
    })
    expect(during.freeBytes).toBeGreaterThan(0)
    expect(during.binaries?.version).toBe(server.version)
    await server.close()
    expect(await describeEmbeddedPostgres(folder)).toMatchObject({
      isInitialised: true,
      server: null,
      problems: [],
    })
  })
})
