/**
 * Deleting a record: what hangs on it is shown first and decided about; it goes into the bin with what belongs to it,
 * and comes back from there, with its references, for as long as the bin keeps it.
 */
import { requirePermission } from '../../accounts/accounts.ts'
import { recordEvents as tell } from '../../history/history.ts'
import type { Work } from '../../platform/work.ts'
import type { Kinds } from '../kind.ts'
import { idsReferring, pointElsewhere, takeOut } from './bin.store.ts'
import { emptyBinTask } from './bin-task.ts'
import { requireRecord } from './one-record.ts'
import { type RecordFilter } from './record-filter.ts'
import { accessOf, openRecords, type RecordScope } from './record-scope.ts'
import { countRecords, idsOfRecords } from './records.store.ts'
import { countReferring, type Referrer, referrersOf } from './referrers.ts'
import { refuseRecord } from './refusals.ts'

export type AttachedMode = 'refuse' | 'detach' | 'delete'

type Counted = Referrer & { readonly count: number }

export async function previewDeletion(work: Work, kinds: Kinds, kind: string, id: string) {
  const of = await openRecords(work, kinds, kind, 'write')
  const { title } = await requireRecord(of, id)
  const attached = await countAttached(of, [id])
  return {
    title,
    attached: attached.map(({ kind: { name }, field, count, fate }) => ({
      kind: name,
      field: field.name,
      count,
      fate,
    })),
  }
}

async function countAttached(of: RecordScope, ids: readonly string[]): Promise<Counted[]> {
  const counted: Counted[] = []
  for (const referrer of referrersOf(of)) {
    const count = await countReferring(of, referrer, ids)
    if (count > 0) counted.push({ ...referrer, count })
  }
  return counted
}

export async function removeRecord(
  work: Work,
  kinds: Kinds,
  kind: string,
  id: string,
  mode: AttachedMode,
): Promise<{ deleted: number; detached: number; bin: string }> {
  const of = await openRecords(work, kinds, kind, 'write')
  const { title } = await requireRecord(of, id, 'lock')
  await requireLoose(of, [id], title, mode)
  const removed = await removeWithParts(of, [id], mode === 'delete', null)
  await scheduleEmptying(work)
  return removed
}

const MOST_AT_ONCE = 10_000

type ManyInput = {
  readonly ids?: readonly string[] | undefined
  readonly filter?: RecordFilter | undefined
  readonly expected: number
  readonly attached: AttachedMode
}

/** All or none; they lie in the bin as one, so that one step brings them back. */
export async function removeManyRecords(
  work: Work,
  kinds: Kinds,
  kind: string,
  input: ManyInput,
): Promise<{ deleted: number; detached: number; bin: string }> {
  const of = await openRecords(work, kinds, kind, 'write')
  // Nothing chosen is nothing, not everything.
  const chosen: RecordFilter = { ...input.filter, ids: input.ids ?? (input.filter ? undefined : []) }
  const count = await countRecords(of, chosen)
  if (count > MOST_AT_ONCE) throw refuseRecord('record.too_many', { count, maximum: MOST_AT_ONCE })
  const [first, ...others] = await idsOfRecords(of, chosen)
  if (first === undefined || others.length + 1 !== input.expected)
    throw refuseRecord('record.count_differs', { count, expected: input.expected })
  await requireLoose(of, [first, ...others], of.kind.labels[work.actor.language], input.attached)
  const root = await removeWithParts(of, [first], input.attached === 'delete', null)
  const rest =
    others.length === 0 ? null : await removeWithParts(of, others, input.attached === 'delete', root.bin)
  await scheduleEmptying(work)
  return {
    deleted: root.deleted + (rest?.deleted ?? 0),
    detached: root.detached + (rest?.detached ?? 0),
    bin: root.bin,
  }
}

/** Refuses where something cannot do without one of them, or hangs on it and nobody has said what becomes of that. */
async function requireLoose(
  of: RecordScope,
  ids: readonly string[],
  title: string,
  mode: AttachedMode,
): Promise<void> {
  const attached = await countAttached(of, ids)
  const needing = attached.filter(({ fate }) => fate === 'needs_it')
  if (needing.length > 0) throw refuseRecord('record.still_needed', attachedWords(of, title, needing))
  const asked = attached.filter(({ fate }) => fate === 'may_go' || fate === 'detached')
  if (mode === 'refuse' && asked.length > 0)
    throw refuseRecord('record.attached', attachedWords(of, title, asked))
}

function attachedWords(of: RecordScope, title: string, attached: readonly Counted[]) {
  const { language } = of.work.actor
  return {
    title,
    count: attached.reduce((sum, { count }) => sum + count, 0),
    kinds: [...new Set(attached.map(({ kind }) => kind.labels[language]))].join(', '),
  }
}

/** Days for which the bin keeps what was put there. */
export const BIN_DAYS = 90

export async function scheduleEmptying(work: Work): Promise<void> {
  // A moment later than what it empties, so that it finds this entry old enough.
  const notBefore = new Date(work.now.getTime() + BIN_DAYS * 24 * 3600 * 1000 + 60_000)
  await work.enqueue(emptyBinTask, { org: work.org }, { notBefore })
}

/** Takes out records with what is part of them; `root` is the entry that they go with. */
async function removeWithParts(
  of: RecordScope,
  ids: readonly string[],
  withChildren: boolean,
  root: string | null,
): Promise<{ deleted: number; detached: number; bin: string }> {
  const referrers = referrersOf(of)
  const goes = ({ fate }: Referrer): boolean => fate === 'goes_with' || (withChildren && fate === 'may_go')
  const staying = referrers.filter((referrer) => !goes(referrer))
  const entries = await takeOut(of, ids, { reason: 'deleted', keptId: null, withId: root, staying })
  const bin = root ?? entries[0]!.id
  let deleted = entries.length
  let detached = 0
  await tell(
    of.work,
    entries.map(({ recordId, title }) => ({
      kind: of.kind.name,
      recordId,
      event: 'record.deleted',
      params: { title },
    })),
  )
  // Several go at once only as parts of another; then what they are says enough.
  const title = entries.length === 1 ? entries[0]!.title : { en: of.kind.one.en, cs: of.kind.one.cs }
  for (const referrer of referrers) {
    if (goes(referrer)) {
      const parts = await idsReferring(of, referrer, ids)
      if (parts.length === 0) continue
      requirePermission(of.work, accessOf(referrer.kind).write)
      const below = await removeWithParts({ ...of, kind: referrer.kind }, parts, withChildren, bin)
      deleted += below.deleted
      detached += below.detached
    } else {
      const loose = await pointElsewhere(of, referrer, ids, null)
      if (loose.length > 0) requirePermission(of.work, accessOf(referrer.kind).write)
      detached += loose.length
      await tell(
        of.work,
        loose.map((id) => ({
          kind: referrer.kind.name,
          recordId: id,
          event: 'record.detached',
          params: { title },
        })),
      )
    }
  }
  return { deleted, detached, bin }
}
