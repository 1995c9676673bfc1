/**
 * Writes docs/schema.txt, the database as the migrations make it: tables, columns, keys, checks, policies. A
 * reviewer sees a change of schema there; with `--check`, says whether it is fresh.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { tasks } from '../src/app.ts'
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts'
import { migrate } from '../src/platform/migrate.ts'
import { openMasterKey } from '../src/platform/sealing.ts'
import { writeOrCheck } from './write-or-check.ts'

const folder = await mkdtemp(join(tmpdir(), 'carryover-schema-'))
const server = await startEmbeddedPostgres({ dataDir: folder })
try {
  const admin = {
    host: server.socketDir,
    port: server.port,
    user: server.superuser.user,
    password: server.superuser.password,
    database: 'postgres',
  }
  await migrate(admin, openMasterKey(Buffer.alloc(32, 1)), tasks)
  const client = new Client(admin)
  await client.connect()
  await writeOrCheck('docs/schema.txt', await describe(client))
  await client.end()
} finally {
  await server.close()
  await rm(folder, { recursive: true, force: true })
}

async function describe(client: Client): Promise<string> {
  const tables = await client.query<{ name: string; forced: boolean }>(
    `select relname as name, relforcerowsecurity as forced from pg_class
     where relnamespace = 'carryover'::regnamespace and relkind = 'r' order by relname`,
  )
  const parts: string[] = []
  for (const { name, forced } of tables.rows) {
    const lines = await client.query<{ line: string }>(
      `select format('  %s %s%s%s', attname, format_type(atttypid, atttypmod), case when attnotnull then ' not null' else '' end,
          case when attidentity <> '' then ' identity' else coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') end) as line
        from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
      [`carryover.${name}`],
    )
    const rest = await client.query<{ line: string }>(
      `select '  ' || pg_get_constraintdef(oid) as line from pg_constraint where conrelid = $1::regclass and contype in ('p', 'u', 'f', 'c')
       union all select '  ' || regexp_replace(indexdef, '^CREATE (UNIQUE )?INDEX (\\S+) ON \\S+ USING ', '\\1index \\2 ') from pg_indexes i
         where schemaname = 'carryover' and tablename = $2 and not exists (select 1 from pg_constraint where conname = i.indexname)
       union all select '  policy ' || polname || ': ' || pg_get_expr(polqual, polrelid) from pg_policy where polrelid = $1::regclass
       order by line`,
      [`carryover.${name}`, name],
    )
    parts.push(
      [
        `${name}${forced ? '' : ' (no row security)'}`,
        ...[...lines.rows, ...rest.rows].map((row) => row.line),
      ].join('\n'),
    )
  }
  return `${parts.join('\n\n')}\n`
}
