/**
 * Two records become one: field by field what the person chose, everything that referred to the one that goes refers
 * to the one that stays, and the bin keeps enough to take it all back.
 */
import type { z } from 'zod'
import { requirePermission } from '../../accounts/accounts.ts'
import { recordEvents as tell } from '../../history/history.ts'
import type { Work } from '../../platform/work.ts'
import type { FieldDeclaration, Kinds } from '../kind.ts'
import { PART_SEPARATOR } from '../values/value.ts'
import { type FieldChanges, keepChanges, pointElsewhere, takeOut } from './bin.store.ts'
import type { RecordOperations, RecordView } from './contract.ts'
import { applyChanges, requireRecord, requireVersion, viewRecord } from './one-record.ts'
import { accessOf, openRecords, type RecordScope } from './record-scope.ts'
import type { StoredRecord } from './records.store.ts'
import { referrersOf } from './referrers.ts'
import { refuseRecord } from './refusals.ts'
import { scheduleEmptying } from './remove.ts'

type MergeInput = z.output<RecordOperations['merge']['body']>

export async function mergeRecords(
  work: Work,
  kinds: Kinds,
  kind: string,
  id: string,
  input: MergeInput,
): Promise<{ record: RecordView; moved: number; bin: string }> {
  const of = await openRecords(work, kinds, kind, 'write')
  if (id === input.other) throw refuseRecord('record.same')
  // In the order of their ids, so that two merges of the same pair wait for each other instead of failing.
  const [kept, other] = await lockBoth(of, id, input.other)
  requireVersion(kept, input.version)
  requireVersion(other, input.otherVersion)
  const referrers = referrersOf(of)
  const [entry] = await takeOut(of, [other.id], {
    reason: 'merged',
    keptId: kept.id,
    withId: null,
    staying: referrers,
  })
  let moved = 0
  for (const referrer of referrers) {
    const ids = await pointElsewhere(of, referrer, [other.id], kept.id)
    if (ids.length > 0) requirePermission(work, accessOf(referrer.kind).write)
    moved += ids.length
    await tell(
      work,
      ids.map((one) => ({
        kind: referrer.kind.name,
        recordId: one,
        event: 'record.moved',
        params: { title: kept.title },
      })),
    )
  }
  const merged = mergedValues(of.kind.fields, kept, other, new Set(input.take))
  const names = await applyChanges(of, kept, merged, 'record.merged', { title: other.title })
  const changes: FieldChanges = Object.fromEntries(
    names.map((name) => [name, { before: kept.values[name] ?? null, after: merged[name] ?? null }]),
  )
  await keepChanges(work, entry!.id, changes)
  await tell(work, [{ kind, recordId: other.id, event: 'record.merged_away', params: { title: kept.title } }])
  await scheduleEmptying(work)
  return { record: viewRecord(of, await requireRecord(of, id)), moved, bin: entry!.id }
}

async function lockBoth(of: RecordScope, id: string, other: string): Promise<[StoredRecord, StoredRecord]> {
  if (BigInt(id) < BigInt(other)) {
    const first = await requireRecord(of, id, 'lock')
    return [first, await requireRecord(of, other, 'lock')]
  }
  const second = await requireRecord(of, other, 'lock')
  return [await requireRecord(of, id, 'lock'), second]
}

/** Tags of both are kept together; anything else is of one of them. */
function mergedValues(
  fields: readonly FieldDeclaration[],
  kept: StoredRecord,
  other: StoredRecord,
  take: ReadonlySet<string>,
): Record<string, string | null> {
  const merged: Record<string, string | null> = {}
  for (const { name, type } of fields) {
    const own = kept.values[name] ?? null
    const others = other.values[name] ?? null
    if (type === 'tags' && own !== null && others !== null && !take.has(name))
      merged[name] = joinTags(own, others)
    else merged[name] = take.has(name) || own === null ? others : own
  }
  return merged
}

function joinTags(own: string, others: string): string {
  const known = new Set(own.split(PART_SEPARATOR).map((tag) => tag.toLowerCase()))
  const added = others.split(PART_SEPARATOR).filter((tag) => !known.has(tag.toLowerCase()))
  return [own, ...added].join(PART_SEPARATOR)
}
