/** What loading an import would do, in numbers and examples; what it did, record by record; what an undo would do. */
import type { RawBuilder } from 'kysely'
import { displayValue } from '../kinds/display.ts'
import { canonicalOf, fieldOf, type KindDeclaration, type Kinds } from '../kinds/kinds.ts'
import { rows, sql } from '../platform/database.ts'
import type { Work } from '../platform/work.ts'
import type * as checkContract from './check/contract.ts'
import { exampleUpdates } from './check/examples.store.ts'
import { pageFindings } from './check/findings.store.ts'
import { type ImportEngine, kindsOf } from './engine.ts'
import { findRun } from './imports.store.ts'
import { isUndoable } from './imports.ts'
import type * as loadContract from './load/contract.ts'
import type { Answer } from './look.ts'
import { kindsInReverse, type Part, partSources, partsOf, stagedFields } from './part.ts'
import { preferHashes } from './prepare-session.ts'
import { nameReferences, type ShownChange } from './reference-names.ts'
import { refuseImport } from './refusals.ts'
import type { PlanPart } from './run.ts'
import {
  displayFor,
  findingContext,
  mappingSentences,
  newOptionsSentence,
  policySentences,
  viewFinding,
} from './sentences.ts'
import { exampleCreates, isStaged } from './staging.store.ts'
import type * as undoContract from './undo/contract.ts'
import { countOutcomes, pageOutcomes, type UndoOutcome } from './undo/outcomes.store.ts'
import { undoTargets } from './undo/undo.ts'
import { undoReason } from './undo/undo-reasons.ts'

const examplesOfPart = 3

export async function describePlan(
  engine: ImportEngine,
  work: Work,
  id: string,
): Promise<Answer<typeof checkContract.describePlan>> {
  const run = await findRun(work, id)
  const { plan } = run
  if (!plan) throw refuseImport('import.not_checked')
  const kinds = await kindsOf(engine, work)
  const creates: Example[] = []
  const updates: Example[] = []
  for (const part of partsOf(partSources(kinds, run))) {
    const planned = plan.parts.find((of) => of.source === part.source && of.part === part.part)
    if (!planned || !(await isStaged(work.db, run.id, part))) continue
    creates.push(...(await createsOf(work, part, planned)))
    updates.push(...(await updatesOf(work, kinds, part, planned)))
  }
  const skipped = await pageFindings(work.db, work.org, run.id, { code: 'row.no_existing_record', limit: 3 })
  return {
    hash: run.planHash ?? '',
    counts: plan.counts,
    blankRows: plan.blankRows,
    sources: plan.sources.map(({ source, counts }) => ({
      source,
      kind: run.sources.find((of) => of.source === source)?.kind ?? run.kind,
      fileName: run.sources.find((of) => of.source === source)?.file.name ?? '',
      counts,
    })),
    creates,
    updates,
    skipped: skipped.map((finding) => ({
      row: finding.row,
      line: finding.line,
      sentence: viewFinding(finding, findingContext(kinds, run, finding.source, work.actor.language))
        .sentence,
    })),
    policies: [
      ...policySentences(
        run.settings,
        plan.parts[0]?.match ?? [],
        kinds,
        kinds.get(run.kind),
        work.actor.language,
      ),
      ...run.sources.flatMap(({ kind, mapping }) =>
        mappingSentences(mapping, kinds, kinds.get(kind), work.actor.language),
      ),
      ...(plan.newOptions ?? []).map((options) => newOptionsSentence(options, kinds, work.actor.language)),
    ],
  }
}

type Example = Answer<typeof checkContract.describePlan>['creates'][number]

async function createsOf(work: Work, part: Part, planned: PlanPart): Promise<Example[]> {
  if (planned.actions.create === 0) return []
  const fields = stagedFields(part)
  const staged = await exampleCreates(work, part, fields.length, examplesOfPart)
  const titleAt = fields.findIndex((mapped) => mapped.field.name === part.kind.title)
  return staged.map((one) => ({
    source: part.source,
    kind: part.kind.name,
    row: one.row,
    line: one.line,
    recordId: null,
    title: one.values[titleAt] ?? `#${one.row}`,
    fields: fields.flatMap((mapped, at) => {
      const after = displayValue(mapped.field, one.values[at] ?? null, work.actor.language)
      return after === null ? [] : [{ field: mapped.field.name, before: null, after }]
    }),
  }))
}

async function updatesOf(work: Work, kinds: Kinds, part: Part, planned: PlanPart): Promise<Example[]> {
  if (planned.actions.update === 0) return []
  const found = await exampleUpdates(work, { org: work.org, kinds, part, lookups: null }, examplesOfPart)
  const named = await nameReferences(work, kinds, part.kind, found)
  return named.map((one) => ({
    ...one,
    source: part.source,
    kind: part.kind.name,
    fields: displayChanges(part.kind, one.fields, work),
  }))
}

function displayChanges(kind: KindDeclaration, changes: readonly ShownChange[], work: Work): ShownChange[] {
  const { language } = work.actor
  return changes.map((change) => ({
    field: change.field,
    before: displayFor(kind, change.field, change.before, language),
    after: displayFor(kind, change.field, change.after, language),
  }))
}

type RecordRow = {
  id: string
  source: number
  row: string
  title: string
  before: Record<string, string | null> | null
  after: Record<string, string | null> | null
}

export async function listImportRecords(
  engine: ImportEngine,
  work: Work,
  input: {
    id: string
    kind?: string | undefined
    change: 'created' | 'updated'
    cursor?: string | undefined
    limit: number
  },
): Promise<Answer<typeof loadContract.listImportRecords>> {
  const run = await findRun(work, input.id)
  const kinds = await engine.kinds.of(work)
  const kind = kinds.get(input.kind ?? run.kind)
  const title = canonicalOf(fieldOf(kind, kind.title), 't')
  const [source, row, last] = /^(\d{1,4})\.(\d{1,12})\.(\d{1,18})$/.exec(input.cursor ?? '')?.slice(1) ?? []
  // In the order of the index by import: a page costs the same anywhere among a million records.
  const pageBy = (place: RawBuilder<unknown>) =>
    sql`${source ? sql`and (${place}) > (${source}::smallint, ${row}::bigint, ${last}::bigint)` : sql``}
      order by ${place} limit ${input.limit}::int`
  const records = await rows(
    work.db,
    input.change === 'created'
      ? sql<RecordRow>`select t.id, t.import_source as source, t.import_row as row, ${title} as title, null::jsonb as before,
            null::jsonb as after
          from ${sql.table(kind.table)} t where t.org_id = ${work.org}::bigint and t.import_id = ${run.id}::bigint
            ${pageBy(sql`t.import_source, t.import_row, t.id`)}`
      : sql<RecordRow>`select c.record_id as id, c.source, c.row_number as row, coalesce(${title}, '#' || c.record_id) as title,
            c.before, c.after
          from import_changes c left join ${sql.table(kind.table)} t on t.org_id = c.org_id and t.id = c.record_id
          where c.org_id = ${work.org}::bigint and c.import_id = ${run.id}::bigint and c.kind = ${kind.name}::text
            and c.undone_at is null ${pageBy(sql`c.source, c.row_number, c.record_id`)}`,
  )
  const shown = records.map((record) => ({
    ...record,
    fields: Object.keys(record.after ?? {}).map((field) => ({
      field,
      before: record.before?.[field] ?? null,
      after: record.after?.[field] ?? null,
    })),
  }))
  const end = records.at(-1)
  return {
    records: (await nameReferences(work, kinds, kind, shown)).map((record) => ({
      kind: kind.name,
      id: record.id,
      title: record.title,
      source: record.source,
      row: Number(record.row),
      change: input.change,
      fields: displayChanges(kind, record.fields, work),
    })),
    next: end && records.length === input.limit ? `${end.source}.${end.row}.${end.id}` : null,
  }
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
  const kinds = await engine.kinds.of(work)
  const targets = undoTargets({ work, kinds, mode: 'undo' }, run, kindsInReverse(kinds, run))
  const counts = { reversed: 0, kept: 0, blocked: 0 }
  await preferHashes(work)
  const [at, change, id] =
    /^(\d{1,3})\.(created|updated)\.(\d{1,18})$/.exec(input.cursor ?? '')?.slice(1) ?? []
  const first = Number(at ?? 0)
  const found: (UndoOutcome & { kind: string; at: number })[] = []
  for (const [number, target] of targets.entries()) {
    const counted = await countOutcomes(target)
    for (const outcome of ['reversed', 'kept', 'blocked'] as const) counts[outcome] += counted[outcome]
    if (number < first || found.length >= input.limit) continue
    const after = number === first && change && id ? { change, id } : undefined
    const page = await pageOutcomes(target, {
      outcome: input.outcome,
      limit: input.limit - found.length,
      after,
    })
    found.push(...page.map((of) => ({ ...of, kind: target.kind.name, at: number })))
  }
  const last = found.at(-1)
  return {
    counts,
    records: found.map((of) => ({
      kind: of.kind,
      id: of.record_id,
      title: of.title,
      change: of.change,
      outcome: of.outcome,
      because: of.because && undoReason(of.because, kinds, work.actor.language),
    })),
    next: last && found.length === input.limit ? `${last.at}.${last.change}.${last.record_id}` : null,
  }
}
