/** The sources of an import and their mappings in the database: each change of a mapping is one more version. */
import { one, run, sql } from '../platform/database.ts'
import type { Work } from '../platform/work.ts'
import type { Reading, ReadOptions } from '../tabular/tabular.ts'
import type { Mapping } from './map/contract.ts'
import type { ColumnFacts, ImportId, ImportRun, RunSource } from './run.ts'

export type NewSource = Omit<RunSource, 'mappingVersion' | 'rowCount' | 'source'>

/** Numbers are never given twice, so that what was said about a source that was removed stays true. */
export async function insertSource(work: Work, id: ImportId, of: NewSource): Promise<number> {
  const { source } = await one(
    work.db,
    sql<{ source: number }>`
      insert into import_sources (org_id, import_id, source, kind, file_id, reading, chosen, columns, mapping_version)
      select ${work.org}::bigint, ${id}::bigint, coalesce(max(m.source) + 1, 0), ${of.kind}::text, ${of.file.id}::bigint,
        ${JSON.stringify(of.reading)}::jsonb, ${JSON.stringify(of.chosen)}::jsonb, ${JSON.stringify(of.columns)}::jsonb, 1
      from import_mappings m where m.org_id = ${work.org}::bigint and m.import_id = ${id}::bigint
      returning source`,
  )
  await insertMapping(work, id, source, 1, of.mapping)
  return source
}

/** Takes a source out of the set; its mappings stay as what was once said. */
export async function removeSource(work: Work, id: ImportId, source: number): Promise<void> {
  await run(
    work.db,
    sql`delete from import_sources where org_id = ${work.org}::bigint and import_id = ${id}::bigint
      and source = ${source}::smallint`,
  )
}

/** Another file for a source, with how it is read. */
export async function setFile(
  work: Work,
  id: ImportId,
  source: number,
  of: Pick<NewSource, 'file' | 'reading' | 'chosen' | 'columns'>,
): Promise<void> {
  await run(
    work.db,
    sql`update import_sources set file_id = ${of.file.id}::bigint where org_id = ${work.org}::bigint
      and import_id = ${id}::bigint and source = ${source}::smallint`,
  )
  await setReading(work, id, source, of)
}

async function insertMapping(
  work: Work,
  id: ImportId,
  source: number,
  version: number,
  mapping: Mapping,
): Promise<void> {
  await run(
    work.db,
    sql`insert into import_mappings (org_id, import_id, source, version, mapping, created_by, created_at)
      values (${work.org}::bigint, ${id}::bigint, ${source}::smallint, ${version}::int,
        ${JSON.stringify(mapping)}::jsonb, ${work.actor.person}::bigint, ${work.now}::timestamptz)`,
  )
}

/** Keeps the earlier mappings and points the source to a new version. */
export async function addMapping(
  work: Work,
  run_: ImportRun,
  source: number,
  mapping: Mapping,
): Promise<void> {
  const version = run_.sources.find((of) => of.source === source)!.mappingVersion + 1
  await insertMapping(work, run_.id, source, version, mapping)
  await run(
    work.db,
    sql`update import_sources set mapping_version = ${version}::int
      where org_id = ${work.org}::bigint and import_id = ${run_.id}::bigint and source = ${source}::smallint`,
  )
}

export async function setReading(
  work: Work,
  id: ImportId,
  source: number,
  of: { reading: Reading; chosen: ReadOptions; columns: readonly ColumnFacts[] },
): Promise<void> {
  await run(
    work.db,
    sql`update import_sources set reading = ${JSON.stringify(of.reading)}::jsonb, chosen = ${JSON.stringify(of.chosen)}::jsonb,
        columns = ${JSON.stringify(of.columns)}::jsonb, row_count = null
      where org_id = ${work.org}::bigint and import_id = ${id}::bigint and source = ${source}::smallint`,
  )
}

export async function setRowCount(work: Work, id: ImportId, source: number, count: number): Promise<void> {
  await run(
    work.db,
    sql`update import_sources set row_count = ${count}::bigint
      where org_id = ${work.org}::bigint and import_id = ${id}::bigint and source = ${source}::smallint`,
  )
}
