/**
 * Undo in the caller's transaction, kind by kind, what refers before what it refers to: what stays is written
 * down with its reason first, then created records are deleted and changed ones restored.
 */
import type { KindDeclaration, Kinds } from '../../kinds/kinds.ts'
import type { Work } from '../../platform/work.ts'
import { tellRestored } from '../record-events.ts'
import type { ImportRun } from '../run.ts'
import { countOutcomes, knownFields, type UndoCounts, type UndoTarget } from './outcomes.store.ts'
import { deleteCreated, keepOutcomes, lastRow, restoreUpdated } from './undo.store.ts'

export type UndoInput = {
  readonly work: Work
  readonly kinds: Kinds
  readonly run: ImportRun
  /** In the order in which they are reversed. */
  readonly order: readonly KindDeclaration[]
  readonly mode: UndoTarget['mode']
  readonly signal: AbortSignal
  readonly onProgress: (records: number) => void
}

const rowsPerStep = 50_000

/** What each kind of an import is to be asked, in the order in which they are reversed. */
export function undoTargets(
  of: Pick<UndoInput, 'work' | 'kinds' | 'mode'>,
  run: Pick<ImportRun, 'id'>,
  order: readonly KindDeclaration[],
): readonly UndoTarget[] {
  const { work, kinds, mode } = of
  return order.map((kind, at) => ({
    work,
    kinds,
    mode,
    kind,
    importId: run.id,
    before: order.slice(0, at).map(({ name }) => name),
  }))
}

export async function undoRecords(input: UndoInput): Promise<UndoCounts> {
  const total = { reversed: 0, kept: 0, blocked: 0 }
  for (const target of undoTargets(input, input.run, input.order)) {
    const counts = await undoKind(input, target, total.reversed)
    total.reversed += counts.reversed
    total.kept += counts.kept
    total.blocked += counts.blocked
  }
  return total
}

async function undoKind(input: UndoInput, target: UndoTarget, before: number): Promise<UndoCounts> {
  const planned = await countOutcomes(target)
  const hasKept = planned.kept + planned.blocked > 0
  await keepOutcomes(target, hasKept)
  const restored = target.mode === 'undo' ? await restoreUpdated(target, knownFields(target.kind)) : 0
  if (restored > 0) await tellRestored({ ...target, label: input.run.label })
  const deleted = await deleteInSteps(input, target, before, hasKept)
  if (restored + deleted !== planned.reversed)
    throw new Error(`Undo reversed ${restored + deleted} records of ${planned.reversed}.`)
  if (planned.reversed > 0) await target.kind.afterUndo?.(input.work)
  return planned
}

async function deleteInSteps(
  input: UndoInput,
  target: UndoTarget,
  before: number,
  hasKept: boolean,
): Promise<number> {
  const last = await lastRow(target)
  let deleted = 0
  for (let from = 0; from <= last; from += rowsPerStep) {
    input.signal.throwIfAborted()
    deleted += await deleteCreated(target, { from, to: from + rowsPerStep }, hasKept)
    input.onProgress(before + deleted)
  }
  return deleted
}
