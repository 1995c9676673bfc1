/** Looking into an import: its columns, checked rows and findings. */
import type { z } from 'zod'
import { findOrganisation } from '../accounts/accounts.ts'
import { displayValue } from '../kinds/display.ts'
import type { FieldDeclaration } from '../kinds/kinds.ts'
import { fillSentence, type Language } from '../platform/refusal.ts'
import type { Work } from '../platform/work.ts'
import type * as checkContract from './check/contract.ts'
import { pageFindings, type StoredFinding } from './check/findings.store.ts'
import { sourceOf } from './editing.ts'
import { type ImportEngine, kindsOf } from './engine.ts'
import { findingDeclaration } from './findings.ts'
import { findRun } from './imports.store.ts'
import { compileCell, converterOf } from './map/cell-readers.ts'
import { missingFields } from './map/complete.ts'
import type * as mapContract from './map/contract.ts'
import { findField } from './map/field-path.ts'
import { formatFor, suggestFor } from './map/suggest.ts'
import { type Part, partSources, stagedFields } from './part.ts'
import { refuseImport } from './refusals.ts'
import type { ImportRun } from './run.ts'
import { findingContext, suggestionSentence, viewFinding } from './sentences.ts'
import { isStaged, pageStaged, type StagedRow, stagedChildren } from './staging.store.ts'

export type Answer<O extends { response: z.ZodType }> = z.output<O['response']>
export type Page<T> = Omit<T, 'cursor'> & { cursor?: string | undefined; limit: number }

export async function describeColumns(
  engine: ImportEngine,
  work: Work,
  input: { id: string; source: number },
): Promise<Answer<typeof mapContract.describeColumns>> {
  const run = await findRun(work, input.id)
  const of = sourceOf(run, input.source)
  const kinds = await kindsOf(engine, work)
  const kind = kinds.get(of.kind)
  const defaults = await findOrganisation(work)
  const suggestions = suggestFor(kinds, kind, of.columns)
  return {
    missingFields: missingFields(kinds, kind, of.mapping, run.settings, run.kind),
    columns: of.columns.map((facts, column) => {
      const mapping = of.mapping.columns.find((candidate) => candidate.column === column) ?? null
      const suggestion = suggestions[column]!
      const field = mapping ? findField(kinds, kind, mapping.field).field : null
      const hint = of.reading.hints[column]
      const asked = field ? formatFor(field, facts, hint, defaults).unsettled : null
      const isAnswered = asked === null || mapping?.format?.[asked] !== undefined
      const samples = facts.samples.slice(0, 3)
      return {
        column,
        header: facts.header,
        samples,
        suggestion: suggestion.field
          ? {
              field: suggestion.field,
              confidence: suggestion.confidence,
              reason: suggestionSentence(suggestion.reason, kinds, kind, work.actor.language),
            }
          : null,
        alternatives: suggestion.alternatives.map(({ field: name, confidence }) => ({
          field: name,
          confidence,
        })),
        mapping,
        converted: field && mapping ? convertSamples(field, mapping, samples, work.actor.language) : [],
        question: isAnswered ? null : asked,
      }
    }),
  }
}

function convertSamples(
  field: FieldDeclaration,
  mapping: mapContract.ColumnMapping,
  samples: readonly string[],
  language: Language,
): { value: string | null; problem: string | null }[] {
  const convert = converterOf(field, withoutUndefined(mapping.format))
  const cell = compileCell(mapping)
  return samples.map((sample) => {
    const text = cell(sample)
    const read = text === null ? null : convert(text)
    if (read === null || typeof read === 'string')
      return { value: displayValue(field, read, language), problem: null }
    const sentence = findingDeclaration(read.code)[language]
    return { value: null, problem: fillSentence(sentence, { value: sample, ...read.params }) }
  })
}

function withoutUndefined(format: mapContract.ColumnMapping['format']) {
  return Object.fromEntries(Object.entries(format ?? {}).filter(([, value]) => value !== undefined))
}

export async function listFindings(
  engine: ImportEngine,
  work: Work,
  input: {
    id: string
    source?: number | undefined
    code?: string | undefined
    field?: string | undefined
    severity?: string | undefined
    cursor?: string | undefined
    limit: number
  },
): Promise<Answer<typeof checkContract.listFindings>> {
  const run = await findRun(work, input.id)
  const kinds = await engine.kinds.of(work)
  const found = await pageFindings(work.db, work.org, run.id, {
    ...input,
    after: readCursor(input.cursor),
    limit: input.limit,
  })
  const last = found.at(-1)
  return {
    findings: found.map((finding) =>
      viewFinding(finding, findingContext(kinds, run, finding.source, work.actor.language)),
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
  if (!run.plan) throw refuseImport('import.not_checked')
  const of = sourceOf(run, input.source)
  const kinds = await kindsOf(engine, work)
  const { parts } = partSources(kinds, run).find(({ source }) => source.source === input.source)!
  const [own, ...children] = parts
  const { fields } = own
  const total = run.plan.parts.find((part) => part.source === own.source && part.part === 0)?.staged ?? 0
  if (!(await isStaged(work.db, run.id, own))) throw refuseImport('import.not_checked')
  const page = await pageStaged(work, run.id, own, fields.length, input)
  const findings = await findingsOf(work, run, input.source, page)
  const below = await childrenOf(work, children, page)
  const { language } = work.actor
  const context = findingContext(kinds, run, input.source, language)
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
      cells: staged.values.map((value, at) => displayValue(fields[at]!.field, value, language)),
      findings: (findings.get(staged.row) ?? []).map((finding) => viewFinding(finding, context)),
      children: below.filter((child) => child.row === staged.row).map((child) => viewChild(child, language)),
    })),
    next: last && page.length === input.limit && last.row < total ? last.row + 1 : null,
  }
}

type StagedChild = StagedRow & { readonly part: Part; readonly group: number }

async function childrenOf(
  work: Work,
  parts: readonly Part[],
  page: readonly StagedRow[],
): Promise<StagedChild[]> {
  const found: StagedChild[] = []
  for (const part of parts)
    for (const child of await stagedChildren(
      work,
      part,
      page.map(({ row }) => row),
    ))
      found.push({ ...child, part })
  return found
}

function viewChild({ part, group, action, values }: StagedChild, language: Language) {
  return {
    kind: part.kind.name,
    group,
    action,
    values: stagedFields(part).map(({ field }, at) => ({
      field: field.name,
      value: displayValue(field, values[at] ?? null, language),
    })),
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
