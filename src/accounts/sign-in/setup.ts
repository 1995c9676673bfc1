/**
 * The first organisation of an installation. Whoever starts the program finds a one-time link on its console;
 * of several people who use it at the same moment one gets the organisation and the others are refused.
 */
import { type Queryable, row, run, sql } from '../../platform/database.ts'
import type { OrgId, PersonId } from '../../platform/ids.ts'
import type { Language } from '../../platform/refusal.ts'
import type { Work, WorkSource } from '../../platform/work.ts'
import { changedFields, type Effects } from '../effects.ts'
import { checkDefaults } from '../organisation.ts'
import { insertOrganisation, isSetupNeeded, type Organisation } from '../organisations.store.ts'
import { checkPassword, hashPassword } from '../passwords.ts'
import { insertPerson, type NewPerson } from '../people/people.store.ts'
import { refuseAccount } from '../refusals.ts'
import { roleLabels } from '../roles.ts'
import { systemScope } from '../scopes.ts'
import { hashSecret, makeSecret } from '../secrets.ts'
import { openSession, type SignedIn } from './open-session.ts'
import type { Visitor } from './sessions.store.ts'

const linkDays = 7

/** The link to print on the console, or null when there is an organisation already. Replaces earlier links. */
export async function createSetupLink(source: WorkSource, baseUrl: string): Promise<string | null> {
  return inTurn(source, async (db) => {
    if (!(await isSetupNeeded(db))) return null
    const secret = makeSecret()
    const now = source.clock.now()
    await run(db, sql`delete from setup_tokens`)
    await run(
      db,
      sql`insert into setup_tokens (secret_hash, created_at, expires_at)
          values (${hashSecret(secret)}::bytea, ${now}::timestamptz,
            ${now}::timestamptz + ${linkDays}::int * interval '1 day')`,
    )
    return `${baseUrl.replace(/\/$/, '')}/setup?token=${secret}`
  })
}

export async function findSetup(source: WorkSource): Promise<{ needed: boolean }> {
  return { needed: await isSetupNeeded(source.database.roles('app')) }
}

type SetupInput = {
  readonly token: string
  readonly organisation: string
  readonly name: string
  readonly email: string
  readonly password: string
  readonly language: Language
  readonly timeZone: string
  readonly country: string
  readonly currency: string
}

export async function completeSetup(
  source: WorkSource,
  input: SetupInput,
  visitor: Visitor,
  effects: Effects,
): Promise<SignedIn> {
  const { language, timeZone, country, currency } = input
  const defaults = { language, timeZone, country, currency }
  checkDefaults(defaults)
  checkPassword(input.password, input.email)
  const db = source.database.roles('app')
  // The hash costs memory and time: nobody without the link makes us compute it.
  await requireSetupToken(source, db, input.token)
  const passwordHash = await hashPassword(input.password)
  const made = await inTurn(source, async (db) => {
    await requireSetupToken(source, db, input.token)
    await run(db, sql`delete from setup_tokens`)
    const administrator: NewPerson = {
      name: input.name,
      email: input.email,
      role: 'administrator',
      language,
      status: 'active',
      passwordHash,
    }
    const organisation = { name: input.organisation, ...defaults, isDemo: false }
    const { org, people } = await makeOrganisation(source, db, organisation, [administrator], effects)
    return { org, person: people[0]! }
  })
  return openSession(source, made, visitor, effects)
}

async function requireSetupToken(source: WorkSource, db: Queryable, token: string): Promise<void> {
  if (!(await isSetupNeeded(db))) throw refuseAccount('setup.already_done')
  const found = await row(
    db,
    sql`select 1 from setup_tokens
        where secret_hash = ${hashSecret(token)}::bytea and expires_at > ${source.clock.now()}::timestamptz`,
  )
  if (!found) throw refuseAccount('setup.token_invalid')
}

/** Only one process at a time makes organisations; the others wait. */
export async function inTurn<T>(source: WorkSource, act: (db: Work['db']) => Promise<T>): Promise<T> {
  return source.database
    .roles('app')
    .transaction()
    .execute(async (db) => {
      await run(db, sql`lock table setup_tokens in share row exclusive mode`)
      return act(db)
    })
}

/** Makes an organisation with its first people, and goes on in it until the transaction ends. */
export async function makeOrganisation(
  source: WorkSource,
  db: Work['db'],
  organisation: Omit<Organisation, 'id' | 'createdAt'>,
  founders: readonly NewPerson[],
  effects: Pick<Effects, 'recordEvent'>,
): Promise<{ org: OrgId; people: PersonId[] }> {
  const now = source.clock.now()
  const org = await insertOrganisation(db, organisation, now)
  await run(db, sql`select set_config('carryover.org', ${org}::text, true)`)
  const { actor } = systemScope(org)
  const work: Work = { org, actor, now, db, enqueue: source.enqueueIn(db) }
  const { name, language, timeZone, country, currency } = organisation
  await effects.recordEvent(work, {
    kind: 'organisation',
    recordId: org,
    event: 'organisation.created',
    params: { name },
    changes: changedFields({}, { name, language, timeZone, country, currency }),
  })
  const people: PersonId[] = []
  for (const founder of founders) {
    const id = await insertPerson(work, founder)
    if (id === null) throw new Error('Two founders of an organisation have the same address.')
    people.push(id)
    await effects.recordEvent(work, {
      kind: 'people',
      recordId: id,
      event: 'person.created',
      params: { name: founder.name, role: roleLabels[founder.role] },
    })
  }
  return { org, people }
}
