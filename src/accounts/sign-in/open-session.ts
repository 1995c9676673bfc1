/** Signs a person in: everything that ends with a session (setup, sign-in, invitation, reset) ends here. */
import type { OrgId, PersonId } from '../../platform/ids.ts'
import { inWork, type Work, type WorkSource } from '../../platform/work.ts'
import type { SessionView } from '../contract.ts'
import type { Effects } from '../effects.ts'
import type { AccountEventName } from '../events.ts'
import { describeMe } from '../me.ts'
import { updateBaseUrl } from '../organisations.store.ts'
import { readPerson } from '../people/people.store.ts'
import { refuseAccount } from '../refusals.ts'
import { personScope, visitorScope } from '../scopes.ts'
import { insertSession, type Visitor } from './sessions.store.ts'

export type SignedIn = { readonly cookie: string; readonly view: SessionView }

type Occasion = {
  /** Done first, in the same transaction; what it refuses is refused. */
  readonly before: (work: Work) => Promise<void>
  /** What the history says of it besides the sign-in, by the person. */
  readonly event?: AccountEventName
}

export async function openSession(
  source: WorkSource,
  place: { readonly org: OrgId; readonly person: PersonId },
  visitor: Visitor,
  effects: Effects,
  occasion?: Occasion,
): Promise<SignedIn> {
  const { org, person: id } = place
  return inWork(source, visitorScope(org, 'en'), async (visiting) => {
    await occasion?.before(visiting)
    const person = await readPerson(visiting, id)
    if (person?.status !== 'active') throw refuseAccount('sign-in.wrong')
    const work: Work = { ...visiting, actor: personScope(org, person, 'session').actor }
    const cookie = await insertSession(work, id, visitor)
    if (person.role === 'administrator') await updateBaseUrl(work, visitor.baseUrl)
    const about = { kind: 'people', recordId: id, params: { name: person.name, ip: visitor.ip } } as const
    if (occasion?.event) await effects.recordEvent(work, { ...about, event: occasion.event })
    await effects.recordEvent(work, { ...about, event: 'person.signed_in' })
    return { cookie, view: await describeMe(work) }
  })
}
