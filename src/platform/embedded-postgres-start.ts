/**
 * Starts the server of a data folder. PostgreSQL's own checks decide whether it may; nothing here removes a
 * lock that a living server could hold.
 */
import { spawn } from 'node:child_process'
import { readFile, rm, statfs } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readClusterVersion } from './embedded-postgres-cluster.ts'
import {
  chooseSocketDir,
  openLog,
  type PostgresFolder,
  replaceFile,
  statIfThere,
} from './embedded-postgres-folder.ts'
import { endOrphans, findPostmaster, readPidFile } from './embedded-postgres-postmaster.ts'
import { refusePostgres, translateFileError, translateOutput } from './embedded-postgres-refusals.ts'
import { renderSettings, socketPath } from './embedded-postgres-settings.ts'
import { prepareBinaries, programEnvironment, removeOldCopies } from './postgres-binaries.ts'

export type Note = (line: string) => void

export type Outcome =
  | 'started'
  /** Another process was faster, or the start took too long. */
  | 'not ours'
  /** Somebody killed the server while it started. */
  | 'cut short'

/** Starts the server and waits until it lets connections in. */
export async function startServer(
  folder: PostgresFolder,
  note: Note,
  deadline: AbortSignal,
): Promise<Outcome> {
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
    return await launch(folder, binaries.postgres, note, deadline)
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
async function launch(
  folder: PostgresFolder,
  program: string,
  note: Note,
  deadline: AbortSignal,
): Promise<Outcome> {
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
  const ended = new Promise<{ complaint: string; wasStopped: boolean }>((resolve) => {
    child.once('error', (error) => resolve({ complaint: `error: ${error.message}`, wasStopped: false }))
    // What it cannot go on with makes it end with an error, or abort after a PANIC; neither is a stop from outside.
    child.once('exit', (code, signal) =>
      resolve({ complaint: '', wasStopped: code === 0 || signal === 'SIGKILL' }),
    )
  })
  try {
    await log.close()
    const until = AbortSignal.any([watching.signal, deadline])
    const outcome = await Promise.race([ended, untilListening(folder, child.pid, until)])
    if (outcome === 'given up') return 'not ours'
    if (outcome === 'listening') {
      note(`started PostgreSQL (process ${child.pid}) for ${folder.root}`)
      return 'started'
    }
    if (outcome.wasStopped) return 'cut short'
    const said = outcome.complaint + (await readFile(folder.log)).subarray(log.size).toString('utf8')
    const isTaken = /lock file ".*" already exists|pre-existing shared memory block/.test(said)
    if (isTaken || (await findPostmaster(folder)) !== null) return 'not ours'
    throw translateOutput(said, folder.root, folder.log)
  } finally {
    watching.abort()
    child.removeAllListeners()
    child.unref()
  }
}

async function untilListening(
  folder: PostgresFolder,
  pid: number | undefined,
  until: AbortSignal,
): Promise<'listening' | 'given up'> {
  while (!until.aborted) {
    const written = await readPidFile(folder)
    if (written?.pid === pid && written?.isReady) return 'listening'
    await sleep(20)
  }
  return 'given up'
}
