/** Definitions of custom fields, and the revision under which an organisation's definitions are known. */
import { row, rows, run, sql } from '../../platform/database.ts'
import type { Work } from '../../platform/work.ts'
import type { CustomFieldType } from './contract.ts'

export type StoredField = {
  readonly id: string
  readonly kind: string
  readonly key: string
  readonly type: CustomFieldType
  readonly label_en: string | null
  readonly label_cs: string | null
  readonly hint: string | null
  readonly group_name: string | null
  readonly required: boolean
  readonly pattern: string | null
  readonly max_length: number | null
  readonly currency: string | null
  readonly list: string | null
  readonly in_list: boolean
  readonly in_filter: boolean
  readonly in_export: boolean
  readonly place: number
  readonly version: number
  readonly archived_at: Date | null
  readonly deleted_at: Date | null
}

const columns = sql`id, kind, key, type, label_en, label_cs, hint, group_name, required, pattern, max_length, currency,
  list, in_list, in_filter, in_export, place, version, archived_at, deleted_at`

/** Null as long as the organisation has changed nothing. */
export async function readRevision(work: Work): Promise<string | null> {
  const found = await row(
    work.db,
    sql<{ revision: string }>`select revision from kind_revisions where org_id = ${work.org}::bigint`,
  )
  return found?.revision ?? null
}

/** Whoever holds definitions in memory reads them again from now on. */
export async function touchRevision(work: Work): Promise<void> {
  await run(
    work.db,
    sql`insert into kind_revisions (org_id, revision) values (${work.org}::bigint, gen_random_uuid())
      on conflict (org_id) do update set revision = excluded.revision`,
  )
}

/** Deleted ones included, in the order of their places. */
export async function readFields(work: Work): Promise<StoredField[]> {
  return rows(
    work.db,
    sql<StoredField>`select ${columns} from custom_fields where org_id = ${work.org}::bigint order by place, id`,
  )
}
