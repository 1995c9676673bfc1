/**
 * Who may start and stop the server of a data folder. The owner is the process that started it, written down
 * with its start time so that a reused process number is not taken for it; a dead owner's claim is free.
 * The turn keeps two processes from starting, adopting or stopping at the same moment.
 */
import { createHash, randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type PostgresFolder, readTextIfThere, replaceFile } from './embedded-postgres-folder.ts'
import { readProcess } from './embedded-postgres-processes.ts'

export type Owner = { readonly pid: number; readonly started: string; readonly claim: string }

/** A claim of this process; each opened server has its own. */
export async function makeClaim(): Promise<Owner> {
  const self = await readProcess(process.pid)
  return { pid: process.pid, started: self?.started ?? '', claim: randomUUID() }
}

/** The recorded owner if it is still alive, else null. */
export async function readOwner(folder: PostgresFolder): Promise<Owner | null> {
  const text = await readTextIfThere(folder.owner)
  const owner = text === null ? null : (JSON.parse(text) as Owner)
  if (owner === null) return null
  return (await readProcess(owner.pid))?.started === owner.started ? owner : null
}

export async function recordOwner(folder: PostgresFolder, owner: Owner): Promise<void> {
  await replaceFile(folder.owner, `${JSON.stringify(owner)}\n`, { mode: 0o600, like: folder.root })
}

export async function forgetOwner(folder: PostgresFolder): Promise<void> {
  await rm(folder.owner, { force: true })
}

/** A start with its initdb takes two seconds; recovery after a crash may take minutes. */
const patience = { rounds: 1200, milliseconds: 100 }

/**
 * Runs `action` while no other process is in its own turn for this folder. The turn is a socket name in
 * Linux's abstract namespace, which the kernel frees when its holder dies, so that no lock file can go stale.
 * Where there is none (macOS), or when somebody holds it too long, PostgreSQL's own lock file and
 * shared-memory check still let only one server live, and the loser adopts it.
 */
export async function inTurn<T>(folder: PostgresFolder, action: () => Promise<T>): Promise<T> {
  if (process.platform !== 'linux') return await action()
  const name = `\0carryover-turn-${createHash('sha256').update(folder.root).digest('hex')}`
  let turn = await takeTurn(name)
  for (let round = 0; turn === null && round < patience.rounds; round++) {
    await sleep(patience.milliseconds)
    turn = await takeTurn(name)
  }
  try {
    return await action()
  } finally {
    turn?.close()
  }
}

function takeTurn(name: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((stranger) => stranger.destroy())
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    )
    server.listen(name, () => resolve(server))
  })
}
