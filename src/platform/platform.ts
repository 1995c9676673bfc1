/**
 * The platform of one process: configuration, database, queue, files, clock and log, opened together and
 * closed in reverse. The door of this module for `app.ts`; everything else imports the file it needs.
 */
import { join } from 'node:path'
import pg from 'pg'
import { type Blobs, openBlobs } from './blobs.ts'
import { type Clock, systemClock } from './clock.ts'
import { type Config, readMasterKey } from './config.ts'
import { type Database, openDatabase } from './database.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { createLog, type Log } from './log.ts'
import { migrate } from './migrate.ts'
import { openQueue, type Queue, type Task } from './queue.ts'
import type { MasterKey } from './sealing.ts'
import type { WorkSource } from './work.ts'

export type Platform = WorkSource & {
  readonly config: Config
  readonly key: MasterKey
  readonly database: Database
  readonly queue: Queue
  readonly blobs: Blobs
  readonly clock: Clock
  readonly log: Log
  readonly close: () => Promise<void>
}

const databaseName = 'carryover'

/** Starts or adopts the database, brings its schema up to date and opens everything that stands on it. */
export async function openPlatform(
  config: Config,
  tasks: readonly Task[],
  clock: Clock = systemClock,
): Promise<Platform> {
  const log = createLog(config.logLevel)
  const key = readMasterKey(config)
  const closing: (() => Promise<void>)[] = []
  try {
    const admin = config.databaseUrl
      ? parseDatabaseUrl(config.databaseUrl)
      : await openEmbedded(config.dataDir, log, closing)
    const target = await migrate(admin, key, tasks)
    const database = openDatabase(target, key)
    closing.push(database.close)
    const queue = openQueue(database, key, log)
    closing.push(queue.close)
    return {
      config,
      key,
      database,
      queue,
      blobs: openBlobs(join(config.dataDir, 'files'), key),
      clock,
      log,
      enqueueIn: queue.enqueueIn,
      close: () => closeAll(closing),
    }
  } catch (error) {
    await closeAll(closing)
    throw error
  }
}

async function closeAll(closing: (() => Promise<void>)[]): Promise<void> {
  for (const close of closing.splice(0).reverse()) await close()
}

async function openEmbedded(
  dataDir: string,
  log: Log,
  closing: (() => Promise<void>)[],
): Promise<pg.ClientConfig> {
  const server = await startEmbeddedPostgres({ dataDir, log: (line) => log.info(line) })
  closing.push(() => server.close())
  const admin = {
    host: server.socketDir,
    port: server.port,
    user: server.superuser.user,
    password: server.superuser.password,
  }
  const client = new pg.Client({ ...admin, database: 'postgres', application_name: 'carryover setup' })
  await client.connect()
  try {
    const there = await client.query('select 1 from pg_database where datname = $1', [databaseName])
    if (there.rowCount === 0)
      await client.query(`create database ${databaseName}`).catch((error: { code?: string }) => {
        // Another process of this folder was a moment faster.
        if (error.code !== '42P04' && error.code !== '23505') throw error
      })
  } finally {
    await client.end()
  }
  return { ...admin, database: databaseName }
}

function parseDatabaseUrl(url: string): pg.ClientConfig {
  const parsed = new URL(url)
  const sslMode = parsed.searchParams.get('sslmode')
  const socket = parsed.searchParams.get('host')
  return {
    host: socket ?? decodeURIComponent(parsed.hostname),
    port: Number(parsed.port || 5432),
    user: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    database: decodeURIComponent(parsed.pathname.slice(1)) || 'postgres',
    ssl: sslMode && sslMode !== 'disable' ? { rejectUnauthorized: sslMode.startsWith('verify') } : false,
  }
}
