/**
 * The PostgreSQL that comes with Carryover, in its data folder, reachable through a private Unix socket only.
 * Promises: what was committed survives `kill -9` of the server and of us; one server for each folder, shared
 * by all processes that open it; it is started again when it dies, and stopped by its owner when unused.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import type { Superuser } from './embedded-postgres-cluster.ts'
import { boundLog, openPostgresFolder, type PostgresFolder, statIfThere } from './embedded-postgres-folder.ts'
import {
  forgetOwner,
  inTurn,
  makeClaim,
  type Owner,
  readOwner,
  recordOwner,
} from './embedded-postgres-owner.ts'
import { findPostmaster, stopPostmaster } from './embedded-postgres-postmaster.ts'
import { bringUp, type RunningServer } from './embedded-postgres-server.ts'
import { postgresPort } from './embedded-postgres-settings.ts'
import type { Note } from './embedded-postgres-start.ts'

export {
  describeEmbeddedPostgres,
  type EmbeddedPostgresDescription,
} from './embedded-postgres-description.ts'
export { defaultDataDir } from './embedded-postgres-folder.ts'

export type EmbeddedPostgres = {
  /** The `host` to connect to; stays the same when the server is started again. */
  readonly socketDir: string
  readonly port: number
  /** "18.4" */
  readonly version: string
  /** False when a running server was adopted. */
  readonly startedHere: boolean
  readonly superuser: Superuser
  /**
   * Gives the server up: its owner (or anybody, once the owner is dead) stops it if nobody else is connected.
   * Close your own connections first. May be called twice.
   */
  close(): Promise<void>
}

export type EmbeddedPostgresOptions = {
  readonly dataDir: string
  /** One sentence at a time, never holding data. */
  readonly log?: Note
}

/** Starts the folder's server, or adopts it if it is running. Throws refusals of the family `postgres.…`. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const note = options.log ?? (() => undefined)
  const folder = await openPostgresFolder(options.dataDir)
  const claim = await makeClaim()
  const first = await inTurn(folder, () => bringUpAsOwner(folder, claim, note))
  const watch = watchServer(folder, claim, first.keeper, note)
  let closing: Promise<void> | null = null
  return {
    socketDir: first.socketDir,
    port: postgresPort,
    version: first.version,
    startedHere: first.startedHere,
    superuser: first.superuser,
    close: () => {
      closing ??= watch.end().then((keeper) => inTurn(folder, () => giveUp(folder, claim, keeper, note)))
      return closing
    },
  }
}

async function bringUpAsOwner(folder: PostgresFolder, claim: Owner, note: Note): Promise<RunningServer> {
  const server = await bringUp(folder, note)
  if (server.startedHere || (await readOwner(folder)) === null) await recordOwner(folder, claim)
  return server
}

type Watch = {
  /** Stops watching and hands over the last connection, or null if the server is gone. */
  end(): Promise<Client | null>
}

/** Starts the server again when the connection to it breaks. Keeps nobody's process alive. */
function watchServer(folder: PostgresFolder, claim: Owner, first: Client, note: Note): Watch {
  const ending = new AbortController()
  let keeper: Client | null = null
  let repairing: Promise<void> = Promise.resolve()
  const keep = (client: Client): void => {
    keeper = client
    client.once('end', () => {
      keeper = null
      if (ending.signal.aborted) return
      note('the connection to PostgreSQL broke; looking after it')
      repairing = repair()
    })
    unref(client)
  }
  const repair = async (): Promise<void> => {
    for (let wait = 250; !ending.signal.aborted; wait = Math.min(wait * 2, 30_000)) {
      try {
        // A folder that was taken away is not made anew behind the back of whoever took it.
        if ((await statIfThere(folder.data)) === null)
          return note(`the database folder ${folder.data} is gone`)
        return keep((await inTurn(folder, () => bringUpAsOwner(folder, claim, note))).keeper)
      } catch (error) {
        note(`PostgreSQL could not be started again: ${(error as Error).message}`)
        await pauseFor(wait, ending.signal)
      }
    }
  }
  const tidying = setInterval(() => {
    boundLog(folder).catch((error: Error) =>
      note(`the log of PostgreSQL could not be shortened: ${error.message}`),
    )
  }, 600_000).unref()
  keep(first)
  return {
    end: async () => {
      ending.abort()
      clearInterval(tidying)
      await repairing
      return keeper
    },
  }
}

async function pauseFor(milliseconds: number, until: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { ref: false, signal: until }).catch((error: Error) => {
    if (error.name !== 'AbortError') throw error
  })
}

/** An idle connection must not keep our process alive. `unref` is missing in the types of pg. */
function unref(client: Client): void {
  ;(client as Client & { unref(): void }).unref()
}

async function giveUp(
  folder: PostgresFolder,
  claim: Owner,
  keeper: Client | null,
  note: Note,
): Promise<void> {
  const owner = await readOwner(folder)
  const isOurs = owner === null || owner.claim === claim.claim
  const isUnused = keeper !== null && isOurs && (await isUnusedByOthers(keeper))
  await keeper?.end()
  if (!isOurs) return
  // Whoever closes last finds no owner and stops the server.
  await forgetOwner(folder)
  const postmaster = isUnused ? await findPostmaster(folder) : null
  if (postmaster === null) return
  await stopPostmaster(folder, postmaster)
  note('stopped PostgreSQL; nobody else was using it')
}

/** Asks for a second at most: connections that we have just closed take a moment to go. */
async function isUnusedByOthers(keeper: Client): Promise<boolean> {
  const others = `select 1 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1`
  for (let round = 0; round < 20; round++) {
    // Not knowing counts as in use: a server that others may need is left running.
    const found = await keeper.query(others).catch(() => null)
    if (found === null) return false
    if (found.rowCount === 0) return true
    await sleep(50)
  }
  return false
}
