/**
 * What an undo would do with each record, in SQL: reversed, kept because somebody changed it, or blocked because
 * something that stays refers to it. One select that preview, listing and undo share; whatever refers is counted
 * set-based, without an index on the referring column.
 */
import { type RawBuilder, sql } from 'kysely'
import {
  canonicalOf,
  castText,
  columnsOf,
  type FieldDeclaration,
  fitsField,
  type KindDeclaration,
  type Kinds,
  removedByLabel,
  storedValue,
} from '../../kinds/kinds.ts'
import { one, rows } from '../../platform/database.ts'
import type { Work } from '../../platform/work.ts'
import type { ImportId } from '../run.ts'

export type UndoTarget = {
  readonly work: Work
  readonly kinds: Kinds
  readonly kind: KindDeclaration
  readonly importId: ImportId
  /** Kinds whose records are reversed before those of this one. */
  readonly before: readonly string[]
  /**
   * `undo` reverses what the import did and keeps what somebody has changed since; `delete` takes its created
   * records away, changed or not, and leaves its changes to others alone.
   */
  readonly mode: 'undo' | 'delete'
}

export type UndoCounts = { readonly reversed: number; readonly kept: number; readonly blocked: number }
export type Outcome = keyof UndoCounts

/**
 * A created record that nobody has touched. An import that was undone since has counted it on by two, once when
 * it changed it and once when it put it back.
 */
export function isUntouched(kind: KindDeclaration): RawBuilder<unknown> {
  return sql`(t.version = 1 or t.version = 1 + 2 * (select count(*) from import_changes u
    where u.org_id = t.org_id and u.kind = ${kind.name}::text and u.record_id = t.id and u.undone_at is not null))`
}

/** Whether record `t` is still no more than an import made it: of some kinds a record becomes more (`staysUnless`). */
export function isFree({ staysUnless }: KindDeclaration): RawBuilder<unknown> {
  return staysUnless ? sql`${sql.ref(`t.${staysUnless.column}`)} = ${staysUnless.value}::text` : sql`true`
}

type Referrer = { readonly kind: KindDeclaration; readonly field: FieldDeclaration }

/** Who refers to a kind, and how many of each still will once what goes before has gone: `(id, n)`. */
function referring(of: UndoTarget, { kind, field }: Referrer): RawBuilder<unknown> {
  const value = storedValue(columnsOf(field)[0]!, 't')
  const id = field.custom ? castText(value, 'bigint') : value
  return sql`select ${id} as id, count(*) as n from ${sql.table(kind.table)} t
    where t.org_id = ${of.work.org}::bigint and ${value} is not null and ${stays(of, kind, field)} group by 1`
}

/** Whether record `t` of a referring kind still refers once it and its like have been dealt with. */
function stays(of: UndoTarget, kind: KindDeclaration, field: FieldDeclaration): RawBuilder<unknown> {
  if (!of.before.includes(kind.name)) return sql`true`
  const own = { ...of, kind, before: of.before.slice(0, of.before.indexOf(kind.name)) }
  const goes = sql`t.id in (select o.record_id from (${createdOutcomes(own)}) o where o.outcome = 'reversed')`
  if (of.mode === 'delete') return sql`not (${goes})`
  const goesBack = sql`exists (select 1 from import_changes c where c.org_id = t.org_id and c.kind = ${kind.name}::text
    and c.record_id = t.id and c.import_id = ${of.importId}::bigint and c.undone_at is null
    and c.after ->> ${field.name}::text = ${storedValue(columnsOf(field)[0]!, 't')}::text)`
  return sql`not (${goes}) and not ${goesBack}`
}

/** Created records with their outcome. */
export function createdOutcomes(of: UndoTarget): RawBuilder<unknown> {
  const referrers = of.kinds.referrers(of.kind.name)
  const joins = referrers.map(
    (referrer, at) =>
      sql`left join (${referring(of, referrer)}) ${sql.ref(`b${at}`)} on ${sql.ref(`b${at}.id`)} = t.id`,
  )
  const counted = referrers.map(
    ({ kind }, at) => sql`(${kind.name}::text, coalesce(${sql.ref(`b${at}.n`)}, 0))`,
  )
  // Most records have nobody who refers to them: only for the others are the reasons put together.
  const isReferredTo = sql.join(
    referrers.map((_, at) => sql`${sql.ref(`b${at}.n`)} is not null`),
    sql` or `,
  )
  const referredTo =
    referrers.length === 0
      ? sql`null::jsonb`
      : sql`case when ${isReferredTo} then (select jsonb_build_object('code', 'undo.referred_to', 'params', '{}'::jsonb,
          'by', jsonb_agg(jsonb_build_object('kind', k.kind, 'count', k.n) order by k.n desc, k.kind))
          from (select kind, sum(n) as n from (values ${sql.join(counted)}) as x (kind, n) where n > 0 group by kind) k) end`
  const { staysUnless } = of.kind
  const blocked = staysUnless
    ? sql`case when not (${isFree(of.kind)}) then jsonb_build_object('code', ${staysUnless.because}::text,
        'params', '{}'::jsonb) else ${referredTo} end`
    : referredTo
  const touched = of.mode === 'delete' ? sql`false` : sql`not ${isUntouched(of.kind)}`
  return sql`
    select t.id as record_id, 'created' as change, ${sql.ref('t.title')} as title, t.import_row as row_number,
      case when t.touched then 'kept' when t.because is not null then 'blocked' else 'reversed' end as outcome,
      case when t.touched then ${changedSince} else t.because end as because, t.version > 1 as is_edited
    from (select t.org_id, t.id, ${titleOf(of.kind)}::text as title, t.import_row, t.version, t.updated_import,
        t.updated_by, t.updated_at, ${touched} as touched, ${blocked} as because
      from ${sql.table(of.kind.table)} t ${sql.join(joins, sql` `)}
      where t.org_id = ${of.work.org}::bigint and t.import_id = ${of.importId}::bigint offset 0) t`
}

/** Who changed a record last, for the reason why it is kept. */
const changedSince = sql`jsonb_build_object('code', 'undo.changed_since', 'params', jsonb_build_object(
  'name', coalesce((select i.label from imports i where i.org_id = t.org_id and i.id = t.updated_import),
    (select p.name from people p where p.org_id = t.org_id and p.id = t.updated_by), '?'),
  'at', to_char(t.updated_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI')))`

export function titleOf(kind: KindDeclaration): RawBuilder<unknown> {
  const field = kind.fields.find((candidate) => candidate.name === kind.title)!
  return storedValue(columnsOf(field)[0]!, 't')
}

/** Fields as the import knew them: those that have been archived since too. */
export function knownFields(kind: KindDeclaration): readonly FieldDeclaration[] {
  return [...kind.fields, ...(kind.retired ?? [])]
}

/** What record `t` holds now of the fields that change `c` is about. */
export function currentValues(kind: KindDeclaration): RawBuilder<unknown> {
  const pairs = knownFields(kind).map((field) => sql`(${field.name}::text, ${canonicalOf(field, 't')})`)
  return sql`(select jsonb_object_agg(x.name, x.value) from (values ${sql.join(pairs)}) as x (name, value)
    where c.after ? x.name)`
}

/** Names of the fields of change `c` whose former value is none of the type that the field has now, as one text. */
export function unfitNames(kind: KindDeclaration): RawBuilder<unknown> {
  const own = knownFields(kind).filter((field) => field.custom)
  if (own.length === 0) return sql`null::text`
  const pairs = own.map(
    (field) => sql`(${field.name}::text, ${fitsField(field, sql`(c.before ->> ${field.name}::text)`)})`,
  )
  return sql`(select string_agg(x.name, ', ') from (values ${sql.join(pairs)}) as x (name, fits)
    where c.after ? x.name and not x.fits)`
}

/** Updated records with their outcome; a field that no longer holds what the import wrote keeps the record. */
function updatedOutcomes(of: UndoTarget): RawBuilder<unknown> {
  return sql`
    select c.record_id, 'updated' as change, coalesce(${titleOf(of.kind)}::text, '#' || c.record_id) as title, c.row_number,
      case when t.id is not null and ${currentValues(of.kind)} = c.after and ${unfitNames(of.kind)} is null then 'reversed'
        else 'kept' end as outcome,
      case when t.id is null then '{"code":"undo.deleted_since","params":{}}'::jsonb
        when ${unfitNames(of.kind)} is not null then jsonb_build_object('code', 'undo.other_type', 'params',
          jsonb_build_object('fields', ${unfitNames(of.kind)}))
        when ${currentValues(of.kind)} = c.after then null else ${changedSince} end as because, false as is_edited
    from import_changes c
    left join ${sql.table(of.kind.table)} t on t.org_id = c.org_id and t.id = c.record_id
    where c.org_id = ${of.work.org}::bigint and c.import_id = ${of.importId}::bigint and c.kind = ${of.kind.name}::text
      and c.change = 'updated' and c.undone_at is null`
}

/**
 * Created records that a person has deleted or merged away since: the bin may give them back, so they are told.
 * What went by its label is not among them: that was asked of the import itself.
 */
function binnedOutcomes(of: UndoTarget): RawBuilder<unknown> {
  return sql`
    select b.record_id, 'created' as change, b.title, (b.record ->> 'import_row')::bigint as row_number, 'kept' as outcome,
      jsonb_build_object('code', case b.reason when 'merged' then 'undo.merged_since' else 'undo.in_bin' end, 'params',
        jsonb_build_object('name', b.by_name, 'at', to_char(b.removed_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'))) as because,
      false as is_edited
    from record_bin b where ${isBinned(of)}`
}

function isBinned({ work, kind, importId }: UndoTarget): RawBuilder<unknown> {
  return sql`b.org_id = ${work.org}::bigint and b.kind = ${kind.name}::text
    and b.record ->> 'import_id' = ${importId}::text and not b.record ? ${removedByLabel}::text`
}

/** (record_id, change, title, row_number, outcome, because, is_edited) */
export function outcomes(of: UndoTarget): RawBuilder<unknown> {
  const created = sql`${createdOutcomes(of)} union all ${binnedOutcomes(of)}`
  return of.mode === 'delete' ? created : sql`${created} union all ${updatedOutcomes(of)}`
}

/** Records that the import made or changed and that are neither gone nor put back; what a person put into the bin is not gone. */
export async function countRemaining(of: UndoTarget): Promise<number> {
  const { n } = await one(
    of.work.db,
    sql<{ n: string }>`select (select count(*) from ${sql.table(of.kind.table)} t
        where t.org_id = ${of.work.org}::bigint and t.import_id = ${of.importId}::bigint)
      + (select count(*) from record_bin b where ${isBinned(of)})
      + (select count(*) from import_changes c where c.org_id = ${of.work.org}::bigint
        and c.import_id = ${of.importId}::bigint and c.kind = ${of.kind.name}::text and c.undone_at is null) as n`,
  )
  return Number(n)
}

export async function countOutcomes(of: UndoTarget): Promise<UndoCounts> {
  const counted = await rows(
    of.work.db,
    sql<{
      outcome: Outcome
      n: string
    }>`select outcome, count(*) as n from (${outcomes(of)}) o group by outcome`,
  )
  const counts = { reversed: 0, kept: 0, blocked: 0 }
  for (const { outcome, n } of counted) counts[outcome] = Number(n)
  return counts
}

export type Because = {
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
  /** What refers to the record, the most numerous kind first. */
  readonly by?: readonly { readonly kind: string; readonly count: number }[]
}

export type UndoOutcome = {
  record_id: string
  change: 'created' | 'updated'
  title: string
  row_number: string
  outcome: Outcome
  because: Because | null
}

/** Outcomes page by page, by change and record. */
export async function pageOutcomes(
  of: UndoTarget,
  page: {
    readonly outcome?: Outcome | undefined
    readonly after?: { change: string; id: string } | undefined
    readonly limit: number
  },
): Promise<UndoOutcome[]> {
  return rows(
    of.work.db,
    sql<UndoOutcome>`
      select * from (${outcomes(of)}) o
      where (${page.outcome ?? null}::text is null or o.outcome = ${page.outcome ?? null}::text)
        and (${page.after?.change ?? null}::text is null
          or (o.change, o.record_id) > (${page.after?.change ?? null}::text, ${page.after?.id ?? null}::bigint))
      order by o.change, o.record_id limit ${page.limit}::int`,
  )
}

/** What would stay, by its reason: kinds that refer to it, or that somebody changed it. */
export async function groupReasons(
  of: UndoTarget,
): Promise<{ deletable: number; edited: number; kept: { because: Because; count: number }[] }> {
  const found = await rows(
    of.work.db,
    sql<{ outcome: Outcome; code: string | null; kinds: string[] | null; n: string; edited: string }>`
      select outcome, because ->> 'code' as code,
        (select array_agg(b ->> 'kind' order by b ->> 'kind') from jsonb_array_elements(because -> 'by') b) as kinds,
        count(*) as n, count(*) filter (where is_edited) as edited
      from (${outcomes(of)}) o group by 1, 2, 3 order by count(*) desc`,
  )
  const free = found.filter(({ outcome }) => outcome === 'reversed')
  return {
    deletable: free.reduce((sum, { n }) => sum + Number(n), 0),
    edited: free.reduce((sum, { edited }) => sum + Number(edited), 0),
    kept: found
      .filter(({ outcome }) => outcome !== 'reversed')
      .map(({ code, kinds, n }) => ({
        because: { code: code ?? '', params: {}, by: (kinds ?? []).map((kind) => ({ kind, count: 0 })) },
        count: Number(n),
      })),
  }
}
