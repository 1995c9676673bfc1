/**
 * Deleting what an import brought, by its label (RN-14 to RN-17): of the kinds that a person chooses, every record
 * to which nothing else is attached goes, and each of the others stays with its reason.
 */
import { requirePermission } from '../accounts/accounts.ts'
import { rows, sql } from '../platform/database.ts'
import type { Work } from '../platform/work.ts'
import { tell } from './editing.ts'
import type { ImportEngine } from './engine.ts'
import { findLabels, findRun, setRun } from './imports.store.ts'
import { isUndoable, taskOf } from './imports.ts'
import type { Answer } from './look.ts'
import { kindsInReverse } from './part.ts'
import { requireImporter, requireUndoOf } from './policies/policies.ts'
import { preferHashes } from './prepare-session.ts'
import { refuseImport } from './refusals.ts'
import type { ImportRun } from './run.ts'
import { undoTask } from './task-names.ts'
import type * as contract from './undo/contract.ts'
import { groupReasons } from './undo/outcomes.store.ts'
import { undoTargets } from './undo/undo.ts'
import { undoReason } from './undo/undo-reasons.ts'

/** Imports that still have records, newest first, with how many of each kind. */
export async function listLabels(
  engine: ImportEngine,
  work: Work,
  query: { readonly kind?: string | undefined },
): Promise<Answer<typeof contract.listImportLabels>> {
  const kinds = await engine.kinds.of(work)
  const asked = query.kind === undefined ? kinds.all : [kinds.get(query.kind)]
  const counts = new Map<string, { kind: string; records: number }[]>()
  for (const kind of asked) {
    const found = await rows(
      work.db,
      sql<{ id: string; n: string }>`select t.import_id as id, count(*) as n from ${sql.table(kind.table)} t
        where t.org_id = ${work.org}::bigint and t.import_id is not null group by t.import_id`,
    )
    for (const { id, n } of found)
      counts.set(id, [...(counts.get(id) ?? []), { kind: kind.name, records: Number(n) }])
  }
  const labels = await findLabels(work, [...counts.keys()])
  return { labels: labels.map((of) => ({ ...of, kinds: counts.get(of.id) ?? [] })) }
}

export async function previewDeletion(
  engine: ImportEngine,
  work: Work,
  input: { readonly id: string; readonly kinds?: readonly string[] | undefined },
): Promise<Answer<typeof contract.previewDeletion>> {
  const run = await findRun(work, input.id)
  const kinds = await engine.kinds.of(work)
  const chosen = await chooseKinds(engine, work, run, input.kinds)
  const order = kindsInReverse(kinds, run).filter(({ name }) => chosen.includes(name))
  await preferHashes(work)
  const found = []
  for (const target of undoTargets({ work, kinds, mode: 'delete' }, run, order)) {
    const { deletable, edited, kept } = await groupReasons(target)
    found.push({
      kind: target.kind.name,
      deletable,
      edited,
      kept: kept.reduce((sum, { count }) => sum + count, 0),
      reasons: kept.map(({ because, count }) => ({
        because: undoReason(because, kinds, work.actor.language),
        count,
      })),
    })
  }
  return { kinds: found }
}

/** Starts the deletion; it is one transaction, as an undo is. */
export async function deleteRecords(
  engine: ImportEngine,
  work: Work,
  input: { readonly id: string; readonly kinds?: readonly string[] | undefined },
): Promise<void> {
  requirePermission(work, 'imports.undo')
  await requireImporter(work)
  const run = await findRun(work, input.id, 'lock')
  if (!isUndoable(run)) throw refuseImport('import.not_undoable', { status: run.status })
  const kinds = await chooseKinds(engine, work, run, input.kinds)
  const known = await engine.kinds.of(work)
  requireUndoOf(
    work,
    kinds.map((name) => known.get(name)),
  )
  await setRun(work, run.id, { status: 'in_progress', deletion: { kinds } })
  await work.enqueue(undoTask, taskOf(work, run.id))
  await tell(work, run.id, 'import.deletion_asked')
}

/** Kinds of the import, of those that are asked for; all of them where nothing is said. */
async function chooseKinds(
  engine: ImportEngine,
  work: Work,
  run: ImportRun,
  asked: readonly string[] | undefined,
): Promise<string[]> {
  const kinds = await engine.kinds.of(work)
  const brought = kindsInReverse(kinds, run).map(({ name }) => name)
  const chosen = asked === undefined ? brought : brought.filter((name) => asked.includes(name))
  if (chosen.length === 0) throw refuseImport('import.nothing_to_delete')
  return chosen
}
