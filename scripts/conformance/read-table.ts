/** A file read as `carryover read` reads it, whole: the suites are small. */
import {
  type ByteSource,
  detectReading,
  type Finding,
  type Reading,
  type ReadOptions,
  readRowBatches,
} from '../../src/tabular/tabular.ts'

export type TableRead = {
  readonly reading: Reading
  /** The header as it stands in the file, one cell for each column; null when there is none. */
  readonly header: readonly string[] | null
  readonly rows: readonly (readonly string[])[]
  readonly findings: readonly Finding[]
}

export async function readTable(source: ByteSource, options: ReadOptions = {}): Promise<TableRead> {
  const reading = await detectReading(source, options)
  const rows: (readonly string[])[] = []
  const findings = [...reading.findings]
  for await (const batch of readRowBatches(source, reading, { source: 0 })) {
    for (const row of batch.rows) rows.push(row.cells)
    findings.push(...batch.findings)
  }
  const { header, columns } = reading
  return { reading, header: header && columns.map((_, at) => header[at] ?? ''), rows, findings }
}

/** Header and rows, as they stand in the clean file. */
export function allRows({ header, rows }: TableRead): (readonly string[])[] {
  return header === null ? [...rows] : [header, ...rows]
}
