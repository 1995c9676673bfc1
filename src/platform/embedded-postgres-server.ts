/**
 * Brings the server of a data folder to the point where it answers: adopts a living one, waits for one that
 * is starting or recovering, and starts it where there is none.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { createCluster, readSuperuser, type Superuser } from './embedded-postgres-cluster.ts'
import { type PostgresFolder, readTextIfThere } from './embedded-postgres-folder.ts'
import { findPostmaster, readPidFile, stopPostmaster } from './embedded-postgres-postmaster.ts'
import { refusePostgres } from './embedded-postgres-refusals.ts'
import { fitsSocket, postgresPort } from './embedded-postgres-settings.ts'
import { type Note, startServer } from './embedded-postgres-start.ts'
import { prepareBinaries } from './postgres-binaries.ts'

export type RunningServer = {
  readonly socketDir: string
  readonly version: string
  readonly startedHere: boolean
  readonly superuser: Superuser
  /** An open connection that shows other processes that the server is in use, and us when it dies. */
  readonly keeper: Client
}

/** How long a server may take to recover after a crash, and how often its start may be cut short. */
const patience = { minutes: 10, silentRounds: 25, cutShort: 5 }

/** Milliseconds; asking less often in a long recovery, because PostgreSQL logs every connection it turns away. */
const pause = (round: number): number => Math.min(40 + 2 * round, 500)

/** Adopts the folder's server or starts it. To be called in turn. */
export async function bringUp(folder: PostgresFolder, note: Note): Promise<RunningServer> {
  const superuser = (await readSuperuser(folder)) ?? (await firstSuperuser(folder, note))
  const deadline = AbortSignal.timeout(patience.minutes * 60_000)
  let startedHere = false
  let cutShort = 0
  for (let round = 0, silent = 0; !deadline.aborted; round++) {
    const answer = await connect(folder, superuser)
    if (answer.kind === 'ready') return { ...answer.server, startedHere, superuser }
    const postmaster = await findPostmaster(folder)
    if (postmaster === null && answer.kind === 'silent') {
      const outcome = await startServer(folder, note, deadline)
      startedHere = outcome === 'started'
      if (outcome === 'cut short' && ++cutShort === patience.cutShort)
        throw refusePostgres('postgres.did_not_start', {
          folder: folder.root,
          log: folder.log,
          reason: 'it was killed',
        })
    }
    const isLost = postmaster !== null && answer.kind === 'silent' && (await readPidFile(folder))?.isReady
    silent = isLost ? silent + 1 : 0
    if (postmaster !== null && silent > patience.silentRounds) {
      // It lives and means to listen, but its socket is gone: somebody emptied the temporary folder.
      note(`PostgreSQL (process ${postmaster.pid}) no longer has its socket; it is started again`)
      await stopPostmaster(folder, postmaster)
    }
    await sleep(pause(round))
  }
  throw refusePostgres('postgres.not_ready', {
    folder: folder.root,
    minutes: patience.minutes,
    log: folder.log,
  })
}

async function firstSuperuser(folder: PostgresFolder, note: Note): Promise<Superuser> {
  note(`making a new database in ${folder.cluster}`)
  await createCluster(folder, await prepareBinaries(folder))
  const made = await readSuperuser(folder)
  if (made === null)
    throw refusePostgres('postgres.folder_damaged', { folder: folder.cluster, missing: folder.password })
  return made
}

type Answer =
  | { kind: 'ready'; server: Pick<RunningServer, 'socketDir' | 'version' | 'keeper'> }
  /** Somebody answers there, but lets nobody in yet. */
  | { kind: 'busy' }
  | { kind: 'silent' }

/** Tries the sockets where this folder's server can be, that of the running one first. */
export async function connect(folder: PostgresFolder, superuser: Superuser): Promise<Answer> {
  const recorded = await readTextIfThere(folder.socketRecord)
  const running = (await readPidFile(folder))?.socketDir ?? null
  for (const socketDir of new Set([running, recorded, folder.cluster])) {
    if (!socketDir || !fitsSocket(socketDir)) continue
    const answer = await connectTo(folder, superuser, socketDir)
    if (answer.kind !== 'silent') return answer
  }
  return { kind: 'silent' }
}

async function connectTo(folder: PostgresFolder, superuser: Superuser, socketDir: string): Promise<Answer> {
  const keeper = new Client({
    ...superuser,
    host: socketDir,
    port: postgresPort,
    database: 'postgres',
    application_name: 'carryover keeper',
    connectionTimeoutMillis: 10_000,
  })
  // Without a listener, a server that dies would end this process.
  keeper.on('error', () => undefined)
  try {
    await keeper.connect()
    const { rows } = await keeper.query<{ folder: string; version: string }>(
      `select current_setting('data_directory') as folder, current_setting('server_version') as version`,
    )
    const [server] = rows
    if (server?.folder === folder.data)
      return { kind: 'ready', server: { socketDir, version: server.version, keeper } }
    await keeper.end()
    return { kind: 'silent' }
  } catch (error) {
    await keeper.end()
    return readConnectError(error, folder)
  }
}

function readConnectError(error: unknown, folder: PostgresFolder): Answer {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (['ENOENT', 'ECONNREFUSED', 'ENOTSOCK', 'ENOTDIR'].includes(code)) return { kind: 'silent' }
  if (code === 'EACCES') throw refusePostgres('postgres.folder_of_other_user', { folder: folder.root })
  if (code === '28P01' || code === '28000')
    throw refusePostgres('postgres.password_refused', { folder: folder.root, file: folder.password })
  // Starting, recovering or shutting down (57P0x), all connections taken (53300), no answer in time, or gone in
  // the middle of it.
  if (code === '' || /^(?:57P0.|53300|ECONNRESET|EPIPE|EAGAIN)$/.test(code)) return { kind: 'busy' }
  throw error
}
