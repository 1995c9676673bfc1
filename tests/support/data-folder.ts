/**
 * For the tests of the embedded PostgreSQL: a data folder of its own for each test, with servers opened by this
 * process and by others; whatever a test leaves behind is ended and removed.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Client } from 'pg'
import { afterEach, beforeEach } from 'vitest'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts'
import { readProcess } from '../../src/platform/embedded-postgres-processes.ts'

const door = new URL('../../src/platform/embedded-postgres.ts', import.meta.url).href

type Elsewhere = { readonly child: ChildProcess; readonly startedHere: boolean; readonly password: string }

/** To be called once in a test file, outside its tests. */
export function useDataFolder() {
  let folder = ''
  let opened: EmbeddedPostgres[] = []
  const children: ChildProcess[] = []

  const postmasterPid = async (): Promise<number> =>
    Number((await readFile(join(folder, 'postgres', 'data', 'postmaster.pid'), 'utf8')).split('\n')[0])
  const isRunning = async (pid: number): Promise<boolean> =>
    (await readProcess(pid))?.command.includes(folder) ?? false

  /** Runs `use` with an open `server` in another process. */
  const spawnWithServer = (use: string): ChildProcess => {
    const program = `
      const { startEmbeddedPostgres } = await import(${JSON.stringify(door)})
      const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(folder)} })
      ${use}`
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['pipe', 'pipe', 'inherit'],
      detached: true,
    })
    children.push(child)
    return child
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(await realpath(tmpdir()), 'carryover-test-'))
  })

  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
    for (const server of opened) await server.close()
    opened = []
    const pid = await postmasterPid().catch(() => 0)
    if (await isRunning(pid)) process.kill(pid, 'SIGKILL')
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  return {
    get folder() {
      return folder
    },
    children,
    postmasterPid,
    isRunning,
    spawnWithServer,
    open: async (dataDir = folder): Promise<EmbeddedPostgres> => {
      const server = await startEmbeddedPostgres({ dataDir })
      opened.push(server)
      return server
    },
    /** Another process that opens the folder's server, tells what it got, and stays until it is ended. */
    openElsewhere: async (): Promise<Elsewhere> => {
      const child = spawnWithServer(`
        console.log(JSON.stringify({ startedHere: server.startedHere, password: server.superuser.password }))
        setInterval(() => undefined, 60_000)`)
      const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string]
      return { child, ...(JSON.parse(line) as Omit<Elsewhere, 'child'>) }
    },
    /** A path below the folder, which the database's user may pass through as it may a folder of the system's. */
    below: async (...names: string[]): Promise<string> => {
      await chmod(folder, 0o711)
      return join(folder, ...names)
    },
  }
}

type Address = Pick<EmbeddedPostgres, 'socketDir' | 'port' | 'superuser'>

export async function connectTo(server: Address): Promise<Client> {
  const { socketDir: host, port, superuser } = server
  const client = new Client({ host, port, ...superuser, database: 'postgres' })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

/** The rows of one statement on a connection of its own. */
export async function ask<T>(server: Address, sql: string): Promise<T[]> {
  const client = await connectTo(server)
  try {
    return (await client.query(sql)).rows as T[]
  } finally {
    await client.end()
  }
}

export async function killProcess(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}
