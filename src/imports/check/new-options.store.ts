/** Words of a column that become options of a list when the import is loaded, because the column may create them. */
import { sql } from 'kysely'
import { rows } from '../../platform/database.ts'
import type { Work } from '../../platform/work.ts'
import { type Part, stagedFields } from '../part.ts'
import { type NewOptions, stagingTable } from '../run.ts'
import { valueColumn } from '../staging.store.ts'

/** Asks only where a column may create options: other imports pay nothing. */
export async function findNewOptions(work: Work, parts: readonly Part[]): Promise<readonly NewOptions[]> {
  const found = new Map<string, Set<string>>()
  for (const part of parts)
    for (const [at, { field, createsOptions }] of stagedFields(part).entries()) {
      if (!createsOptions || !field.codeList) continue
      const known = (field.options ?? []).map((option) => option.value)
      const values = found.get(field.codeList) ?? new Set()
      for (const value of await stagedValues(work, part, at, known)) values.add(value)
      if (values.size > 0) found.set(field.codeList, values)
    }
  return [...found].map(([list, values]) => ({ list, values: [...values] }))
}

/** Of rows that will be loaded. */
async function stagedValues(
  work: Work,
  part: Part,
  at: number,
  known: readonly string[],
): Promise<readonly string[]> {
  const { rows: staged, verdicts } = stagingTable(part.importId, part)
  const column = sql.ref(`s.${valueColumn(at)}`)
  const found = await rows(
    work.db,
    sql<{ value: string }>`
      select w.value from ${sql.table(staged)} s
      cross join lateral unnest(string_to_array(${column}, E'\\x1f')) as w (value)
      where ${column} is not null and s.action <> 'f'
        and not exists (select 1 from ${sql.table(verdicts)} d where d.row_number = s.row_number and d.action in ('f', 's'))
        and w.value <> all(${[...known]}::text[])
      group by w.value order by min(s.row_number)`,
  )
  return found.map(({ value }) => value)
}
