/**
 * Questions about the whole set, answered in SQL over the staging rows: duplicates in the file, records that
 * are there already, references, what an update would change. Each writes findings and verdicts, never records.
 */
import { type RawBuilder, sql } from 'kysely'
import { columnsOf, type KindDeclaration, type Kinds } from '../../kinds/kinds.ts'
import { run } from '../../platform/database.ts'
import type { Work } from '../../platform/work.ts'
import { findingDeclaration } from '../findings.ts'
import type { MappedField } from '../map/compile.ts'
import { type RecordSql, wouldChange, writtenLateral } from '../record-sql.ts'
import { type ImportId, stagingTable } from '../run.ts'
import { valueColumn } from '../staging.store.ts'

export type Comparison = {
  readonly work: Work
  readonly kinds: Kinds
  readonly kind: KindDeclaration
  readonly fields: readonly MappedField[]
  readonly tables: {
    readonly rows: RawBuilder<unknown>
    readonly verdicts: RawBuilder<unknown>
    readonly findings: RawBuilder<unknown>
  }
}

export function openComparison(
  work: Work,
  kinds: Kinds,
  kind: KindDeclaration,
  fields: readonly MappedField[],
  importId: ImportId,
  source: number,
): Comparison {
  const names = stagingTable(importId, source)
  const tables = {
    rows: sql.table(names.rows),
    verdicts: sql.table(names.verdicts),
    findings: sql.table(names.findings),
  }
  return { work, kinds, kind, fields, tables }
}

/** Staged text of a mapped field; the row's alias is `s`. */
export function staged(of: Comparison, name: string): RawBuilder<unknown> {
  const at = of.fields.findIndex((mapped) => mapped.field.name === name)
  if (at < 0) throw new Error(`The field ${name} is not mapped.`)
  return sql.ref(`s.${valueColumn(at)}`)
}

function fieldAt(of: Comparison, name: string): MappedField {
  return of.fields.find((mapped) => mapped.field.name === name)!
}

/** How a value is compared as a key: a phone by its E.164, a unique id byte by byte, other text without case. */
function stagedKey(of: Comparison, name: string): RawBuilder<unknown> {
  const { field } = fieldAt(of, name)
  const text = staged(of, name)
  if (field.type === 'phone') return sql`split_part(${text}, E'\\x1f', 1)`
  return field.unique ? text : sql`lower(${text})`
}

function storedKey(of: Comparison, name: string): RawBuilder<unknown> {
  const { field } = fieldAt(of, name)
  const column = sql.ref(`t.${columnsOf(field)[0]!.name}`)
  return field.unique ? column : sql`lower(${column}::text)`
}

const and = sql` and `

function keyEquals(of: Comparison, key: readonly string[]): RawBuilder<unknown> {
  return sql.join(
    key.map((name) => sql`${storedKey(of, name)} = ${stagedKey(of, name)}`),
    and,
  )
}

function keyFilled(of: Comparison, key: readonly string[]): RawBuilder<unknown> {
  return sql.join(
    key.map((name) => sql`${staged(of, name)} is not null`),
    and,
  )
}

/** What a finding about a key says it is about. */
function keyFacts(
  of: Comparison,
  key: readonly string[],
): { column: RawBuilder<unknown>; field: RawBuilder<unknown>; value: RawBuilder<unknown>; fields: string } {
  const first = fieldAt(of, key[0]!)
  return {
    column: sql`${first.column}::int`,
    field: sql`${first.field.name}::text`,
    value: sql`split_part(${staged(of, key[0]!)}, E'\\x1f', 1)`,
    fields: key.join(' + '),
  }
}

const severityOf = (code: string): RawBuilder<unknown> => sql`${findingDeclaration(code).severity}::text`

/** Rows whose fate is still open: not failed by converting, nor by a verdict. */
const stillOpen = (of: Comparison): RawBuilder<unknown> => sql`
  s.action <> 'f' and not exists (select 1 from ${of.tables.verdicts} d where d.row_number = s.row_number and d.action = 'f')`

/** Every row of a group with the same key gets a finding that names another one of them. */
export async function findDuplicates(
  of: Comparison,
  key: readonly string[],
  isError: boolean,
): Promise<number> {
  const code = isError ? 'row.duplicate_in_file' : 'row.may_be_duplicate'
  const facts = keyFacts(of, key)
  const parts = sql.join(key.map((name) => stagedKey(of, name)))
  const names = sql.join(key.map((_, at) => sql.ref(`k${at}`)))
  const columns = sql.join(key.map((name, at) => sql`${stagedKey(of, name)} as ${sql.ref(`k${at}`)}`))
  return insertFindings(
    of,
    code,
    sql`
      with twice as (
        select ${columns} from ${of.tables.rows} s where s.action <> 'f' and ${keyFilled(of, key)}
        group by ${parts} having count(*) > 1),
      grouped as (
        select s.row_number, s.line, ${facts.value} as value,
          min(s.row_number) over w as first, lead(s.row_number) over (partition by ${names} order by s.row_number) as following
        from ${of.tables.rows} s
        join twice on ${sql.join(
          key.map((name, at) => sql`${sql.ref(`twice.k${at}`)} = ${stagedKey(of, name)}`),
          and,
        )}
        where s.action <> 'f'
        window w as (partition by ${names}))
      select row_number, line, ${facts.column} as column_number, ${facts.field} as field, value,
        jsonb_build_object('fields', ${facts.fields}::text, 'other', case when first = row_number then coalesce(following, first) else first end) as params
      from grouped`,
  )
}

/** Rows whose key a record has already; for imports that only create. */
export async function findExisting(
  of: Comparison,
  key: readonly string[],
  isError: boolean,
): Promise<number> {
  const facts = keyFacts(of, key)
  return insertFindings(
    of,
    isError ? 'row.exists_already' : 'row.may_exist_already',
    sql`
      select s.row_number, s.line, ${facts.column} as column_number, ${facts.field} as field, ${facts.value} as value,
        jsonb_build_object('fields', ${facts.fields}::text, 'id', min(t.id)) as params
      from ${of.tables.rows} s
      join ${sql.table(of.kind.table)} t on t.org_id = ${of.work.org}::bigint and ${keyEquals(of, key)}
      where s.action <> 'f' and ${keyFilled(of, key)}
      group by s.row_number, s.line, value`,
  )
}

/** Gives each row the record it would update; two candidates are a finding, never a pick. */
export async function matchRecords(
  of: Comparison,
  key: readonly string[],
  mode: 'update' | 'upsert',
): Promise<void> {
  const facts = keyFacts(of, key)
  const place = sql`s.row_number, s.line, ${facts.column} as column_number, ${facts.field} as field`
  const fields = sql`jsonb_build_object('fields', ${facts.fields}::text)`
  await insertFindings(
    of,
    'row.no_match_value',
    sql`select ${place}, null::text as value, ${fields} as params from ${of.tables.rows} s
      where s.action <> 'f' and not (${keyFilled(of, key)})`,
  )
  await insertFindings(
    of,
    'row.ambiguous_match',
    sql`select ${place}, ${facts.value} as value, ${fields} || jsonb_build_object('count', count(*)) as params
      from ${of.tables.rows} s
      join ${sql.table(of.kind.table)} t on t.org_id = ${of.work.org}::bigint and ${keyEquals(of, key)}
      where ${stillOpen(of)} group by s.row_number, s.line, value having count(*) > 1`,
  )
  await run(
    of.work.db,
    sql`insert into ${of.tables.verdicts} (row_number, action, record_id, record_version)
      select s.row_number, 'u', t.id, t.version from ${of.tables.rows} s
      join ${sql.table(of.kind.table)} t on t.org_id = ${of.work.org}::bigint and ${keyEquals(of, key)}
      where ${stillOpen(of)}`,
  )
  if (mode === 'upsert') return
  await insertFindings(
    of,
    'row.no_existing_record',
    sql`select ${place}, ${facts.value} as value, ${fields} as params from ${of.tables.rows} s
      where ${stillOpen(of)} and not exists (select 1 from ${of.tables.verdicts} d where d.row_number = s.row_number)`,
  )
  await run(
    of.work.db,
    sql`insert into ${of.tables.verdicts} (row_number, action)
      select f.row_number, 's' from ${of.tables.findings} f where f.code = 'row.no_existing_record'
      on conflict do nothing`,
  )
}

/** A unique value that belongs to another record than the one the row creates or updates. */
export async function findTaken(of: Comparison, name: string): Promise<number> {
  const facts = keyFacts(of, [name])
  return insertFindings(
    of,
    'row.taken_by_another',
    sql`select s.row_number, s.line, ${facts.column} as column_number, ${facts.field} as field, ${facts.value} as value,
        jsonb_build_object('fields', ${facts.fields}::text, 'id', t.id) as params
      from ${of.tables.rows} s
      join ${sql.table(of.kind.table)} t on t.org_id = ${of.work.org}::bigint and ${keyEquals(of, [name])}
      left join ${of.tables.verdicts} v on v.row_number = s.row_number
      where ${stillOpen(of)} and t.id is distinct from v.record_id`,
  )
}

/** Creating rows that lack a required value, where rows may also update. */
export async function findMissing(of: Comparison, name: string): Promise<number> {
  const mapped = fieldAt(of, name)
  return insertFindings(
    of,
    'value.required',
    sql`select s.row_number, s.line, ${mapped.column}::int as column_number, ${name}::text as field, null::text as value, '{}'::jsonb as params
      from ${of.tables.rows} s
      where ${stillOpen(of)} and ${staged(of, name)} is null
        and not exists (select 1 from ${of.tables.verdicts} d where d.row_number = s.row_number)`,
  )
}

/** References that name nobody, or more than one. */
export async function findBrokenReferences(of: Comparison, mapped: MappedField): Promise<void> {
  const target = of.kinds.target(mapped.field.reference!.kind)
  const attribute = mapped.lookup!
  const column = sql.ref(`t.${target.attributes[attribute]!}`)
  const value = staged(of, mapped.field.name)
  for (const [code, having] of [
    ['reference.not_found', sql`count(t.id) = 0`],
    ['reference.ambiguous', sql`count(t.id) > 1`],
  ] as const)
    await insertFindings(
      of,
      code,
      sql`
        with wanted as (
          select distinct lower(${value}) as k from ${of.tables.rows} s where ${value} is not null and s.action <> 'f'),
        wrong as (
          select k, count(t.id) as n from wanted
          left join ${sql.table(target.table)} t on t.org_id = ${of.work.org}::bigint and lower(${column}::text) = k
          group by k having ${having})
        select s.row_number, s.line, ${mapped.column}::int as column_number, ${mapped.field.name}::text as field, ${value} as value,
          jsonb_build_object('attribute', ${attribute}::text, 'count', wrong.n) as params
        from ${of.tables.rows} s join wrong on lower(${value}) = wrong.k where s.action <> 'f'`,
    )
}

/** Updates that would change nothing become *unchanged*. */
export async function findUnchanged(of: Comparison): Promise<void> {
  const record: RecordSql = { org: of.work.org, kinds: of.kinds, kind: of.kind, fields: of.fields }
  const changes = sql.join(
    of.fields.map((mapped) => wouldChange(record, mapped)),
    sql` or `,
  )
  await run(
    of.work.db,
    sql`update ${of.tables.verdicts} v set action = 'n'
      from ${of.tables.rows} s, ${sql.table(of.kind.table)} t, ${writtenLateral(record)}
      where v.action = 'u' and s.row_number = v.row_number and t.org_id = ${of.work.org}::bigint and t.id = v.record_id
        and not (${changes})`,
  )
}

/** Writes findings from a select of (row_number, line, column_number, field, value, params); an error fails its row. */
async function insertFindings(of: Comparison, code: string, found: RawBuilder<unknown>): Promise<number> {
  const inserted = await run(
    of.work.db,
    sql`insert into ${of.tables.findings} (row_number, line, column_number, field, code, severity, value, params)
      select f.row_number, f.line, f.column_number, f.field, ${code}::text, ${severityOf(code)}, f.value, f.params
      from (${found}) f`,
  )
  if (inserted > 0 && findingDeclaration(code).severity === 'error')
    await run(
      of.work.db,
      sql`insert into ${of.tables.verdicts} (row_number, action)
        select distinct f.row_number, 'f'::"char" from ${of.tables.findings} f where f.code = ${code}::text
        on conflict (row_number) do update set action = 'f', record_id = null, record_version = null`,
    )
  return inserted
}
