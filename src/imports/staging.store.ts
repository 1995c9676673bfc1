/**
 * Staging tables: one for the rows of a source, one for the verdicts that differ from what converting gave,
 * one that findings pass through. Unlogged and without row security (COPY does not work with it): only the
 * loader role reaches them, by the id of an import that was read under row security before.
 */
import { one, type Queryable, row, rows, sql } from '../platform/database.ts'
import type { Work } from '../platform/work.ts'
import type { CheckedRecord, RowAction } from './record.ts'
import { actionLetters, actionOf } from './record.ts'
import { type ImportId, stagingTable } from './run.ts'

export function valueColumn(at: number): string {
  return `v${at}`
}

/** SQL that makes the tables of verdicts and findings anew and drops the rows of an earlier check. */
export function createSideTablesSql(id: ImportId, source: number): string {
  const table = stagingTable(id, source)
  return `
    drop table if exists ${table.rows}, ${table.verdicts}, ${table.findings};
    create unlogged table ${table.verdicts} (row_number int primary key, action "char" not null, record_id bigint,
      record_version int);
    create unlogged table ${table.findings} (row_number bigint not null, line bigint not null, column_number int,
      field text, code text not null, severity text not null, value text, params jsonb not null)
      with (autovacuum_enabled = false)`
}

export function createRowsSql(id: ImportId, source: number, fields: number): string {
  const values = Array.from({ length: fields }, (_, at) => `, ${valueColumn(at)} text`).join('')
  return `create unlogged table ${stagingTable(id, source).rows}
    (row_number int not null, line int not null, action "char" not null${values}) with (autovacuum_enabled = false)`
}

/**
 * Pages by row number cost the same anywhere: rows lie in order, so a tiny block-range index finds them. Statistics
 * of two columns need a small sample; the usual one would read every block. For a connection of its own.
 */
export function indexStagingSql(id: ImportId, source: number): string {
  const { rows: name } = stagingTable(id, source)
  const index = `rows_${id}_${source}_by_row`
  return `create index ${index} on ${name} using brin (row_number) with (pages_per_range = 8);
    set default_statistics_target = 10; analyze ${name} (row_number, action)`
}

export function dropStagingSql(id: ImportId, sources: number): string {
  const names = Array.from({ length: sources }, (_, source) => Object.values(stagingTable(id, source))).flat()
  return `drop table if exists ${names.join(', ')}`
}

/** How many rows lie in staging, or null when the tables are gone (a crash of the server empties them). */
export async function countStaged(
  db: Queryable,
  id: ImportId,
  source: number,
): Promise<{ rows: number; verdicts: number } | null> {
  const table = stagingTable(id, source)
  const there = await row(
    db,
    sql<{
      there: boolean
    }>`select to_regclass(${table.rows}::text) is not null and to_regclass(${table.verdicts}::text) is not null as there`,
  )
  if (!there?.there) return null
  const counted = await one(
    db,
    sql<{ rows: string; verdicts: string }>`
      select (select count(*) from ${sql.table(table.rows)}) as rows, (select count(*) from ${sql.table(table.verdicts)}) as verdicts`,
  )
  return { rows: Number(counted.rows), verdicts: Number(counted.verdicts) }
}

/** Changes when another record, or another version of it, is what a row was found to be. */
export async function fingerprintMatches(db: Queryable, id: ImportId, source: number): Promise<string> {
  const { mark } = await one(
    db,
    sql<{ mark: string }>`
      select coalesce(sum(hashtextextended(concat_ws(' ', row_number, record_id, record_version), 0)::numeric), 0)::text as mark
      from ${sql.table(stagingTable(id, source).verdicts)} where record_id is not null`,
  )
  return mark
}

/** Rows by action, verdicts applied. */
export async function countActions(
  db: Queryable,
  id: ImportId,
  source: number,
): Promise<Record<RowAction, number>> {
  const table = stagingTable(id, source)
  const counted = await rows(
    db,
    sql<{ action: string; n: string }>`
      with changed as (
        select s.action as from_action, v.action as to_action
        from ${sql.table(table.verdicts)} v join ${sql.table(table.rows)} s using (row_number))
      select action, sum(n) as n from (
        select action, count(*) as n from ${sql.table(table.rows)} group by action
        union all select from_action, -count(*) from changed group by from_action
        union all select to_action, count(*) from changed group by to_action) counts
      group by action`,
  )
  const counts: Record<RowAction, number> = { create: 0, update: 0, unchanged: 0, skip: 0, fail: 0 }
  for (const { action, n } of counted) counts[actionOf(action)] = Number(n)
  return counts
}

export type StagedRow = Pick<CheckedRecord, 'values' | 'action'> & {
  readonly row: number
  readonly line: number
  readonly recordId: string | null
}

/** A page of checked rows from a row number on. */
export async function pageStaged(
  work: Work,
  id: ImportId,
  source: number,
  fields: number,
  page: { readonly from: number; readonly limit: number; readonly action?: RowAction | undefined },
): Promise<StagedRow[]> {
  const table = stagingTable(id, source)
  const values = Array.from({ length: fields }, (_, at) => sql.ref(`s.${valueColumn(at)}`))
  const wanted = page.action ? actionLetters[page.action] : null
  // A bound on the row number lets the block-range index answer; only a filter by action looks further.
  const bound = wanted === null ? sql`and s.row_number < ${page.from + page.limit}::int` : sql``
  const found = await rows(
    work.db,
    sql<{
      row_number: number
      line: number
      action: string
      record_id: string | null
      values: (string | null)[]
    }>`
      select s.row_number, s.line, coalesce(v.action, s.action) as action, v.record_id,
        array[${sql.join(values)}]::text[] as values
      from ${sql.table(table.rows)} s
      left join ${sql.table(table.verdicts)} v using (row_number)
      where s.row_number >= ${page.from}::int ${bound}
        and (${wanted}::text is null or coalesce(v.action, s.action) = ${wanted}::"char")
      order by s.row_number limit ${page.limit}::int`,
  )
  return found.map((of) => ({
    row: of.row_number,
    line: of.line,
    action: actionOf(of.action),
    recordId: of.record_id,
    values: of.values,
  }))
}
