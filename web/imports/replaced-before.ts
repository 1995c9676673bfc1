/**
 * What a source was before its file was replaced, kept for this window so that a reload loses nothing. Findings
 * are those of the whole import: a better file of clients mends the contact persons too.
 */
import type { ImportView } from '../../src/imports/contract.ts'

type Source = ImportView['sources'][number]

export type Before = {
  readonly source: number
  readonly fileId: string
  readonly rows: number | null
  readonly columns: readonly string[]
  /** Null where it was not checked. */
  readonly errors: number | null
  readonly warnings: number | null
}

const keyOf = (id: string): string => `carryover.replaced.${id}`

export function keepBefore(run: ImportView, source: Source): void {
  const before: Before = { source: source.source, fileId: source.fileId, ...describe(run, source) }
  sessionStorage.setItem(keyOf(run.id), JSON.stringify(before))
}

export function readBefore(id: string): Before | null {
  const kept = sessionStorage.getItem(keyOf(id))
  return kept === null ? null : (JSON.parse(kept) as Before)
}

export function forgetBefore(id: string): void {
  sessionStorage.removeItem(keyOf(id))
}

export type Change = {
  readonly rows: number | null
  readonly columns: number
  readonly errors: number | null
  readonly warnings: number | null
  readonly added: readonly string[]
  readonly gone: readonly string[]
}

export function compareSource(run: ImportView, source: Source, before: Before): Change {
  const now = describe(run, source)
  return {
    ...now,
    columns: now.columns.length,
    added: now.columns.filter((name) => !before.columns.includes(name)),
    gone: before.columns.filter((name) => !now.columns.includes(name)),
  }
}

function describe(run: ImportView, source: Source): Omit<Before, 'source' | 'fileId'> {
  const isChecked = run.counts !== null && run.status !== 'incomplete' && run.status !== 'checking'
  const count = (severity: 'error' | 'warning') =>
    isChecked
      ? run.findingGroups.reduce((sum, group) => sum + (group.severity === severity ? group.count : 0), 0)
      : null
  return {
    rows: source.rows ?? source.reading.rowsEstimated,
    columns: source.reading.columns,
    errors: count('error'),
    warnings: count('warning'),
  }
}
