/**
 * Records of a kind as a file, streamed through a cursor: the columns are the kind's fields under their own
 * labels, so that the file imports again without a mapping and without a change. The door of this module.
 */
import { Readable } from 'node:stream'
import { type RawBuilder, sql } from 'kysely'
import Cursor from 'pg-cursor'
import { requirePermission } from '../accounts/accounts.ts'
import { recordEvent } from '../history/history.ts'
import { displayValue } from '../kinds/display.ts'
import { canonicalOf, type FieldDeclaration, type KindDeclaration, type Kinds } from '../kinds/kinds.ts'
import { accessOf, filterConditions, type RecordFilter, recordOrder } from '../kinds/records/records.ts'
import { PART_SEPARATOR } from '../kinds/values/value.ts'
import { compileSql, one } from '../platform/database.ts'
import type { Platform } from '../platform/platform.ts'
import type { Language } from '../platform/refusal.ts'
import type { Work, WorkScope } from '../platform/work.ts'
import { writeCsv, writeXlsx } from '../tabular/tabular.ts'

export type ExportInput = {
  readonly kind: string
  readonly format: 'csv' | 'xlsx'
  /** The filter of a list: what it shows is what is written. */
  readonly filter: RecordFilter
  /** Those of a list, in its order; every field where nothing is said. */
  readonly columns?: readonly string[] | undefined
  readonly sort?: string | undefined
  readonly language: Language
}

/** What a list can show of a record beside its fields. */
const stamps = {
  import: {
    labels: { en: 'Import', cs: 'Import' },
    value: sql`(select i.label from imports i where i.org_id = t.org_id and i.id = t.import_id)`,
  },
  createdAt: { labels: { en: 'Created', cs: 'Vytvořeno' }, value: moment('created_at') },
  updatedAt: { labels: { en: 'Updated', cs: 'Změněno' }, value: moment('updated_at') },
} as const

function moment(column: string): RawBuilder<unknown> {
  return sql`to_char(${sql.ref(`t.${column}`)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
}

const batchSize = 1000

export { exportEvents } from './events.ts'

/** Says in the history who takes how many records of what, before the first of them leaves. */
export async function recordExport(work: Work, kinds: Kinds, input: ExportInput): Promise<void> {
  const kind = kinds.get(input.kind)
  requirePermission(work, accessOf(kind).export)
  const where = filterConditions({ org: work.org, language: input.language }, kind, input.filter)
  const { count } = await one(
    work.db,
    sql<{ count: number }>`select count(*)::int as count from ${sql.table(kind.table)} t where ${where}`,
  )
  const { en, cs } = kind.labels
  await recordEvent(work, {
    kind: 'organisation',
    recordId: work.org,
    event: 'records.exported',
    params: { kind: { en, cs }, format: input.format.toUpperCase(), count },
  })
}

export function exportRecords(
  platform: Platform,
  kinds: Kinds,
  scope: WorkScope,
  input: ExportInput,
): Readable {
  const declared = kinds.get(input.kind)
  const fields = declared.fields.filter((field) => field.shownIn?.export !== false)
  const kind = { ...declared, fields }
  requirePermission(scope, accessOf(kind).export)
  const where = filterConditions({ org: scope.org, language: input.language }, kind, input.filter)
  const order = input.sort
    ? recordOrder({ kinds, kind: declared, work: { actor: { language: input.language } } }, input.sort)
    : sql`t.id`
  const columns = columnsOfExport(fields, input.columns)
  const batches = readBatches(platform, kinds, kind, scope, {
    where,
    order,
    columns,
    language: input.language,
  })
  return input.format === 'csv'
    ? Readable.from(writeCsv(batches))
    : writeXlsx(kind.labels[input.language], batches)
}

type ExportColumn =
  | { readonly field: FieldDeclaration; readonly stamp?: undefined }
  | { readonly stamp: (typeof stamps)[keyof typeof stamps]; readonly field?: undefined }

/** A column that there is no longer (a saved view outlives a field) is left out. */
function columnsOfExport(
  fields: readonly FieldDeclaration[],
  names: readonly string[] | undefined,
): readonly ExportColumn[] {
  if (!names) return fields.map((field) => ({ field }))
  return names.flatMap((name): ExportColumn[] => {
    if (Object.hasOwn(stamps, name)) return [{ stamp: stamps[name as keyof typeof stamps] }]
    const field = fields.find((one) => one.name === name)
    return field ? [{ field }] : []
  })
}

/** As a person reads it; a telephone with its country, which a national form leaves to whoever reads it. */
function writtenValue(field: FieldDeclaration, cell: string | null, language: Language): string {
  if (cell !== null && field.type === 'phone') {
    const [international = '', given = ''] = cell.split(PART_SEPARATOR)
    return given.startsWith('+') ? given : international
  }
  const shown = displayValue(field, cell, language) ?? ''
  return withMark.has(field.type) ? shown.replace(threeDecimals, (digits) => `${digits}0`) : shown
}

const withMark: ReadonlySet<string> = new Set(['number', 'percent', 'money'])
/** `12.213` may be twelve thousand somewhere; `12.2130` is nowhere. */
const threeDecimals = /^-?\d{1,3}\.\d{3}(?!\d)/

/** A reference is written by one attribute for the whole column, so that it is found again. */
function exported(kinds: Kinds, field: FieldDeclaration, attribute: string | undefined): RawBuilder<unknown> {
  if (!field.reference || !attribute) return canonicalOf(field, 't')
  const target = kinds.target(field.reference.kind)
  const column = sql.ref(`r.${target.attributes[attribute]!}`)
  return sql`(select ${column}::text from ${sql.table(target.table)} r where r.org_id = t.org_id and r.id::text = ${canonicalOf(field, 't')})`
}

/** The first attribute that all referred records have; where there is none, the one that the fewest lack. */
function attributeCounts(
  kinds: Kinds,
  kind: KindDeclaration,
  field: FieldDeclaration,
  where: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const { kind: referred, by } = field.reference!
  const target = kinds.target(referred)
  const missing = by.map(
    (name) => sql`(count(*) filter (where ${sql.ref(`r.${target.attributes[name]!}`)} is null))::int`,
  )
  return sql`select array[${sql.join(missing)}] as missing from ${sql.table(target.table)} r
    where r.org_id = (select current_org()) and r.id::text in (
      select ${canonicalOf(field, 't')} from ${sql.table(kind.table)} t where ${where})`
}

async function* readBatches(
  platform: Platform,
  kinds: Kinds,
  kind: KindDeclaration,
  scope: WorkScope,
  query: {
    readonly where: RawBuilder<unknown>
    readonly order: RawBuilder<unknown>
    readonly columns: readonly ExportColumn[]
    readonly language: Language
  },
): AsyncGenerator<readonly (readonly string[])[]> {
  const client = await platform.database.connect('app', 'export')
  try {
    await client.query('begin read only')
    await client.query("select set_config('carryover.org', $1, true)", [scope.org])
    const { where, order, columns, language } = query
    const fields = columns.flatMap(({ field }) => field ?? [])
    const compile = (statement: RawBuilder<unknown>) => compileSql(platform.database.roles('app'), statement)
    const attributes = new Map<string, string>()
    for (const field of fields) {
      if (!field.reference) continue
      const { sql: text, parameters } = compile(attributeCounts(kinds, kind, field, where))
      const { rows } = await client.query<{ missing: number[] }>(text, [...parameters])
      const missing = rows[0]!.missing
      attributes.set(field.name, field.reference.by[missing.indexOf(Math.min(...missing))]!)
    }
    const cells = columns.map(({ field, stamp }) =>
      field ? exported(kinds, field, attributes.get(field.name)) : stamp.value,
    )
    const statement = compile(
      sql`select array[${sql.join(cells)}]::text[] as cells from ${sql.table(kind.table)} t where ${where} order by ${order}`,
    )
    const cursor = client.query(
      new Cursor<{ cells: (string | null)[] }>(statement.sql, [...statement.parameters]),
    )
    yield [columns.map(({ field, stamp }) => (field ?? stamp).labels[language])]
    for (;;) {
      const found = await cursor.read(batchSize)
      if (found.length === 0) return
      yield found.map((one) =>
        one.cells.map((cell, at) => {
          const { field } = columns[at]!
          return field ? writtenValue(field, cell, language) : (cell ?? '')
        }),
      )
    }
  } finally {
    await client.end()
  }
}
