/** Lists that the organisation has changed, and their options. */
import { rows, sql } from '../../platform/database.ts'
import type { Work } from '../../platform/work.ts'

export type StoredList = {
  readonly id: string
  readonly name: string
  readonly label_en: string | null
  readonly label_cs: string | null
}

export type StoredOption = {
  readonly id: string
  readonly list: string
  readonly value: string
  readonly label_en: string | null
  readonly label_cs: string | null
  readonly synonyms: readonly string[]
  readonly archived_at: Date | null
}

export async function readLists(work: Work): Promise<StoredList[]> {
  return rows(
    work.db,
    sql<StoredList>`select id, name, label_en, label_cs from code_lists where org_id = ${work.org}::bigint order by id`,
  )
}

/** Of one list or of all, in the order of their places. */
export async function readOptions(work: Work, list: string | null = null): Promise<StoredOption[]> {
  return rows(
    work.db,
    sql<StoredOption>`
      select id, list, value, label_en, label_cs, synonyms, archived_at from list_options
      where org_id = ${work.org}::bigint and (${list}::text is null or list = ${list}::text)
      order by place, id`,
  )
}
