/** Which record each row updates, what an update would change, and what rows that create lack. */
import { type RawBuilder, sql } from 'kysely'
import type { FieldDeclaration } from '../../kinds/kinds.ts'
import { columnsOf, storedValue } from '../../kinds/kinds.ts'
import { keyEquals, keyFilled, stagedText, tablesOf, wouldChange, writtenLateral } from '../record-sql.ts'
import {
  type Comparison,
  insertFindings,
  insertMatches,
  keyFacts,
  keyPlace,
  settleUnchanged,
  stillOpen,
  wouldCreate,
} from './compare.store.ts'
import type { Key } from './duplicates.store.ts'

/** Gives each row the record it would update; two candidates are a finding, never a pick. */
export async function matchRecords(of: Comparison, key: Key, mode: 'update' | 'upsert'): Promise<void> {
  const facts = keyFacts(of, key.by)
  const fields = sql`jsonb_build_object('fields', ${facts.fields}::text)`
  const place = keyPlace(facts)
  // A child of a new record is new: there is nothing among which it could be recognised.
  if (!of.part.parent)
    await insertFindings(
      of,
      'row.no_match_value',
      sql`select ${place}, null::text as value, ${fields} as params from ${of.tables.rows} s
        where s.action = 'c' and not (${keyFilled(of.record, key.by)})`,
    )
  const records = sql`${of.tables.rows} s join ${sql.table(of.part.kind.table)} t
    on t.org_id = ${of.work.org}::bigint and ${keyEquals(of.record, key.by)} ${key.isScoped ? sql`and ${isSibling(of)}` : sql``}`
  await insertFindings(
    of,
    'row.ambiguous_match',
    sql`select ${place}, ${facts.value} as value, ${fields} || jsonb_build_object('count', count(*)) as params
      from ${records} where ${wouldCreate(of)} group by s.row_number, s.line, value having count(*) > 1`,
  )
  await insertMatches(
    of,
    sql`select s.row_number, t.id as record_id, t.version as record_version from ${records}
      where ${wouldCreate(of)}`,
  )
  if (mode === 'upsert') return
  await insertFindings(
    of,
    'row.no_existing_record',
    sql`select ${place}, ${facts.value} as value, ${fields} as params from ${of.tables.rows} s
      where ${wouldCreate(of)}`,
    's',
  )
}

/** Record `t` belongs to the record that the row of child `s` updates. */
function isSibling(of: Comparison): RawBuilder<unknown> {
  const parent = tablesOf(of.part.parent!)
  const into = of.part.fields.find((mapped) => mapped.isParent)!.field
  return sql`${storedValue(columnsOf(into)[0]!, 't')} = (select pv.record_id from ${parent.verdicts} pv
    where pv.row_number = s.parent_row and pv.action in ('u', 'n'))`
}

/** A unique value that belongs to another record than the one the row creates or updates. */
export async function findTaken(of: Comparison, name: string): Promise<number> {
  const facts = keyFacts(of, [name])
  return insertFindings(
    of,
    'row.taken_by_another',
    sql`select ${keyPlace(facts)}, ${facts.value} as value,
        jsonb_build_object('fields', ${facts.fields}::text, 'id', t.id) as params
      from ${of.tables.rows} s
      join ${sql.table(of.part.kind.table)} t on t.org_id = ${of.work.org}::bigint and ${keyEquals(of.record, [name])}
      left join ${of.tables.verdicts} v on v.row_number = s.row_number
      where ${stillOpen(of)} and t.id is distinct from v.record_id`,
  )
}

/** Creating rows that lack a required value, where rows may also update. */
export async function findMissing(of: Comparison, field: FieldDeclaration): Promise<void> {
  const mapped = of.part.fields.find((one) => one.field.name === field.name && !one.isParent)
  const isBlank = mapped ? sql`${stagedText(of.record, mapped)} is null` : sql`true`
  if (field.required && mapped) await tellMissing(of, field, mapped.column, isBlank)
  const other = field.requiredIf && of.part.fields.find((one) => one.field.name === field.requiredIf?.field)
  if (!other || field.required) return
  const values = [...field.requiredIf.values]
  const needed = sql`${isBlank} and coalesce(${stagedText(of.record, other)}, '') = any(${values}::text[])`
  await tellMissing(of, field, mapped?.column ?? other.column, needed)
}

async function tellMissing(
  of: Comparison,
  field: FieldDeclaration,
  column: number | null,
  when: RawBuilder<unknown>,
): Promise<void> {
  await insertFindings(
    of,
    'value.required',
    sql`select s.row_number, s.line, ${column}::int as column_number, ${field.name}::text as field,
        null::text as value, '{}'::jsonb as params
      from ${of.tables.rows} s where ${wouldCreate(of)} and ${when}`,
  )
}

/** Updates that would change nothing become *unchanged*. */
export async function findUnchanged(of: Comparison): Promise<void> {
  const changes = sql.join(
    of.part.fields.map((mapped) => wouldChange(of.record, mapped)),
    sql` or `,
  )
  await settleUnchanged(
    of,
    sql`from ${of.tables.rows} s, ${sql.table(of.part.kind.table)} t, ${writtenLateral(of.record)}
      where v.action = 'u' and s.row_number = v.row_number and t.org_id = ${of.work.org}::bigint and t.id = v.record_id
        and not (${changes})`,
  )
}
