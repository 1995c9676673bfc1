/** What a check or a load comes to, in rows and in records, each balanced by itself. Pure. */
import type { RowAction } from './record.ts'
import type { PlanPart } from './run.ts'
import type { Counts, RecordCounts, RowCounts } from './terms.ts'

type CountedPart = Pick<PlanPart, 'source' | 'part' | 'kind' | 'staged' | 'actions'>

/**
 * A row is what its own record is; only where that one stays as it is and a child of the row does not, the row is
 * loaded all the same (`changedByChildren`).
 */
export function countRows(part: CountedPart, changedByChildren: number): RowCounts {
  const { actions } = part
  return {
    rows: part.staged,
    loaded: actions.create + actions.update + changedByChildren,
    unchanged: actions.unchanged - changedByChildren,
    skipped: actions.skip,
    failed: actions.fail,
  }
}

export function countAll(sources: readonly RowCounts[], parts: readonly CountedPart[]): Counts {
  const sum = (of: keyof RowCounts): number => sources.reduce((all, counts) => all + counts[of], 0)
  const records = countRecords(parts)
  return {
    rows: sum('rows'),
    loaded: sum('loaded'),
    unchanged: sum('unchanged'),
    skipped: sum('skipped'),
    failed: sum('failed'),
    created: records.reduce((all, { created }) => all + created, 0),
    updated: records.reduce((all, { updated }) => all + updated, 0),
    joined: records.reduce((all, { joined }) => all + joined, 0),
    records,
  }
}

function countRecords(parts: readonly CountedPart[]): RecordCounts[] {
  return [...new Set(parts.map(({ kind }) => kind))].map((kind) => {
    const own = parts.filter((part) => part.kind === kind)
    const sum = (action: RowAction): number => own.reduce((all, { actions }) => all + actions[action], 0)
    return {
      kind,
      created: sum('create'),
      updated: sum('update'),
      unchanged: sum('unchanged'),
      joined: 0,
      skipped: sum('skip'),
      failed: sum('fail'),
    }
  })
}

/** Rows in the file = loaded + unchanged + skipped + failed; records created and updated add up, kind by kind. */
export function isBalanced(counts: Counts): boolean {
  const { rows, loaded, unchanged, skipped, failed, records } = counts
  const sum = (of: 'created' | 'updated' | 'joined'): number =>
    records.reduce((all, record) => all + record[of], 0)
  return (
    rows === loaded + unchanged + skipped + failed &&
    counts.created === sum('created') &&
    counts.updated === sum('updated') &&
    counts.joined === sum('joined')
  )
}

/** Whether every staged record of a part has exactly one fate. */
export function isPartBalanced({ staged, actions }: CountedPart): boolean {
  return staged === actions.create + actions.update + actions.unchanged + actions.skip + actions.fail
}
