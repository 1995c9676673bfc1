/**
 * The load: `insert … select` and `update … from` over ranges of the staging table, inside the caller's one
 * transaction. Ranges are blocks of the table, so a million rows are walked once and progress can be told.
 */
import { type RawBuilder, sql } from 'kysely'
import { changedColumns, columnsOf, insertedColumns } from '../../kinds/kinds.ts'
import { rows as fetchRows, one, run } from '../../platform/database.ts'
import type { Work } from '../../platform/work.ts'
import type { Part } from '../part.ts'
import {
  changeValues,
  fileRow,
  type RecordSql,
  tablesOf,
  wouldChange,
  writtenLateral,
  writtenValues,
} from '../record-sql.ts'
import { stagingTable } from '../run.ts'

export type LoadTarget = { readonly work: Work; readonly record: RecordSql; readonly part: Part }

/** Blocks of the staging table, and the numbers of the rows in them: they lie in the order of the file. */
export type BlockRange = {
  readonly from: number
  readonly to: number
  readonly firstRow: number
  /** The first row of the next range. */
  readonly endRow: number
}

/** Splits the staging table into at most `parts` ranges of blocks. */
export async function stagedRanges({ work, part }: LoadTarget, parts: number): Promise<BlockRange[]> {
  const { rows } = stagingTable(part.importId, part)
  const { blocks } = await one(
    work.db,
    sql<{
      blocks: number
    }>`select (pg_relation_size(${rows}::regclass) / current_setting('block_size')::int)::int as blocks`,
  )
  const step = Math.max(256, Math.ceil(blocks / parts))
  const starts = await fetchRows(
    work.db,
    sql<{ block: number; row: number }>`
      select b.block, (select min(s.row_number) from ${sql.table(rows)} s
        where s.ctid >= format('(%s,0)', b.block)::tid and s.ctid < format('(%s,0)', b.block + 1)::tid) as row
      from generate_series(0, ${blocks}::int - 1, ${step}::int) b (block) order by b.block`,
  )
  return starts.map(({ block, row }, at) => ({
    from: block,
    to: Math.min(block + step, blocks),
    firstRow: row,
    endRow: starts[at + 1]?.row ?? lastRowNumber,
  }))
}

/** The highest number that a staged row can have. */
const lastRowNumber = 2_147_483_647

function inRange(range: BlockRange): RawBuilder<unknown> {
  return sql`s.ctid >= ${`(${range.from},0)`}::tid and s.ctid < ${`(${range.to},0)`}::tid`
}

function rowsIn(range: BlockRange, alias: string): RawBuilder<unknown> {
  const number = sql.ref(`${alias}.row_number`)
  return sql`${number} >= ${range.firstRow}::int and ${number} < ${range.endRow}::int`
}

/** Inserts the rows that create a record; they carry import, source and row of the file. */
export async function insertCreated(
  { work, record, part }: LoadTarget,
  range: BlockRange,
  hasVerdicts: boolean,
): Promise<number> {
  const table = tablesOf(part)
  const assigned = insertedColumns(
    part.fields.flatMap((mapped) => {
      const values = writtenValues(record, mapped)
      return columnsOf(mapped.field).map((column, at) => ({ column, value: values[at]! }))
    }),
  )
  // No verdict ever says "create", so a row with one does not. `not in` is answered by a small hash for each
  // range and keeps the order of the file, in which indexes fill fastest; an anti-join may not.
  const others = hasVerdicts
    ? sql`and s.row_number not in (select v.row_number from ${table.verdicts} v where ${rowsIn(range, 'v')})`
    : sql``
  return run(
    work.db,
    sql`insert into ${sql.table(part.kind.table)} (org_id, ${sql.join(assigned.map(({ column }) => column))}, created_at,
        created_by, updated_at, updated_by, import_id, import_source, import_row)
      select ${work.org}::bigint, ${sql.join(assigned.map(({ value }) => value))}, ${work.now}::timestamptz,
        ${work.actor.person}::bigint, ${work.now}::timestamptz, ${work.actor.person}::bigint, ${part.importId}::bigint,
        ${part.source}::smallint, ${fileRow(part)}
      from ${table.rows} s
      where ${inRange(range)} and s.action = 'c' ${others}`,
  )
}

/**
 * Keeps what the changed fields held, then changes them. A record whose version is not the one that was
 * checked is left alone, so the caller sees by the count that it has moved.
 */
export async function updateMatched({ work, record, part }: LoadTarget, range: BlockRange): Promise<number> {
  const table = tablesOf(part)
  const matched = sql`
    from ${table.rows} s
    join ${table.verdicts} v using (row_number)
    join ${sql.table(part.kind.table)} t on t.org_id = ${work.org}::bigint and t.id = v.record_id
      and t.version = v.record_version`
  await run(
    work.db,
    sql`insert into import_changes (org_id, import_id, kind, record_id, source, row_number, change, before, after, found)
      select ${work.org}::bigint, ${part.importId}::bigint, ${part.kind.name}::text, t.id, ${part.source}::smallint,
        ${fileRow(part)}, 'updated', changed.before, changed.after,
        jsonb_build_object('version', t.version, 'updatedAt', t.updated_at, 'updatedBy', t.updated_by, 'updatedImport', t.updated_import)
      ${matched}
      cross join ${writtenLateral(record)}
      cross join lateral (
        select jsonb_object_agg(x.name, x.before) as before, jsonb_object_agg(x.name, x.after) as after
        from (values ${changeValues(record)}) as x (name, before, after, changes) where x.changes) changed
      where ${inRange(range)} and ${rowsIn(range, 'v')} and v.action = 'u'
      for update of t`,
  )
  const assigned = changedColumns(
    part.fields.flatMap((mapped) =>
      columnsOf(mapped.field).map((column) => ({
        column,
        when: wouldChange(record, mapped),
        value: sql.ref(`w.${column.name}`),
      })),
    ),
  )
  return run(
    work.db,
    sql`update ${sql.table(part.kind.table)} t
      set ${sql.join(assigned.map(({ column, value }) => sql`${column} = ${value}`))}, version = t.version + 1,
        updated_at = ${work.now}::timestamptz, updated_by = ${work.actor.person}::bigint,
        updated_import = ${part.importId}::bigint
      from ${table.rows} s
      join ${table.verdicts} v using (row_number),
      ${writtenLateral(record)}
      where ${inRange(range)} and ${rowsIn(range, 'v')} and v.action = 'u' and t.org_id = ${work.org}::bigint and t.id = v.record_id
        and t.version = v.record_version`,
  )
}
