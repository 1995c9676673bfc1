/**
 * Connections to PostgreSQL, one pool for each database role. Roles are real logins whose passwords are
 * derived from the master key, so every process of an installation reaches the same ones and none is stored.
 * `sql` text is written by hand everywhere; Kysely's `sql` tag carries the parameters.
 */
import { type CompiledQuery, Kysely, PostgresDialect, type RawBuilder, sql, type Transaction } from 'kysely'
import pg from 'pg'
import type { MasterKey } from './sealing.ts'

export type DatabaseRole = 'owner' | 'app' | 'loader'
export type Sql = Kysely<Record<string, never>>
export type Tx = Transaction<Record<string, never>>
export type Queryable = Sql | Tx

export type ConnectionTarget = {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly ssl?: pg.ClientConfig['ssl']
}

export type Database = {
  readonly target: ConnectionTarget
  readonly roles: (role: DatabaseRole) => Sql
  /** A connection of its own, for COPY and LISTEN; the caller ends it. */
  readonly connect: (role: DatabaseRole, purpose: string) => Promise<pg.Client>
  readonly close: () => Promise<void>
}

// Ids and counts beyond 2^53 must not be rounded, and a date has no time zone: both stay text.
pg.types.setTypeParser(pg.types.builtins.DATE, (text: string) => text)

export function roleName(role: DatabaseRole): string {
  return `carryover_${role}`
}

export function rolePassword(key: MasterKey, role: DatabaseRole): string {
  return key.derive(`database role ${role}`, 24).toString('base64url')
}

const poolSizes: Record<DatabaseRole, number> = { owner: 2, app: 10, loader: 6 }

export function openDatabase(target: ConnectionTarget, key: MasterKey): Database {
  const opened = new Map<DatabaseRole, Sql>()
  const clientConfig = (role: DatabaseRole, purpose: string): pg.ClientConfig => ({
    host: target.host,
    port: target.port,
    database: target.database,
    ssl: target.ssl ?? false,
    user: roleName(role),
    password: rolePassword(key, role),
    application_name: `carryover ${purpose}`,
    options: '-c search_path=carryover -c timezone=UTC -c client_connection_check_interval=1000',
    keepAlive: true,
  })
  const roles = (role: DatabaseRole): Sql => {
    const known = opened.get(role)
    if (known) return known
    const pool = new pg.Pool({
      ...clientConfig(role, role),
      max: poolSizes[role],
      idleTimeoutMillis: 10_000,
      connectionTimeoutMillis: 10_000,
      allowExitOnIdle: true,
    })
    // An idle connection that dies (server restarted) must not end the process; the next query opens another.
    pool.on('error', () => undefined)
    // Nor must one that dies between two statements of a transaction: the next statement says what happened.
    pool.on('connect', (client) => void client.on('error', () => undefined))
    const db: Sql = new Kysely({ dialect: new PostgresDialect({ pool }) })
    opened.set(role, db)
    return db
  }
  return {
    target,
    roles,
    connect: async (role, purpose) => {
      const client = new pg.Client(clientConfig(role, purpose))
      client.on('error', () => undefined)
      await client.connect()
      return client
    },
    close: async () => {
      await Promise.all([...opened.values()].map((db) => db.destroy()))
      opened.clear()
    },
  }
}

/** All rows of a statement. */
export async function rows<T>(db: Queryable, statement: RawBuilder<T>): Promise<T[]> {
  return (await statement.execute(db)).rows
}

/** The first row, or null. */
export async function row<T>(db: Queryable, statement: RawBuilder<T>): Promise<T | null> {
  return (await statement.execute(db)).rows[0] ?? null
}

/** The one row that must be there; anything else is a bug. */
export async function one<T>(db: Queryable, statement: RawBuilder<T>): Promise<T> {
  const found = (await statement.execute(db)).rows
  if (found.length !== 1) throw new Error(`Expected one row, got ${found.length}.`)
  return found[0]!
}

/** Runs a statement and returns how many rows it touched. */
export async function run(db: Queryable, statement: RawBuilder<unknown>): Promise<number> {
  return Number((await statement.execute(db)).numAffectedRows ?? 0)
}

/** Statement text and parameters, for a connection that does not go through the pool. */
export function compileSql(db: Queryable, statement: RawBuilder<unknown>): CompiledQuery {
  return statement.compile(db)
}

export { sql }
