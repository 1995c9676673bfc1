/** People and the links in their mail over HTTP. */
import type { Api, Exchange } from '../../platform/http.ts'
import type { SessionView } from '../contract.ts'
import type { Effects } from '../effects.ts'
import type { SignedIn } from '../sign-in/open-session.ts'
import { changePerson, deactivatePerson, reactivatePerson } from './change.ts'
import * as contract from './contract.ts'
import { acceptInvitation, describeInvitation, invitePerson, resendInvitation } from './invite.ts'
import { findPerson, listPeople } from './person.ts'
import { completePasswordReset, requestPasswordReset } from './reset-password.ts'

type KeepSession = (exchange: Exchange, signedIn: SignedIn) => SessionView

export function mountPeople(api: Api, effects: Effects, keepSession: KeepSession): void {
  api.mount(contract.listPeople, (work, { query }) => listPeople(work, query))
  api.mount(contract.findPerson, (work, { params }) => findPerson(work, params.id))
  api.mount(contract.invitePerson, (work, { body }, { baseUrl }) =>
    invitePerson(work, body, baseUrl, effects),
  )
  api.mount(contract.resendInvitation, (work, { params }, { baseUrl }) =>
    resendInvitation(work, params.id, baseUrl, effects),
  )
  api.mount(contract.changePerson, (work, { params, body }) => changePerson(work, params.id, body, effects))
  api.mount(contract.deactivatePerson, (work, { params }) => deactivatePerson(work, params.id, effects))
  api.mount(contract.reactivatePerson, (work, { params }, { baseUrl }) =>
    reactivatePerson(work, params.id, baseUrl, effects),
  )
  api.mountPublic(contract.describeInvitation, (platform, { body }) =>
    describeInvitation(platform, body.token),
  )
  api.mountPublic(contract.acceptInvitation, async (platform, { body }, exchange) =>
    keepSession(exchange, await acceptInvitation(platform, body, exchange, effects)),
  )
  api.mountPublic(contract.requestPasswordReset, async (platform, { body }, exchange) => {
    await requestPasswordReset(platform, body.email, exchange.ip, effects)
    return { accepted: true as const }
  })
  api.mountPublic(contract.completePasswordReset, async (platform, { body }, exchange) =>
    keepSession(exchange, await completePasswordReset(platform, body, exchange, effects)),
  )
}
