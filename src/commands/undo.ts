/** `carryover undo`: what an undo would do, or the undo itself, in three lists with their reasons. */
import type { z } from 'zod'
import { findImport, undoImport } from '../imports/contract.ts'
import { previewUndo } from '../imports/undo/contract.ts'
import { type Connection, type ConnectionOptions, inConnection } from './connection.ts'
import { exits } from './exit.ts'
import { untilRest } from './follow.ts'
import { type Output, table } from './output.ts'

type Preview = z.output<(typeof previewUndo)['response']>
type Counts = Preview['counts']
type Outcome = keyof Counts

const outcomes: readonly Outcome[] = ['reversed', 'kept', 'blocked']
const shown = 10

export async function runUndo(
  id: string,
  options: ConnectionOptions & { readonly preview?: boolean },
  output: Output,
): Promise<number> {
  return inConnection(options, output, async (connection) => {
    const { words } = output
    const before = await connection.call(findImport, { params: { id } })
    const preview = await connection.call(previewUndo, { params: { id }, query: { limit: 1 } })
    const lists = output.isJson ? [] : await describeOutcomes(connection, id, preview.counts, output)
    if (options.preview) {
      output.say([output.paint('bold', words('undoPreview', { id, label: before.label })), ...lists])
      if (output.isJson) output.tell({ id, status: before.status, counts: preview.counts })
      return exits.done
    }
    await connection.work()
    await connection.call(undoImport, { params: { id } })
    const view = await untilRest(connection, id, output)
    const isUndone = view.status === 'undone' || view.status === 'partly_undone'
    const { reversed, kept, blocked } = (isUndone && view.undo) || { reversed: 0, kept: 0, blocked: 0 }
    if (output.isJson) output.tell({ id, status: view.status, counts: { reversed, kept, blocked } })
    const sentence = !isUndone ? 'undoReturned' : view.status === 'undone' ? 'undoDone' : 'undoPartly'
    output.say(output.paint('bold', words(sentence, { id, label: view.label })))
    if (isUndone) output.say(lists)
    return isUndone ? exits.done : exits.outage
  })
}

/** The three numbers, and for what stays the first records with the reason. */
async function describeOutcomes(
  connection: Connection,
  id: string,
  counts: Counts,
  output: Output,
): Promise<string[]> {
  const lines: string[] = []
  const width = Math.max(...outcomes.map((outcome) => output.words(outcome).length))
  for (const outcome of outcomes) {
    const count = counts[outcome]
    lines.push(`  ${output.words(outcome).padEnd(width)}  ${output.number(count)}`)
    if (count === 0 || outcome === 'reversed') continue
    const { records } = await connection.call(previewUndo, {
      params: { id },
      query: { outcome, limit: shown },
    })
    const rows = records.map(({ id: record, title, because }) => [`#${record}`, title, because ?? ''])
    lines.push(...table([{}, { most: 32 }, {}], rows, { indent: 4, width: output.width }))
    if (count > records.length)
      lines.push(`    ${output.words('moreFindings', { count: output.number(count - records.length) })}`)
  }
  return lines
}
