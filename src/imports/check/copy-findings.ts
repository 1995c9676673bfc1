/** Findings of a part on their way into staging: usually few, so their connection is opened with the first one. */
import type pg from 'pg'
import type { Finding } from '../../tabular/tabular.ts'
import { type CopyWriter, openCopy } from '../copy-writer.ts'

const findingColumns = ['row_number', 'line', 'column_number', 'field', 'code', 'severity', 'value', 'params']

export type FindingsWriter = {
  readonly add: (finding: Finding) => Promise<void>
  readonly end: () => Promise<void>
  /** To be called in any case. */
  readonly close: () => Promise<void>
}

export function openFindings(
  connect: (purpose: string) => Promise<pg.Client>,
  table: string,
): FindingsWriter {
  let client: pg.Client | null = null
  let writer: CopyWriter | null = null
  return {
    add: async (finding) => {
      if (writer === null) {
        client = await connect('findings')
        writer = openCopy(client, table, findingColumns)
      }
      writer.add([
        String(finding.row),
        String(finding.line),
        finding.column === null ? null : String(finding.column),
        finding.field,
        finding.code,
        finding.severity,
        finding.value,
        JSON.stringify(finding.params),
      ])
      await writer.settle()
    },
    end: async () => {
      await writer?.end()
    },
    close: async () => {
      await client?.end().catch(() => client?.connection.stream.destroy())
    },
  }
}
