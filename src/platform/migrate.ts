/**
 * Brings a database to the present schema: roles, schemas, the numbered .sql files (forward only, never
 * edited once landed: each file's hash is kept and compared) and the queue's own tables. Safe to run by
 * several processes at once: the list of migrations is locked while it is worked through.
 */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { type ConnectionTarget, type DatabaseRole, roleName, rolePassword } from './database.ts'
import { queueOptions, queueSchema, type Task } from './queue.ts'
import { declareRefusals } from './refusal.ts'
import type { MasterKey } from './sealing.ts'

export const refuseMigration = declareRefusals({
  'database.too_old': {
    status: 503,
    en: 'PostgreSQL {version} is too old. Carryover needs version 15 or newer.',
    cs: 'PostgreSQL {version} je příliš starý. Carryover potřebuje verzi 15 nebo novější.',
  },
  'database.newer_schema': {
    status: 503,
    en: 'The database was written by a newer Carryover (migration {name}). Start that version, or restore a backup.',
    cs: 'Databázi zapsala novější verze Carryover (migrace {name}). Spusťte ji, nebo obnovte zálohu.',
  },
  'database.migration_edited': {
    status: 503,
    en: 'Migration {name} was changed after it had been applied. Restore the original file.',
    cs: 'Migrace {name} byla po použití změněna. Obnovte původní soubor.',
  },
})

export const migrationsFolder = new URL('../../migrations/', import.meta.url)
const roles: readonly DatabaseRole[] = ['owner', 'app', 'loader']

/** Connects as a user who may create roles (the superuser of the embedded database, or that of DATABASE_URL). */
export async function migrate(
  admin: pg.ClientConfig,
  key: MasterKey,
  tasks: readonly Task[],
): Promise<ConnectionTarget> {
  const client = new pg.Client({ ...admin, application_name: 'carryover migrate' })
  await client.connect()
  try {
    await checkVersion(client)
    const files = await readMigrations()
    const queueMark = `queue ${queueFingerprint(tasks)}`
    const isCurrent = await isUpToDate(client, [
      ...files.map((file) => `${file.name} ${file.hash}`),
      queueMark,
    ])
    const target = await describeTarget(client, admin)
    if (isCurrent) return target
    await prepareRoles(client, key)
    await applyMigrations(client, files)
    await installQueue(target, key, tasks)
    await client.query('set role carryover_owner')
    await client.query(`grant usage on schema ${queueSchema} to carryover_app, carryover_loader`)
    await client.query(
      `grant select, insert, update, delete on all tables in schema ${queueSchema} to carryover_app, carryover_loader`,
    )
    await client.query(
      `grant execute on all functions in schema ${queueSchema} to carryover_app, carryover_loader`,
    )
    await client.query(
      'insert into carryover.migrations (name, hash) values ($1, $2) on conflict (name) do update set hash = excluded.hash, applied_at = now()',
      ['queue', queueMark],
    )
    return target
  } finally {
    await client.end()
  }
}

type Migration = { readonly name: string; readonly hash: string; readonly text: string }

export async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(migrationsFolder)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, migrationsFolder), 'utf8')
      return { name, text, hash: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

/** Changes when the queue's version, its settings or the list of tasks does. */
function queueFingerprint(tasks: readonly Task[]): string {
  const facts = JSON.stringify([tasks.map((task) => task.name).sort(), queueOptions, 1])
  return createHash('sha256').update(facts).digest('hex')
}

async function checkVersion(client: pg.Client): Promise<void> {
  const result = await client.query<{ n: number; v: string }>(
    "select current_setting('server_version_num')::int as n, current_setting('server_version') as v",
  )
  const { n, v } = result.rows[0]!
  if (n < 150000) throw refuseMigration('database.too_old', { version: v })
}

async function isUpToDate(client: pg.Client, wanted: readonly string[]): Promise<boolean> {
  const there = await client.query("select to_regclass('carryover.migrations') as t")
  if (there.rows[0].t === null) return false
  const known = await client.query<{ mark: string }>(
    "select case name when 'queue' then hash else name || ' ' || hash end as mark from carryover.migrations",
  )
  const marks = new Set(known.rows.map((row) => row.mark))
  return wanted.every((mark) => marks.has(mark)) && marks.size === wanted.length
}

async function describeTarget(client: pg.Client, admin: pg.ClientConfig): Promise<ConnectionTarget> {
  const result = await client.query<{ name: string }>('select current_database() as name')
  const ssl = admin.ssl === undefined ? {} : { ssl: admin.ssl }
  return { host: client.host, port: client.port, database: result.rows[0]!.name, ...ssl }
}

async function prepareRoles(client: pg.Client, key: MasterKey): Promise<void> {
  for (const role of roles) {
    const name = roleName(role)
    // Roles belong to the whole server: another database of this installation may have made them already.
    await client.query(
      `do $$ begin create role ${name} login; exception when duplicate_object then null; end $$`,
    )
    await client.query(`alter role ${name} password ${client.escapeLiteral(rolePassword(key, role))}`)
    await client.query(`grant ${name} to current_user`)
  }
  await client.query('create schema if not exists carryover authorization carryover_owner')
  await client.query('create schema if not exists staging authorization carryover_loader')
  await client.query(`create schema if not exists ${queueSchema} authorization carryover_owner`)
  await client.query('grant usage on schema carryover to carryover_app, carryover_loader')
  await client.query('set role carryover_owner')
  await client.query(
    'create table if not exists carryover.migrations (name text primary key, hash text not null, applied_at timestamptz not null default now())',
  )
}

async function applyMigrations(client: pg.Client, files: readonly Migration[]): Promise<void> {
  await client.query('begin')
  try {
    await client.query('set local search_path = carryover')
    await client.query('lock table carryover.migrations in exclusive mode')
    const applied = new Map(
      (
        await client.query<{ name: string; hash: string }>('select name, hash from carryover.migrations')
      ).rows.map((row) => [row.name, row.hash]),
    )
    const known = new Set(files.map((file) => file.name))
    for (const name of applied.keys())
      if (name !== 'queue' && !known.has(name)) throw refuseMigration('database.newer_schema', { name })
    for (const file of files) {
      const before = applied.get(file.name)
      if (before === file.hash) continue
      if (before !== undefined) throw refuseMigration('database.migration_edited', { name: file.name })
      await client.query(file.text)
      await client.query('insert into carryover.migrations (name, hash) values ($1, $2)', [
        file.name,
        file.hash,
      ])
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

async function installQueue(target: ConnectionTarget, key: MasterKey, tasks: readonly Task[]): Promise<void> {
  const boss = new PgBoss({
    host: target.host,
    port: target.port,
    database: target.database,
    ssl: target.ssl,
    user: roleName('owner'),
    password: rolePassword(key, 'owner'),
    schema: queueSchema,
    createSchema: false,
    supervise: false,
    schedule: false,
    max: 1,
  })
  await boss.start()
  try {
    for (const task of tasks) {
      await boss.createQueue(task.name, queueOptions)
      await boss.updateQueue(task.name, queueOptions)
    }
  } finally {
    await boss.stop({ graceful: false })
  }
}
