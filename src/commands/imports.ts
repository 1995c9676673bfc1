/** `carryover imports`: the list, or one import as it stands. */
import { findImport, type ImportStatus, type ImportView, listImports } from '../imports/contract.ts'
import { type ConnectionOptions, inConnection } from './connection.ts'
import { exits } from './exit.ts'
import {
  describeBalance,
  describeFile,
  describeFindings,
  describeNext,
  statusText,
  summaryOf,
} from './import-report.ts'
import { type Output, plain, table } from './output.ts'

export type ListOptions = { readonly limit?: number; readonly status?: ImportStatus }

export async function runImports(
  id: string | undefined,
  options: ListOptions & ConnectionOptions,
  output: Output,
): Promise<number> {
  return inConnection(options, output, async (connection) => {
    if (id === undefined) {
      const found = await connection.call(listImports, {
        query: { limit: options.limit ?? 50, ...(options.status ? { status: options.status } : {}) },
      })
      if (output.isJson) output.tell(found)
      else output.say(describeList(found, output))
      return exits.done
    }
    const view = await connection.call(findImport, { params: { id } })
    if (output.isJson) output.tell(summaryOf(view))
    output.say(describeFile(view, output))
    output.say(`  ${statusText(view.status, output)}`)
    if (view.reason) output.say(`  ${view.reason}`)
    output.say(await describeFindings(connection, view, output))
    output.say(describeBalance(view, output))
    output.say(describeUndone(view, output))
    output.say(describeNext(connection, view, output, nextOf(view)))
    return exits.done
  })
}

function describeList(
  found: {
    imports: readonly (typeof listImports)['response']['_output']['imports'][number][]
    next: string | null
  },
  output: Output,
): string[] {
  const { words, number } = output
  if (found.imports.length === 0) return [words('noImports')]
  const rows = found.imports.map((item) => [
    item.id,
    item.label,
    item.kind,
    words(item.status),
    item.counts ? number(item.counts.rows) : '',
    item.counts ? number(item.counts.failed) : '',
    item.createdBy.name,
    plain(item.fileName),
  ])
  const lines = table(
    [
      { title: 'id', align: 'right' },
      { title: words('label') },
      { title: words('kind') },
      { title: words('status') },
      { title: words('rows'), align: 'right' },
      { title: words('failedRows'), align: 'right' },
      { title: words('by'), most: 24 },
      { title: words('file') },
    ],
    rows,
    { indent: 0, width: output.width, heading: (text) => output.paint('dim', text) },
  )
  return found.next === null ? lines : [...lines, words('moreImports')]
}

function describeUndone(view: ImportView, output: Output): string[] {
  if (!view.undo) return []
  const { words, number } = output
  const { reversed, kept, blocked } = view.undo
  const parts = [
    `${number(reversed)} ${words('reversed')}`,
    `${number(kept)} ${words('kept')}`,
    `${number(blocked)} ${words('blocked')}`,
  ]
  return ['', `  ${parts.join(', ')}  (${view.undo.by.name}, ${view.undo.at.slice(0, 16).replace('T', ' ')})`]
}

function nextOf(view: ImportView): ('undo' | 'findings' | 'approve')[] {
  return [
    ...(view.may.approve ? (['approve'] as const) : []),
    'findings' as const,
    ...(view.may.undo ? (['undo'] as const) : []),
  ]
}
