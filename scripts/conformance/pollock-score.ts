/**
 * The measures of the Pollock benchmark (VLDB 2023): success and the precision, recall and F1 of header, records
 * and cells as multisets. Header and records compare normalised cells, and a record is all of its cells joined.
 */
import { normaliseCell } from './pollock-cells.ts'

export type Measures = {
  /** Sum of the ten measures, at most 10. */
  readonly total: number
  readonly header: number
  readonly records: number
  readonly cells: number
}

type Rows = readonly (readonly string[])[]

const PERFECT: Measures = { total: 10, header: 1, records: 1, cells: 1 }
export const FAILURE: Measures = { total: 0, header: 0, records: 0, cells: 0 }

export function measure(expected: Rows, loaded: Rows): Measures {
  if (expected.length === 0) return PERFECT
  const header = overlap(headerOf(expected), headerOf(loaded))
  const records = overlap(recordsOf(expected), recordsOf(loaded))
  const cells = overlap(expected.flat(), loaded.flat())
  return {
    total: 1 + header.sum + records.sum + cells.sum,
    header: header.f1,
    records: records.f1,
    cells: cells.f1,
  }
}

function headerOf(rows: Rows): string[] {
  return (rows[0] ?? []).map(normaliseCell)
}

export function recordsOf(rows: Rows): string[] {
  return rows.slice(1).map((cells) => cells.map(normaliseCell).join(''))
}

/** Precision, recall and F1 of two multisets; nothing expected is always met. */
function overlap(expected: readonly string[], loaded: readonly string[]): { f1: number; sum: number } {
  if (expected.length === 0) return { f1: 1, sum: 3 }
  const counts = countsOf(expected)
  let both = 0
  for (const item of loaded) {
    const left = counts.get(item) ?? 0
    if (left === 0) continue
    counts.set(item, left - 1)
    both++
  }
  if (both === 0) return { f1: 0, sum: 0 }
  const ofExpected = both / expected.length
  const ofLoaded = both / loaded.length
  const f1 = (2 * ofExpected * ofLoaded) / (ofExpected + ofLoaded)
  return { f1, sum: ofExpected + ofLoaded + f1 }
}

function countsOf(items: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1)
  return counts
}
