/** Signs a person in: everything that ends with a session (setup, sign-in, invitation, reset) ends here. */
import type { OrgId, PersonId } from '../../platform/ids.ts'
import { inWork, type Work, type WorkSource } from '../../platform/work.ts'
import type { SessionView } from '../contract.ts'
import type { Effects } from '../effects.ts'
import { describeMe } from '../me.ts'
import { readPerson } from '../people/people.store.ts'
import { refuseAccount } from '../refusals.ts'
import { personScope, visitorScope } from '../scopes.ts'
import { insertSession, type Visitor } from './sessions.store.ts'

export type SignedIn = { readonly cookie: string; readonly view: SessionView }

/** `also` is done in the same transaction, as the person, before the session is opened. */
export async function openSession(
  source: WorkSource,
  place: { readonly org: OrgId; readonly person: PersonId },
  visitor: Visitor,
  effects: Effects,
  also: (work: Work) => Promise<void> = async () => undefined,
): Promise<SignedIn> {
  const { org, person: id } = place
  return inWork(source, visitorScope(org, 'en'), async (visiting) => {
    await also(visiting)
    const person = await readPerson(visiting, id)
    if (person?.status !== 'active') throw refuseAccount('sign-in.wrong')
    const work: Work = { ...visiting, actor: personScope(org, person, 'session').actor }
    const cookie = await insertSession(work, id, visitor)
    await effects.recordEvent(work, {
      kind: 'people',
      recordId: id,
      event: 'person.signed_in',
      params: { ip: visitor.ip },
    })
    return { cookie, view: await describeMe(work) }
  })
}
