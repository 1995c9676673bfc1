/** Organisations in the database. A new one is made by the function of the database that may do so. */
import { one, type Queryable, run, sql } from '../platform/database.ts'
import type { OrgId } from '../platform/ids.ts'
import type { Language } from '../platform/refusal.ts'
import type { Work } from '../platform/work.ts'

export type Organisation = {
  readonly id: OrgId
  readonly name: string
  readonly language: Language
  readonly timeZone: string
  readonly country: string
  readonly currency: string
  readonly isDemo: boolean
  readonly createdAt: Date
}

export async function readOrganisation(work: Work): Promise<Organisation> {
  return one(
    work.db,
    sql<Organisation>`
      select org_id as id, name, language, time_zone as "timeZone", country, currency, is_demo as "isDemo", created_at as "createdAt"
      from organisations where org_id = ${work.org}::bigint`,
  )
}

type Changeable = Omit<Organisation, 'id' | 'isDemo' | 'createdAt'>
export type OrganisationChange = { readonly [K in keyof Changeable]?: Changeable[K] | undefined }

export async function updateOrganisation(work: Work, change: OrganisationChange): Promise<void> {
  await run(
    work.db,
    sql`update organisations set
          name = coalesce(${change.name ?? null}::text, name),
          language = coalesce(${change.language ?? null}::text, language),
          time_zone = coalesce(${change.timeZone ?? null}::text, time_zone),
          country = coalesce(${change.country ?? null}::text, country),
          currency = coalesce(${change.currency ?? null}::text, currency)
        where org_id = ${work.org}::bigint`,
  )
}

/** Where administrators reach this installation, as seen when one last signed in. */
export async function readBaseUrl(work: Work): Promise<string | null> {
  const { url } = await one(
    work.db,
    sql<{ url: string | null }>`
      select base_url as url from organisations where org_id = ${work.org}::bigint`,
  )
  return url
}

export async function updateBaseUrl(work: Work, url: string): Promise<void> {
  await run(
    work.db,
    sql`update organisations set base_url = ${url}::text
        where org_id = ${work.org}::bigint and base_url is distinct from ${url}::text`,
  )
}

export async function insertOrganisation(
  db: Queryable,
  organisation: Omit<Organisation, 'id' | 'createdAt'>,
  at: Date,
): Promise<OrgId> {
  const { id } = await one(
    db,
    sql<{ id: OrgId }>`
      select create_organisation(${organisation.name}::text, ${organisation.language}::text,
        ${organisation.timeZone}::text, ${organisation.country}::text, ${organisation.currency}::text,
        ${organisation.isDemo}::boolean, ${at}::timestamptz) as id`,
  )
  return id
}

export async function isSetupNeeded(db: Queryable): Promise<boolean> {
  return (await one(db, sql<{ needed: boolean }>`select is_setup_needed() as needed`)).needed
}

/** Organisations in which somebody can sign in with this address. */
export async function findSignInOrganisations(db: Queryable, email: string): Promise<OrgId[]> {
  const found = await sql<{ id: OrgId }>`
    select find_sign_in_organisations(${email}::text) as id`.execute(db)
  return found.rows.map((one) => one.id)
}
