/**
 * A platform of its own for a test file: a clone of the migrated template database, a folder for files, and a
 * clock that stands still until it is moved. No mocks: queue, row security and files are the real ones.
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { inject } from 'vitest'
import { openBlobs } from '../../src/platform/blobs.ts'
import type { Clock } from '../../src/platform/clock.ts'
import type { Config } from '../../src/platform/config.ts'
import { openDatabase } from '../../src/platform/database.ts'
import { createLog } from '../../src/platform/log.ts'
import type { Platform } from '../../src/platform/platform.ts'
import { openQueue } from '../../src/platform/queue.ts'
import { templateName, testKey } from './test-server.ts'

export type TravellingClock = Clock & {
  /** Moves the clock by seconds, or to a moment. */
  readonly travel: (to: number | Date) => void
}

export type TestPlatform = {
  readonly platform: Platform
  readonly clock: TravellingClock
  readonly close: () => Promise<void>
}

export function createClock(start: Date): TravellingClock {
  let now = start
  return {
    now: () => new Date(now),
    travel: (to) => {
      now = typeof to === 'number' ? new Date(now.getTime() + to * 1000) : to
    },
  }
}

export async function createTestPlatform(options: { now?: Date } = {}): Promise<TestPlatform> {
  const server = inject('postgres')
  const name = `test_${randomBytes(6).toString('hex')}`
  await asAdmin((admin) => admin.query(`create database ${name} template ${templateName}`))
  const dataDir = await mkdtemp(join(server.folder, 'data-'))
  const clock = createClock(options.now ?? new Date('2026-03-02T09:00:00Z'))
  const log = createLog('fatal')
  const database = openDatabase({ host: server.host, port: server.port, database: name }, testKey)
  const queue = openQueue(database, testKey, log)
  const close = async (): Promise<void> => {
    await queue.close()
    await database.close()
    await asAdmin((admin) => admin.query(`drop database if exists ${name} with (force)`))
    await rm(dataDir, { recursive: true, force: true })
  }
  const platform: Platform = {
    config: testConfig(dataDir),
    key: testKey,
    database,
    queue,
    blobs: openBlobs(join(dataDir, 'files'), testKey),
    clock,
    log,
    enqueueIn: queue.enqueueIn,
    close,
  }
  return { platform, clock, close }
}

function testConfig(dataDir: string): Config {
  return {
    dataDir,
    databaseUrl: null,
    host: '127.0.0.1',
    port: 0,
    publicUrl: null,
    logLevel: 'fatal',
    trustProxy: false,
    uploadHours: 48,
  }
}

/** Runs statements as the superuser, beside every row policy: for looking at what is really stored. */
export async function asAdmin<T>(
  act: (client: Client) => Promise<T>,
  database: string = 'postgres',
): Promise<T> {
  const { host, port, user, password } = inject('postgres')
  const client = new Client({ host, port, user, password, database })
  await client.connect()
  try {
    return await act(client)
  } finally {
    await client.end()
  }
}
