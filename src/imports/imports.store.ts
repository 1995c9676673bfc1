/** Imports, their sources, mappings and approvals in the database. */
import { one, row, rows, run, sql } from '../platform/database.ts'
import type { PersonId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import type { Reading, ReadOptions } from '../tabular/tabular.ts'
import type { ImportSettings } from './contract.ts'
import type { Mapping } from './map/contract.ts'
import { refuseImport } from './refusals.ts'
import type { ColumnFacts, ImportId, ImportRun, Plan, Reason, RunSource } from './run.ts'
import { insertSource, type NewSource } from './sources.store.ts'
import type { ImportStatus } from './status.ts'
import { mayMove, transitions } from './status.ts'
import type { Counts } from './terms.ts'

type ImportRow = {
  id: ImportId
  number: number
  label: string
  kind: string
  status: ImportStatus
  reason: Reason | null
  settings: ImportSettings
  plan: Plan | null
  plan_hash: string | null
  counts: Counts | null
  undo: ImportRun['undo']
  created_by: PersonId | null
  created_at: Date
  checked_at: Date | null
  loaded_at: Date | null
  deletion: ImportRun['deletion']
}

type SourceRow = {
  source: number
  kind: string
  reading: Reading
  chosen: ReadOptions
  columns: ColumnFacts[]
  mapping: Mapping
  mapping_version: number
  row_count: string | null
  file: RunSource['file']
}

const importColumns = sql`id, number, label, kind, status, reason, settings, plan, plan_hash, counts, undo,
  created_by, created_at, checked_at, loaded_at, deletion`

/** Refuses `import.not_found`. With `lock`, other transactions wait until this one ends. */
export async function findRun(work: Work, id: string, lock: 'lock' | 'read' = 'read'): Promise<ImportRun> {
  const found = await row(
    work.db,
    sql<ImportRow>`select ${importColumns} from imports
      where org_id = ${work.org}::bigint and id = ${id}::bigint ${lock === 'lock' ? sql`for update` : sql``}`,
  )
  if (!found) throw refuseImport('import.not_found', { id })
  const sources = await rows(
    work.db,
    sql<SourceRow>`
      select s.source, s.kind, s.reading, s.chosen, s.columns, m.mapping, s.mapping_version, s.row_count,
        jsonb_build_object('id', f.id::text, 'name', f.name, 'sha256', f.sha256, 'bytes', f.bytes, 'state', f.state) as file
      from import_sources s
      join files f on f.org_id = s.org_id and f.id = s.file_id
      join import_mappings m on m.org_id = s.org_id and m.import_id = s.import_id and m.source = s.source
        and m.version = s.mapping_version
      where s.org_id = ${work.org}::bigint and s.import_id = ${id}::bigint
      order by s.source`,
  )
  return toRun(found, sources)
}

function toRun(found: ImportRow, sources: readonly SourceRow[]): ImportRun {
  return {
    id: found.id,
    number: found.number,
    label: found.label,
    kind: found.kind,
    status: found.status,
    reason: found.reason,
    settings: { ...found.settings, duplicates: found.settings.duplicates ?? 'allow' },
    plan: found.plan,
    planHash: found.plan_hash,
    counts: found.counts,
    undo: found.undo,
    createdBy: found.created_by,
    createdAt: found.created_at,
    checkedAt: found.checked_at,
    loadedAt: found.loaded_at,
    deletion: found.deletion,
    sources: sources.map((source) => ({
      source: source.source,
      kind: source.kind,
      file: source.file,
      reading: source.reading,
      chosen: source.chosen,
      columns: source.columns,
      mapping: source.mapping,
      mappingVersion: source.mapping_version,
      rowCount: source.row_count === null ? null : Number(source.row_count),
    })),
  }
}

export type NewImport = {
  readonly kind: string
  readonly day: string
  readonly settings: ImportSettings
  readonly sources: readonly NewSource[]
}

/** Gives the next number of the organisation; the label is the day and the number. */
export async function insertRun(work: Work, input: NewImport): Promise<ImportId> {
  const { last_number: number } = await one(
    work.db,
    sql<{ last_number: number }>`
      insert into import_counters as c (org_id, last_number) values (${work.org}::bigint, 1)
      on conflict (org_id) do update set last_number = c.last_number + 1 returning last_number`,
  )
  const { id } = await one(
    work.db,
    sql<{ id: ImportId }>`
      insert into imports (org_id, number, label, kind, status, settings, created_by, created_at)
      values (${work.org}::bigint, ${number}::int, ${`${input.day} #${number}`}::text, ${input.kind}::text, 'incomplete',
        ${JSON.stringify(input.settings)}::jsonb, ${work.actor.person}::bigint, ${work.now}::timestamptz)
      returning id`,
  )
  for (const source of input.sources) await insertSource(work, id, source)
  return id
}

/** The import is of the kind that its first source is of. */
export async function setKind(work: Work, id: ImportId): Promise<void> {
  await run(
    work.db,
    sql`update imports i set kind = (select s.kind from import_sources s where s.org_id = i.org_id and s.import_id = i.id
        order by s.source limit 1)
      where i.org_id = ${work.org}::bigint and i.id = ${id}::bigint`,
  )
}

export type RunChange = {
  readonly status: ImportStatus
  readonly reason?: Reason | null
  readonly settings?: ImportSettings
  readonly plan?: { readonly plan: Plan; readonly hash: string } | null
  readonly counts?: Counts | null
  readonly undo?: ImportRun['undo']
  readonly checkedAt?: Date
  readonly loadedAt?: Date
  readonly deletion?: ImportRun['deletion']
}

/** Sets what is given and leaves the rest; the reason goes with every change of status unless one is given. */
export async function setRun(work: Work, id: ImportId, change: RunChange): Promise<void> {
  const json = (value: unknown) => sql`${value === null ? null : JSON.stringify(value)}::jsonb`
  const sets = [sql`status = ${change.status}::text`, sql`reason = ${json(change.reason ?? null)}`]
  if (change.settings !== undefined) sets.push(sql`settings = ${json(change.settings)}`)
  if (change.plan !== undefined)
    sets.push(
      sql`plan = ${json(change.plan?.plan ?? null)}`,
      sql`plan_hash = ${change.plan?.hash ?? null}::text`,
    )
  if (change.counts !== undefined) sets.push(sql`counts = ${json(change.counts)}`)
  if (change.undo !== undefined) sets.push(sql`undo = ${json(change.undo)}`)
  if (change.checkedAt !== undefined) sets.push(sql`checked_at = ${change.checkedAt}::timestamptz`)
  if (change.deletion !== undefined) sets.push(sql`deletion = ${json(change.deletion)}`)
  if (change.loadedAt !== undefined) sets.push(sql`loaded_at = ${change.loadedAt}::timestamptz`)
  const from = (Object.keys(transitions) as ImportStatus[]).filter(
    (status) => status === change.status || mayMove(status, change.status),
  )
  const moved = await run(
    work.db,
    sql`update imports set ${sql.join(sets)}
      where org_id = ${work.org}::bigint and id = ${id}::bigint and status = any(${from}::text[])`,
  )
  if (moved !== 1) throw new Error(`The import ${id} cannot become ${change.status} from where it is.`)
}

export type Approval = { person: PersonId | null; name: string; at: Date; planHash: string }

export async function insertApproval(work: Work, id: ImportId, planHash: string): Promise<void> {
  await run(
    work.db,
    sql`insert into import_approvals (org_id, import_id, plan_hash, person_id, person_name, via, approved_at)
      values (${work.org}::bigint, ${id}::bigint, ${planHash}::text, ${work.actor.person}::bigint,
        ${work.actor.name}::text, ${work.actor.via}::text, ${work.now}::timestamptz)`,
  )
}

export async function lastApproval(work: Work, id: ImportId): Promise<Approval | null> {
  return row(
    work.db,
    sql<Approval>`select person_id as person, person_name as name, approved_at as at, plan_hash as "planHash"
      from import_approvals where org_id = ${work.org}::bigint and import_id = ${id}::bigint order by id desc limit 1`,
  )
}

export type ImportSummary = {
  id: ImportId
  label: string
  kind: string
  status: ImportStatus
  counts: Counts | null
  file_name: string
  created_by: PersonId | null
  created_at: Date
}

export async function listRuns(
  work: Work,
  filter: {
    status?: string | undefined
    kind?: string | undefined
    search?: string | undefined
    before?: string | undefined
    limit: number
  },
): Promise<ImportSummary[]> {
  return rows(
    work.db,
    sql<ImportSummary>`
      select i.id, i.label, i.kind, i.status, coalesce(i.counts, i.plan -> 'counts') as counts, f.name as file_name,
        i.created_by, i.created_at
      from imports i
      join import_sources s on s.org_id = i.org_id and s.import_id = i.id
        and s.source = (select min(o.source) from import_sources o where o.org_id = i.org_id and o.import_id = i.id)
      join files f on f.org_id = s.org_id and f.id = s.file_id
      where i.org_id = ${work.org}::bigint
        and (${filter.status ?? null}::text is null or i.status = ${filter.status ?? null}::text)
        and (${filter.kind ?? null}::text is null or i.kind = ${filter.kind ?? null}::text)
        and (${filter.search ?? null}::text is null or i.label ilike '%' || ${filter.search ?? null}::text || '%'
          or f.name ilike '%' || ${filter.search ?? null}::text || '%')
        and (${filter.before ?? null}::bigint is null or i.id < ${filter.before ?? null}::bigint)
      order by i.id desc limit ${filter.limit}::int`,
  )
}

/** Labels of these imports, newest first. */
export async function findLabels(
  work: Work,
  ids: readonly string[],
): Promise<{ id: ImportId; label: string; status: ImportStatus; createdAt: string }[]> {
  const found = await rows(
    work.db,
    sql<{ id: ImportId; label: string; status: ImportStatus; created_at: Date }>`
      select id, label, status, created_at from imports
      where org_id = ${work.org}::bigint and id = any(${[...ids]}::bigint[]) order by id desc`,
  )
  return found.map(({ created_at: at, ...of }) => ({ ...of, createdAt: at.toISOString() }))
}

/** Imports of a file with the same bytes, newest first, apart from the given one. */
export async function findSameFile(
  work: Work,
  sha256: string | null,
  exceptImport: ImportId | null,
): Promise<{ id: ImportId; label: string; status: ImportStatus }[]> {
  if (sha256 === null) return []
  return rows(
    work.db,
    sql<{ id: ImportId; label: string; status: ImportStatus }>`
      select distinct i.id, i.label, i.status from files f
      join import_sources s on s.org_id = f.org_id and s.file_id = f.id
      join imports i on i.org_id = s.org_id and i.id = s.import_id
      where f.org_id = ${work.org}::bigint and f.sha256 = ${sha256}::text
        and (${exceptImport}::bigint is null or i.id < ${exceptImport}::bigint)
      order by i.id desc limit 10`,
  )
}
