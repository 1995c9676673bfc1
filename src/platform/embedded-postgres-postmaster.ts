/**
 * The server process (postmaster) of a data folder: which one it is, what it left behind when it was killed,
 * and how it is stopped.
 */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type PostgresFolder, readTextIfThere } from './embedded-postgres-folder.ts'
import {
  listProcesses,
  type ProcessEntry,
  readProcess,
  readWorkingFolder,
} from './embedded-postgres-processes.ts'
import { refusePostgres } from './embedded-postgres-refusals.ts'

export type PidFile = {
  readonly pid: number
  readonly socketDir: string | null
  /** Recovery is over and connections are let in; no longer so once it is stopping. */
  readonly isReady: boolean
}

export async function readPidFile(folder: PostgresFolder): Promise<PidFile | null> {
  const lines = (await readTextIfThere(join(folder.data, 'postmaster.pid')))?.split('\n')
  const pid = Number(lines?.[0])
  return Number.isSafeInteger(pid) && pid > 0
    ? { pid, socketDir: lines?.[4] || null, isReady: lines?.[7]?.trim() === 'ready' }
    : null
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

/**
 * Ends the children of a server that was killed. They would notice by themselves, but one in the middle of a
 * long statement only at its end, and until then PostgreSQL does not start again.
 */
export async function endOrphans(folder: PostgresFolder, note: (line: string) => void): Promise<void> {
  for (let round = 0; round < 250; round++) {
    const all = await listProcesses()
    const title = `postgres: ${folder.name}: `
    const servers = new Set<number>()
    for (const entry of all) if (await isPostmaster(entry, folder)) servers.add(entry.pid)
    const orphans = all.filter((entry) => entry.command.startsWith(title) && !servers.has(entry.parent))
    if (orphans.length === 0) return
    if (round === 0) note(`ending ${orphans.length} processes of a PostgreSQL that was killed`)
    for (const orphan of orphans) signal(orphan.pid, 'SIGKILL')
    await sleep(20)
  }
}

/** Fast shutdown: open transactions are rolled back, everything committed is written. Waits for its end. */
export async function stopPostmaster(folder: PostgresFolder, postmaster: ProcessEntry): Promise<void> {
  signal(postmaster.pid, 'SIGINT')
  const deadline = AbortSignal.timeout(120_000)
  while (!deadline.aborted) {
    const now = await readProcess(postmaster.pid)
    if (now?.started !== postmaster.started || !(await isPostmaster(now, folder))) return
    await sleep(20)
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
