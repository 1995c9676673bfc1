/** What every change of an import begins and ends with: may it be changed, and the check that it makes out of date. */
import { requirePermission } from '../accounts/accounts.ts'
import { recordEvent } from '../history/history.ts'
import type { Work } from '../platform/work.ts'
import type { ImportSettings } from './contract.ts'
import { findRun, setRun } from './imports.store.ts'
import { requireImporter } from './policies/policies.ts'
import { refuseImport } from './refusals.ts'
import type { ImportId, ImportRun } from './run.ts'
import { editable } from './status.ts'

export async function findEditable(work: Work, id: string): Promise<ImportRun> {
  requirePermission(work, 'imports.create')
  await requireImporter(work)
  const run = await findRun(work, id, 'lock')
  if (!editable.includes(run.status)) throw refuseImport('import.not_editable', { status: run.status })
  return run
}

/** A changed input makes the check out of date: the plan goes, and the import is checked again when asked. */
export async function backToIncomplete(work: Work, run: ImportRun, settings?: ImportSettings): Promise<void> {
  await setRun(work, run.id, { status: 'incomplete', plan: null, ...(settings ? { settings } : {}) })
}

export function sourceOf(run: ImportRun, source: number): ImportRun['sources'][number] {
  const found = run.sources.find((of) => of.source === source)
  if (!found) throw refuseImport('import.not_found', { id: `${run.id} / ${source}` })
  return found
}

export async function tell(
  work: Work,
  id: ImportId,
  event: string,
  params: Record<string, string | number> = {},
): Promise<void> {
  await recordEvent(work, { kind: 'imports', recordId: id, event, params })
}
