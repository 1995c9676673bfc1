/** The demonstration: an organisation with a person for each role, all with one password that is printed. */
import type { OrgId } from '../platform/ids.ts'
import type { WorkSource } from '../platform/work.ts'
import type { Effects } from './effects.ts'
import { readLocalOrganisations } from './local.store.ts'
import { hashPassword } from './passwords.ts'
import { type Role, roles } from './permissions.ts'
import { inTurn, makeOrganisation } from './sign-in/setup.ts'

const demoPassword = 'sunrise over brno'

const names: Readonly<Record<Role, string>> = {
  administrator: 'Alena Dvořáková',
  manager: 'Marek Novotný',
  operator: 'Jana Svobodová',
  support: 'Petr Král',
  migration: 'Eva Horáková',
  member: 'Tomáš Beneš',
}

export type DemoOrganisation = {
  readonly org: OrgId
  readonly name: string
  readonly password: string
  readonly people: readonly { readonly role: Role; readonly name: string; readonly email: string }[]
  /** False when it was there already. */
  readonly isNew: boolean
}

/** Makes the demonstration's organisation unless it is there. */
export async function ensureDemoOrganisation(
  source: WorkSource,
  effects: Pick<Effects, 'recordEvent'>,
): Promise<DemoOrganisation> {
  const people = roles.map((role) => ({ role, name: names[role], email: `${role}@demo.example` }))
  const name = 'Sunrise Trading (demo)'
  const passwordHash = await hashPassword(demoPassword)
  return inTurn(source, async (db) => {
    const known = (await readLocalOrganisations(source)).find(({ isDemo }) => isDemo)
    if (known) return { org: known.org, name: known.name, password: demoPassword, people, isNew: false }
    const { org } = await makeOrganisation(
      source,
      db,
      { name, language: 'en', timeZone: 'Europe/Prague', country: 'CZ', currency: 'CZK', isDemo: true },
      people.map((person) => ({ ...person, language: 'en', status: 'active', passwordHash })),
      effects,
    )
    return { org, name, password: demoPassword, people, isNew: true }
  })
}
