/**
 * Rows that are the same thing twice: within a part, between the parts of a set, and with records that are there
 * already. Keys are compared as `record-sql` says; of a child within the record that it belongs to, where its key
 * is not unique by itself.
 */
import { type RawBuilder, sql } from 'kysely'
import type { DuplicateRule } from '../../kinds/kinds.ts'
import type { Part } from '../part.ts'
import { fileRow, keyEquals, keyFilled, mappedField, stagedKey, stagedText, tablesOf } from '../record-sql.ts'
import { and, type Comparison, insertFindings, keyFacts, keyPlace } from './compare.store.ts'

export type Key = {
  readonly by: readonly string[]
  /** Only among the children of one record. */
  readonly isScoped: boolean
  /** Which rows the key speaks for; all when null. */
  readonly where: RawBuilder<unknown> | null
}

export function plainKey(by: readonly string[], isScoped = false): Key {
  return { by, isScoped, where: null }
}

/** Every row of a group with the same key gets a finding that names another one of them. */
export async function findDuplicates(of: Comparison, key: Key, isError: boolean): Promise<number> {
  const code = isError ? 'row.duplicate_in_file' : 'row.may_be_duplicate'
  const facts = keyFacts(of, key.by)
  const parts = [
    ...key.by.map((name) => stagedKey(of.record, name)),
    ...(key.isScoped ? [sql.ref('s.parent_row')] : []),
  ]
  const named = (alias: string) => parts.map((_, at) => sql.ref(`${alias}k${at}`))
  const columns = sql.join(parts.map((part, at) => sql`${part} as ${sql.ref(`k${at}`)}`))
  const asked = sql`s.action = 'c' and ${keyFilled(of.record, key.by)} ${key.where ? sql`and ${key.where}` : sql``}`
  const names = sql.join(named(''))
  return insertFindings(
    of,
    code,
    sql`
      with twice as (
        select ${columns} from ${of.tables.rows} s where ${asked} group by ${sql.join(parts)} having count(*) > 1),
      grouped as (
        select s.row_number, s.line, ${facts.value} as value,
          min(s.row_number) over w as first, lead(s.row_number) over (partition by ${names} order by s.row_number) as following
        from ${of.tables.rows} s
        join twice on ${sql.join(
          parts.map((part, at) => sql`${sql.ref(`twice.k${at}`)} = ${part}`),
          and,
        )}
        where ${asked}
        window w as (partition by ${names}))
      select row_number, line, ${facts.column} as column_number, ${facts.field} as field, value,
        jsonb_build_object('fields', ${facts.fields}::text, 'other', case when first = row_number then coalesce(following, first) else first end) as params
      from grouped`,
  )
}

/** Rows that another source of the set, or the children of one, has already under the same key. */
export async function findDuplicatesInSet(of: Comparison, key: Key, isError: boolean): Promise<void> {
  if (key.isScoped) return
  const facts = keyFacts(of, key.by)
  for (const other of sameKind(of, key.by)) {
    const there = tablesOf(other)
    const equal = sql.join(
      key.by.map((name) => sql`${stagedKey({ part: other }, name, 'o')} = ${stagedKey(of.record, name)}`),
      and,
    )
    await insertFindings(
      of,
      isError ? 'row.duplicate_in_set' : 'row.may_be_duplicate_in_set',
      sql`select ${keyPlace(facts)}, ${facts.value} as value, jsonb_build_object('fields', ${facts.fields}::text,
          'other', min(${fileRow(other, 'o')}), 'source', ${other.source}::int) as params
        from ${of.tables.rows} s join ${there.rows} o on o.action = 'c' and ${equal}
        left join ${there.verdicts} ov on ov.row_number = o.row_number
        where s.action = 'c' and ${keyFilled(of.record, key.by)} and coalesce(ov.action, o.action) not in ('f', 's')
          ${key.where ? sql`and ${key.where}` : sql``}
        group by s.row_number, s.line, value`,
    )
  }
}

function sameKind(of: Comparison, by: readonly string[]): readonly Part[] {
  return of.among.filter(
    (part) =>
      part !== of.part &&
      part.kind.name === of.part.kind.name &&
      by.every((name) => part.fields.some(({ field, isParent }) => field.name === name && !isParent)),
  )
}

/** Two rows of the set must not update one record, by whatever key each has found it. */
export async function findSameRecordInSet(of: Comparison): Promise<void> {
  for (const other of sameKind(of, []))
    await insertFindings(
      of,
      'row.same_record_in_set',
      sql`select s.row_number, s.line, null::int as column_number, null::text as field, null::text as value,
          jsonb_build_object('other', ${fileRow(other, 'o')}, 'source', ${other.source}::int) as params
        from ${of.tables.verdicts} v join ${of.tables.rows} s using (row_number)
        join ${tablesOf(other).verdicts} ov on ov.record_id = v.record_id
        join ${tablesOf(other).rows} o on o.row_number = ov.row_number
        where v.record_id is not null and ov.action in ('u', 'n')`,
    )
}

/** Rows whose key a record has already; for rows that create. */
export async function findExisting(of: Comparison, key: Key, isError: boolean): Promise<number> {
  const facts = keyFacts(of, key.by)
  return insertFindings(
    of,
    isError ? 'row.exists_already' : 'row.may_exist_already',
    sql`
      select ${keyPlace(facts)}, ${facts.value} as value,
        jsonb_build_object('fields', ${facts.fields}::text, 'id', min(t.id)) as params
      from ${of.tables.rows} s
      join ${sql.table(of.part.kind.table)} t on t.org_id = ${of.work.org}::bigint and ${keyEquals(of.record, key.by)}
      left join ${of.tables.verdicts} v on v.row_number = s.row_number
      where s.action = 'c' and v.record_id is null and ${keyFilled(of.record, key.by)}
        ${key.where ? sql`and ${key.where}` : sql``}
      group by s.row_number, s.line, value`,
  )
}

type OfPart = { readonly part: Part; readonly record: { readonly part: Part } }

/**
 * The rules of a kind as keys: the first one whose fields a row fills speaks for it, so each next one is asked
 * only about rows that leave an earlier one open. Rules with fields that are not mapped say nothing.
 */
export function ruleKeys(of: OfPart, rules: readonly DuplicateRule[]): Key[] {
  const mapped = new Set(of.part.fields.filter((field) => !field.isParent).map(({ field }) => field.name))
  const keys: Key[] = []
  const spoken: RawBuilder<unknown>[] = []
  for (const rule of rules) {
    if (!rule.by.every((name) => mapped.has(name))) continue
    const narrowed = rule.when ? whenOf(of, rule.when, mapped) : null
    if (narrowed === 'never') continue
    const where = [...spoken, ...(narrowed ? [narrowed] : [])]
    keys.push({ by: rule.by, isScoped: false, where: where.length > 0 ? sql.join(where, and) : null })
    const speaks = sql`${keyFilled(of.record, rule.by)} ${narrowed ? sql`and ${narrowed}` : sql``}`
    spoken.push(sql`not (${speaks})`)
  }
  return keys
}

function whenOf(
  of: OfPart,
  when: NonNullable<DuplicateRule['when']>,
  mapped: ReadonlySet<string>,
): RawBuilder<unknown> | 'never' | null {
  if (!mapped.has(when.field)) return when.values.includes('') ? null : 'never'
  const text = stagedText(of.record, mappedField(of.part, when.field))
  return sql`coalesce(${text}, '') = any(${[...when.values]}::text[])`
}
