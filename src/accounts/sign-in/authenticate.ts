/** Who is calling: a session's cookie or an API key becomes the scope of the work, or nothing does. */
import type { Authenticate } from '../../platform/http.ts'
import type { Language } from '../../platform/refusal.ts'
import { inWork, type WorkScope, type WorkSource } from '../../platform/work.ts'
import { markKeyUsed, readKeyWithMaker } from '../api-keys/api-keys.store.ts'
import { markSeen } from '../people/people.store.ts'
import { permissionsOf } from '../permissions.ts'
import { personScope, visitorScope } from '../scopes.ts'
import { type Handle, matchesSecret, readApiKey, readHandle } from '../secrets.ts'
import { extendSession, readSession, seenEverySeconds } from './sessions.store.ts'

export function authenticateWith(source: WorkSource): Authenticate {
  return async ({ cookie, bearer, language }) => {
    const key = bearer === undefined ? null : readApiKey(bearer)
    if (bearer !== undefined) return key && authenticateKey(source, key, language)
    const session = cookie === undefined ? null : readHandle(cookie)
    return session && authenticateSession(source, session, language)
  }
}

async function authenticateSession(
  source: WorkSource,
  handle: Handle,
  language: Language,
): Promise<WorkScope | null> {
  return inWork(source, visitorScope(handle.org, language), async (work) => {
    const found = await readSession(work, handle)
    if (!found) return null
    if (isStale(work.now, found.lastSeenAt)) {
      await extendSession(work, handle.id)
      await markSeen(work, found.person.id)
    }
    return personScope(handle.org, found.person, 'session')
  })
}

/** A key may do what its scopes name, as far as its maker may do it now. */
async function authenticateKey(
  source: WorkSource,
  handle: Handle,
  language: Language,
): Promise<WorkScope | null> {
  return inWork(source, visitorScope(handle.org, language), async (work) => {
    const key = await readKeyWithMaker(work, handle.id)
    if (!key || !matchesSecret(handle.secret, key.hash)) return null
    if (isStale(work.now, key.lastUsedAt)) await markKeyUsed(work, handle.id)
    const held = permissionsOf(key.maker.role)
    return {
      org: handle.org,
      actor: {
        person: key.maker.id,
        name: `${key.maker.name} (${key.name})`,
        via: 'api_key',
        permissions: new Set(key.scopes.filter((scope) => held.has(scope))),
        language,
      },
    }
  })
}

function isStale(now: Date, seen: Date | null): boolean {
  return seen === null || now.getTime() - seen.getTime() >= seenEverySeconds * 1000
}
