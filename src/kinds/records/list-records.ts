/** Pages of records: filtered, sorted by any field, continued by a cursor that names the last one's place. */
import type { z } from 'zod'
import type { Work } from '../../platform/work.ts'
import type { Kinds } from '../kind.ts'
import type { ListQuery, RecordListItem, RecordPage } from './contract.ts'
import type { RecordFilter } from './record-filter.ts'
import { openRecords, type RecordScope } from './record-scope.ts'
import { plainValues } from './record-values.ts'
import { countRecords, type ListedRecord, pageRecords } from './records.store.ts'
import { refuseRecord } from './refusals.ts'

export async function listRecords(
  work: Work,
  kinds: Kinds,
  kind: string,
  query: z.output<typeof ListQuery>,
): Promise<z.output<typeof RecordPage>> {
  const of = await openRecords(work, kinds, kind, 'read')
  const { sort, limit, search, where, importId } = query
  const filter: RecordFilter = { search, where, importId }
  const columns = query.columns?.split(',').map((name) => name.trim()) ?? null
  const after = readCursor(query.cursor, sort)
  const found = await pageRecords(of, filter, { sort, after, limit: limit + 1, columns })
  const records = found.slice(0, limit)
  const last = records.at(-1)
  return {
    records: records.map((record) => listItem(of, record, columns)),
    next: last && found.length > limit ? writeCursor(last, sort) : null,
    // Whoever goes on knows it from the first page.
    total: after === null ? await countRecords(of, filter) : null,
  }
}

function listItem(of: RecordScope, record: ListedRecord, columns: readonly string[] | null): RecordListItem {
  const fields = columns ? of.kind.fields.filter((field) => columns.includes(field.name)) : of.kind.fields
  return {
    id: record.id,
    version: record.version,
    title: record.title,
    values: plainValues(fields, record.values),
    references: record.references ?? {},
    importId: record.import_id,
    importLabel: record.import_label,
    createdAt: record.created_at.toISOString(),
    updatedAt: record.updated_at.toISOString(),
  }
}

function writeCursor({ place, id }: ListedRecord, sort: string): string {
  return Buffer.from(JSON.stringify([place, id, sort])).toString('base64url')
}

/** A cursor that is none begins at the first page; that of another sort names no place in this one. */
function readCursor(cursor: string | undefined, sort: string): { place: string | null; id: string } | null {
  const read = cursor === undefined ? null : parseCursor(cursor)
  if (!read) return null
  const [place, id, of] = read
  const isPlace = place === null || (typeof place === 'string' && !place.includes('\0'))
  if (!isPlace || typeof id !== 'string' || !/^\d{1,18}$/.test(id) || typeof of !== 'string') return null
  if (of !== sort) throw refuseRecord('record.cursor_of_other_sort', { sort: of })
  return { place, id }
}

function parseCursor(cursor: string): unknown[] | null {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(read) ? read : null
  } catch (cause) {
    if (cause instanceof SyntaxError) return null
    throw cause
  }
}
