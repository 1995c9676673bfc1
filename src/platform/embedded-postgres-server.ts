/**
 * Brings the server of a data folder to the point where it answers: adopts a living one, waits for one that
 * is starting or recovering, clears what a crash left and starts it anew. Also stops it.
 * PostgreSQL's own checks decide what is safe; nothing here removes a lock that a living server may hold.
 */
import { spawn } from 'node:child_process'
import { readFile, rm, statfs } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import {
  createCluster,
  readClusterVersion,
  readSuperuser,
  type Superuser,
} from './embedded-postgres-cluster.ts'
import {
  chooseSocketDir,
  openLog,
  type PostgresFolder,
  readTextIfThere,
  replaceFile,
  statIfThere,
} from './embedded-postgres-folder.ts'
import {
  listProcesses,
  type ProcessEntry,
  readProcess,
  readWorkingFolder,
} from './embedded-postgres-processes.ts'
import { refusePostgres, translateFileError, translateOutput } from './embedded-postgres-refusals.ts'
import { fitsSocket, postgresPort, renderSettings, socketPath } from './embedded-postgres-settings.ts'
import { prepareBinaries, programEnvironment, removeOldCopies } from './postgres-binaries.ts'

export type Note = (line: string) => void

export type RunningServer = {
  readonly socketDir: string
  readonly version: string
  readonly startedHere: boolean
  readonly superuser: Superuser
  /** An open connection that shows other processes that the server is in use, and us when it dies. */
  readonly keeper: Client
}

const pause = 40
/** How long a server may take to recover after a crash, and to let go of its memory. */
const patience = { minutes: 10, silentRounds: 1500 }

/** Adopts the folder's server or starts it. To be called in turn. */
export async function bringUp(folder: PostgresFolder, note: Note): Promise<RunningServer> {
  const superuser = (await readSuperuser(folder)) ?? (await firstSuperuser(folder, note))
  const deadline = AbortSignal.timeout(patience.minutes * 60_000)
  let startedHere = false
  for (let silent = 0; !deadline.aborted; ) {
    const answer = await connect(folder, superuser)
    if (answer.kind === 'ready') return { ...answer.server, startedHere, superuser }
    const postmaster = await findPostmaster(folder)
    if (postmaster === null) {
      if (answer.kind === 'silent') startedHere = await start(folder, note)
      silent = 0
    } else if (answer.kind === 'silent' && ++silent > patience.silentRounds) {
      // It lives, but its socket is gone: somebody emptied the temporary folder.
      note(`PostgreSQL (process ${postmaster.pid}) no longer has its socket; it is started again`)
      await stopPostmaster(folder, postmaster)
    }
    await sleep(pause)
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

type PidFile = { readonly pid: number; readonly socketDir: string | null }

async function readPidFile(folder: PostgresFolder): Promise<PidFile | null> {
  const lines = (await readTextIfThere(join(folder.data, 'postmaster.pid')))?.split('\n')
  const pid = Number(lines?.[0])
  return Number.isSafeInteger(pid) && pid > 0 ? { pid, socketDir: lines?.[4] || null } : null
}

/** The living server of this folder; a number that another program has got since is not one. */
export async function findPostmaster(folder: PostgresFolder): Promise<ProcessEntry | null> {
  const recorded = await readPidFile(folder)
  const entry = recorded === null ? null : await readProcess(recorded.pid)
  return entry !== null && (await isPostmaster(entry, folder)) ? entry : null
}

async function isPostmaster(entry: ProcessEntry, folder: PostgresFolder): Promise<boolean> {
  if (entry.command.startsWith('postgres: ')) return false
  if (entry.command.includes(`-D ${folder.data}`)) return true
  return entry.command.includes('postgres') && (await readWorkingFolder(entry.pid)) === folder.data
}

/** Starts the server and waits until it answers; false when another process was faster. */
async function start(folder: PostgresFolder, note: Note): Promise<boolean> {
  const binaries = await prepareBinaries(folder)
  const found = await readClusterVersion(folder)
  if (found === null)
    throw refusePostgres('postgres.folder_damaged', {
      folder: folder.cluster,
      missing: join(folder.data, 'PG_VERSION'),
    })
  if (found !== binaries.version.split('.')[0])
    throw refusePostgres('postgres.other_version', { folder: folder.root, found, wanted: binaries.version })
  try {
    await endOrphans(folder, note)
    await removeOldCopies(folder, binaries)
    const socketDir = await chooseSocketDir(folder)
    await rm(`${socketPath(socketDir)}.lock`, { force: true })
    await replaceFile(folder.settings, await settingsFor(folder, socketDir), {
      mode: 0o644,
      like: folder.root,
    })
    return await launch(folder, binaries.postgres, note)
  } catch (error) {
    throw translateFileError(error, folder.root)
  }
}

async function settingsFor(folder: PostgresFolder, socketDir: string): Promise<string> {
  const disk = await statfs(folder.data)
  const shared = (await statIfThere('/dev/shm')) === null ? null : await statfs('/dev/shm')
  const limit = process.constrainedMemory()
  return renderSettings({
    socketDir,
    clusterName: folder.name,
    memoryBytes: limit > 0 ? Math.min(totalmem(), limit) : totalmem(),
    freeBytes: disk.bavail * disk.bsize,
    sharedMemoryBytes: shared === null ? null : shared.blocks * shared.bsize,
  })
}

/**
 * Runs the server in a session of its own, so that Ctrl-C in our terminal is not for it, with its log as its
 * only output, so that it does not depend on us.
 */
async function launch(folder: PostgresFolder, program: string, note: Note): Promise<boolean> {
  const stale = await readPidFile(folder)
  const log = await openLog(folder)
  const args = ['-D', folder.data, '-c', `config_file=${folder.settings}`]
  // PostgreSQL refuses to start while the number in its old lock file is alive, even as another program's.
  // Naming it here makes PostgreSQL itself pass over that one number, with all its other checks in place;
  // removing the file for it could remove the lock of a server that another process starts just now.
  const env = { ...programEnvironment, ...(stale === null ? {} : { PG_GRANDPARENT_PID: String(stale.pid) }) }
  const identity = folder.user === null ? {} : { uid: folder.user.uid, gid: folder.user.gid }
  const child = spawn(program, args, {
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    cwd: '/',
    env,
    ...identity,
  })
  const watching = new AbortController()
  const ended = new Promise<{ complaint: string }>((resolve) => {
    child.once('error', (error) => resolve({ complaint: `error: ${error.message}` }))
    child.once('exit', () => resolve({ complaint: '' }))
  })
  try {
    await log.close()
    const outcome = await Promise.race([ended, untilListening(folder, child.pid, watching.signal)])
    if (outcome === 'listening') {
      note(`started PostgreSQL (process ${child.pid}) for ${folder.root}`)
      return true
    }
    const said = outcome.complaint + (await readFile(folder.log)).subarray(log.size).toString('utf8')
    const otherIsThere = /lock file ".*" already exists|pre-existing shared memory block/.test(said)
    if (!otherIsThere && (await findPostmaster(folder)) === null)
      throw translateOutput(said, folder.root, folder.log)
    await sleep(5 * pause)
    return false
  } finally {
    watching.abort()
    child.removeAllListeners()
    child.unref()
  }
}

/** The last line of PostgreSQL's lock file becomes "ready" when recovery is over and connections are let in. */
async function untilListening(
  folder: PostgresFolder,
  pid: number | undefined,
  until: AbortSignal,
): Promise<'listening'> {
  while (!until.aborted) {
    const lines = (await readTextIfThere(join(folder.data, 'postmaster.pid')))?.split('\n') ?? []
    if (Number(lines[0]) === pid && lines[7]?.startsWith('ready')) break
    await sleep(pause / 2)
  }
  return 'listening'
}

/**
 * Ends the children of a server that was killed. They would notice by themselves, but one in the middle of a
 * long statement only at its end, and until then PostgreSQL does not start again.
 */
async function endOrphans(folder: PostgresFolder, note: Note): Promise<void> {
  for (let round = 0; round < 250; round++) {
    const all = await listProcesses()
    const title = `postgres: ${folder.name}: `
    const servers = new Set<number>()
    for (const entry of all) if (await isPostmaster(entry, folder)) servers.add(entry.pid)
    const orphans = all.filter((entry) => entry.command.startsWith(title) && !servers.has(entry.parent))
    if (orphans.length === 0) return
    if (round === 0) note(`ending ${orphans.length} processes of a PostgreSQL that was killed`)
    for (const orphan of orphans) signal(orphan.pid, 'SIGKILL')
    await sleep(pause / 2)
  }
}

/** Fast shutdown: open transactions are rolled back, everything committed is written. Waits for its end. */
export async function stopPostmaster(folder: PostgresFolder, postmaster: ProcessEntry): Promise<void> {
  signal(postmaster.pid, 'SIGINT')
  const deadline = AbortSignal.timeout(120_000)
  while (!deadline.aborted) {
    const now = await readProcess(postmaster.pid)
    if (now?.started !== postmaster.started || !(await isPostmaster(now, folder))) return
    await sleep(pause / 2)
  }
  throw refusePostgres('postgres.not_ready', { folder: folder.root, minutes: 2, log: folder.log })
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
