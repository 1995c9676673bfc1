/** An import as text: how the file was read, the plan, where the bad cells are, the balance, what to do next. */
import type { z } from 'zod'
import { type describePlan, listFindings } from '../imports/check/contract.ts'
import type { FindingView, ImportStatus, ImportView } from '../imports/contract.ts'
import { type KindDescription, listKinds } from '../kinds/contract.ts'
import type { Connection } from './connection.ts'
import { type Output, plain, table, wrap } from './output.ts'

export type Plan = z.output<(typeof describePlan)['response']>

const badCells = 10
const fieldsOfExample = 5

/** What `--json` prints of an import. */
export function summaryOf(view: ImportView) {
  const codes = new Map<string, number>()
  for (const { code, count } of view.findingGroups) codes.set(code, (codes.get(code) ?? 0) + count)
  return {
    id: view.id,
    label: view.label,
    status: view.status,
    counts: writtenCounts(view),
    findings: [...codes].map(([code, count]) => ({ code, count })),
    undoable: view.status === 'completed' || view.status === 'partly_undone',
  }
}

/** What stands in the store: of an import that failed as a whole nothing does, whatever its plan was. */
function writtenCounts({ status, counts }: ImportView): ImportView['counts'] {
  if (!counts || (status !== 'failed' && status !== 'cancelled')) return counts
  return { ...counts, loaded: 0, created: 0, updated: 0, joined: 0, skipped: counts.skipped + counts.loaded }
}

export function statusText(status: ImportStatus, output: Output): string {
  const text = output.words(status)
  if (status === 'completed') return output.paint('green', text)
  if (status === 'failed') return output.paint('red', text)
  return status === 'waiting_for_approval' ? output.paint('yellow', text) : text
}

export function describeFile(view: ImportView, output: Output): string[] {
  const { words, paint } = output
  const lines = view.sources.flatMap((source) => {
    const head = words('importOf', {
      file: plain(source.fileName),
      kind: source.kind,
      id: view.id,
      label: view.label,
    })
    const { columns: named, gather, distinct } = source.mapping
    // Of a source that only takes one value from each row, the other columns are somebody else's.
    if (distinct) return [paint('bold', head), `  ${source.readingSentence}`]
    const assigned = new Set([...named, ...(gather?.columns ?? [])].map((column) => column.column))
    const rest = source.reading.columns.filter((_, at) => !assigned.has(at))
    const count = source.reading.columns.length
    const columns =
      rest.length === 0
        ? [words('allAssigned', { count })]
        : [
            words('someAssigned', { some: count - rest.length, count }),
            paint('yellow', words('leftOut', { columns: rest.map(plain).join(', ') })),
          ]
    return [paint('bold', head), `  ${source.readingSentence}`, ...columns.map((line) => `  ${line}`)]
  })
  if (view.sameFileAs.length === 0) return lines
  const earlier = view.sameFileAs.map(({ label, status }) => `${label} (${words(status)})`)
  return [...lines, `  ${paint('yellow', words('sameFile', { imports: earlier.join(', ') }))}`]
}

export function describePlanOf(view: ImportView, plan: Plan, kinds: Labels, output: Output): string[] {
  const { words, paint } = output
  const lines = ['', paint('bold', words('plan'))]
  if (view.headline) lines.push(...wrap(`  ${view.headline}`, output.width, 2))
  lines.push(...plan.policies.map((policy) => `  ${paint('dim', policy)}`))
  if (plan.creates.length > 0) {
    lines.push('', `  ${words('wouldCreate')}`)
    lines.push(...examples(plan.creates, view, kinds, output))
  }
  if (plan.updates.length > 0) {
    lines.push('', `  ${words('wouldUpdate')}`)
    lines.push(...examples(plan.updates, view, kinds, output))
  }
  if (plan.skipped.length > 0) {
    lines.push('', `  ${words('wouldSkip')}`)
    lines.push(
      ...plan.skipped.map(
        ({ row, sentence }) => `    ${words('row')} ${output.number(row)}  ${plain(sentence)}`,
      ),
    )
  }
  return lines
}

function examples(found: Plan['creates'], view: ImportView, labels: Labels, output: Output): string[] {
  const rows = found.map((example) => {
    const fields = example.fields
      .filter(({ before, after }) => !(before === null && after === example.title))
      .slice(0, fieldsOfExample)
      .map(({ field, before, after }) => {
        const label = labels(view.kind, field)
        return before === null && example.recordId === null
          ? `${label} ${after ?? ''}`
          : `${label}: ${before ?? '–'} → ${after ?? '–'}`
      })
    return [`${output.words('row')} ${output.number(example.row)}`, example.title, fields.join(' · ')]
  })
  return table([{}, { most: 32 }, {}], rows, { indent: 4, width: output.width })
}

/** The first cells that cannot be loaded, each with its place, and how to get all. */
export async function describeFindings(
  connection: Connection,
  view: ImportView,
  output: Output,
): Promise<string[]> {
  const { words, paint } = output
  const errors = view.findingGroups.filter(({ severity }) => severity === 'error')
  const others = view.findingGroups.filter(({ severity }) => severity !== 'error')
  const total = errors.reduce((sum, { count }) => sum + count, 0)
  const lines: string[] = []
  if (total > 0) {
    const { findings } = await connection.call(listFindings, {
      params: { id: view.id },
      query: { severity: 'error', limit: badCells },
    })
    lines.push('', paint('bold', words('badCells')), ...badCellTable(findings, output))
    if (total > findings.length)
      lines.push(`  ${words('moreFindings', { count: output.number(total - findings.length) })}`)
  }
  if (others.length > 0) {
    lines.push('', paint('bold', words('alsoNoted')))
    const rows = others.map(({ count, title }) => [`${output.number(count)} ×`, title])
    lines.push(...table([{ align: 'right' }, {}], rows, { width: output.width }))
  }
  return lines
}

function badCellTable(findings: readonly FindingView[], output: Output): string[] {
  const { words } = output
  const rows = findings.map((finding) => [
    output.number(finding.row),
    output.number(finding.line),
    finding.columnName ?? words('wholeRow'),
    finding.value ?? '',
    finding.sentence,
  ])
  return table(
    [
      { title: words('row'), align: 'right' },
      { title: words('line'), align: 'right' },
      { title: words('column'), most: 24 },
      { title: words('value'), most: 28 },
      { title: words('what') },
    ],
    rows,
    { width: output.width, heading: (text) => output.paint('dim', text) },
  )
}

/** The rows of the file, each in exactly one line, adding up to all of them. */
export function describeBalance(view: ImportView, output: Output): string[] {
  const { words, paint, number } = output
  const { counts } = view
  if (!counts) return []
  const isLoaded = view.loadedAt !== null
  const records = [
    `${number(counts.created)} ${words('created')}`,
    `${number(counts.updated)} ${words('updated')}`,
    ...(counts.joined > 0 ? [`${number(counts.joined)} ${words('joined')}`] : []),
  ].join(', ')
  const parts: [string, number, string][] = [
    [words('loaded'), counts.loaded, counts.loaded > 0 ? records : ''],
    [words('unchanged'), counts.unchanged, ''],
    [words('skipped'), counts.skipped, ''],
    [words('failedRows'), counts.failed, ''],
  ]
  const sum = parts.reduce((all, [, count]) => all + count, 0)
  const isBalanced = sum === counts.rows && view.balanced !== false
  const verdict = isBalanced
    ? paint('green', `✓ ${words('addsUp')}`)
    : paint('red', `✗ ${words('doesNotAddUp')}`)
  const all: [string, number, string][] = [...parts, [words('rowsInFile'), counts.rows, '']]
  const nameWidth = Math.max(...all.map(([name]) => name.length))
  const countWidth = Math.max(...all.map(([, count]) => number(count).length))
  const line = ([name, count, remark]: [string, number, string]): string =>
    `  ${name.padEnd(nameWidth)}  ${number(count).padStart(countWidth)}${remark === '' ? '' : `   ${paint('dim', remark)}`}`
  return [
    '',
    paint('bold', words(isLoaded ? 'balance' : 'balancePlanned')),
    ...parts.map(line),
    `  ${'─'.repeat(nameWidth + 2 + countWidth)}`,
    `${line(all.at(-1)!)}   ${verdict}`,
  ]
}

/** Commands and addresses for what comes next, aligned. */
export function describeNext(
  connection: Connection,
  view: ImportView,
  output: Output,
  what: readonly ('undo' | 'findings' | 'approve')[],
): string[] {
  const { words } = output
  const { id } = view
  const rows = [
    ...(what.includes('approve') ? [[words('toApprove'), `carryover approve ${id}${connection.hint}`]] : []),
    ...(what.includes('findings') && view.findingGroups.length > 0
      ? [[words('toFindings'), `carryover findings ${id}${connection.hint} -o findings-${id}.csv`]]
      : []),
    ...(what.includes('undo') ? [[words('toUndo'), `carryover undo ${id}${connection.hint}`]] : []),
    ...(connection.web ? [[words('toOpen'), `${connection.web}/imports/${id}`]] : []),
  ]
  const options = { indent: 0, width: Number.POSITIVE_INFINITY }
  return rows.length === 0 ? [] : ['', ...table([{}, {}], rows, options)]
}

export type Labels = (kind: string, field: string) => string

/** Names of fields as a person knows them. */
export async function readLabels(connection: Connection, output: Output): Promise<Labels> {
  const { kinds } = await connection.call(listKinds, {})
  const byName = new Map<string, KindDescription>(kinds.map((kind) => [kind.name, kind]))
  return (kind, field) =>
    byName.get(kind)?.fields.find(({ name }) => name === field)?.labels[output.language] ?? field
}
