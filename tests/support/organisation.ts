/** An organisation to work in: one active person for each role, all with one password. */
import { openLocalScope } from '../../src/accounts/accounts.ts'
import { hashPassword } from '../../src/accounts/passwords.ts'
import { type Role, roles } from '../../src/accounts/permissions.ts'
import { inTurn, makeOrganisation } from '../../src/accounts/sign-in/setup.ts'
import { recordEvent } from '../../src/history/history.ts'
import type { OrgId } from '../../src/platform/ids.ts'
import type { Platform } from '../../src/platform/platform.ts'
import { inWork, type Work, type WorkScope } from '../../src/platform/work.ts'

export const testPassword = 'a quiet morning'

export type TestOrganisation = {
  readonly org: OrgId
  readonly emailOf: (role: Role) => string
  readonly scopeOf: (role: Role) => Promise<WorkScope>
  /** Does something in a transaction of its own as somebody with this role. */
  readonly as: <T>(role: Role, act: (work: Work) => Promise<T>, database?: 'app' | 'loader') => Promise<T>
}

/** `name` in one word: it is in the addresses too (`manager@sunrise.example`). */
export async function createTestOrganisation(
  platform: Platform,
  name = 'sunrise',
): Promise<TestOrganisation> {
  const passwordHash = await hashPassword(testPassword)
  const emailOf = (role: Role): string => `${role}@${name}.example`
  const { org } = await inTurn(platform, (db) =>
    makeOrganisation(
      platform,
      db,
      { name, language: 'en', timeZone: 'Europe/Prague', country: 'CZ', currency: 'CZK', isDemo: false },
      roles.map((role) => ({
        name: `${role} of ${name}`,
        email: emailOf(role),
        role,
        language: 'en',
        status: 'active',
        passwordHash,
      })),
      { recordEvent },
    ),
  )
  const scopeOf = (role: Role): Promise<WorkScope> => openLocalScope(platform, { org, as: emailOf(role) })
  return {
    org,
    emailOf,
    scopeOf,
    as: async (role, act, database = 'app') =>
      inWork(platform, { ...(await scopeOf(role)), role: database }, act),
  }
}
