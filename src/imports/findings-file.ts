/** All findings of an import as a file, streamed page by page: nobody is spared a row, and memory stays flat. */
import { Readable } from 'node:stream'
import type { WorkScope } from '../platform/work.ts'
import { inWork } from '../platform/work.ts'
import { writeCsv, writeXlsx } from '../tabular/tabular.ts'
import { pageFindings, type StoredFinding } from './check/findings.store.ts'
import type { ImportEngine } from './engine.ts'
import type { ImportRun } from './run.ts'
import { findingContext, viewFinding } from './sentences.ts'
import type { FindingView } from './terms.ts'

const pageSize = 2000
const columns = ['row', 'line', 'column', 'field', 'severity', 'code', 'value', 'sentence'] as const

export async function streamFindings(
  engine: ImportEngine,
  scope: WorkScope,
  run: ImportRun,
  format: 'csv' | 'xlsx' | 'ndjson',
): Promise<Readable> {
  const pages = pagesOfFindings(engine, scope, run)
  if (format === 'ndjson') return Readable.from(asLines(pages))
  if (format === 'csv') return Readable.from(writeCsv(asCells(pages)))
  return writeXlsx('Findings', asCells(pages))
}

async function* pagesOfFindings(
  engine: ImportEngine,
  scope: WorkScope,
  run: ImportRun,
): AsyncGenerator<FindingView[]> {
  const kinds = await inWork(engine.platform, scope, (work) => engine.kinds.of(work))
  let after: StoredFinding | undefined
  for (;;) {
    const page = await inWork(engine.platform, { ...scope, role: 'loader' }, (work) =>
      pageFindings(work.db, work.org, run.id, {
        limit: pageSize,
        after: after && { source: after.source, row: after.row, seq: after.seq },
      }),
    )
    const { language } = scope.actor
    yield page.map((finding) => viewFinding(finding, findingContext(kinds, run, finding.source, language)))
    if (page.length < pageSize) return
    after = page.at(-1)
  }
}

async function* asLines(pages: AsyncIterable<FindingView[]>): AsyncGenerator<string> {
  for await (const page of pages) yield page.map((view) => `${JSON.stringify(view)}\n`).join('')
}

async function* asCells(pages: AsyncIterable<FindingView[]>): AsyncGenerator<readonly (readonly string[])[]> {
  yield [columns]
  for await (const page of pages)
    yield page.map((view) => [
      String(view.row),
      String(view.line),
      view.columnName ?? '',
      view.field ?? '',
      view.severity,
      view.code,
      view.value ?? '',
      view.sentence,
    ])
}
