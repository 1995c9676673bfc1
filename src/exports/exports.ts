/**
 * Records of a kind as a file, streamed through a cursor: the columns are the kind's fields under their own
 * labels, so that the file imports again without a mapping and without a change. The door of this module.
 */
import { Readable } from 'node:stream'
import { type RawBuilder, sql } from 'kysely'
import Cursor from 'pg-cursor'
import { displayValue } from '../kinds/display.ts'
import { canonicalOf, type FieldDeclaration, type KindDeclaration, type Kinds } from '../kinds/kinds.ts'
import { parseValue } from '../kinds/parse.ts'
import { PART_SEPARATOR } from '../kinds/values/value.ts'
import { compileSql } from '../platform/database.ts'
import type { Platform } from '../platform/platform.ts'
import { declareRefusals, type Language } from '../platform/refusal.ts'
import type { WorkScope } from '../platform/work.ts'
import { writeCsv, writeXlsx } from '../tabular/tabular.ts'

export const refuseExport = declareRefusals({
  'export.unknown_field': {
    status: 422,
    en: '{where} cannot be used as a filter. Write FIELD=VALUE with a field of the kind: {fields}.',
    cs: '{where} nelze použít jako filtr. Napište POLE=HODNOTA s polem daného druhu: {fields}.',
  },
})

export type ExportInput = {
  readonly kind: string
  readonly format: 'csv' | 'xlsx'
  readonly where: readonly string[]
  readonly language: Language
}

const batchSize = 1000

export function exportRecords(
  platform: Platform,
  kinds: Kinds,
  scope: WorkScope,
  input: ExportInput,
): Readable {
  const declared = kinds.get(input.kind)
  const fields = declared.fields.filter((field) => field.shownIn?.export !== false)
  const kind = { ...declared, fields }
  const where = input.where.map((text) => condition(kind, text, input.language))
  const batches = readBatches(platform, kinds, kind, scope, where, input.language)
  return input.format === 'csv'
    ? Readable.from(writeCsv(batches))
    : writeXlsx(kind.labels[input.language], batches)
}

function condition(kind: KindDeclaration, text: string, language: Language): RawBuilder<unknown> {
  const at = text.indexOf('=')
  const field = kind.fields.find((candidate) => candidate.name === text.slice(0, at).trim())
  if (at < 1 || !field || field.reference)
    throw refuseExport('export.unknown_field', {
      where: text,
      fields: kind.fields.map((of) => of.name).join(', '),
    })
  const value = text.slice(at + 1).trim()
  const parsed = parseValue(field, value, {}, language)
  const wanted = 'problem' in parsed ? value : parsed.canonical
  if (wanted === null) return sql`${canonicalOf(field, 't')} is null`
  return sql`lower(${canonicalOf(field, 't')}) = lower(${wanted}::text)`
}

/** As a person reads it; a telephone with its country, which a national form leaves to whoever reads it. */
function writtenValue(field: FieldDeclaration, cell: string | null, language: Language): string {
  if (cell !== null && field.type === 'phone') {
    const [international = '', given = ''] = cell.split(PART_SEPARATOR)
    return given.startsWith('+') ? given : international
  }
  return displayValue(field, cell, language) ?? ''
}

/** A reference is written by its first attribute, so that it is found again. */
function exported(kinds: Kinds, field: FieldDeclaration): RawBuilder<unknown> {
  if (!field.reference) return canonicalOf(field, 't')
  const target = kinds.target(field.reference.kind)
  const column = sql.ref(`r.${target.attributes[field.reference.by[0]!]!}`)
  return sql`(select ${column}::text from ${sql.table(target.table)} r where r.org_id = t.org_id and r.id::text = ${canonicalOf(field, 't')})`
}

async function* readBatches(
  platform: Platform,
  kinds: Kinds,
  kind: KindDeclaration,
  scope: WorkScope,
  where: readonly RawBuilder<unknown>[],
  language: Language,
): AsyncGenerator<readonly (readonly string[])[]> {
  const client = await platform.database.connect('app', 'export')
  try {
    await client.query('begin read only')
    await client.query("select set_config('carryover.org', $1, true)", [scope.org])
    const conditions = sql.join([sql`t.org_id = ${scope.org}::bigint`, ...where], sql` and `)
    const fields = kind.fields.filter((field) => field.shownIn?.export !== false)
    const columns = sql.join(fields.map((field) => exported(kinds, field)))
    const statement = compileSql(
      platform.database.roles('app'),
      sql`select array[${columns}]::text[] as cells from ${sql.table(kind.table)} t where ${conditions} order by t.id`,
    )
    const cursor = client.query(
      new Cursor<{ cells: (string | null)[] }>(statement.sql, [...statement.parameters]),
    )
    yield [fields.map((field) => field.labels[language])]
    for (;;) {
      const found = await cursor.read(batchSize)
      if (found.length === 0) return
      yield found.map(({ cells }) => cells.map((cell, at) => writtenValue(fields[at]!, cell, language)))
    }
  } finally {
    await client.end()
  }
}
