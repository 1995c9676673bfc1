/** Groups of the same thing: rows of the files with a key in common, and the records that have it already. */
import { type RawBuilder, sql } from 'kysely'
import { columnsOf, fieldOf, type KindDeclaration, storedValue } from '../../kinds/kinds.ts'
import { rows } from '../../platform/database.ts'
import type { Work } from '../../platform/work.ts'
import type { Part } from '../part.ts'
import { fileRow, keyFilled, mappedField, stagedKey, storedKey, tablesOf } from '../record-sql.ts'
import type { Key } from './duplicates.store.ts'

export type DuplicateGroup = {
  values: string[]
  count: number
  rows: { source: number; row: number }[]
  records: { id: string; title: string }[]
}

const shownOfGroup = 20

/** The largest groups first; each with the first of its rows and records. */
export async function pageDuplicates(
  work: Work,
  kind: KindDeclaration,
  keyed: readonly { readonly part: Part; readonly key: Key }[],
  page: { readonly offset: number; readonly limit: number },
): Promise<DuplicateGroup[]> {
  const fields = keyed[0]!.key.by.map((name) => mappedField(keyed[0]!.part, name).field)
  const inFile = keyed.map(({ part, key }) => rowsOf(part, key))
  const stored = sql`array[${sql.join(fields.map((field) => sql`${storedKey(field)}::text`))}]::text[]`
  const title = storedValue(columnsOf(fieldOf(kind, kind.title))[0]!, 't')
  return rows(
    work.db,
    sql<DuplicateGroup>`
      with keyed as materialized (${sql.join(inFile, sql` union all `)}),
      there as (
        select ${stored} as k, t.id, ${title}::text as title from ${sql.table(kind.table)} t
        where t.org_id = ${work.org}::bigint and ${stored} in (select k from keyed)),
      known as (
        select k, jsonb_path_query_array(jsonb_agg(jsonb_build_object('id', id::text, 'title', coalesce(title, '#' || id)) order by id),
          ${`$[0 to ${shownOfGroup - 1}]`}::jsonpath) as records
        from there group by k)
      select g.k as values, g.n::int as count, g.rows, coalesce(known.records, '[]'::jsonb) as records
      from (select k, count(*) as n, jsonb_path_query_array(
            jsonb_agg(jsonb_build_object('source', source, 'row', row) order by source, row),
            ${`$[0 to ${shownOfGroup - 1}]`}::jsonpath) as rows
          from keyed group by k) g
      left join known using (k)
      where g.n > 1 or known.k is not null
      order by g.n desc, g.k offset ${page.offset}::int limit ${page.limit}::int`,
  )
}

function rowsOf(part: Part, key: Key): RawBuilder<unknown> {
  const texts = sql.join(key.by.map((name) => sql`${stagedKey({ part }, name)}::text`))
  return sql`select array[${texts}]::text[] as k, ${part.source}::int as source, ${fileRow(part)}::int as row
    from ${tablesOf(part).rows} s
    where s.action <> 'f' and ${keyFilled({ part }, key.by)} ${key.where ? sql`and ${key.where}` : sql``}`
}
