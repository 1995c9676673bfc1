/** Records that may be the same: the rules of the kind asked about what is in the store, the largest groups first. */
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { rows } from '../../platform/database.ts'
import type { Work } from '../../platform/work.ts'
import type { DuplicateRule, FieldDeclaration, Kinds } from '../kind.ts'
import { canonicalOf } from '../storage.ts'
import type { DuplicateGroup } from './contract.ts'
import { openRecords, type RecordScope, titleColumn } from './record-scope.ts'

type Found = { keys: string[]; count: number; records: { id: string; title: string; version: number }[] }

export async function listDuplicates(
  work: Work,
  kinds: Kinds,
  kind: string,
  limit: number,
): Promise<{ groups: z.output<typeof DuplicateGroup>[] }> {
  const of = await openRecords(work, kinds, kind, 'read')
  const groups: z.output<typeof DuplicateGroup>[] = []
  const spoken: RawBuilder<unknown>[] = []
  for (const rule of of.kind.duplicateRules ?? []) {
    const left = limit - groups.length
    if (left <= 0) break
    const found = await groupsOf(of, rule, spoken, left)
    groups.push(
      ...found.map(({ keys, count, records }) => ({ by: [...rule.by], values: keys, count, records })),
    )
    // A record speaks by the first rule whose fields it fills, as in the check of an import.
    spoken.push(sql`not (${speaks(of, rule)})`)
  }
  return { groups }
}

const and = sql` and `

function fieldIn(of: RecordScope, name: string): FieldDeclaration {
  return of.kind.fields.find((field) => field.name === name)!
}

/** Without case; a phone by its international form. */
function keyOf(field: FieldDeclaration): RawBuilder<unknown> {
  const text = canonicalOf(field, 't')
  return field.type === 'phone' ? sql`split_part(${text}, E'\\x1f', 1)` : sql`lower(${text})`
}

function speaks(of: RecordScope, { by, when }: DuplicateRule): RawBuilder<unknown> {
  const filled = by.map((name) => sql`${canonicalOf(fieldIn(of, name), 't')} is not null`)
  const narrowed = when
    ? [sql`coalesce(${canonicalOf(fieldIn(of, when.field), 't')}, '') = any(${[...when.values]}::text[])`]
    : []
  return sql.join([...filled, ...narrowed], and)
}

async function groupsOf(
  of: RecordScope,
  rule: DuplicateRule,
  spoken: readonly RawBuilder<unknown>[],
  limit: number,
): Promise<Found[]> {
  const keys = sql.join(rule.by.map((name) => keyOf(fieldIn(of, name))))
  const asked = sql.join([sql`t.org_id = ${of.work.org}::bigint`, speaks(of, rule), ...spoken], and)
  const title = sql.ref(`t.${titleColumn(of.kind)}`)
  return rows(
    of.work.db,
    sql<Found>`
      select array[${keys}]::text[] as keys, count(*)::int as count,
        (select jsonb_agg(r) from unnest((array_agg(jsonb_build_object('id', t.id::text, 'title', coalesce(${title}::text, ''),
          'version', t.version) order by t.id))[1:10]) as r) as records
      from ${sql.table(of.kind.table)} t where ${asked}
      group by ${keys} having count(*) > 1
      order by count(*) desc, min(t.id) limit ${limit}::int`,
  )
}
