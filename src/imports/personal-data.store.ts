/**
 * Where imports keep something about a person: before-images, findings, samples of columns, staged rows, the files
 * themselves. Numbers, hashes and counts stay, so that every import still balances.
 */
import { sql } from 'kysely'
import { rows, run } from '../platform/database.ts'
import type { Work } from '../platform/work.ts'
import type { ImportId } from './run.ts'

export type TouchedSource = {
  readonly importId: ImportId
  readonly label: string
  readonly source: number
  readonly fileId: string
  readonly fileName: string
  readonly rows: readonly string[]
}

type Places = {
  readonly kinds: readonly string[]
  readonly ids: readonly string[]
  readonly words: readonly string[]
}

/** Rows of files that made or changed one of the records, or whose finding shows one of the words. */
function touchedRows(
  work: Work,
  { kinds, ids, words }: Places,
  tables: readonly { kind: string; table: string }[],
) {
  const chosen = sql`(select * from unnest(${[...kinds]}::text[], ${[...ids]}::bigint[]) as r (kind, id))`
  const made = tables.map(
    ({ kind, table }) => sql`
      select t.import_id, t.import_source as source, t.import_row as row_number from ${sql.table(table)} t
      join ${chosen} r on r.kind = ${kind}::text and r.id = t.id
      where t.org_id = ${work.org}::bigint and t.import_id is not null`,
  )
  return sql`
    select distinct x.import_id, x.source, x.row_number from (
      ${sql.join(
        [
          ...made,
          sql`select c.import_id, c.source, c.row_number from import_changes c join ${chosen} r on r.kind = c.kind and r.id = c.record_id
            where c.org_id = ${work.org}::bigint`,
          sql`select f.import_id, f.source, f.row_number from import_findings f
            where f.org_id = ${work.org}::bigint and lower(f.value) = any(${[...words]}::text[])`,
        ],
        sql` union all `,
      )}) x`
}

export async function findTouchedSources(
  work: Work,
  places: Places,
  tables: readonly { kind: string; table: string }[],
): Promise<TouchedSource[]> {
  return rows(
    work.db,
    sql<TouchedSource>`
      select s.import_id as "importId", i.label, s.source, s.file_id as "fileId", f.name as "fileName",
        array_agg(x.row_number::text order by x.row_number) as rows
      from (${touchedRows(work, places, tables)}) x
      join import_sources s on s.org_id = ${work.org}::bigint and s.import_id = x.import_id and s.source = x.source
      join imports i on i.org_id = s.org_id and i.id = s.import_id
      join files f on f.org_id = s.org_id and f.id = s.file_id
      group by 1, 2, 3, 4, 5 order by 1, 3`,
  )
}

/** What imports remember of the records: as found, as written. */
export async function readChanges(work: Work, { kinds, ids }: Places) {
  return rows(
    work.db,
    sql<{ importId: string; kind: string; recordId: string; before: unknown; after: unknown }>`
      select c.import_id as "importId", c.kind, c.record_id as "recordId", c.before, c.after from import_changes c
      where c.org_id = ${work.org}::bigint
        and (c.kind, c.record_id) in (select * from unnest(${[...kinds]}::text[], ${[...ids]}::bigint[]))
      order by c.import_id, c.record_id`,
  )
}

export async function blankChanges(work: Work, { kinds, ids }: Places): Promise<number> {
  return run(
    work.db,
    sql`update import_changes c set before = '{}', after = '{}'
      where c.org_id = ${work.org}::bigint
        and (c.kind, c.record_id) in (select * from unnest(${[...kinds]}::text[], ${[...ids]}::bigint[]))`,
  )
}

/** A finding keeps its place and its cause; what stood in the cell goes. */
export async function blankFindings(work: Work, source: TouchedSource): Promise<number> {
  return run(
    work.db,
    sql`update import_findings f set value = null,
        params = (select coalesce(jsonb_object_agg(p.key, case jsonb_typeof(p.value) when 'string' then '"…"' else p.value end), '{}')
          from jsonb_each(f.params) p)
      where f.org_id = ${work.org}::bigint and f.import_id = ${source.importId}::bigint and f.source = ${source.source}::smallint
        and f.row_number = any(${[...source.rows]}::bigint[])`,
  )
}

/** Samples of a file that goes are of somebody too: those of its columns, and the rows that show how it is read. */
export async function blankSamples(work: Work, fileId: string): Promise<void> {
  await run(
    work.db,
    sql`update import_sources s set reading = s.reading || '{"sample": [], "findings": []}', columns = (
        select coalesce(jsonb_agg(c || '{"samples": []}'), '[]') from jsonb_array_elements(s.columns) c)
      where s.org_id = ${work.org}::bigint and s.file_id = ${fileId}::bigint`,
  )
}

/** The plan of an import keeps its numbers; what it quoted from the file goes. */
export async function blankPlans(work: Work, ids: readonly string[]): Promise<void> {
  await run(
    work.db,
    sql`update imports i set plan = jsonb_set(i.plan, '{groups}', (
        select coalesce(jsonb_agg(g || '{"examples": []}'), '[]') from jsonb_array_elements(i.plan -> 'groups') g))
      where i.org_id = ${work.org}::bigint and i.id = any(${[...ids]}::bigint[]) and jsonb_typeof(i.plan -> 'groups') = 'array'`,
  )
}

export type OpenImport = {
  readonly id: ImportId
  readonly label: string
  readonly status: string
  readonly hit: boolean
}

/** Imports that are not loaded, with whether their samples show one of the words. */
export async function listOpenImports(work: Work, words: readonly string[]): Promise<OpenImport[]> {
  return rows(
    work.db,
    sql<OpenImport>`
      select i.id, i.label, i.status, exists (
          select 1 from import_sources s where s.org_id = i.org_id and s.import_id = i.id
            and lower(s.columns::text) like any(${likePatterns(words)}::text[])) as hit
      from imports i where i.org_id = ${work.org}::bigint
        and i.status in ('incomplete', 'checking', 'failed', 'waiting_for_approval', 'in_progress')
      order by i.id for update`,
  )
}

function likePatterns(words: readonly string[]): string[] {
  return words.map((word) => `%${word.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`)
}

/** Whether the staged rows of an import show one of the words; only the loader role reaches them. */
export async function isStaged(work: Work, id: ImportId, words: readonly string[]): Promise<boolean> {
  const tables = await rows(
    work.db,
    sql<{ name: string }>`select 'staging.' || relname as name from pg_class
      where relnamespace = 'staging'::regnamespace and relkind = 'r' and relname like ${`rows\\_${id}\\_%`}::text`,
  )
  for (const { name } of tables) {
    const found = await rows(
      work.db,
      sql`select 1 from ${sql.table(name)} s where lower(to_jsonb(s)::text) like any(${likePatterns(words)}::text[]) limit 1`,
    )
    if (found.length > 0) return true
  }
  return false
}

export async function sourcesOfImport(work: Work, id: ImportId): Promise<TouchedSource[]> {
  return rows(
    work.db,
    sql<TouchedSource>`
      select s.import_id as "importId", i.label, s.source, s.file_id as "fileId", f.name as "fileName", '{}'::text[] as rows
      from import_sources s join imports i on i.org_id = s.org_id and i.id = s.import_id
      join files f on f.org_id = s.org_id and f.id = s.file_id
      where s.org_id = ${work.org}::bigint and s.import_id = ${id}::bigint order by s.source`,
  )
}
