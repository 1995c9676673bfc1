/** The address of an import, or of one of its steps, as links take it. */
import type { StepName } from './street.ts'

export type StepSearch = {
  readonly action?: string
  readonly code?: string
  readonly field?: string
  readonly from?: string
  readonly view?: string
  readonly outcome?: string
  readonly source?: string
  readonly kind?: string
}

export function toImport(id: string) {
  return { to: '/imports/$id', params: { id } } as const
}

export function toStep(id: string, step: StepName, search: StepSearch = {}) {
  return { to: '/imports/$id/$step', params: { id, step }, search } as const
}
