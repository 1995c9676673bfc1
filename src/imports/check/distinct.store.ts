/**
 * A source that makes one record of each different value (the companies that a file of people names): the first row
 * with a value makes it; rows that repeat it, or whose record is there already, are skipped and say so.
 */
import { sql } from 'kysely'
import { keyEquals, keyFilled, stagedKey } from '../record-sql.ts'
import { type Comparison, insertFindings, keyFacts, keyPlace } from './compare.store.ts'

export async function leaveOutRepeated(of: Comparison, field: string): Promise<void> {
  const facts = keyFacts(of, [field])
  const isOpen = sql`s.action = 'c' and ${keyFilled(of.record, [field])}`
  await insertFindings(
    of,
    'row.said_before',
    sql`select x.row_number, x.line, ${facts.column} as column_number, ${facts.field} as field, x.value,
        jsonb_build_object('fields', ${facts.fields}::text, 'other', x.first) as params
      from (select s.row_number, s.line, ${facts.value} as value,
          min(s.row_number) over (partition by ${stagedKey(of.record, field)}) as first
        from ${of.tables.rows} s where ${isOpen}) x
      where x.row_number <> x.first`,
    's',
  )
  await insertFindings(
    of,
    'row.there_already',
    sql`select ${keyPlace(facts)}, ${facts.value} as value, jsonb_build_object('fields', ${facts.fields}::text) as params
      from ${of.tables.rows} s
      where ${isOpen} and not exists (select 1 from ${of.tables.verdicts} v where v.row_number = s.row_number)
        and exists (select 1 from ${sql.table(of.part.kind.table)} t
          where t.org_id = ${of.work.org}::bigint and ${keyEquals(of.record, [field])})`,
    's',
  )
}
