/** A worker of its own on a test's database, to be killed: `node worker-process.ts '{"host", "port", …}'`. */
import { join } from 'node:path'
import { startWorker } from '../../src/app.ts'
import { openBlobs } from '../../src/platform/blobs.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { type ConnectionTarget, openDatabase } from '../../src/platform/database.ts'
import { createLog } from '../../src/platform/log.ts'
import { openQueue } from '../../src/platform/queue.ts'
import { testKey } from './test-server.ts'

const given = JSON.parse(process.argv[2]!) as ConnectionTarget & { dataDir: string }
const log = createLog('fatal')
const database = openDatabase(given, testKey)
const queue = openQueue(database, testKey, log)
await startWorker({
  config: {
    dataDir: given.dataDir,
    databaseUrl: null,
    host: '127.0.0.1',
    port: 0,
    publicUrl: null,
    logLevel: 'fatal',
    trustProxy: false,
    uploadHours: 48,
  },
  key: testKey,
  database,
  queue,
  blobs: openBlobs(join(given.dataDir, 'files'), testKey),
  clock: systemClock,
  log,
  enqueueIn: queue.enqueueIn,
  close: async () => undefined,
})
process.stdout.write('ready\n')
process.once('disconnect', () => process.exit())
