/** A column that no field fits, as a field that the organisation could add for it. */
import { proposeField } from '../../kinds/kinds.ts'
import type { Work } from '../../platform/work.ts'
import { findRun } from '../imports.store.ts'
import { refuseImport } from '../refusals.ts'

export async function proposeColumnField(
  work: Work,
  input: { readonly id: string; readonly source: number; readonly column: number },
) {
  const run = await findRun(work, input.id)
  const source = run.sources.find((of) => of.source === input.source)
  const facts = source?.columns[input.column]
  if (!source || !facts) throw refuseImport('mapping.no_column', { column: String(input.column + 1) })
  const { options, ...proposal } = proposeField(facts)
  return { kind: source.kind, ...proposal, options: [...options] }
}
