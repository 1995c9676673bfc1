/**
 * Staging tables: one for the rows of a source, one for the verdicts that differ from what converting gave,
 * one that findings pass through. Unlogged and without row security (COPY does not work with it): only the
 * loader role reaches them, by the id of an import that was read under row security before.
 */
import { one, type Queryable, rows, sql } from '../platform/database.ts'
import type { Work } from '../platform/work.ts'
import type { CheckedRecord, RowAction } from './record.ts'
import { actionLetters, actionOf } from './record.ts'
import { type ImportId, stagingTable } from './run.ts'

export type PartNumber = { readonly source: number; readonly part: number }

export function valueColumn(at: number): string {
  return `v${at}`
}

/** SQL that makes the tables of verdicts and findings anew and drops the rows of an earlier check. */
export function createSideTablesSql(id: ImportId, of: PartNumber): string {
  const table = stagingTable(id, of)
  return `
    drop table if exists ${table.rows}, ${table.verdicts}, ${table.findings};
    create unlogged table ${table.verdicts} (row_number int primary key, action "char" not null, record_id bigint,
      record_version int);
    create unlogged table ${table.findings} (row_number bigint not null, line bigint not null, column_number int,
      field text, code text not null, severity text not null, value text, params jsonb not null)
      with (autovacuum_enabled = false)`
}

/** Children are numbered by themselves, in the order of the file, and name their row and their group in it. */
export function createRowsSql(id: ImportId, of: PartNumber, fields: number): string {
  const values = Array.from({ length: fields }, (_, at) => `, ${valueColumn(at)} text`).join('')
  const place = of.part === 0 ? '' : ', parent_row int not null, group_number int not null'
  return `create unlogged table ${stagingTable(id, of).rows}
    (row_number int not null, line int not null, action "char" not null${place}${values}) with (autovacuum_enabled = false)`
}

export function stagedColumns(of: PartNumber, fields: number): readonly string[] {
  return [
    'row_number',
    'line',
    'action',
    ...(of.part === 0 ? [] : ['parent_row', 'group_number']),
    ...Array.from({ length: fields }, (_, at) => valueColumn(at)),
  ]
}

/**
 * Pages by row number cost the same anywhere: rows lie in order, so a tiny block-range index finds them. Statistics
 * of two columns need a small sample; the usual one would read every block. For a connection of its own.
 */
export function indexStagingSql(id: ImportId, of: PartNumber): string {
  const { rows: name } = stagingTable(id, of)
  const index = `${name.slice('staging.'.length)}_by_row`
  const parents = of.part === 0 ? '' : `create index on ${name} (parent_row);`
  return `create index ${index} on ${name} using brin (row_number) with (pages_per_range = 8);${parents}
    set default_statistics_target = 10; analyze ${name} (row_number, action)`
}

/** Drops everything that was staged for the import, whatever parts it had at the time. */
export function dropStagingSql(id: ImportId): string {
  return `do $$ declare name text; begin
    for name in select format('staging.%I', c.relname) from pg_class c
      where c.relnamespace = 'staging'::regnamespace and c.relkind = 'r' and c.relname ~ '^(rows|verdicts|findings)_${id}_'
    loop execute 'drop table if exists ' || name; end loop; end $$`
}

/** What converting made of the rows of a part, counted while they were staged. */
export type StagedActions = { readonly create: number; readonly skip: number; readonly fail: number }

export function countStaged(actions: StagedActions): number {
  return actions.create + actions.skip + actions.fail
}

/** Whether the part has its staging tables; a crash of the server empties them without taking them away. */
export async function isStaged(db: Queryable, id: ImportId, of: PartNumber): Promise<boolean> {
  const table = stagingTable(id, of)
  const { there } = await one(
    db,
    sql<{
      there: boolean
    }>`select to_regclass(${table.rows}::text) is not null and to_regclass(${table.verdicts}::text) is not null as there`,
  )
  return there
}

export async function countVerdicts(db: Queryable, id: ImportId, of: PartNumber): Promise<number> {
  const { n } = await one(
    db,
    sql<{ n: string }>`select count(*) as n from ${sql.table(stagingTable(id, of).verdicts)}`,
  )
  return Number(n)
}

/** Whether a part still holds what was staged: a crash leaves all of a table or nothing. */
export async function isStagedWhole(
  db: Queryable,
  id: ImportId,
  of: PartNumber & { readonly staged: number; readonly verdicts: number },
): Promise<boolean> {
  if (!(await isStaged(db, id, of))) return false
  const { any } = await one(
    db,
    sql<{ any: boolean }>`select exists (select from ${sql.table(stagingTable(id, of).rows)}) as any`,
  )
  return any === of.staged > 0 && (await countVerdicts(db, id, of)) === of.verdicts
}

/** Changes when another record, or another version of it, is what a row was found to be. */
export async function fingerprintMatches(db: Queryable, id: ImportId, of: PartNumber): Promise<string> {
  const { mark } = await one(
    db,
    sql<{ mark: string }>`
      select coalesce(sum(hashtextextended(concat_ws(' ', row_number, record_id, record_version), 0)::numeric), 0)::text as mark
      from ${sql.table(stagingTable(id, of).verdicts)} where record_id is not null`,
  )
  return mark
}

/** Rows by action: as staged, with the verdicts applied. */
export async function countActions(
  db: Queryable,
  id: ImportId,
  of: PartNumber,
  staged: StagedActions,
): Promise<Record<RowAction, number>> {
  const table = stagingTable(id, of)
  const changed = await rows(
    db,
    sql<{ before: string; after: string; n: string }>`
      select s.action as before, v.action as after, count(*) as n
      from ${sql.table(table.verdicts)} v join ${sql.table(table.rows)} s using (row_number)
      group by s.action, v.action`,
  )
  const counts: Record<RowAction, number> = { update: 0, unchanged: 0, ...staged }
  for (const { before, after, n } of changed) {
    counts[actionOf(before)] -= Number(n)
    counts[actionOf(after)] += Number(n)
  }
  return counts
}

export type StagedRow = Pick<CheckedRecord, 'values' | 'action'> & {
  readonly row: number
  readonly line: number
  readonly recordId: string | null
}

/** Rows whose own record stays as it is, while a child of theirs is created or changed. */
export async function countChangedByChildren(
  db: Queryable,
  id: ImportId,
  source: number,
  children: readonly number[],
): Promise<number> {
  const changed = children.map((part) => {
    const child = stagingTable(id, { source, part })
    return sql`select s.parent_row from ${sql.table(child.rows)} s left join ${sql.table(child.verdicts)} v using (row_number)
      where coalesce(v.action, s.action) in ('c', 'u')`
  })
  const { n } = await one(
    db,
    sql<{
      n: string
    }>`select count(*) as n from ${sql.table(stagingTable(id, { source, part: 0 }).verdicts)} p
      where p.action = 'n' and p.row_number in (${sql.join(changed, sql` union all `)})`,
  )
  return Number(n)
}

/** A page of checked rows from a row number on. */
export async function pageStaged(
  work: Work,
  id: ImportId,
  of: PartNumber,
  fields: number,
  page: { readonly from: number; readonly limit: number; readonly action?: RowAction | undefined },
): Promise<StagedRow[]> {
  const table = stagingTable(id, of)
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

/** The first rows of a part that would create a record, at their places in the file. */
export async function exampleCreates(
  work: Work,
  part: PartNumber & { readonly importId: ImportId },
  fields: number,
  limit: number,
): Promise<Pick<StagedRow, 'row' | 'line' | 'values'>[]> {
  const table = stagingTable(part.importId, part)
  const values = Array.from({ length: fields }, (_, at) => sql.ref(`s.${valueColumn(at)}`))
  return rows(
    work.db,
    sql<Pick<StagedRow, 'row' | 'line' | 'values'>>`
      select ${sql.ref(part.part === 0 ? 's.row_number' : 's.parent_row')} as row, s.line,
        array[${sql.join(values)}]::text[] as values
      from ${sql.table(table.rows)} s
      where s.action = 'c' and not exists (select 1 from ${sql.table(table.verdicts)} v where v.row_number = s.row_number)
      order by s.row_number limit ${limit}::int`,
  )
}

/** Children of these rows, in the order of their groups; `row` is the row that they stand in. */
export async function stagedChildren(
  work: Work,
  part: PartNumber & {
    readonly importId: ImportId
    readonly fields: readonly { readonly isParent?: true }[]
  },
  parents: readonly number[],
): Promise<(StagedRow & { readonly group: number })[]> {
  const table = stagingTable(part.importId, part)
  const values = part.fields.flatMap((field, at) => (field.isParent ? [] : [sql.ref(`s.${valueColumn(at)}`)]))
  const found = await rows(
    work.db,
    sql<{
      row: number
      line: number
      group: number
      action: string
      record_id: string | null
      values: (string | null)[]
    }>`
      select s.parent_row as row, s.line, s.group_number as "group", coalesce(v.action, s.action) as action, v.record_id,
        array[${sql.join(values)}]::text[] as values
      from ${sql.table(table.rows)} s left join ${sql.table(table.verdicts)} v using (row_number)
      where s.parent_row = any(${[...parents]}::int[]) order by s.parent_row, s.group_number`,
  )
  return found.map(({ record_id: recordId, action, ...of }) => ({
    ...of,
    recordId,
    action: actionOf(action),
  }))
}
