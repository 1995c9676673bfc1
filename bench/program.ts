/**
 * The program as `serve` runs it, web and worker in one process, for the bench to drive over HTTP. Prints the
 * address and the token of a local caller; ends when its standard input does.
 */
import { finished } from 'node:stream/promises'
import v8 from 'node:v8'
import { ensureDemoOrganisation, openLocalScope } from '../src/accounts/accounts.ts'
import { buildApp, openLocalCaller, startWorker, tasks } from '../src/app.ts'
import { recordEvent } from '../src/history/history.ts'
import { readConfig } from '../src/platform/config.ts'
import { openPlatform } from '../src/platform/platform.ts'

// As bin/carryover.js does.
v8.setFlagsFromString('--no-allocation-site-pretenuring')
const opened = await openPlatform(readConfig({ dataDir: process.argv[2]! }), tasks)
await ensureDemoOrganisation(opened, { recordEvent })
const caller = openLocalCaller(await openLocalScope(opened))
const api = await buildApp(opened, caller)
const address = await api.fastify.listen({ host: '127.0.0.1', port: 0 })
const stopWorker = await startWorker(opened)
process.stdout.write(`${JSON.stringify({ address, token: caller.token, org: caller.scope.org })}\n`)
await finished(process.stdin.resume())
await stopWorker()
await api.fastify.close()
await opened.close()
