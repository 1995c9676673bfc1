/** The whole program over HTTP for one caller inside this process: a secret address on loopback, and a worker. */
import { buildApp, openLocalCaller, startWorker } from '../app.ts'
import type { Platform } from '../platform/platform.ts'
import type { Language } from '../platform/refusal.ts'
import type { WorkScope } from '../platform/work.ts'
import { type Client, openClient } from './client.ts'

export type LocalClient = {
  readonly client: Client
  /** Starts a worker of its own, once. */
  readonly work: () => Promise<void>
  readonly close: () => Promise<void>
}

export async function openCaller(
  platform: Platform,
  scope: WorkScope,
  language: Language,
  signal: AbortSignal,
): Promise<LocalClient> {
  const caller = openLocalCaller({ ...scope, actor: { ...scope.actor, language } })
  const api = await buildApp(platform, caller)
  const url = await api.fastify.listen({ host: '127.0.0.1', port: 0 })
  let worker: Promise<() => Promise<void>> | null = null
  return {
    client: openClient(url, caller.token, language, signal),
    work: async () => {
      worker ??= startWorker(platform)
      await worker
    },
    close: async () => {
      const stop = await worker
      await stop?.()
      await api.fastify.close()
    },
  }
}
