/**
 * The unit of work: one transaction in one checked organisation, with actor and time. It is opened at the
 * edge (a request, a task, a test), so nobody below can commit, read the clock or choose an organisation.
 */
import type { Clock } from './clock.ts'
import { type Database, type DatabaseRole, run, sql, type Tx } from './database.ts'
import type { OrgId, PersonId } from './ids.ts'
import type { Log } from './log.ts'
import type { EnqueueTask } from './queue.ts'
import type { Language } from './refusal.ts'

export type Actor = {
  /** Null for the system itself (a task that nobody asked for). */
  readonly person: PersonId | null
  readonly name: string
  readonly via: 'session' | 'api_key' | 'local' | 'task'
  readonly permissions: ReadonlySet<string>
  readonly language: Language
}

export type Work = {
  readonly org: OrgId
  readonly actor: Actor
  readonly now: Date
  readonly db: Tx
  /** Puts a task into the queue in this transaction: rolled back with it. */
  readonly enqueue: EnqueueTask
}

/** What a process needs to open work; made once by the composition root. */
export type WorkSource = {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  readonly enqueueIn: (db: Tx) => EnqueueTask
}

export type WorkScope = { readonly org: OrgId; readonly actor: Actor; readonly role?: DatabaseRole }

/** Opens a transaction as `scope.role` (default `app`), sets the organisation for row security, commits at the end. */
export async function inWork<T>(
  source: WorkSource,
  scope: WorkScope,
  act: (work: Work) => Promise<T>,
): Promise<T> {
  return source.database
    .roles(scope.role ?? 'app')
    .transaction()
    .execute(async (db) => {
      await run(db, sql`select set_config('carryover.org', ${scope.org}::text, true)`)
      return act({
        org: scope.org,
        actor: scope.actor,
        now: source.clock.now(),
        db,
        enqueue: source.enqueueIn(db),
      })
    })
}
