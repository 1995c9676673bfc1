/** A few rows of the plan as a person wants to see them: what would be created, what would change and how. */
import { sql } from 'kysely'
import { canonicalOf } from '../../kinds/kinds.ts'
import { rows } from '../../platform/database.ts'
import type { Work } from '../../platform/work.ts'
import { type RecordSql, wouldChange, writtenLateral } from '../record-sql.ts'
import { type ImportId, stagingTable } from '../run.ts'

export type UpdateExample = {
  row: number
  line: number
  recordId: string
  title: string
  fields: { field: string; before: string | null; after: string | null }[]
}

export async function exampleUpdates(
  work: Work,
  record: RecordSql,
  id: ImportId,
  source: number,
  limit: number,
): Promise<UpdateExample[]> {
  const table = stagingTable(id, source)
  const title = record.kind.fields.find((field) => field.name === record.kind.title)!
  const fields = sql.join(
    record.fields.map(
      (
        mapped,
      ) => sql`(${mapped.field.name}::text, ${canonicalOf(mapped.field, 't')}, ${canonicalOf(mapped.field, 'w')},
        ${wouldChange(record, mapped)})`,
    ),
  )
  return rows(
    work.db,
    sql<UpdateExample>`
      select s.row_number as row, s.line, t.id as "recordId", ${canonicalOf(title, 't')} as title,
        (select jsonb_agg(jsonb_build_object('field', x.name, 'before', x.before, 'after', x.after))
          from (values ${fields}) as x (name, before, after, changes) where x.changes) as fields
      from (select * from ${sql.table(table.verdicts)} where action = 'u' order by row_number limit ${limit}::int) v
      join ${sql.table(table.rows)} s using (row_number)
      join ${sql.table(record.kind.table)} t on t.org_id = ${work.org}::bigint and t.id = v.record_id
      cross join ${writtenLateral(record)}
      order by s.row_number`,
  )
}
