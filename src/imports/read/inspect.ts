/**
 * A first look at a file: how it is read, and what its columns hold. Bounded by rows and bytes, so it takes
 * the same time for any size; what it keeps of each column is enough to suggest fields and formats.
 */
import {
  type ByteSource,
  detectReading,
  type Reading,
  type ReadOptions,
  readRowBatches,
} from '../../tabular/tabular.ts'
import type { ColumnFacts } from '../run.ts'

export const rowsLookedAt = 20_000
export const bytesLookedAt = 8 * 1024 * 1024
const samplesKept = 60
/** Over all columns, so that a file of thousands of columns does not become a row of megabytes. */
const samplesKeptInAll = 12_000
const sampleLength = 200

export type Inspection = { readonly reading: Reading; readonly columns: readonly ColumnFacts[] }

export async function inspectFile(bytes: ByteSource, chosen: ReadOptions): Promise<Inspection> {
  const reading = keepable(await detectReading(bytes, chosen))
  return { reading, columns: await describeColumns(bytes, reading) }
}

/** PostgreSQL keeps no NUL in text; one in a header is dropped, as those in cells are. */
function keepable(reading: Reading): Reading {
  const clean = (texts: readonly string[]): string[] => texts.map((text) => text.replaceAll('\0', ''))
  return { ...reading, columns: clean(reading.columns), header: reading.header && clean(reading.header) }
}

/** The first characters of a cell, no character cut in two: half of one cannot be kept. */
function beginning(cell: string): string {
  return cell.length <= sampleLength ? cell : cell.slice(0, sampleLength).replace(/[\uD800-\uDBFF]$/, '')
}

async function describeColumns(bytes: ByteSource, reading: Reading): Promise<ColumnFacts[]> {
  const perColumn = Math.max(
    3,
    Math.min(samplesKept, Math.floor(samplesKeptInAll / Math.max(1, reading.columns.length))),
  )
  const seen = reading.columns.map(() => new Set<string>())
  const filled = reading.columns.map(() => 0)
  let rows = 0
  for await (const batch of readRowBatches(bytes, reading, { source: 0, isPeek: true })) {
    for (const row of batch.rows) {
      rows += 1
      for (let at = 0; at < seen.length; at += 1) {
        const cell = row.cells[at]
        if (cell === undefined || cell === '') continue
        filled[at]! += 1
        if (seen[at]!.size < perColumn) seen[at]!.add(beginning(cell))
      }
    }
    if (rows >= rowsLookedAt || batch.bytesRead >= bytesLookedAt) break
  }
  return reading.columns.map((header, at) => ({ header, samples: [...seen[at]!], filled: filled[at]!, rows }))
}
