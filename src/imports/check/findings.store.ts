/** Findings in the database: taken over from staging, grouped by cause, listed page by page. */
import { type Queryable, rows, run, sql } from '../../platform/database.ts'
import type { OrgId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { Finding, Severity } from '../../tabular/tabular.ts'
import { type ImportId, stagingTable } from '../run.ts'
import type { FindingGroup } from './contract.ts'

/** Replaces the findings of a source with those that the check left in staging. */
export async function keepFindings(work: Work, id: ImportId, source: number): Promise<number> {
  await run(
    work.db,
    sql`delete from import_findings
      where org_id = ${work.org}::bigint and import_id = ${id}::bigint and source = ${source}::smallint`,
  )
  return run(
    work.db,
    sql`insert into import_findings (org_id, import_id, source, row_number, seq, line, column_number, field, code, severity, value, params)
      select ${work.org}::bigint, ${id}::bigint, ${source}::smallint, f.row_number, row_number() over (), f.line,
        f.column_number, f.field, f.code, f.severity, f.value, f.params
      from ${sql.table(stagingTable(id, source).findings)} f`,
  )
}

export type GroupOfFindings = Omit<FindingGroup, 'title'>

/** Groups of one cause (code and field), the gravest and largest first, each with a few examples. */
export async function groupFindings(work: Work, id: ImportId): Promise<GroupOfFindings[]> {
  const groups = await rows(
    work.db,
    sql<{ code: string; field: string | null; severity: Severity; count: string; rows: string }>`
      select code, field, severity, count(*) as count, count(distinct (source, row_number)) as rows
      from import_findings where org_id = ${work.org}::bigint and import_id = ${id}::bigint
      group by code, field, severity
      order by case severity when 'error' then 0 when 'warning' then 1 else 2 end, count(*) desc, code, field
      limit 500`,
  )
  return Promise.all(
    groups.map(async (group) => ({
      code: group.code,
      field: group.field,
      severity: group.severity,
      count: Number(group.count),
      rows: Number(group.rows),
      examples: await rows(
        work.db,
        sql<{ row: number; line: number; value: string | null }>`
          select row_number::int as row, line::int as line, left(value, 200) as value from import_findings
          where org_id = ${work.org}::bigint and import_id = ${id}::bigint and code = ${group.code}::text
            and field is not distinct from ${group.field}::text
          order by source, row_number, seq limit 3`,
      ),
    })),
  )
}

export type FindingFilter = {
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
