/** Writes docs/api/openapi.json from the contracts; with `--check`, says whether it is fresh. */
import { buildApp } from '../src/app.ts'
import type { Platform } from '../src/platform/platform.ts'
import { writeOrCheck } from './write-or-check.ts'

// Describing the routes opens nothing: the platform is only asked when a request comes.
const platform = { config: { trustProxy: false, publicUrl: null } } as unknown as Platform
const api = await buildApp(platform)
await api.fastify.ready()
await writeOrCheck('docs/api/openapi.json', `${JSON.stringify(api.fastify.swagger(), null, 2)}\n`)
await api.fastify.close()
