/**
 * A fresh installation in a temporary folder: the embedded PostgreSQL, held by the bench so that it stays up,
 * and the program as a process of its own. Settles the disk before each measurement, so that none pays for another.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts'

export type Program = {
  readonly address: string
  readonly token: string
  readonly org: string
  readonly pid: number
  readonly stop: () => Promise<void>
}

export type Installation = {
  /** Generated files lie here; it is removed with everything else. */
  readonly folder: string
  readonly startProgram: () => Promise<Program>
  /** A connection as superuser, whom no row policy slows down. */
  readonly connect: () => Promise<pg.Client>
  /** Statements as superuser; gives the rows of the last one. */
  readonly query: (statements: readonly string[]) => Promise<unknown[]>
  /** Empties the table of clients, forgets dead rows and writes everything to disk. */
  readonly settle: () => Promise<void>
  /** Writes everything to disk and leaves the tables as they are. */
  readonly checkpoint: () => Promise<void>
  readonly close: () => Promise<void>
}

const programPath = fileURLToPath(new URL('program.ts', import.meta.url))

export async function openInstallation(): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'carryover-bench-'))
  // The database may run as another user, who has to pass through.
  await chmod(folder, 0o711)
  const dataDir = join(folder, 'data')
  const server = await startEmbeddedPostgres({ dataDir })
  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({
      host: server.socketDir,
      port: server.port,
      user: server.superuser.user,
      password: server.superuser.password,
      database: 'carryover',
      options: '-c search_path=carryover -c timezone=UTC',
    })
    await client.connect()
    return client
  }
  const query = async (statements: readonly string[]): Promise<unknown[]> => {
    const client = await connect()
    let rows: unknown[] = []
    try {
      for (const statement of statements) ({ rows } = await client.query(statement))
      return rows
    } finally {
      await client.end()
    }
  }
  return {
    folder,
    startProgram: () => startProgram(dataDir),
    connect,
    query,
    settle: async () => void (await query(['truncate clients', 'vacuum', 'checkpoint'])),
    checkpoint: async () => void (await query(['checkpoint'])),
    close: async () => {
      await server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function startProgram(dataDir: string): Promise<Program> {
  const child: ChildProcess = spawn(process.execPath, ['--max-semi-space-size=16', programPath, dataDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  for await (const line of createInterface(child.stdout!)) {
    const told = JSON.parse(line) as Pick<Program, 'address' | 'token' | 'org'>
    return {
      ...told,
      pid: child.pid!,
      stop: async () => {
        child.stdin!.end()
        await exited
      },
    }
  }
  throw new Error('The program ended before it was ready.')
}
