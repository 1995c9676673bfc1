/** Conversions of leads: what each lead became, and how to take it back. */
import { row, run, sql } from '../../platform/database.ts'
import type { Work } from '../../platform/work.ts'

export type Conversion = {
  readonly id: string
  readonly client_id: string
  readonly contact_id: string | null
  readonly made_client: boolean
  readonly made_contact: boolean
  readonly before: Readonly<Record<string, string | null>>
}

export async function insertConversion(
  work: Work,
  lead: string,
  of: Omit<Conversion, 'id'>,
): Promise<string> {
  const made = await row(
    work.db,
    sql<{ id: string }>`
      insert into lead_conversions (org_id, lead_id, client_id, contact_id, made_client, made_contact, before, converted_at, converted_by)
      values (${work.org}::bigint, ${lead}::bigint, ${of.client_id}::bigint, ${of.contact_id}::bigint, ${of.made_client}::boolean,
        ${of.made_contact}::boolean, ${JSON.stringify(of.before)}::jsonb, ${work.now}::timestamptz, ${work.actor.person}::bigint)
      returning id`,
  )
  return made!.id
}

/** The conversion that stands, or null. */
export async function readConversion(work: Work, lead: string): Promise<Conversion | null> {
  return row(
    work.db,
    sql<Conversion>`
      select id, client_id, contact_id, made_client, made_contact, before from lead_conversions
      where org_id = ${work.org}::bigint and lead_id = ${lead}::bigint and undone_at is null
      order by id desc limit 1 for update`,
  )
}

export async function markUndone(work: Work, id: string): Promise<void> {
  await run(
    work.db,
    sql`update lead_conversions set undone_at = ${work.now}::timestamptz
      where org_id = ${work.org}::bigint and id = ${id}::bigint`,
  )
}
