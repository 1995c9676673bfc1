/**
 * The door of accounts: who is calling, as whom something is done, and whether they may. Organisations,
 * people, sessions and keys are managed by the operations of the contracts; other modules need only this.
 */
import type { OrgId, PersonId } from '../platform/ids.ts'
import { inWork, type WorkScope, type WorkSource } from '../platform/work.ts'
import { readPerson } from './people/people.store.ts'
import { personScope, systemScope } from './scopes.ts'

export { may, requirePermission } from './access.ts'
export { type DemoOrganisation, ensureDemoOrganisation } from './demo-organisation.ts'
export type { Effects, RecordEvent, SendMail } from './effects.ts'
export { accountEvents } from './events.ts'
export { type LocalChoice, openLocalScope } from './local-scope.ts'
export { findOrganisation } from './organisation.ts'
export type { Organisation } from './organisations.store.ts'
export { erasePerson, requireAdministrator } from './people/change.ts'
export { findPersonNames } from './people/person.ts'
export type { Permission, Role } from './permissions.ts'
export { refuseAccount } from './refusals.ts'
export { authenticateWith } from './sign-in/authenticate.ts'
export { createSetupLink, findSetup } from './sign-in/setup.ts'

/**
 * Scope for a queued task: of the person who asked for it, with what they may do now (nothing, once they are
 * deactivated), or of the system itself, which may do everything.
 */
export async function taskScope(
  source: WorkSource,
  org: OrgId,
  person: PersonId | null = null,
): Promise<WorkScope> {
  const system = systemScope(org)
  if (person === null) return system
  const found = await inWork(source, system, (work) => readPerson(work, person))
  return found ? personScope(org, found, 'task') : system
}
