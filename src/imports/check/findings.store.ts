/** Findings in the database: taken over from staging, grouped by cause, listed page by page. */
import type { RawBuilder } from 'kysely'
import { type Queryable, rows, run, sql } from '../../platform/database.ts'
import type { OrgId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { Finding, Severity } from '../../tabular/tabular.ts'
import type { Part } from '../part.ts'
import { type ImportId, stagingTable } from '../run.ts'
import type { FindingGroup } from './contract.ts'

/** Forgets what earlier checks of the import have found. */
export async function dropFindings(work: Work, id: ImportId): Promise<void> {
  await run(
    work.db,
    sql`delete from import_findings where org_id = ${work.org}::bigint and import_id = ${id}::bigint`,
  )
}

/**
 * Takes over the findings of a part that the check left in staging; those of a child at the row and column in
 * which it stands, its field by its full name (`contacts[2].email`).
 */
export async function keepFindings(work: Work, part: Part): Promise<number> {
  const { rows: staged, findings } = stagingTable(part.importId, part)
  const found = part.parent
    ? sql`select c.parent_row as row_number, f.line, coalesce(f.column_number, g.at) as column_number,
        format('%s[%s]%s', ${part.kind.name}::text, c.group_number, '.' || f.field) as field, f.code, f.severity, f.value,
        f.params || case when o.parent_row is null then '{}'::jsonb else jsonb_build_object('other', o.parent_row) end as params
      from ${sql.table(findings)} f
      join ${sql.table(staged)} c on c.row_number = f.row_number
      left join (values ${groupColumns(part)}) as g (group_number, field, at)
        on g.group_number = c.group_number and g.field = f.field
      left join ${sql.table(staged)} o on f.code in ('row.duplicate_in_file', 'row.may_be_duplicate')
        and o.row_number = (f.params ->> 'other')::bigint`
    : sql`select * from ${sql.table(findings)}`
  return run(
    work.db,
    sql`insert into import_findings (org_id, import_id, source, part, row_number, seq, line, column_number, field, code,
        severity, value, params)
      select ${work.org}::bigint, ${part.importId}::bigint, ${part.source}::smallint, ${part.part}::smallint, f.row_number,
        ${part.part}::int * ${seqsOfPart}::int + row_number() over (), f.line, f.column_number, f.field, f.code, f.severity,
        f.value, f.params
      from (${found}) f`,
  )
}

/** Numbers of findings are unique in their source: each part has its own stretch of them. */
const seqsOfPart = 100_000_000

function groupColumns(part: Part): RawBuilder<unknown> {
  const columns = part.groups.flatMap(({ group, columns: of }) =>
    [...of].map(([field, at]) => sql`(${group}::int, ${field}::text, ${at}::int)`),
  )
  return sql.join(columns)
}

export type GroupOfFindings = Omit<FindingGroup, 'title'>

/** Groups of one cause (code and field), the gravest and largest first, each with a few examples. */
export async function groupFindings(work: Work, id: ImportId): Promise<GroupOfFindings[]> {
  const groups = await rows(
    work.db,
    sql<{
      source: number
      code: string
      field: string | null
      severity: Severity
      count: string
      rows: string
    }>`
      select source, code, field, severity, count(*) as count, count(distinct row_number) as rows
      from import_findings where org_id = ${work.org}::bigint and import_id = ${id}::bigint
      group by source, code, field, severity
      order by case severity when 'error' then 0 when 'warning' then 1 else 2 end, count(*) desc, source, code, field
      limit 500`,
  )
  return Promise.all(
    groups.map(async (group) => ({
      source: group.source,
      code: group.code,
      field: group.field,
      severity: group.severity,
      count: Number(group.count),
      rows: Number(group.rows),
      examples: await rows(
        work.db,
        sql<{ row: number; line: number; value: string | null }>`
          select row_number::int as row, line::int as line, left(value, 200) as value from import_findings
          where org_id = ${work.org}::bigint and import_id = ${id}::bigint
            and source = ${group.source}::smallint and code = ${group.code}::text
            and field is not distinct from ${group.field}::text
          order by row_number, seq limit 3`,
      ),
    })),
  )
}

export type FindingFilter = {
  readonly source?: number | undefined
  readonly code?: string | undefined
  readonly field?: string | undefined
  readonly severity?: string | undefined
  /** Only these rows. */
  readonly between?: { readonly source: number; readonly from: number; readonly to: number }
  readonly after?: { readonly source: number; readonly row: number; readonly seq: number } | undefined
  readonly limit: number
}

export type StoredFinding = Finding & { readonly seq: number }

export async function pageFindings(
  db: Queryable,
  org: OrgId,
  id: ImportId,
  filter: FindingFilter,
): Promise<StoredFinding[]> {
  const after = filter.after
  const found = await rows(
    db,
    sql<{
      source: number
      row: string
      seq: number
      line: string
      column: number | null
      field: string | null
      code: string
      severity: Severity
      value: string | null
      params: Finding['params']
    }>`
      select source, row_number as row, seq, line, column_number as column, field, code, severity, value, params
      from import_findings
      where org_id = ${org}::bigint and import_id = ${id}::bigint
        ${filter.source === undefined ? sql`` : sql`and source = ${filter.source}::smallint`}
        ${filter.code ? sql`and code = ${filter.code}::text` : sql``}
        ${filter.field ? sql`and field = ${filter.field}::text` : sql``}
        ${filter.severity ? sql`and severity = ${filter.severity}::text` : sql``}
        ${
          filter.between
            ? sql`and source = ${filter.between.source}::smallint
                and row_number between ${filter.between.from}::bigint and ${filter.between.to}::bigint`
            : sql``
        }
        ${
          after
            ? sql`and (source, row_number, seq) > (${after.source}::smallint, ${after.row}::bigint, ${after.seq}::int)`
            : sql``
        }
      order by source, row_number, seq limit ${filter.limit}::int`,
  )
  return found.map((of) => ({ ...of, row: Number(of.row), line: Number(of.line) }))
}
