/** One record: found, made, changed; whoever was slower is told so instead of overwriting. */
import { recordEvent } from '../../history/history.ts'
import type { Work } from '../../platform/work.ts'
import type { Kinds } from '../kind.ts'
import { columnsOf } from '../storage.ts'
import type { RecordView } from './contract.ts'
import { kindWords, openRecords, type RecordScope } from './record-scope.ts'
import { fieldWords, parseValues, plainValues, requireValues, type Values } from './record-values.ts'
import { insertRecord, readRecord, type StoredRecord, updateRecord } from './records.store.ts'
import { refuseRecord } from './refusals.ts'

export async function findRecord(work: Work, kinds: Kinds, kind: string, id: string): Promise<RecordView> {
  const of = await openRecords(work, kinds, kind, 'read')
  return viewRecord(of, await requireRecord(of, id))
}

/** Refuses `record.not_found`. With `lock`, others who would change it wait. */
export async function requireRecord(
  of: RecordScope,
  id: string,
  lock: 'lock' | 'read' = 'read',
): Promise<StoredRecord> {
  const found = await readRecord(of, id, lock)
  if (!found) throw refuseRecord('record.not_found', { ...kindWords(of.kind), id })
  return found
}

export async function createRecord(
  work: Work,
  kinds: Kinds,
  kind: string,
  values: Values,
): Promise<RecordView> {
  const of = await openRecords(work, kinds, kind, 'write')
  const canonical = await parseValues(of, values)
  requireValues(of, canonical, null)
  const id = await guardUnique(of, canonical, () => insertRecord(of, canonical))
  await recordEvent(work, { kind, recordId: id, event: 'record.created' })
  return viewRecord(of, await requireRecord(of, id))
}

/** Changes the given fields; refused when somebody else was faster. */
export async function changeRecord(
  work: Work,
  kinds: Kinds,
  kind: string,
  id: string,
  version: number,
  values: Values,
): Promise<RecordView> {
  const of = await openRecords(work, kinds, kind, 'write')
  const canonical = await parseValues(of, values)
  const before = await requireRecord(of, id, 'lock')
  requireVersion(before, version)
  requireValues(of, { ...before.values, ...canonical }, canonical)
  await applyChanges(of, before, canonical, 'record.changed')
  return viewRecord(of, await requireRecord(of, id))
}

export function requireVersion(before: StoredRecord, version: number): void {
  if (before.version !== version)
    throw refuseRecord('record.changed_meanwhile', { name: before.updated_by_name })
}

/** Writes the fields that differ and tells the history; gives their names. */
export async function applyChanges(
  of: RecordScope,
  before: StoredRecord,
  canonical: Values,
  event: 'record.changed' | 'record.merged' | 'record.unmerged',
  params: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const changed = Object.fromEntries(
    Object.entries(canonical).filter(([field, value]) => (before.values[field] ?? null) !== value),
  )
  const names = Object.keys(changed)
  if (names.length === 0 && event === 'record.changed') return []
  if (names.length > 0) await guardUnique(of, changed, () => updateRecord(of, before.id, changed))
  await recordEvent(of.work, {
    kind: of.kind.name,
    recordId: before.id,
    event,
    params,
    changes: names.map((field) => ({
      field,
      before: before.values[field] ?? null,
      after: changed[field] ?? null,
    })),
  })
  return names
}

export function viewRecord(of: RecordScope, found: StoredRecord): RecordView {
  const isImported = found.import_id !== null && found.import_label !== null
  return {
    id: found.id,
    version: found.version,
    title: found.title,
    values: plainValues(of.kind.fields, found.values),
    references: found.references ?? {},
    origin: isImported
      ? {
          importId: found.import_id!,
          label: found.import_label!,
          fileName: found.import_file ?? '',
          sheet: found.import_sheet,
          row: Number(found.import_row),
          source: found.import_source ?? 0,
        }
      : null,
    createdAt: found.created_at.toISOString(),
    updatedAt: found.updated_at.toISOString(),
  }
}

/** A unique index that refuses is a value of a unique field that another record has. */
export async function guardUnique<T>(of: RecordScope, values: Values, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string }
    if (code !== '23505') throw error
    const unique = of.kind.fields.filter((field) => field.unique)
    const field =
      unique.find((one) => constraint?.endsWith(`_${columnsOf(one)[0]!.name}`)) ??
      unique.find((one) => values[one.name] != null) ??
      unique[0]!
    throw refuseRecord('record.value_taken', { ...fieldWords(field), value: values[field.name] ?? '' })
  }
}
