/** A few rows of the plan as a person wants to see them: what would be created, what would change and how. */
import { sql } from 'kysely'
import { canonicalOf } from '../../kinds/kinds.ts'
import { rows } from '../../platform/database.ts'
import type { Work } from '../../platform/work.ts'
import { changeValues, fileRow, type RecordSql, tablesOf, writtenLateral } from '../record-sql.ts'

export type UpdateExample = {
  row: number
  line: number
  recordId: string
  title: string
  fields: { field: string; before: string | null; after: string | null }[]
}

export async function exampleUpdates(work: Work, record: RecordSql, limit: number): Promise<UpdateExample[]> {
  const { part } = record
  const table = tablesOf(part)
  const title = part.kind.fields.find((field) => field.name === part.kind.title)!
  return rows(
    work.db,
    sql<UpdateExample>`
      select ${fileRow(part)} as row, s.line, t.id as "recordId", ${canonicalOf(title, 't')} as title,
        (select jsonb_agg(jsonb_build_object('field', x.name, 'before', x.before, 'after', x.after))
          from (values ${changeValues(record, 'shown')}) as x (name, before, after, changes) where x.changes) as fields
      from (select * from ${table.verdicts} where action = 'u' order by row_number limit ${limit}::int) v
      join ${table.rows} s using (row_number)
      join ${sql.table(part.kind.table)} t on t.org_id = ${work.org}::bigint and t.id = v.record_id
      cross join ${writtenLateral(record)}
      order by s.row_number`,
  )
}
