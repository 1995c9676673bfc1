/**
 * Undo in the caller's transaction: what stays is written down with its reason first, then created records
 * are deleted and changed ones restored.
 */
import type { KindDeclaration, Kinds } from '../../kinds/kinds.ts'
import type { Work } from '../../platform/work.ts'
import { tellRestored } from '../record-events.ts'
import type { ImportRun } from '../run.ts'
import {
  countOutcomes,
  deleteCreated,
  keepOutcomes,
  lastRow,
  restoreUpdated,
  type UndoCounts,
  type UndoTarget,
} from './undo.store.ts'

export type UndoInput = {
  readonly work: Work
  readonly kinds: Kinds
  readonly run: ImportRun
  readonly signal: AbortSignal
  readonly onProgress: (records: number) => void
}

const rowsPerStep = 50_000

export async function undoRecords(input: UndoInput): Promise<UndoCounts> {
  const total = { reversed: 0, kept: 0, blocked: 0 }
  for (const kind of kindsOf(input)) {
    const target: UndoTarget = { work: input.work, kinds: input.kinds, kind, importId: input.run.id }
    const planned = await countOutcomes(target)
    if (planned.kept + planned.blocked > 0) await keepOutcomes(target)
    const restored = await restoreUpdated(target, kind.fields)
    if (restored > 0) await tellRestored({ ...target, label: input.run.label })
    const deleted = await deleteInSteps(input, target)
    if (restored + deleted !== planned.reversed)
      throw new Error(`Undo reversed ${restored + deleted} records of ${planned.reversed}.`)
    total.reversed += planned.reversed
    total.kept += planned.kept
    total.blocked += planned.blocked
  }
  return total
}

/** The kinds of an import, the last loaded first. */
function kindsOf(input: UndoInput): KindDeclaration[] {
  return [...new Set(input.run.sources.map((source) => source.kind))]
    .reverse()
    .map((name) => input.kinds.get(name))
}

async function deleteInSteps(input: UndoInput, target: UndoTarget): Promise<number> {
  const last = await lastRow(target)
  let deleted = 0
  for (let from = 0; from <= last; from += rowsPerStep) {
    input.signal.throwIfAborted()
    deleted += await deleteCreated(target, from, from + rowsPerStep)
    input.onProgress(deleted)
  }
  return deleted
}
