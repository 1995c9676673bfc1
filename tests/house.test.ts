/** The laws of the house that no tool knows. Every list of exceptions here is short and says why. */
import { execFileSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { permissions } from '../src/accounts/permissions.ts'
import { buildApp, kinds, tasks } from '../src/app.ts'
import { importStatuses } from '../src/imports/contract.ts'
import { resting, transitions } from '../src/imports/status.ts'
import type { Operation } from '../src/platform/contract.ts'
import type { Platform } from '../src/platform/platform.ts'
import { asAdmin, createTestPlatform, type TestPlatform } from './support/database.ts'

const files = globSync('src/**/*.ts').map((path) => path.replaceAll('\\', '/'))
const sources = new Map(
  files.filter((path) => !path.endsWith('.test.ts')).map((path) => [path, readFileSync(path, 'utf8')]),
)

/** Lines of source outside of comments that match, as `path: line`. */
function linesWith(pattern: RegExp, exceptIn: readonly string[] = []): string[] {
  return [...sources].flatMap(([path, text]) =>
    exceptIn.includes(path)
      ? []
      : text
          .split('\n')
          .filter((line) => pattern.test(line) && !/^\s*(\*|\/\/|\/\*)/.test(line))
          .map((line) => `${path}: ${line.trim()}`),
  )
}

async function exportsOf(path: string): Promise<Record<string, unknown>> {
  const { href } = new URL(`../${path}`, import.meta.url)
  return (await import(/* @vite-ignore */ href)) as Record<string, unknown>
}

async function operations(): Promise<[string, Operation][]> {
  const found: [string, Operation][] = []
  for (const path of files.filter((of) => of.endsWith('/contract.ts')))
    for (const value of Object.values(await exportsOf(path))) {
      const of = value as Operation | null
      if (of && typeof of === 'object' && 'method' in of && 'path' in of && 'permission' in of)
        found.push([path, of])
    }
  return found
}

describe('tables', () => {
  let world: TestPlatform
  beforeAll(async () => {
    world = await createTestPlatform()
  })
  afterAll(() => world?.close())
  const ask = <T>(sql: string) =>
    asAdmin(async (admin) => (await admin.query(sql)).rows as T[], world.platform.database.target.database)

  /** Of the whole installation: nobody is signed in yet, or it is about the database itself. */
  const unowned = ['migrations', 'setup_tokens', 'sign_in_throttles']

  test('every table belongs to an organisation, and its rows are policed even for its owner', async () => {
    const tables = await ask<{ name: string; forced: boolean; has_org: boolean; policies: number }>(`
      select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
        exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id' and a.attnotnull) as has_org,
        (select count(*)::int from pg_policy p where p.polrelid = c.oid
          and pg_get_expr(p.polqual, p.polrelid) like '%org_id = ( SELECT%current_org()%'
          and pg_get_expr(p.polwithcheck, p.polrelid) like '%org_id = ( SELECT%current_org()%') as policies
      from pg_class c where c.relnamespace = 'carryover'::regnamespace and c.relkind in ('r', 'p') order by 1`)
    expect(tables.length).toBeGreaterThan(20)
    const lawless = tables.filter(
      ({ name, forced, has_org: hasOrg, policies }) =>
        !unowned.includes(name) && !(forced && hasOrg && policies === 1),
    )
    expect(lawless).toEqual([])
    expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(unowned))
  })

  test('policies that open a table further are for its owner alone, and named here', async () => {
    const further = await ask<{ name: string }>(`
      select polrelid::regclass || ' ' || polname as name from pg_policy p
      where polname <> 'own_organisation' order by 1`)
    expect(further.map(({ name }) => name.replace('carryover.', ''))).toEqual([
      'organisations directory',
      'people directory',
    ])
    const readers = await ask<{ role: string }>(`
      select distinct r::regrole::text as role from pg_policy p, unnest(p.polroles) r where polname <> 'own_organisation'`)
    expect(readers).toEqual([{ role: 'carryover_owner' }])
  })

  test('the organisation comes first in every primary key, unique key, foreign key and index', async () => {
    const indexes = await ask<{ name: string; table: string; first: string }>(`
      select i.indexrelid::regclass::text as name, t.relname as table,
        coalesce((select a.attname from pg_attribute a where a.attrelid = i.indrelid and a.attnum = i.indkey[0]), 'expression') as first
      from pg_index i join pg_class t on t.oid = i.indrelid
      where t.relnamespace = 'carryover'::regnamespace`)
    // The directory answers sign-in, which knows an e-mail address before it knows an organisation.
    const allowed = ['people_directory']
    const wrong = indexes.filter(
      ({ name, table, first }) =>
        first !== 'org_id' && !unowned.includes(table) && !allowed.some((of) => name.endsWith(of)),
    )
    expect(wrong).toEqual([])
    const foreign = await ask<{ name: string; first: string }>(`
      select c.conname as name, a.attname as first from pg_constraint c
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
      where c.contype = 'f' and c.connamespace = 'carryover'::regnamespace and a.attname <> 'org_id'`)
    expect(foreign).toEqual([])
  })

  test('the roles of the program neither own anything nor go round a policy', async () => {
    const mighty = await ask<{ rolname: string }>(
      "select rolname from pg_roles where rolname like 'carryover%' and (rolsuper or rolbypassrls)",
    )
    expect(mighty).toEqual([])
    const owned = await ask<{ owner: string }>(
      "select distinct tableowner as owner from pg_tables where schemaname = 'carryover'",
    )
    expect(owned).toEqual([{ owner: 'carryover_owner' }])
  })

  test('the states of an import are those of its table, all of them reached and none a trap', async () => {
    const [check] = await ask<{ text: string }>(`
      select pg_get_constraintdef(oid) as text from pg_constraint
      where conrelid = 'carryover.imports'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%incomplete%'`)
    const stored = [...check!.text.matchAll(/'(\w+)'::text/g)].map(([, status]) => status)
    expect(new Set(stored)).toEqual(new Set(importStatuses))
    expect(Object.keys(transitions).sort()).toEqual([...importStatuses].sort())
    const reached = new Set(['incomplete'])
    for (const status of reached)
      for (const next of transitions[status as keyof typeof transitions]) reached.add(next)
    expect([...reached].sort()).toEqual([...importStatuses].sort())
    const working = importStatuses.filter((status) => !resting.includes(status))
    for (const status of working)
      expect(
        transitions[status].some((next) => resting.includes(next)),
        status,
      ).toBe(true)
  })
})

/** Tables that a statement of this text writes. */
function written(text: string): Set<string> {
  const found = new Set<string>()
  const sql = [...text.matchAll(/`[^`]*`|'[^'\n]*'|"[^"\n]*"/g)].map(([literal]) => literal).join('\n')
  for (const [, table] of sql.matchAll(
    /\b(?:insert into|delete from|merge into|truncate(?: table)?)\s+(?:carryover\.)?([a-z_]+)\b/g,
  ))
    found.add(table!)
  for (const [, table] of sql.matchAll(
    /\bupdate\s+(?:carryover\.)?([a-z_]+)\s+(?:as\s+)?(?:[a-z]\s+)?set\b/g,
  ))
    found.add(table!)
  return found
}

test('each table is written by one file of its module, and that is a store where it is business', () => {
  const writers = new Map<string, Set<string>>()
  for (const [path, text] of sources)
    for (const table of written(text)) writers.set(table, (writers.get(table) ?? new Set()).add(path))
  // What an import changed is written by the load and marked by its undo: the two halves of one promise.
  const shared: Record<string, string[]> = {
    import_changes: [
      'src/imports/load/load.store.ts',
      'src/imports/personal-data.store.ts',
      'src/imports/undo/undo.store.ts',
    ],
    // Erasing a person goes through everything that an import keeps.
    import_findings: ['src/imports/check/findings.store.ts', 'src/imports/personal-data.store.ts'],
    import_sources: ['src/imports/personal-data.store.ts', 'src/imports/sources.store.ts'],
    imports: ['src/imports/imports.store.ts', 'src/imports/personal-data.store.ts'],
  }
  for (const [table, paths] of writers)
    expect([...paths].sort(), `${table} is written by`).toEqual(shared[table] ?? [[...paths][0]])
  expect(writers.size).toBeGreaterThan(20)
})

test('tables whose name is not written out are kinds and staging, and only the street and the records of kinds write those', () => {
  const dynamic = /\b(insert into|delete from|update)\s+\$\{/
  const writers = [...sources].filter(([, text]) => dynamic.test(text)).map(([path]) => path)
  expect(writers.sort()).toEqual([
    'src/imports/check/compare.store.ts',
    'src/imports/load/load.store.ts',
    'src/imports/undo/undo.store.ts',
    'src/kinds/custom-fields/field-values.store.ts',
    'src/kinds/records/bin.store.ts',
    'src/kinds/records/change-many.ts',
    'src/kinds/records/erase.ts',
    'src/kinds/records/records.store.ts',
    'src/kinds/records/undo-change.ts',
  ])
})

test('a store is private to its folder', () => {
  const wrong = [...sources].flatMap(([path, text]) =>
    [...text.matchAll(/from '([^']+\.store)\.ts'/g)]
      .map(([, target]) => new URL(`${target}.ts`, `file:///${path}`).pathname.slice(1))
      .filter((target) => target.split('/')[1] !== path.split('/')[1])
      .map((target) => `${path} → ${target}`),
  )
  expect(wrong).toEqual([])
})

describe('codes', () => {
  const doc = readFileSync('docs/errors.md', 'utf8')
  const told = new Set([...doc.matchAll(/^\| `([^`]+)`/gm)].map(([, code]) => code!))
  const declared = new Set<string>()
  for (const text of sources.values())
    for (const [, body] of text.matchAll(/= declare(?:Refusals|Findings)\(\{([\s\S]*?)\n\}\)/g))
      for (const [, code] of body!.matchAll(/^ {2}'([^']+)': \{/gm)) declared.add(code!)

  test('a code is declared once', () => {
    const seen = [...sources.values()]
      .flatMap((text) => [...text.matchAll(/= declare(?:Refusals|Findings)\(\{([\s\S]*?)\n\}\)/g)])
      .flatMap(([, body]) => [...body!.matchAll(/^ {2}'([^']+)': \{[\s\S]*?(status|severity):/gm)])
      .map(([, code, sort]) => `${sort} ${code}`)
    expect(seen.filter((code, at) => seen.indexOf(code) !== at)).toEqual([])
  })

  test('docs/errors.md tells every code that is declared, and no other', () => {
    expect(declared.size).toBeGreaterThan(100)
    expect([...told].sort()).toEqual([...declared].sort())
    execFileSync(process.execPath, ['scripts/write-errors.ts', '--check'])
  })

  test('every code is used, and every code that is used is declared', () => {
    const all = [...sources.values()].join('\n')
    const unused = [...declared].filter((code) => all.split(`'${code}'`).length < 3)
    expect(unused).toEqual([])
    const raised = [...all.matchAll(/\brefuse[A-Z]\w*\(\s*'([^']+)'/g)].map(([, code]) => code!)
    expect(raised.filter((code) => !declared.has(code))).toEqual([])
  })

  test('both sentences of a code have the same parameters, say something, and end as sentences do', () => {
    const rows = [...doc.matchAll(/^\| `([^`]+)` \| \S+ \| (.*) \| (.*) \|$/gm)]
    const names = (text: string) =>
      [...text.matchAll(/\{(\w+?)(?:En|Cs)?\}/g)].map(([, name]) => name!).sort()
    for (const [, code, en, cs] of rows) {
      expect(names(cs!), code).toEqual(names(en!))
      expect(en, code).toMatch(/[.?!}]”?$/)
      expect(cs, code).toMatch(/[.?!}]“?$/)
    }
  })

  test('contracts name declared codes and existing permissions only', async () => {
    const found = await operations()
    expect(found.length).toBeGreaterThan(50)
    const wrong = found.flatMap(([path, operation]) => [
      ...(operation.refusals ?? [])
        .filter((code) => !declared.has(code))
        .map((code) => `${path} ${operation.id}: ${code}`),
      ...(operation.permission in permissions || ['public', 'signed-in'].includes(operation.permission)
        ? []
        : [`${path} ${operation.id}: ${operation.permission}`]),
    ])
    expect(wrong).toEqual([])
  })
})

test('every operation of a contract is mounted and described, with an id of its own', async () => {
  const platform = { config: { trustProxy: false, publicUrl: null } } as unknown as Platform
  const api = await buildApp(platform)
  await api.fastify.ready()
  const described = api.fastify.swagger() as unknown as {
    paths: Record<string, Record<string, { operationId?: string }>>
  }
  await api.fastify.close()
  const ids = Object.values(described.paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  )
  const wanted = (await operations()).map(([, { id }]) => id)
  expect(new Set(wanted).size).toBe(wanted.length)
  expect(new Set(ids)).toEqual(new Set(wanted))
  expect(ids).toHaveLength(wanted.length)
})

test('settings are read from the environment in one place', () => {
  // The launcher hands the process its own Node; a worker process is started with the environment of its parent.
  expect(linesWith(/process\.env/, ['src/platform/config.ts'])).toEqual([])
})

test('the time is read in one place', () => {
  const waits = [
    // How long to wait for a lease, to go on following, or before a worker is started again: no moment is kept.
    'src/imports/control.ts',
    'src/commands/follow.ts',
    'src/commands/worker-process.ts',
  ]
  const reads = /new Date\(\)|Date\.now\(|performance\.now\(|Temporal\.Now/
  expect(linesWith(reads, ['src/platform/clock.ts', ...waits])).toEqual([])
})

test('payloads of tasks hold ids only', () => {
  for (const task of tasks) {
    const shape = (task.payload as unknown as { shape: Record<string, { def: { type: string } }> }).shape
    for (const [name, { def }] of Object.entries(shape)) {
      expect(['string', 'number'], `${task.name}.${name}`).toContain(def.type)
      expect(name, `${task.name}.${name}`).toMatch(/^(org|person|import|message|file|record|id)$/)
    }
  }
})

test('no barrels, no default exports, no folders for odds and ends; every file says what it is', () => {
  const named = files.filter((path) =>
    /(^|\/)(index|utils?|helpers?|common|shared|lib|core|base|service|manager|handler)(\.ts|\/)/.test(path),
  )
  expect(named).toEqual([])
  expect(linesWith(/^export default\b/)).toEqual([])
  expect(linesWith(/^export \* from/)).toEqual([])
  expect(linesWith(/^(export )?(enum|abstract class|namespace)\b/)).toEqual([])
  const silent = [...sources]
    .filter(([, text]) => !/^\/\*\*[\s\S]{20,}?\*\//.test(text))
    .map(([path]) => path)
  expect(silent).toEqual([])
  const odd = files.filter(
    (path) => !/^(.*\/)?[a-z0-9]+(-[a-z0-9]+)*(\.(store|test|contract))?\.ts$/.test(path),
  )
  expect(odd).toEqual([])
})

test('a kind lies in a table that has its columns, and names no field twice', async () => {
  const world = await createTestPlatform()
  try {
    for (const kind of kinds.all) {
      const { columnsOf } = await import('../src/kinds/kinds.ts')
      const there = await asAdmin(
        async (admin) =>
          (
            await admin.query<{ name: string; type: string }>(
              `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
               where attrelid = $1::regclass and attnum > 0`,
              [`carryover.${kind.table}`],
            )
          ).rows,
        world.platform.database.target.database,
      )
      const types = new Map(
        there.map(({ name, type }) => [name, type.replace('timestamp with time zone', 'timestamptz')]),
      )
      expect(types.get('custom'), `${kind.table}.custom, for fields that an organisation adds`).toBe('jsonb')
      for (const column of kind.fields.flatMap((field) => columnsOf(field)))
        expect(types.get(column.name), `${kind.table}.${column.name}`).toBe(column.sqlType)
    }
  } finally {
    await world.close()
  }
})
