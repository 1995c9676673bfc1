/**
 * An import as the program holds it: its sources with how they are read and mapped, its rules, its plan.
 * Everything here is read from the store and is never changed in place.
 */
import { createHash } from 'node:crypto'
import type { FileId, StoredFile } from '../platform/blobs.ts'
import type { Id, PersonId } from '../platform/ids.ts'
import type { RefusalParams } from '../platform/refusal.ts'
import type { Reading, ReadOptions } from '../tabular/tabular.ts'
import type { FindingGroup } from './check/contract.ts'
import type { ImportSettings } from './contract.ts'
import type { Mapping } from './map/contract.ts'
import type { RowAction } from './record.ts'
import type { ImportStatus } from './status.ts'
import type { Counts, RowCounts } from './terms.ts'

export type ImportId = Id<'import'>

/** What a column holds, taken over the first rows of the file once, so that suggesting costs no second read. */
export type ColumnFacts = {
  readonly header: string
  /** Different values, in the order met, at most 40. */
  readonly samples: readonly string[]
  readonly filled: number
  readonly rows: number
}

/** One sheet or file of an import. Its number stays with it, whatever happens to others. */
export type RunSource = {
  readonly source: number
  readonly kind: string
  readonly file: StoredFile & { readonly id: FileId }
  readonly reading: Reading
  readonly chosen: ReadOptions
  readonly columns: readonly ColumnFacts[]
  readonly mapping: Mapping
  readonly mappingVersion: number
  readonly rowCount: number | null
}

/** Why an import stands where it stands: the code and params of a refusal. */
export type Reason = { readonly code: string; readonly params: RefusalParams }

/** What the check made of one part, and what loading it rests on. */
export type PlanPart = {
  readonly source: number
  readonly part: number
  readonly kind: string
  /** Staged rows, to see that staging is whole before it is loaded. */
  readonly staged: number
  /** Rows whose fate is not the one that converting them gave. */
  readonly verdicts: number
  readonly actions: Readonly<Record<RowAction, number>>
  /** Fields by which existing records were recognised. */
  readonly match: readonly string[]
  /** Which versions of which records its rows were compared with. */
  readonly records: string
}

/** What loading would do, in numbers, and what the numbers rest on. */
/** Words that become options of a list with the load, in the order in which rows bring them. */
export type NewOptions = { readonly list: string; readonly values: readonly string[] }

export type Plan = {
  readonly counts: Counts
  /** Row counts of each source. */
  readonly sources: readonly { readonly source: number; readonly counts: RowCounts }[]
  readonly groups: readonly Omit<FindingGroup, 'title'>[]
  /** In the order in which they are loaded. */
  readonly parts: readonly PlanPart[]
  readonly blankRows: number
  /** Options that lists get with the load, because rows name them and their column may create them. */
  readonly newOptions?: readonly NewOptions[]
  /** What the plan rests on. */
  readonly basis: {
    readonly files: readonly (string | null)[]
    readonly mappings: readonly number[]
    readonly settings: ImportSettings
    /** The definitions of the fields that it fills. */
    readonly fields: string
  }
}

export type ImportRun = {
  readonly id: ImportId
  readonly number: number
  readonly label: string
  readonly kind: string
  readonly status: ImportStatus
  readonly reason: Reason | null
  readonly settings: ImportSettings
  readonly plan: Plan | null
  readonly planHash: string | null
  readonly counts: Counts | null
  readonly undo: {
    readonly by: PersonId | null
    readonly byName: string
    readonly at: string
    readonly reversed: number
    readonly kept: number
    readonly blocked: number
  } | null
  readonly createdBy: PersonId | null
  readonly createdAt: Date
  readonly checkedAt: Date | null
  readonly loadedAt: Date | null
  /** The kinds whose created records are to be deleted, where that was asked for instead of an undo. */
  readonly deletion: { readonly kinds: readonly string[] } | null
  readonly sources: readonly RunSource[]
}

/** Formats that columns get where their values leave them open. */
export type OrganisationDefaults = {
  readonly country: string | null
  readonly currency: string | null
  readonly timeZone: string | null
}

/** Changes when file, mapping, rules or outcome do; an approval is for one hash. */
export function hashPlan(plan: Plan): string {
  return createHash('sha256').update(JSON.stringify(plan)).digest('hex').slice(0, 32)
}

/** The tables of one part: those of a source's own kind, or of one kind of children in its rows. */
export function stagingTable(
  id: ImportId,
  { source, part }: { readonly source: number; readonly part: number },
): { rows: string; verdicts: string; findings: string } {
  const name = part === 0 ? `${id}_${source}` : `${id}_${source}_${part}`
  return {
    rows: `staging.rows_${name}`,
    verdicts: `staging.verdicts_${name}`,
    findings: `staging.findings_${name}`,
  }
}
