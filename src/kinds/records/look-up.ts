/** A few records by what one types: for whoever fills in a reference, and for the search from everywhere. */
import { type RawBuilder, sql } from 'kysely'
import { may, requirePermission } from '../../accounts/accounts.ts'
import { rows } from '../../platform/database.ts'
import type { Work } from '../../platform/work.ts'
import type { Kinds } from '../kind.ts'
import { columnsOf, storedValue } from '../storage.ts'
import { filterConditions } from './record-filter.ts'
import { accessOf, titleColumn } from './record-scope.ts'
import { scopeOf } from './records.store.ts'

/** What tells two records of one title apart; the first that a record has. */
const telling = ['email', 'code', 'regNumber', 'companyName', 'phone', 'externalId']

export type LookedUp = { readonly id: string; readonly title: string; readonly about: string | null }

/** Wholly, not in part: whoever pastes one of these means that very record. */
const whole = ['email', 'code', 'regNumber', 'externalId']

/** Nothing is counted, and only titles are looked through, so that it answers at every key. */
export async function lookUpRecords(
  work: Work,
  kinds: Kinds,
  name: string,
  query: {
    readonly search?: string | undefined
    readonly ids?: readonly string[] | undefined
    readonly limit: number
  },
): Promise<{ records: LookedUp[] }> {
  const own = await kinds.of(work)
  const kind = own.get(name)
  // Colleagues are named in fields by people who may not see the list of users: by name, and nothing more.
  const isNameOnly = name === 'people' && may(work, 'clients.read') && !may(work, accessOf(kind).read)
  if (!isNameOnly) requirePermission(work, accessOf(kind).read)
  const title = sql.ref(`t.${titleColumn(kind)}`)
  const stored = (names: readonly string[]): RawBuilder<unknown>[] =>
    (isNameOnly ? [] : names)
      .flatMap((field) => kind.fields.find((one) => one.name === field) ?? [])
      .filter((field) => field.name !== kind.title)
      .map((field) => storedValue(columnsOf(field).at(-1)!, 't'))
  const search = query.search?.trim() ?? ''
  const part = `%${search.replace(/[\\%_]/g, '\\$&')}%`
  const matches = [
    sql`${title}::text ilike ${part}::text`,
    ...stored(whole).map((value) => sql`lower(${value}) = ${search.toLowerCase()}::text`),
  ]
  const found = await rows(
    work.db,
    sql<LookedUp>`
      select t.id, coalesce(${title}::text, '#' || t.id) as title, coalesce(${sql.join([...stored(telling), sql`null`])})::text as about
      from ${sql.table(kind.table)} t
      where ${filterConditions(scopeOf({ work, kinds: own, kind }), kind, { ids: query.ids })}
        and (${search === '' ? sql`true` : sql.join(matches, sql` or `)})
      order by ${title}, t.id limit ${query.limit}::int`,
  )
  return { records: found }
}
