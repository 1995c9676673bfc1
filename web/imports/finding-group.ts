/** Groups of findings: which one the address names, and what tells it from others of the same title. */
import type { FindingGroup } from '../../src/imports/check/contract.ts'
import type { ImportView } from '../../src/imports/contract.ts'
import { useFieldLabels } from './kinds.ts'

type Chosen = { readonly code?: string; readonly field?: string; readonly source?: string }

export function isGroup(group: FindingGroup, chosen: Chosen): boolean {
  return (
    chosen.code === group.code &&
    (chosen.field ?? null) === group.field &&
    (chosen.source === undefined || Number(chosen.source) === group.source)
  )
}

/** The field, and of several sources the file. */
export function useFindingWords(run: ImportView): (group: FindingGroup) => string[] {
  const fieldLabel = useFieldLabels(run)
  return ({ field, source }) => [
    ...(field === null ? [] : [fieldLabel(field, source)]),
    ...(run.sources.length > 1 ? [nameOf(run, source)] : []),
  ]
}

function nameOf(run: ImportView, source: number): string {
  const of = run.sources.find((one) => one.source === source)
  return of?.reading.sheet?.name ?? of?.fileName ?? String(source + 1)
}
