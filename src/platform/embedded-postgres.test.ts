import { once } from 'node:events'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ask, connectTo, useDataFolder } from '../../tests/support/data-folder.ts'
import { describeEmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'

const isRoot = process.getuid?.() === 0
const data = useDataFolder()

describe('starting', { timeout: 60_000 }, () => {
  test('a new folder gets a durable UTF-8 database that only a private socket reaches', async () => {
    const server = await data.open()
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
    const owner = await stat(join(data.folder, 'postgres', 'data'))
    expect(owner.uid === 0).toBe(false)
    expect((await stat(join(data.folder, 'postgres', 'superuser.json'))).mode & 0o777).toBe(0o600)
    expect((await stat(server.socketDir)).mode & 0o077).toBe(0)
    const wrong = { ...server, superuser: { ...server.superuser, password: 'guess' } }
    await expect(connectTo(wrong)).rejects.toMatchObject({ code: '28P01' })
  })

  test('texts compare by bytes, change case as Unicode says and sort by ICU where asked', async () => {
    const server = await data.open()
    const words = `(values ('č'), ('c'), ('d'), ('h'), ('ch'), ('i')) v(word)`
    const list = `select string_agg(word, ' ' order by word collate "cs-x-icu") as czech,
      string_agg(word, ' ' order by word) as bytes, upper('čau') as upper from ${words}`
    expect(await ask(server, list)).toEqual([{ czech: 'c č d h ch i', bytes: 'c ch d h i č', upper: 'ČAU' }])
  })

  test('the password stands in the data folder only, in its one file', async () => {
    const server = await data.open()
    const holders: string[] = []
    for (const entry of await readdir(data.folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name)
      if (entry.isFile() && (await readFile(path)).includes(server.superuser.password)) holders.push(path)
    }
    expect(holders).toEqual([join(data.folder, 'postgres', 'superuser.json')])
    expect(await readdir(join(data.folder, 'postgres'))).not.toContain('initdb-password')
  })

  test('a data folder whose path is too long for a socket gets a private short one, and the same again', async () => {
    const long = await data.below('a folder with blanks, commas and "quotes"', 'x'.repeat(150))
    const server = await data.open(long)
    expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(server.socketDir.length).toBeLessThan(90)
    expect((await stat(server.socketDir)).mode & 0o077).toBe(0)
    await server.close()
    const again = await data.open(long)
    expect(again.socketDir).toBe(server.socketDir)
    await again.close()
    await rm(server.socketDir, { recursive: true })
    const elsewhere = await data.open(long)
    expect(await ask(elsewhere, 'select 1 as one')).toEqual([{ one: 1 }])
    await elsewhere.close()
    await rm(elsewhere.socketDir, { recursive: true, force: true })
  })

  test('a path with blanks, commas and quotes', async () => {
    const path = await data.below(`it's "a", b`)
    const server = await data.open(path)
    expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(server.socketDir).toBe(join(path, 'postgres'))
  })

  test('two processes at the same moment: one starts, the other adopts', async () => {
    const both = await Promise.all([data.openElsewhere(), data.openElsewhere()])
    expect(both.filter((one) => one.startedHere)).toHaveLength(1)
    expect(both[0].password).toBe(both[1].password)
    expect(await readdir(data.folder)).toEqual(expect.not.arrayContaining([expect.stringContaining('.new-')]))
  })

  test('a start killed in the middle of initdb leaves nothing in the way', async () => {
    const draft = join(data.folder, 'postgres.new-2147483647-00')
    await mkdir(join(draft, 'data'), { recursive: true })
    await writeFile(join(draft, 'initdb-password'), 'secret')
    expect((await data.open()).startedHere).toBe(true)
    await expect(stat(draft)).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

describe('sharing and stopping', { timeout: 60_000 }, () => {
  test('a running server is adopted; whoever closes last stops it', async () => {
    const first = await data.open()
    const second = await data.open()
    const pid = await data.postmasterPid()
    expect(second).toMatchObject({
      startedHere: false,
      superuser: first.superuser,
      socketDir: first.socketDir,
    })
    await first.close()
    expect(await data.isRunning(pid)).toBe(true)
    await second.close()
    expect(await data.isRunning(pid)).toBe(false)
  })

  test('who adopted it leaves it running for the owner', async () => {
    const owner = await data.open()
    const guest = await data.open()
    const pid = await data.postmasterPid()
    await guest.close()
    expect(await data.isRunning(pid)).toBe(true)
    await owner.close()
    expect(await data.isRunning(pid)).toBe(false)
  })

  test('it is not stopped under anybody who is connected, and the next one to close it stops it', async () => {
    const owner = await data.open()
    const pid = await data.postmasterPid()
    const client = await connectTo(owner)
    await owner.close()
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await client.end()
    await (await data.open()).close()
    expect(await data.isRunning(pid)).toBe(false)
  })

  test('an open server does not keep its process alive', async () => {
    const child = data.spawnWithServer('')
    expect(await once(child, 'exit')).toEqual([0, null])
    expect((await data.open()).startedHere).toBe(false)
  })

  test('Ctrl-C in the terminal of the process that started it does not end it', async () => {
    const { child } = await data.openElsewhere()
    const gone = once(child, 'exit')
    process.kill(-child.pid!, 'SIGINT')
    await gone
    expect(await data.open()).toMatchObject({ startedHere: false })
  })
})

describe('privacy', { timeout: 60_000 }, () => {
  test('neither errors nor the end of a session write values into the log', async () => {
    const server = await data.open()
    const client = await connectTo(server)
    await client.query('create table people (name text primary key, born date)')
    const secret = 'Ludmila Tajná'
    const insert = 'insert into people values ($1, $2)'
    await client.query(insert, [secret, null])
    await expect(client.query(insert, [secret, null])).rejects.toMatchObject({ code: '23505' })
    await expect(client.query(insert, ['x', secret])).rejects.toMatchObject({ code: '22007' })
    await expect(client.query(`insert into nowhere values ('${secret}')`)).rejects.toMatchObject({
      code: '42P01',
    })
    const end = client.query(`select pg_terminate_backend(pg_backend_pid()), '${secret}'`)
    await expect(end).rejects.toMatchObject({ code: '57P01' })
    await server.close()
    const log = await readFile(join(data.folder, 'postgres.log'), 'utf8')
    expect(log).toContain('ready to accept connections')
    expect(log).not.toContain('Tajná')
  })
})

describe('refusals', { timeout: 60_000 }, () => {
  test('a file where the data folder should be', async () => {
    await writeFile(join(data.folder, 'file'), '')
    const attempt = startEmbeddedPostgres({ dataDir: join(data.folder, 'file', 'data') })
    await expect(attempt).rejects.toMatchObject({ code: 'postgres.folder_not_writable' })
  })

  test('a folder under one that is closed: as root PostgreSQL could not reach it', async () => {
    const closed = await data.below('closed')
    await mkdir(closed, { mode: 0o700 })
    const outcome = await data.open(join(closed, 'data')).catch((error: unknown) => error)
    expect(outcome).toMatchObject(
      isRoot ? { code: 'postgres.folder_unreachable', params: { ancestor: closed } } : { startedHere: true },
    )
  })

  test('a cluster of another major version is left alone', async () => {
    await (await data.open()).close()
    const version = join(data.folder, 'postgres', 'data', 'PG_VERSION')
    await writeFile(version, '17\n')
    await expect(data.open()).rejects.toMatchObject({
      code: 'postgres.other_version',
      params: { found: '17' },
    })
    expect(await readFile(version, 'utf8')).toBe('17\n')
  })

  test('a cluster without its password, or with another', async () => {
    await (await data.open()).close()
    const file = join(data.folder, 'postgres', 'superuser.json')
    const text = await readFile(file, 'utf8')
    await writeFile(file, JSON.stringify({ user: 'postgres', password: 'another' }))
    await expect(data.open()).rejects.toMatchObject({ code: 'postgres.password_refused' })
    await rm(file)
    await expect(data.open()).rejects.toMatchObject({
      code: 'postgres.folder_damaged',
      params: { missing: file },
    })
    await writeFile(file, text, { mode: 0o600 })
    expect(await ask(await data.open(), 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('a damaged control file: the sentence carries what PostgreSQL said, and nothing is made anew', async () => {
    await (await data.open()).close()
    await writeFile(join(data.folder, 'postgres', 'data', 'global', 'pg_control'), 'x')
    await expect(data.open()).rejects.toMatchObject({
      code: 'postgres.did_not_start',
      message: expect.stringContaining('pg_control'),
    })
  })
})

describe('what doctor is told', { timeout: 60_000 }, () => {
  test('before, during and after, changing nothing', async () => {
    const absent = await data.below('not yet')
    expect(await describeEmbeddedPostgres(absent)).toMatchObject({
      isInitialised: false,
      server: null,
      problems: [],
    })
    await expect(stat(absent)).rejects.toMatchObject({ code: 'ENOENT' })
    const server = await data.open()
    const during = await describeEmbeddedPostgres(data.folder)
    expect(during).toMatchObject({
      isInitialised: true,
      server: { pid: await data.postmasterPid(), version: server.version, socketDir: server.socketDir },
      owner: { pid: process.pid },
      problems: [],
    })
    expect(during.freeBytes).toBeGreaterThan(0)
    expect(during.binaries?.version).toBe(server.version)
    await server.close()
    expect(await describeEmbeddedPostgres(data.folder)).toMatchObject({
      isInitialised: true,
      server: null,
      problems: [],
    })
  })
})
