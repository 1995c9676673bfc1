/** References that name nobody, or more than one, or a row of the set that cannot be loaded; children whose row fails. */
import { sql } from 'kysely'
import type { Lookups } from '../lookups.store.ts'
import { stagedText, tablesOf } from '../record-sql.ts'
import { type Comparison, insertFindings } from './compare.store.ts'

/** Asked only for fields of which the lookup has found something wrong. */
export async function findBrokenReferences(of: Comparison, lookups: Lookups): Promise<void> {
  for (const mapped of lookups.broken) {
    const name = mapped.field.name
    const lookup = sql.table(lookups.tables.get(name)!)
    const text = stagedText(of.record, mapped)
    for (const [code, wrong] of [
      ['reference.row_failed', sql`l.n = 0 and l.failed is not null`],
      ['reference.not_found', sql`l.n = 0 and l.failed is null`],
      ['reference.ambiguous', sql`l.n > 1`],
    ] as const)
      await insertFindings(
        of,
        code,
        sql`select s.row_number, s.line, ${mapped.column}::int as column_number, ${name}::text as field, ${text} as value,
            jsonb_strip_nulls(jsonb_build_object('attribute', ${mapped.lookup}::text, 'count', l.n, 'other', l.failed)) as params
          from ${of.tables.rows} s join ${lookup} l on l.k = lower(${text}) where s.action = 'c' and ${wrong}`,
      )
  }
}

/** A row that cannot be loaded takes its children with it; one that is skipped, too. */
export async function findLostParents(of: Comparison): Promise<void> {
  const parent = of.part.parent
  if (!parent) return
  const { rows, verdicts } = tablesOf(parent)
  const lost = (action: 'f' | 's') => sql`
    select s.row_number, s.line, null::int as column_number, null::text as field, null::text as value,
      jsonb_build_object('row', s.parent_row) as params
    from ${of.tables.rows} s
    where s.action = 'c' and s.parent_row in (
      select p.row_number from ${rows} p where p.action = ${action}::"char"
      union all select pv.row_number from ${verdicts} pv where pv.action = ${action}::"char")`
  await insertFindings(of, 'row.parent_failed', lost('f'))
  await insertFindings(of, 'row.parent_skipped', lost('s'), 's')
}
