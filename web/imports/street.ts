/** Which steps of the street can be visited in which state, and where an import opens by itself. */
import type { ImportView } from '../../src/imports/contract.ts'
import type { Step } from '../ui/steps.tsx'

export const steps = ['file', 'columns', 'check', 'approve', 'result', 'undo'] as const
export type StepName = (typeof steps)[number]

export function isStep(name: string): name is StepName {
  return steps.some((step) => step === name)
}

export function naturalStep(run: ImportView): StepName {
  switch (run.status) {
    case 'incomplete':
      return 'columns'
    case 'checking':
    case 'failed':
    case 'waiting_for_approval':
      return 'check'
    default:
      return 'result'
  }
}

/** The record of a load is there from its approval on, even when it was undone since. */
export function stepStates(run: ImportView): Record<Exclude<StepName, 'undo'>, Step['state']> {
  const isChecked = run.checkedAt !== null && run.counts !== null
  const isMissing = run.sources.some((source) => source.missingFields.length > 0)
  const isOver = run.loadedAt !== null || run.status === 'cancelled' || run.status === 'in_progress'
  const waits = run.status === 'waiting_for_approval'
  return {
    file: 'done',
    columns: run.status === 'incomplete' ? (isMissing ? 'trouble' : 'open') : 'done',
    check:
      run.status === 'failed'
        ? 'trouble'
        : isChecked
          ? 'done'
          : run.status === 'checking'
            ? 'open'
            : 'locked',
    approve: run.approval !== null && isOver ? 'done' : waits ? 'open' : 'locked',
    result: run.loadedAt !== null ? 'done' : isOver ? 'open' : 'locked',
  }
}
