/** What was deleted or merged: listed, and brought back with what went with it and what referred to it. */
import { sql } from 'kysely'
import { may, requirePermission } from '../../accounts/accounts.ts'
import { recordEvents as tell } from '../../history/history.ts'
import type { Work } from '../../platform/work.ts'
import type { Kinds } from '../kind.ts'
import {
  blankLostReferences,
  countOn,
  lockEntries,
  pageEntries,
  pointBack,
  putBack,
  readEntry,
  type StoredEntry,
  unfitFields,
} from './bin.store.ts'
import type { BinEntry } from './contract.ts'
import { applyChanges, guardUnique, requireRecord } from './one-record.ts'
import { accessOf, openRecords, type RecordScope } from './record-scope.ts'
import { readRecord } from './records.store.ts'
import { referrersOf } from './referrers.ts'
import { refuseRecord } from './refusals.ts'
import { BIN_DAYS } from './remove.ts'

type BinQuery = {
  readonly kind?: string | undefined
  readonly search?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

export async function listBinEntries(
  work: Work,
  kinds: Kinds,
  query: BinQuery,
): Promise<{ entries: BinEntry[]; next: string | null }> {
  const seen = kinds.all
    .filter((kind) => may(work, accessOf(kind).write) && (!query.kind || query.kind === kind.name))
    .map(({ name }) => name)
  const found = await pageEntries(work, {
    kinds: seen,
    search: query.search,
    after: query.cursor,
    limit: query.limit + 1,
  })
  const entries = found.slice(0, query.limit)
  return {
    entries: entries.map(viewEntry),
    next: found.length > query.limit ? (entries.at(-1)?.id ?? null) : null,
  }
}

function viewEntry(entry: StoredEntry & { readonly together: number }): BinEntry {
  return {
    id: entry.id,
    kind: entry.kind,
    recordId: entry.record_id,
    title: entry.title,
    reason: entry.reason,
    keptId: entry.kept_id,
    together: entry.together,
    removedBy: entry.by_name,
    removedAt: entry.removed_at.toISOString(),
    until: new Date(entry.removed_at.getTime() + BIN_DAYS * 24 * 3600 * 1000).toISOString(),
  }
}

export type Restored = {
  kind: string
  id: string
  restored: number
  attached: number
  left: string[]
  undoneImports: string[]
}

/** Restores an entry with those that went with it; of a merge, gives the kept record its own values back first. */
export async function restoreEntry(work: Work, kinds: Kinds, id: string): Promise<Restored> {
  const known = await readEntry(work, id)
  if (!known) throw refuseRecord('bin.not_found', { id })
  await openRecords(work, kinds, known.kind, 'write')
  const entries = await lockEntries(work, id)
  const [root] = entries
  if (!root || root.id !== id) throw refuseRecord('bin.not_found', { id })
  const left = root.reason === 'merged' ? await giveBack(work, kinds, root) : []
  let attached = 0
  const scopes: { of: RecordScope; entry: StoredEntry }[] = []
  for (const entry of entries) {
    const of = await openRecords(work, kinds, entry.kind, 'write')
    left.push(...(await guardUnique(of, {}, () => putBack(of, entry))))
    scopes.push({ of, entry })
  }
  for (const { of, entry } of scopes) attached += await attachAgain(of, entry)
  for (const { of, entry } of scopes) {
    await blankLostReferences(of, [entry.record_id])
    // Another version: what an import remembers of the record is not what it is now.
    await countOn(of, [entry.record_id])
  }
  await tell(
    work,
    entries.map((entry) => ({
      kind: entry.kind,
      recordId: entry.record_id,
      event: entry.undone_label === null ? 'record.restored' : 'record.restored_after_undo',
      params: { title: entry.title, ...(entry.undone_label === null ? {} : { label: entry.undone_label }) },
    })),
  )
  const undone = entries.flatMap((entry) => entry.undone_label ?? [])
  return {
    kind: root.kind,
    id: root.record_id,
    restored: entries.length,
    attached,
    left: [...new Set(left)],
    undoneImports: [...new Set(undone)],
  }
}

/** Fields of the kept record that still hold what the merge wrote get their former values; gives the others. */
async function giveBack(work: Work, kinds: Kinds, entry: StoredEntry): Promise<string[]> {
  const of = await openRecords(work, kinds, entry.kind, 'write')
  if (entry.kept_id === null || !(await readRecord(of, entry.kept_id, 'lock'))) return []
  const kept = await requireRecord(of, entry.kept_id)
  const changes = Object.entries(entry.changes ?? {})
  const holds = ([field, { after }]: (typeof changes)[number]): boolean =>
    (kept.values[field] ?? null) === after
  const unfit = await unfitFields(
    work,
    changes.flatMap(([name, { before }]) => {
      const field = of.kind.fields.find((candidate) => candidate.name === name)
      return field ? [{ field, text: sql`${before}::text` }] : []
    }),
  )
  const returns = (change: (typeof changes)[number]): boolean => holds(change) && !unfit.includes(change[0])
  const values = Object.fromEntries(changes.filter(returns).map(([field, { before }]) => [field, before]))
  await applyChanges(of, kept, values, 'record.unmerged', { title: entry.title })
  return changes.filter((change) => !returns(change)).map(([field]) => field)
}

async function attachAgain(of: RecordScope, entry: StoredEntry): Promise<number> {
  let attached = 0
  const byReferrer = Map.groupBy(entry.moved, ({ kind, field }) => `${kind}.${field}`)
  for (const referrer of referrersOf(of)) {
    const moved = byReferrer.get(`${referrer.kind.name}.${referrer.field.name}`) ?? []
    if (moved.length === 0) continue
    const ids = moved.map(({ id }) => id)
    const back = await pointBack(of, referrer, ids, entry.record_id, entry.kept_id)
    if (back.length > 0) requirePermission(of.work, accessOf(referrer.kind).write)
    attached += back.length
    await tell(
      of.work,
      back.map((id) => ({
        kind: referrer.kind.name,
        recordId: id,
        event: 'record.attached_again',
        params: { title: entry.title },
      })),
    )
  }
  return attached
}
