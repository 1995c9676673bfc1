/**
 * What comparing the whole set writes: findings, and verdicts on rows whose fate is not the one that converting
 * gave. Never records. The questions themselves stand beside: duplicates, matches, references, parents.
 */
import { type RawBuilder, sql } from 'kysely'
import { run } from '../../platform/database.ts'
import type { Work } from '../../platform/work.ts'
import { findingDeclaration } from '../findings.ts'
import type { Part } from '../part.ts'
import { mappedField, type RecordSql, type StagingTables, stagedText, tablesOf } from '../record-sql.ts'

export type Comparison = {
  readonly work: Work
  readonly record: RecordSql
  readonly part: Part
  readonly tables: StagingTables
  /** Parts of the set that have been checked before this one. */
  readonly among: readonly Part[]
}

export function openComparison(work: Work, record: RecordSql, among: readonly Part[]): Comparison {
  return { work, record, part: record.part, tables: tablesOf(record.part), among }
}

export const and = sql` and `

/** Rows whose fate is still open: not failed by converting, nor by a verdict. */
export function stillOpen(of: Comparison): RawBuilder<unknown> {
  return sql`s.action = 'c' and not exists (select 1 from ${of.tables.verdicts} d
    where d.row_number = s.row_number and d.action = 'f')`
}

/** Rows that would create a record as far as is known. */
export function wouldCreate(of: Comparison): RawBuilder<unknown> {
  return sql`s.action = 'c' and not exists (select 1 from ${of.tables.verdicts} d where d.row_number = s.row_number)`
}

export type KeyFacts = {
  readonly column: RawBuilder<unknown>
  readonly field: RawBuilder<unknown>
  readonly value: RawBuilder<unknown>
  readonly fields: string
}

/** What a finding about a key says it is about. */
export function keyFacts(of: Comparison, key: readonly string[]): KeyFacts {
  const first = mappedField(of.part, key[0]!)
  return {
    column: sql`${first.column}::int`,
    field: sql`${first.field.name}::text`,
    value: sql`split_part(${stagedText(of.record, first)}, E'\\x1f', 1)`,
    fields: key.join(' + '),
  }
}

/** Where a finding about the key of row `s` stands. */
export function keyPlace(facts: KeyFacts): RawBuilder<unknown> {
  return sql`s.row_number, s.line, ${facts.column} as column_number, ${facts.field} as field`
}

/**
 * Writes findings from a select of (row_number, line, column_number, field, value, params). An error fails its row,
 * any other finding leaves it as it is unless `verdict` says what becomes of it.
 */
export async function insertFindings(
  of: Comparison,
  code: string,
  found: RawBuilder<unknown>,
  verdict: 's' | null = null,
): Promise<number> {
  const { severity } = findingDeclaration(code)
  const inserted = await run(
    of.work.db,
    sql`insert into ${of.tables.findings} (row_number, line, column_number, field, code, severity, value, params)
      select f.row_number, f.line, f.column_number, f.field, ${code}::text, ${severity}::text, f.value, f.params
      from (${found}) f`,
  )
  const action = severity === 'error' ? 'f' : verdict
  if (inserted > 0 && action !== null)
    await run(
      of.work.db,
      sql`insert into ${of.tables.verdicts} as d (row_number, action)
        select distinct f.row_number, ${action}::"char" from ${of.tables.findings} f where f.code = ${code}::text
        on conflict (row_number) do update set action = excluded.action, record_id = null, record_version = null
          where d.action <> 'f'`,
    )
  return inserted
}

/** Gives rows the records that they would update, from a select of (row_number, record_id, record_version). */
export async function insertMatches(of: Comparison, matches: RawBuilder<unknown>): Promise<number> {
  return run(
    of.work.db,
    sql`insert into ${of.tables.verdicts} (row_number, action, record_id, record_version)
      select m.row_number, 'u', m.record_id, m.record_version from (${matches}) m`,
  )
}

/** Updates that would change nothing become *unchanged*; `rest` joins `v` with its row and record. */
export async function settleUnchanged(of: Comparison, rest: RawBuilder<unknown>): Promise<number> {
  return run(of.work.db, sql`update ${of.tables.verdicts} v set action = 'n' ${rest}`)
}
