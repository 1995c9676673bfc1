/** The rules of an organisation for importing in the database; a row only where they are not the usual ones. */
import { one, row, run, sql } from '../../platform/database.ts'
import type { PersonId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { ImportPolicy } from './contract.ts'

export async function readPolicy(work: Work): Promise<ImportPolicy | null> {
  return row(
    work.db,
    sql<ImportPolicy>`select profile, roles, limits, changed_file as "changedFile" from import_policies
      where org_id = ${work.org}::bigint`,
  )
}

export async function writePolicy(work: Work, policy: ImportPolicy): Promise<void> {
  await run(
    work.db,
    sql`insert into import_policies (org_id, profile, roles, limits, changed_file, updated_at, updated_by)
      values (${work.org}::bigint, ${policy.profile}::text, ${[...policy.roles]}::text[], ${JSON.stringify(policy.limits)}::jsonb,
        ${policy.changedFile}::text, ${work.now}::timestamptz, ${work.actor.person}::bigint)
      on conflict (org_id) do update set profile = excluded.profile, roles = excluded.roles, limits = excluded.limits,
        changed_file = excluded.changed_file, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
  )
}

export async function hasRole(work: Work, person: PersonId, roles: readonly string[]): Promise<boolean> {
  const { held } = await one(
    work.db,
    sql<{ held: boolean }>`select exists (select 1 from people where org_id = ${work.org}::bigint
      and id = ${person}::bigint and role = any(${[...roles]}::text[])) as held`,
  )
  return held
}
