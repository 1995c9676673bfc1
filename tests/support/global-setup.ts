/**
 * One real PostgreSQL for a whole test run, in a temporary folder that goes with it, and in it one migrated
 * template database that `createTestPlatform` clones. Several vitest projects of a run share the server.
 * Servers of runs that were killed are stopped and swept away by the next one. `TEST_DATABASE_URL` names a
 * server of one's own (a superuser of PostgreSQL 15 to 18 that holds nothing else) to run everything on instead.
 */
import { mkdir, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { tasks } from '../../src/app.ts'
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts'
import { migrate } from '../../src/platform/migrate.ts'
import { type TestServer, templateName, testKey } from './test-server.ts'

declare module 'vitest' {
  // Vitest's own way of typing what a global setup provides.
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface ProvidedContext {
    postgres: TestServer
  }
}

type Admin = Omit<TestServer, 'folder'>
type Server = { readonly admin: Admin; readonly close: () => Promise<void> }
type Running = { server: Server; folder: string; users: number }

const prefix = 'carryover-tests-'
const slot = Symbol.for('carryover.tests.postgres')
const shared = globalThis as { [slot]?: Promise<Running> }

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared[slot] ??= start()
  const running = await shared[slot]
  running.users += 1
  project.provide('postgres', { ...running.server.admin, folder: running.folder })
  return async () => {
    running.users -= 1
    if (running.users > 0) return
    delete shared[slot]
    await running.server.close()
    await rm(running.folder, { recursive: true, force: true })
  }
}

async function start(): Promise<Running> {
  await sweep()
  const folder = join(tmpdir(), `${prefix}${process.pid}`)
  await mkdir(folder)
  const own = process.env['TEST_DATABASE_URL']
  const server = own ? serverOf(new URL(own)) : await startServer(folder)
  await makeTemplate(server.admin)
  return { server, folder, users: 0 }
}

async function startServer(folder: string): Promise<Server> {
  const server = await startEmbeddedPostgres({ dataDir: folder })
  const { socketDir, port, superuser } = server
  return {
    admin: { host: socketDir, port, user: superuser.user, password: superuser.password },
    close: () => server.close(),
  }
}

function serverOf(url: URL): Server {
  const admin = {
    host: url.hostname,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  }
  return { admin, close: () => Promise.resolve() }
}

async function makeTemplate(admin: Admin): Promise<void> {
  const client = new Client({ ...admin, database: 'postgres' })
  await client.connect()
  // Nothing here outlives the run, so nothing has to survive a power cut.
  for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit', 'autovacuum'])
    await client.query(`alter system set ${setting} = off`)
  await client.query('select pg_reload_conf()')
  await client.query(`drop database if exists ${templateName}`)
  await client.query(`create database ${templateName}`)
  await client.end()
  await migrate({ ...admin, database: templateName }, testKey, tasks)
}

/** Folders of test runs whose process is gone. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = new RegExp(`^${prefix}(\\d+)$`).exec(name)?.[1]
    if (pid === undefined || isAlive(Number(pid))) continue
    const folder = join(tmpdir(), name)
    // Adopting a server whose owner is dead and giving it up again stops it.
    const left = await startEmbeddedPostgres({ dataDir: folder }).catch(() => null)
    await left?.close()
    await rm(folder, { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
