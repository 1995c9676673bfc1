/**
 * Queued work on pg-boss in the same database. A task is enqueued in the caller's transaction, carries ids
 * only, and is handled again when its worker dies (heartbeat of 10 s), so every handler must be repeatable.
 */
import { fromKysely, PgBoss } from 'pg-boss'
import type { z } from 'zod'
import { type Database, roleName, rolePassword, type Tx } from './database.ts'
import type { Log } from './log.ts'
import type { MasterKey } from './sealing.ts'

export type Task<P extends Record<string, string | number> = Record<string, string | number>> = {
  readonly name: string
  /** Ids only: what they point to is read when the task runs. */
  readonly payload: z.ZodType<P>
  /** How often it is tried again before it is given up; 5 where nothing is said. */
  readonly retries?: number
}

export type TaskContext = {
  readonly signal: AbortSignal
  readonly attempt: number
  readonly isLastAttempt: boolean
}
export type TaskHandler<P extends Record<string, string | number> = Record<string, string | number>> = {
  readonly task: Task<P>
  readonly handle: (payload: P, context: TaskContext) => Promise<void>
}

export type EnqueueTask = <P extends Record<string, string | number>>(
  task: Task<P>,
  payload: P,
  options?: { readonly notBefore?: Date },
) => Promise<void>

export type Queue = {
  readonly enqueueIn: (db: Tx) => EnqueueTask
  /** Handles tasks until the returned function is called; it waits for running ones to stop. */
  readonly work: (handlers: readonly TaskHandler[]) => Promise<() => Promise<void>>
  readonly close: () => Promise<void>
}

export function defineTask<P extends Record<string, string | number>>(task: Task<P>): Task<P> {
  return task
}

/** Pairs a task with its handler and forgets the payload's type, so that handlers of all tasks fit in one list. */
export function handleTask<P extends Record<string, string | number>>(
  task: Task<P>,
  handle: (payload: P, context: TaskContext) => Promise<void>,
): TaskHandler {
  return { task, handle } as unknown as TaskHandler
}

export const queueSchema = 'pgboss'
export const queueOptions = {
  heartbeatSeconds: 10,
  expireInSeconds: 20 * 3600,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 60,
  notify: true,
} as const

const defaultRetries = 5

export function openQueue(database: Database, key: MasterKey, log: Log): Queue {
  const connection = {
    host: database.target.host,
    port: database.target.port,
    database: database.target.database,
    ssl: database.target.ssl,
    user: roleName('app'),
    password: rolePassword(key, 'app'),
    schema: queueSchema,
    migrate: false,
    createSchema: false,
    schedule: false,
    max: 4,
  }
  let sender: Promise<PgBoss> | null = null
  const started = async (options: ConstructorParameters<typeof PgBoss>[0] & object): Promise<PgBoss> => {
    const boss = new PgBoss(options)
    boss.on('error', (error) => log.error({ err: error }, 'queue'))
    return boss.start()
  }
  const openSender = (): Promise<PgBoss> => {
    sender ??= started({ ...connection, application_name: 'carryover queue', supervise: false, max: 2 })
    return sender
  }
  return {
    enqueueIn: (db) => async (task, payload, options) => {
      const boss = await openSender()
      await boss.send(task.name, task.payload.parse(payload), {
        db: fromKysely(db),
        retryLimit: task.retries ?? defaultRetries,
        ...(options?.notBefore ? { startAfter: options.notBefore } : {}),
      })
    },
    work: async (handlers) => {
      const boss = await started({
        ...connection,
        application_name: 'carryover worker queue',
        useListenNotify: true,
        supervise: true,
        superviseIntervalSeconds: 10,
        monitorIntervalSeconds: 10,
        monitorVacuum: false,
        reindex: false,
      })
      const stopping = new AbortController()
      for (const { task, handle } of handlers) await workOn(boss, task, handle, stopping.signal)
      return async () => {
        stopping.abort()
        await boss.stop({ graceful: true, timeout: 10_000 })
      }
    },
    close: async () => {
      await (await sender)?.stop({ graceful: false })
      sender = null
    },
  }
}

async function workOn(
  boss: PgBoss,
  task: Task,
  handle: TaskHandler['handle'],
  stopping: AbortSignal,
): Promise<void> {
  const options = {
    includeMetadata: true,
    batchSize: 1,
    localConcurrency: 2,
    pollingIntervalSeconds: 2,
    // With notifications on, the queue would look for tasks that come back only every half minute.
    notifyPollingIntervalSeconds: 2,
    heartbeatRefreshSeconds: 3,
  } as const
  await boss.work<Record<string, string | number>, void, typeof options>(
    task.name,
    options,
    async ([job]) => {
      if (!job) return
      await handle(task.payload.parse(job.data), {
        signal: AbortSignal.any([job.signal, stopping]),
        attempt: job.retryCount + 1,
        isLastAttempt: job.retryCount >= job.retryLimit,
      })
    },
  )
}
