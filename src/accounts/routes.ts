/** Accounts over HTTP. History and mail are handed in, because they stand on higher floors. */
import { type Api, type Exchange, sessionCookie } from '../platform/http.ts'
import { inWork } from '../platform/work.ts'
import { createApiKey, listApiKeys, revokeApiKey } from './api-keys/api-keys.ts'
import * as keys from './api-keys/contract.ts'
import * as contract from './contract.ts'
import type { Effects } from './effects.ts'
import { describeMe } from './me.ts'
import { changeOrganisation, findOrganisation } from './organisation.ts'
import { mountPeople } from './people/routes.ts'
import { describeRoles } from './roles.ts'
import type { SignedIn } from './sign-in/open-session.ts'
import {
  changePassword,
  changeProfile,
  endSession,
  listOwnSessions,
  signOut,
  signOutEverywhere,
} from './sign-in/own-account.ts'
import { sessionSeconds } from './sign-in/sessions.store.ts'
import { completeSetup, findSetup } from './sign-in/setup.ts'
import { signIn } from './sign-in/sign-in.ts'

export function mountAccounts(api: Api, effects: Effects): void {
  mountSignIn(api, effects)
  mountOwnAccount(api, effects)
  mountPeople(api, effects, keepSession)
  mountApiKeys(api, effects)
  mountOrganisation(api, effects)
}

/** Gives the browser its cookie; nothing of it goes into the answer. */
function keepSession(exchange: Exchange, { cookie, view }: SignedIn): SignedIn['view'] {
  exchange.setCookie(sessionCookie, cookie, sessionSeconds)
  return view
}

function mountSignIn(api: Api, effects: Effects): void {
  api.mountPublic(contract.describeSetup, (platform) => findSetup(platform))
  api.mountPublic(contract.completeSetup, async (platform, { body }, exchange) =>
    keepSession(exchange, await completeSetup(platform, body, exchange, effects)),
  )
  api.mountPublic(contract.signIn, async (platform, { body }, exchange) => {
    const { cookie, session, organisations } = await signIn(platform, body, exchange, effects)
    if (cookie !== null) exchange.setCookie(sessionCookie, cookie, sessionSeconds)
    return { session, organisations }
  })
}

function mountOwnAccount(api: Api, effects: Effects): void {
  api.mount(contract.findSession, (work, _, exchange) => {
    const cookie = exchange.cookie(sessionCookie)
    // The session slides on the server; the browser's copy is renewed whenever the interface opens.
    if (cookie !== undefined && work.actor.via === 'session')
      exchange.setCookie(sessionCookie, cookie, sessionSeconds)
    return describeMe(work)
  })
  api.mount(contract.signOut, async (work, _, exchange) => {
    const ended = await signOut(work, exchange.cookie(sessionCookie), effects)
    exchange.clearCookie(sessionCookie)
    return { ended }
  })
  api.mount(contract.listSessions, async (work, _, exchange) => ({
    sessions: await listOwnSessions(work, exchange.cookie(sessionCookie)),
  }))
  api.mount(contract.endSession, async (work, { params }) => ({
    ended: await endSession(work, params.id, effects),
  }))
  api.mount(contract.signOutEverywhere, async (work, _, exchange) => {
    const ended = await signOutEverywhere(work, effects)
    exchange.clearCookie(sessionCookie)
    return { ended }
  })
  api.mount(contract.changeProfile, (work, { body }) => changeProfile(work, body, effects))
  // Opens its own work: a wrong guess is counted although it is refused.
  api.mountRaw(contract.changePassword, async ({ scope, input, reply, exchange }) => {
    const call = { cookie: exchange.cookie(sessionCookie), ip: exchange.ip }
    return reply.send({ ended: await changePassword(api.platform, scope, input.body, call, effects) })
  })
}

function mountApiKeys(api: Api, effects: Effects): void {
  api.mount(keys.listApiKeys, async (work) => ({ keys: await listApiKeys(work) }))
  // Opens its own work, because the answer holds the secret: with `mount`, an Idempotency-Key would keep it.
  api.mountRaw(keys.createApiKey, async ({ scope, input, reply }) =>
    reply
      .status(201)
      .send(await inWork(api.platform, scope, (work) => createApiKey(work, input.body, effects))),
  )
  api.mount(keys.revokeApiKey, (work, { params }) => revokeApiKey(work, params.id, effects))
}

function mountOrganisation(api: Api, effects: Effects): void {
  api.mount(contract.findOrganisation, (work) => findOrganisation(work))
  api.mount(contract.changeOrganisation, (work, { body }) => changeOrganisation(work, body, effects))
  api.mount(contract.describeRoles, async () => describeRoles())
}
