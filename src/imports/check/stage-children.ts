/**
 * Stages the children of one kind beside the rows that they stand in, on connections of their own: each is
 * numbered by itself and names its row and its group.
 */
import type pg from 'pg'
import type { Row } from '../../tabular/tabular.ts'
import { encodeCells, openCopy } from '../copy-writer.ts'
import type { ChildMapper } from '../map/compile-children.ts'
import { actionLetters } from '../record.ts'
import { type ImportId, type RunSource, stagingTable } from '../run.ts'
import {
  createRowsSql,
  createSideTablesSql,
  indexStagingSql,
  type StagedActions,
  stagedColumns,
} from '../staging.store.ts'
import { openFindings } from './copy-findings.ts'

export type StagedChildren = {
  /** Stages what the groups of a row hold. */
  readonly add: (row: Row) => Promise<void>
  /** Ends the staging; resolves with the numbers of children. */
  readonly end: () => Promise<StagedActions>
  /** To be called in any case. */
  readonly close: () => Promise<void>
}

type Where = {
  readonly importId: ImportId
  readonly source: Pick<RunSource, 'source'>
  readonly connect: (purpose: string) => Promise<pg.Client>
}

export async function stageChildren(
  { importId, source, connect }: Where,
  child: ChildMapper,
  number: number,
): Promise<StagedChildren> {
  const part = { source: source.source, part: number }
  const table = stagingTable(importId, part)
  const width = child.fields.length
  const client = await connect('children')
  const findings = openFindings(connect, table.findings)
  const actions = { create: 0, skip: 0, fail: 0 }
  let staged = 0
  try {
    await client.query(createSideTablesSql(importId, part))
    await client.query('begin')
    await client.query(createRowsSql(importId, part, width))
  } catch (error) {
    await client.end().catch(() => client.connection.stream.destroy())
    throw error
  }
  const writer = openCopy(client, table.rows, stagedColumns(part, width), { freeze: true, blankIsNull: true })
  return {
    add: async (row) => {
      for (const record of child.map(row)) {
        staged += 1
        const hasFailed = record.findings.some(({ severity }) => severity === 'error')
        for (const finding of record.findings) await findings.add({ ...finding, row: staged })
        const action = hasFailed ? 'fail' : 'create'
        actions[action] += 1
        const place = `${staged}\t${row.line}\t${actionLetters[action]}\t${row.row}\t${record.group}`
        writer.addEncoded(`${place}\t${encodeCells(record.values)}`)
      }
      if (writer.isDue()) await writer.settle()
    },
    end: async () => {
      const copied = await writer.end()
      if (copied !== staged) throw new Error(`Staged ${copied} children of ${staged}.`)
      await client.query('commit')
      await findings.end()
      await client.query(indexStagingSql(importId, part))
      return actions
    },
    close: async () => {
      await findings.close()
      await client.end().catch(() => client.connection.stream.destroy())
    },
  }
}
