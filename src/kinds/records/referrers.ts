/** What refers to records of a kind, and what becomes of it when they go. */
import { type RawBuilder, sql } from 'kysely'
import { one } from '../../platform/database.ts'
import { castText } from '../cast-text.ts'
import type { FieldDeclaration, KindDeclaration } from '../kind.ts'
import { columnsOf, storedValue } from '../storage.ts'
import type { RecordScope } from './record-scope.ts'

export type Fate = 'goes_with' | 'may_go' | 'detached' | 'needs_it'

export type Referrer = {
  readonly kind: KindDeclaration
  readonly field: FieldDeclaration
  readonly fate: Fate
}

export function referrersOf(of: RecordScope): Referrer[] {
  return of.kinds
    .referrers(of.kind.name)
    .map(({ kind, field }) => ({ kind, field, fate: fateOf(of.kind, kind, field) }))
}

function fateOf(kind: KindDeclaration, referring: KindDeclaration, field: FieldDeclaration): Fate {
  if (referring.partOf?.includes(field.name)) return 'goes_with'
  const isChild = kind.children?.some((child) => child.kind === referring.name && child.into === field.name)
  if (isChild) return 'may_go'
  return field.required ? 'needs_it' : 'detached'
}

/** The id that the referring record `r` names, as a number. */
export function referredId({ field }: Pick<Referrer, 'field'>, alias = 'r'): RawBuilder<unknown> {
  const value = storedValue(columnsOf(field)[0]!, alias)
  return field.custom ? castText(value, 'bigint') : value
}

export async function countReferring(
  of: RecordScope,
  referrer: Referrer,
  ids: readonly string[],
): Promise<number> {
  const { n } = await one(
    of.work.db,
    sql<{ n: string }>`select count(*) as n from ${sql.table(referrer.kind.table)} r
      where r.org_id = ${of.work.org}::bigint and ${referredId(referrer)} = any(${[...ids]}::bigint[])`,
  )
  return Number(n)
}
