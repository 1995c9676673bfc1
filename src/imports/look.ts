/** Looking into an import: first rows, columns, checked rows, findings, plan, records, what an undo would do. */
import type { z } from 'zod'
import { findOrganisation } from '../accounts/accounts.ts'
import { displayValue } from '../kinds/display.ts'
import { canonicalOf, fieldOf } from '../kinds/kinds.ts'
import { rows, sql } from '../platform/database.ts'
import { fillSentence } from '../platform/refusal.ts'
import type { Work } from '../platform/work.ts'
import type * as checkContract from './check/contract.ts'
import { exampleUpdates } from './check/examples.store.ts'
import { pageFindings, type StoredFinding } from './check/findings.store.ts'
import { type ImportEngine, mapperOf } from './engine.ts'
import { findingDeclaration } from './findings.ts'
import { findRun } from './imports.store.ts'
import { isUndoable, sourceOf } from './imports.ts'
import type * as loadContract from './load/contract.ts'
import { compileCell, converterOf } from './map/compile.ts'
import { missingFields } from './map/complete.ts'
import type * as mapContract from './map/contract.ts'
import { formatFor, suggestFor } from './map/suggest.ts'
import { refuseImport } from './refusals.ts'
import type { ImportRun, RunSource } from './run.ts'
import { displayFor, policySentences, suggestionSentence, viewFinding } from './sentences.ts'
import { countStaged, pageStaged, type StagedRow } from './staging.store.ts'
import type * as undoContract from './undo/contract.ts'
import { countOutcomes, pageOutcomes } from './undo/undo.store.ts'
import { undoReason } from './undo/undo-reasons.ts'

export type Answer<O extends { response: z.ZodType }> = z.output<O['response']>
export type Page<T> = Omit<T, 'cursor'> & { cursor?: string | undefined; limit: number }

function viewContext(engine: ImportEngine, work: Work, run: ImportRun, of: RunSource) {
  return { kind: engine.kinds.get(run.kind), columns: of.reading.columns, language: work.actor.language }
}

export async function describeColumns(
  engine: ImportEngine,
  work: Work,
  input: { id: string; source: number },
): Promise<Answer<typeof mapContract.describeColumns>> {
  const run = await findRun(work, input.id)
  const of = sourceOf(run, input.source)
  const kind = engine.kinds.get(of.kind)
  const { language } = work.actor
  const defaults = await findOrganisation(work)
  const suggestions = suggestFor(kind, of.columns)
  return {
    missingFields: missingFields(kind, of.mapping, run.settings),
    columns: of.columns.map((facts, column) => {
      const mapping = of.mapping.columns.find((candidate) => candidate.column === column) ?? null
      const suggestion = suggestions[column]!
      const field = mapping ? fieldOf(kind, mapping.field) : null
      const samples = facts.samples.slice(0, 3)
      const convert = field && mapping ? converterOf(field, withoutUndefined(mapping.format)) : null
      const cell = mapping ? compileCell(mapping) : null
      const hint = of.reading.hints[column]
      const asked = field ? formatFor(field, facts, hint, defaults).unsettled : null
      const isAnswered = asked === null || mapping?.format?.[asked] !== undefined
      return {
        column,
        header: facts.header,
        samples,
        suggestion: suggestion.field
          ? {
              field: suggestion.field,
              confidence: suggestion.confidence,
              reason: suggestionSentence(suggestion.reason, kind, language),
            }
          : null,
        alternatives: suggestion.alternatives.map(({ field: name, confidence }) => ({
          field: name,
          confidence,
        })),
        mapping,
        converted:
          field && convert && cell
            ? samples.map((sample) => {
                const text = cell(sample)
                const read = text === null ? null : convert(text)
                if (read === null || typeof read === 'string')
                  return { value: displayValue(field, read, language), problem: null }
                const sentence = findingDeclaration(read.code)[language]
                return { value: null, problem: fillSentence(sentence, { value: sample, ...read.params }) }
              })
            : [],
        question: isAnswered ? null : asked,
      }
    }),
  }
}

function withoutUndefined(format: mapContract.ColumnMapping['format']) {
  return Object.fromEntries(Object.entries(format ?? {}).filter(([, value]) => value !== undefined))
}

async function requireStaged(work: Work, run: ImportRun): Promise<NonNullable<ImportRun['plan']>> {
  if (!run.plan) throw refuseImport('import.not_checked')
  return run.plan
}

export async function describePlan(
  engine: ImportEngine,
  work: Work,
  id: string,
): Promise<Answer<typeof checkContract.describePlan>> {
  const run = await findRun(work, id)
  const plan = await requireStaged(work, run)
  const of = sourceOf(run, 0)
  const kind = engine.kinds.get(run.kind)
  const { language } = work.actor
  const { fields } = mapperOf(engine, run, of)
  const isThere = (await countStaged(work.db, run.id, 0)) !== null
  const creates =
    isThere && plan.counts.created > 0
      ? await pageStaged(work, run.id, 0, fields.length, { from: 1, limit: 3, action: 'create' })
      : []
  const updates =
    isThere && plan.counts.updated > 0
      ? await exampleUpdates(work, { org: work.org, kinds: engine.kinds, kind, fields }, run.id, 0, 3)
      : []
  const skipped = await pageFindings(work.db, work.org, run.id, { code: 'row.no_existing_record', limit: 3 })
  const view = viewContext(engine, work, run, of)
  const titleAt = fields.findIndex((mapped) => mapped.field.name === kind.title)
  return {
    hash: run.planHash ?? '',
    counts: plan.counts,
    creates: creates.map((staged) => ({
      row: staged.row,
      line: staged.line,
      recordId: null,
      title: staged.values[titleAt] ?? `#${staged.row}`,
      fields: fields.flatMap((mapped, at) => {
        const after = displayValue(mapped.field, staged.values[at] ?? null, language)
        return after === null ? [] : [{ field: mapped.field.name, before: null, after }]
      }),
    })),
    updates: updates.map((update) => ({
      ...update,
      fields: displayChanges(engine, run, update.fields, work),
    })),
    skipped: skipped.map((finding) => ({
      row: finding.row,
      line: finding.line,
      sentence: viewFinding(finding, view).sentence,
    })),
    policies: policySentences(run.settings, plan.match, kind, language),
  }
}

function displayChanges(
  engine: ImportEngine,
  run: ImportRun,
  changes: readonly { field: string; before: string | null; after: string | null }[],
  work: Work,
) {
  const kind = engine.kinds.get(run.kind)
  const { language } = work.actor
  return changes.map((change) => ({
    field: change.field,
    before: displayFor(kind, change.field, change.before, language),
    after: displayFor(kind, change.field, change.after, language),
  }))
}

export async function listFindings(
  engine: ImportEngine,
  work: Work,
  input: {
    id: string
    code?: string | undefined
    field?: string | undefined
    severity?: string | undefined
    cursor?: string | undefined
    limit: number
  },
): Promise<Answer<typeof checkContract.listFindings>> {
  const run = await findRun(work, input.id)
  const found = await pageFindings(work.db, work.org, run.id, {
    ...input,
    after: readCursor(input.cursor),
    limit: input.limit,
  })
  const last = found.at(-1)
  return {
    findings: found.map((finding) =>
      viewFinding(finding, viewContext(engine, work, run, sourceOf(run, finding.source))),
    ),
    next: last && found.length === input.limit ? writeCursor(last) : null,
  }
}

export function writeCursor(of: StoredFinding): string {
  return `${of.source}.${of.row}.${of.seq}`
}

export function readCursor(
  cursor: string | undefined,
): { source: number; row: number; seq: number } | undefined {
  const parts = /^(\d{1,4})\.(\d{1,15})\.(\d{1,10})$/.exec(cursor ?? '')
  return parts ? { source: Number(parts[1]), row: Number(parts[2]), seq: Number(parts[3]) } : undefined
}

export async function listRows(
  engine: ImportEngine,
  work: Work,
  input: {
    id: string
    source: number
    from: number
    limit: number
    action?: (typeof checkContract.rowActions)[number] | undefined
  },
): Promise<Answer<typeof checkContract.listRows>> {
  const run = await findRun(work, input.id)
  const plan = await requireStaged(work, run)
  const of = sourceOf(run, input.source)
  const { fields } = mapperOf(engine, run, of)
  const total = plan.staged[input.source] ?? 0
  if ((await countStaged(work.db, run.id, input.source)) === null) throw refuseImport('import.not_checked')
  const page = await pageStaged(work, run.id, input.source, fields.length, input)
  const findings = await findingsOf(work, run, input.source, page)
  const view = viewContext(engine, work, run, of)
  const last = page.at(-1)
  return {
    fields: fields.map((mapped) => ({
      field: mapped.field.name,
      header: mapped.column === null ? '' : (of.reading.columns[mapped.column] ?? ''),
    })),
    rows: page.map((staged) => ({
      row: staged.row,
      line: staged.line,
      action: staged.action,
      cells: staged.values.map((value, at) => displayValue(fields[at]!.field, value, work.actor.language)),
      findings: (findings.get(staged.row) ?? []).map((finding) => viewFinding(finding, view)),
    })),
    next: last && page.length === input.limit && last.row < total ? last.row + 1 : null,
  }
}

async function findingsOf(
  work: Work,
  run: ImportRun,
  source: number,
  page: readonly StagedRow[],
): Promise<Map<number, StoredFinding[]>> {
  const byRow = new Map<number, StoredFinding[]>()
  for (const { row } of page) byRow.set(row, [])
  // A filtered page may lie far apart: one short range for each stretch of rows that follow each other.
  for (const [from, to] of stretches(page))
    for (const finding of await pageFindings(work.db, work.org, run.id, {
      between: { source, from, to },
      limit: 5000,
    }))
      byRow.get(finding.row)?.push(finding)
  return byRow
}

function stretches(page: readonly StagedRow[]): [number, number][] {
  const found: [number, number][] = []
  for (const { row } of page) {
    const last = found.at(-1)
    if (last && row - last[1] <= 20) last[1] = row
    else found.push([row, row])
  }
  return found
}

export async function listImportRecords(
  engine: ImportEngine,
  work: Work,
  input: { id: string; change: 'created' | 'updated'; cursor?: string | undefined; limit: number },
): Promise<Answer<typeof loadContract.listImportRecords>> {
  const run = await findRun(work, input.id)
  const kind = engine.kinds.get(run.kind)
  const title = canonicalOf(fieldOf(kind, kind.title), 't')
  const after = /^\d{1,18}$/.test(input.cursor ?? '') ? input.cursor : null
  const found =
    input.change === 'created'
      ? sql<RecordRow>`select t.id, t.import_row as row, ${title} as title, null::jsonb as before, null::jsonb as after
          from ${sql.table(kind.table)} t where t.org_id = ${work.org}::bigint and t.import_id = ${run.id}::bigint
          and (${after ?? null}::bigint is null or t.import_row > ${after ?? null}::bigint) order by t.import_source, t.import_row limit ${input.limit}::int`
      : sql<RecordRow>`select c.record_id as id, c.row_number as row, coalesce(${title}, '#' || c.record_id) as title, c.before, c.after
          from import_changes c left join ${sql.table(kind.table)} t on t.org_id = c.org_id and t.id = c.record_id
          where c.org_id = ${work.org}::bigint and c.import_id = ${run.id}::bigint and c.undone_at is null
          and (${after ?? null}::bigint is null or c.row_number > ${after ?? null}::bigint) order by c.row_number limit ${input.limit}::int`
  const records = await rows(work.db, found)
  const last = records.at(-1)
  return {
    records: records.map((record) => ({
      kind: kind.name,
      id: record.id,
      title: record.title,
      row: Number(record.row),
      change: input.change,
      fields: displayChanges(
        engine,
        run,
        Object.keys(record.after ?? {}).map((field) => ({
          field,
          before: record.before?.[field] ?? null,
          after: record.after?.[field] ?? null,
        })),
        work,
      ),
    })),
    next: last && records.length === input.limit ? last.row : null,
  }
}

type RecordRow = {
  id: string
  row: string
  title: string
  before: Record<string, string | null> | null
  after: Record<string, string | null> | null
}

export async function previewUndo(
  engine: ImportEngine,
  work: Work,
  input: {
    id: string
    outcome?: 'reversed' | 'kept' | 'blocked' | undefined
    cursor?: string | undefined
    limit: number
  },
): Promise<Answer<typeof undoContract.previewUndo>> {
  const run = await findRun(work, input.id)
  if (!isUndoable(run)) throw refuseImport('import.not_undoable', { status: run.status })
  const target = { work, kinds: engine.kinds, kind: engine.kinds.get(run.kind), importId: run.id }
  const after = /^(created|updated)\.(\d{1,18})$/.exec(input.cursor ?? '')
  const found = await pageOutcomes(target, {
    outcome: input.outcome,
    limit: input.limit,
    after: after ? { change: after[1]!, id: after[2]! } : undefined,
  })
  const last = found.at(-1)
  return {
    counts: await countOutcomes(target),
    records: found.map((of) => ({
      kind: run.kind,
      id: of.record_id,
      title: of.title,
      change: of.change,
      outcome: of.outcome,
      because: of.because && undoReason(of.because, engine.kinds, work.actor.language),
    })),
    next: last && found.length === input.limit ? `${last.change}.${last.record_id}` : null,
  }
}
