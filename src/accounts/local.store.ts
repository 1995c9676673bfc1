/**
 * What the command line looks up before it has an organisation. It reads as the owner of the tables, whom
 * only somebody with the installation's master key can be.
 */
import { rows, sql } from '../platform/database.ts'
import type { OrgId } from '../platform/ids.ts'
import type { WorkSource } from '../platform/work.ts'
import type { Person } from './people/people.store.ts'

export type LocalPerson = Pick<Person, 'id' | 'name' | 'email' | 'role' | 'language' | 'status'>

export type LocalOrganisation = {
  readonly org: OrgId
  readonly name: string
  readonly isDemo: boolean
}

export async function readLocalOrganisations(source: WorkSource): Promise<LocalOrganisation[]> {
  return rows(
    source.database.roles('owner'),
    sql<LocalOrganisation>`
      select org_id as org, name, is_demo as "isDemo" from organisations order by org_id`,
  )
}

/** Active people of these organisations. */
export async function readLocalPeople(
  source: WorkSource,
  orgs: readonly OrgId[],
): Promise<(LocalPerson & { org: OrgId })[]> {
  return rows(
    source.database.roles('owner'),
    sql<LocalPerson & { org: OrgId }>`
      select org_id as org, id, name, email, role, language, status from people
      where org_id = any (${[...orgs]}::bigint[]) and status = 'active'
      order by org_id, id`,
  )
}
