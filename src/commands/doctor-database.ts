/** What doctor says of PostgreSQL and of what stands in it: schema, row security, worker, queue, mail. */
import pg from 'pg'
import type { Config } from '../platform/config.ts'
import { describeEmbeddedPostgres } from '../platform/embedded-postgres.ts'
import { readSuperuser } from '../platform/embedded-postgres-cluster.ts'
import { locatePostgresFolder } from '../platform/embedded-postgres-folder.ts'
import { postgresPort } from '../platform/embedded-postgres-settings.ts'
import { readMigrations } from '../platform/migrate.ts'
import type { Language } from '../platform/refusal.ts'
import type { Diagnosis } from './diagnosis.ts'

export async function checkDatabase(config: Config, language: Language): Promise<Diagnosis[]> {
  const isCzech = language === 'cs'
  return config.databaseUrl === null
    ? checkEmbedded(config, isCzech)
    : inDatabase({ connectionString: config.databaseUrl }, 'DATABASE_URL', isCzech)
}

async function checkEmbedded({ dataDir }: Config, isCzech: boolean): Promise<Diagnosis[]> {
  const name = 'PostgreSQL'
  const found = await describeEmbeddedPostgres(dataDir)
  const problems = found.problems.map(
    (refusal): Diagnosis => ({ name, state: 'problem', says: refusal.sentence(isCzech ? 'cs' : 'en') }),
  )
  const kind = isCzech ? 'vestavěný' : 'embedded'
  const as = found.user ? `, ${isCzech ? 'uživatel' : 'user'} ${found.user.name}` : ''
  const { server } = found
  if (server?.socketDir == null || server.version === null) {
    const version = found.clusterVersion ?? '18'
    const state = server ? (isCzech ? 'neodpovídá' : 'does not answer') : isCzech ? 'neběží' : 'not running'
    const advice = isCzech
      ? 'Spustí jej každý příkaz, který jej potřebuje.'
      : 'Every command that needs it starts it.'
    const check: Diagnosis = {
      name,
      state: server ? 'warning' : 'ok',
      says: `${kind} ${version}${as}, ${state}`,
      advice,
    }
    return problems.length > 0 ? problems : [check]
  }
  const says = `${kind} ${server.version}${as}, ${isCzech ? 'proces' : 'process'} ${server.pid}, ${server.socketDir}`
  const superuser = await readSuperuser(await locatePostgresFolder(dataDir))
  const target = { host: server.socketDir, port: postgresPort, ...superuser, database: 'carryover' }
  return [...problems, ...(await inDatabase(target, says, isCzech))]
}

async function inDatabase(target: pg.ClientConfig, says: string, isCzech: boolean): Promise<Diagnosis[]> {
  const name = 'PostgreSQL'
  const client = new pg.Client({
    ...target,
    application_name: 'carryover doctor',
    connectionTimeoutMillis: 10_000,
  })
  try {
    await client.connect()
  } catch (error) {
    return [
      {
        name,
        state: 'problem',
        says,
        advice: isCzech
          ? `Nelze se připojit: ${(error as Error).message}`
          : `It cannot be reached: ${(error as Error).message}`,
      },
    ]
  }
  try {
    return await look(client, says, isCzech)
  } finally {
    await client.end()
  }
}

async function look(client: pg.Client, says: string, isCzech: boolean): Promise<Diagnosis[]> {
  const server = await checkServer(client, says, isCzech)
  const schema = await checkSchema(client, isCzech)
  if (schema.state === 'problem' || !schema.isThere) return [server, schema.check]
  return [
    server,
    schema.check,
    await checkRoles(client, isCzech),
    await checkRowSecurity(client, isCzech),
    await checkWorker(client, isCzech),
    await checkQueue(client, isCzech),
    await checkMail(client, isCzech),
  ]
}

async function one<T extends pg.QueryResultRow>(client: pg.Client, text: string): Promise<T> {
  return (await client.query<T>(text)).rows[0]!
}

async function checkServer(client: pg.Client, says: string, isCzech: boolean): Promise<Diagnosis> {
  const { n, v } = await one<{ n: number; v: string }>(
    client,
    "select current_setting('server_version_num')::int as n, current_setting('server_version') as v",
  )
  const text = says === 'DATABASE_URL' ? `${v}, DATABASE_URL` : says
  if (n >= 150_000 && n < 190_000) return { name: 'PostgreSQL', state: 'ok', says: text }
  const advice = isCzech
    ? `Verze ${v} není podporovaná. Použijte 15 až 18.`
    : `Version ${v} is not supported. Use 15 to 18.`
  return { name: 'PostgreSQL', state: n < 150_000 ? 'problem' : 'warning', says: text, advice }
}

async function checkSchema(client: pg.Client, isCzech: boolean) {
  const name = isCzech ? 'Schéma' : 'Schema'
  const { t } = await one<{ t: string | null }>(client, "select to_regclass('carryover.migrations') as t")
  if (t === null) {
    const says = isCzech
      ? 'prázdná databáze; připraví ji první spuštění'
      : 'empty; the first start prepares it'
    return { check: { name, state: 'ok', says } as Diagnosis, isThere: false, state: 'ok' }
  }
  const applied = await client.query<{ name: string; hash: string }>(
    'select name, hash from carryover.migrations',
  )
  const known = new Map(applied.rows.map((row) => [row.name, row.hash]))
  const files = await readMigrations()
  const missing = files.filter((file) => !known.has(file.name)).map((file) => file.name)
  const edited = files.filter((file) => known.has(file.name) && known.get(file.name) !== file.hash)
  const newer = [...known.keys()].filter((of) => of !== 'queue' && !files.some((file) => file.name === of))
  const says = `${known.size - (known.has('queue') ? 1 : 0)} / ${files.length}`
  const check = (state: Diagnosis['state'], advice: string): Diagnosis => ({ name, state, says, advice })
  const found =
    newer.length > 0
      ? check(
          'problem',
          isCzech
            ? `Zapsala ji novější verze: ${newer.join(', ')}`
            : `Written by a newer version: ${newer.join(', ')}`,
        )
      : edited.length > 0
        ? check(
            'problem',
            `${isCzech ? 'Změněno po použití' : 'Changed after they were applied'}: ${edited.map((file) => file.name).join(', ')}`,
          )
        : missing.length > 0
          ? check(
              'warning',
              `${isCzech ? 'Doplní příští spuštění' : 'The next start applies'}: ${missing.join(', ')}`,
            )
          : ({
              name,
              state: 'ok',
              says: isCzech ? `aktuální (${says} migrací)` : `current (${says} migrations)`,
            } as Diagnosis)
  return { check: found, isThere: true, state: found.state }
}

async function checkRoles(client: pg.Client, isCzech: boolean): Promise<Diagnosis> {
  const name = isCzech ? 'Role' : 'Roles'
  const wanted = ['carryover_owner', 'carryover_app', 'carryover_loader']
  const { rows } = await client.query<{ rolname: string; strong: boolean }>(
    'select rolname, rolsuper or rolbypassrls as strong from pg_roles where rolname = any ($1)',
    [wanted],
  )
  const missing = wanted.filter((role) => !rows.some((row) => row.rolname === role))
  const strong = rows.filter((row) => row.strong).map((row) => row.rolname)
  if (missing.length > 0)
    return {
      name,
      state: 'problem',
      says: `${isCzech ? 'chybí' : 'missing'}: ${missing.join(', ')}`,
      advice: isCzech ? 'Spusťte Carryover znovu; role vytvoří.' : 'Start Carryover again; it makes them.',
    }
  if (strong.length > 0)
    return {
      name,
      state: 'problem',
      says: strong.join(', '),
      advice: isCzech
        ? 'Tyto role obcházejí zabezpečení řádků. Odeberte jim SUPERUSER a BYPASSRLS.'
        : 'These roles pass by row security. Take SUPERUSER and BYPASSRLS from them.',
    }
  return { name, state: 'ok', says: wanted.join(', ') }
}

/** Every table of an organisation must force its row policy. */
async function checkRowSecurity(client: pg.Client, isCzech: boolean): Promise<Diagnosis> {
  const name = isCzech ? 'Zabezpečení řádků' : 'Row security'
  const { rows } = await client.query<{ name: string; forced: boolean }>(
    `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped
     where c.relnamespace = 'carryover'::regnamespace and c.relkind in ('r', 'p') order by 1`,
  )
  const open = rows.filter((row) => !row.forced).map((row) => row.name)
  if (open.length === 0)
    return {
      name,
      state: 'ok',
      says: isCzech ? `vynucené na všech ${rows.length} tabulkách` : `forced on all ${rows.length} tables`,
    }
  return {
    name,
    state: 'problem',
    says: `${isCzech ? 'chybí na' : 'missing on'}: ${open.join(', ')}`,
    advice: isCzech
      ? 'Vraťte databázi ze zálohy, nebo ji vynuťte.'
      : 'Put the database back from a backup, or force it again.',
  }
}

/** A worker keeps a connection of its own on which it listens for tasks. */
async function checkWorker(client: pg.Client, isCzech: boolean): Promise<Diagnosis> {
  const name = isCzech ? 'Zpracování' : 'Worker'
  const { n } = await one<{ n: string }>(
    client,
    "select count(distinct (client_addr, client_port, pid)) as n from pg_stat_activity where application_name = 'carryover worker queue' and datname = current_database()",
  )
  if (Number(n) > 0) return { name, state: 'ok', says: isCzech ? 'běží' : 'running' }
  return {
    name,
    state: 'ok',
    says: isCzech
      ? 'neběží; je v „carryover serve“ a „carryover work“'
      : 'not running; it comes with "carryover serve" and "carryover work"',
  }
}

const backlogMinutes = 5

async function checkQueue(client: pg.Client, isCzech: boolean): Promise<Diagnosis> {
  const name = isCzech ? 'Fronta' : 'Queue'
  const { waiting, active, failed, minutes } = await one<{
    waiting: string
    active: string
    failed: string
    minutes: string | null
  }>(
    client,
    `select count(*) filter (where state in ('created', 'retry')) as waiting, count(*) filter (where state = 'active') as active,
       count(*) filter (where state = 'failed') as failed,
       floor(extract(epoch from now() - min(start_after) filter (where state in ('created', 'retry'))) / 60) as minutes
     from pgboss.job`,
  )
  const says = isCzech
    ? `${waiting} čeká, ${active} se zpracovává, ${failed} vzdáno`
    : `${waiting} waiting, ${active} at work, ${failed} given up`
  if (Number(waiting) > 0 && Number(minutes) >= backlogMinutes)
    return {
      name,
      state: 'warning',
      says,
      advice: isCzech
        ? `Nejstarší úloha čeká ${minutes} minut. Spusťte „carryover serve“ nebo „carryover work“.`
        : `The oldest task has waited for ${minutes} minutes. Start "carryover serve" or "carryover work".`,
    }
  return { name, state: 'ok', says }
}

async function checkMail(client: pg.Client, isCzech: boolean): Promise<Diagnosis> {
  const name = isCzech ? 'Pošta' : 'Mail'
  const { servers, failed } = await one<{ servers: string; failed: string }>(
    client,
    "select (select count(*) from carryover.mail_settings) as servers, (select count(*) from carryover.outbox where state = 'failed') as failed",
  )
  if (Number(failed) > 0)
    return {
      name,
      state: 'warning',
      says: isCzech ? `${failed} zpráv se nepodařilo odeslat` : `${failed} messages could not be sent`,
      advice: isCzech
        ? 'Důvod stojí v Nastavení → Pošta → K odeslání.'
        : 'Settings → Mail → Outbox says why.',
    }
  if (Number(servers) > 0)
    return { name, state: 'ok', says: isCzech ? 'server je nastaven' : 'a server is set' }
  return {
    name,
    state: 'ok',
    says: isCzech
      ? 'bez serveru; zprávy čekají čitelné v Nastavení → Pošta'
      : 'no server set; messages wait, readable, in Settings → Mail',
  }
}
