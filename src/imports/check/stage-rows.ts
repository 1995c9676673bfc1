/**
 * Reads, maps and stages every row of a source: bytes in, staging rows and findings out, in flat memory.
 * Two COPYs run at once: rows on one connection, findings (if there are any) on another.
 */
import type pg from 'pg'
import type { ByteSource, Finding, Row, Totals } from '../../tabular/tabular.ts'
import { readRowBatches } from '../../tabular/tabular.ts'
import { type CopyWriter, encodeCells, openCopy } from '../copy-writer.ts'
import type { RowMapper } from '../map/compile.ts'
import { actionLetters } from '../record.ts'
import { type ImportId, type RunSource, stagingTable } from '../run.ts'
import {
  countStaged,
  createRowsSql,
  createSideTablesSql,
  indexStagingSql,
  type StagedActions,
  stagedColumns,
} from '../staging.store.ts'
import { openFindings } from './copy-findings.ts'
import { type StagedChildren, stageChildren } from './stage-children.ts'

export type StageInput = {
  readonly importId: ImportId
  readonly source: RunSource
  readonly mapper: RowMapper
  readonly bytes: ByteSource
  readonly connect: (purpose: string) => Promise<pg.Client>
  readonly signal: AbortSignal
  readonly onProgress: (rows: number, bytesRead: number) => void
}

export type StagedSource = {
  /** Rows by what converting gave them. */
  readonly actions: StagedActions
  /** The same of the children of each kind that the mapping fills. */
  readonly children: readonly StagedActions[]
  readonly totals: Totals | null
}

export async function stageSource(input: StageInput): Promise<StagedSource> {
  const { importId, source, mapper } = input
  const part = { source: source.source, part: 0 }
  const table = stagingTable(importId, part)
  const client = await input.connect('staging')
  const findings = openFindings(input.connect, table.findings)
  const children: StagedChildren[] = []
  try {
    for (const [at, child] of mapper.children.entries())
      children.push(await stageChildren(input, child, at + 1))
    await client.query(createSideTablesSql(importId, part))
    // Made and filled in one transaction, so that rows need no later look at who committed them (FREEZE).
    await client.query('begin')
    await client.query(createRowsSql(importId, part, mapper.fields.length))
    const columns = stagedColumns(part, mapper.fields.length)
    const writer = openCopy(client, table.rows, columns, { freeze: true, blankIsNull: true })
    // Asked of the person under Columns, and said again on the rows that cannot be read without an answer.
    for (const finding of source.reading.findings)
      if (finding.code !== 'column.date_order_unsettled') await findings.add(finding)
    const staged = await copyRows(input, writer, findings.add, children)
    const copied = await writer.end()
    const rows = countStaged(staged.actions)
    if (copied !== rows) throw new Error(`Staged ${copied} rows of ${rows}.`)
    await client.query('commit')
    await findings.end()
    await client.query(indexStagingSql(importId, part))
    const counts: StagedActions[] = []
    for (const child of children) counts.push(await child.end())
    return { ...staged, children: counts }
  } finally {
    for (const child of children) await child.close()
    await findings.close()
    await client.end().catch(() => client.connection.stream.destroy())
  }
}

async function copyRows(
  input: StageInput,
  writer: CopyWriter,
  addFinding: (finding: Finding) => Promise<void>,
  children: readonly StagedChildren[],
): Promise<Omit<StagedSource, 'children'>> {
  const { mapper, signal } = input
  const actions = { create: 0, skip: 0, fail: 0 }
  let totals: Totals | null = null
  for await (const batch of readRowBatches(input.bytes, input.source.reading, {
    source: input.source.source,
    signal,
  })) {
    const broken = rowsWithErrors(batch.findings)
    for (const finding of batch.findings) await addFinding(finding)
    for (const row of batch.rows) {
      const record = mapper.map(row)
      const left = mapper.leftOut?.(row) ?? null
      if (left) {
        await addFinding(left)
        actions.skip += 1
        writer.addEncoded(encodeStaged(row, actionLetters.skip, record.values))
        if (writer.isDue()) await writer.settle()
        continue
      }
      let hasFailed = broken?.has(row.row) ?? false
      if (record.findings.length > 0)
        for (const finding of record.findings) {
          hasFailed ||= finding.severity === 'error'
          await addFinding(finding)
        }
      const action = hasFailed ? 'fail' : 'create'
      actions[action] += 1
      writer.addEncoded(encodeStaged(row, actionLetters[action], record.values))
      if (writer.isDue()) await writer.settle()
      for (const child of children) await child.add(row)
    }
    totals = batch.totals ?? totals
    signal.throwIfAborted()
    input.onProgress(countStaged(actions), batch.bytesRead)
  }
  return { actions, totals }
}

function encodeStaged(row: Row, action: string, values: readonly (string | null)[]): string {
  const place = `${row.row}\t${row.line}\t${action}`
  return values.length === 0 ? place : `${place}\t${encodeCells(values)}`
}

function rowsWithErrors(findings: readonly Finding[]): Set<number> | null {
  let broken: Set<number> | null = null
  for (const finding of findings)
    if (finding.severity === 'error' && finding.row > 0) {
      broken ??= new Set()
      broken.add(finding.row)
    }
  return broken
}
