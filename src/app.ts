/**
 * The composition root: registers kinds and tasks, mounts every module's routes, and opens the parts of a
 * process. The only file that knows all modules.
 */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import { accountEvents, authenticateWith, type Effects, taskScope } from './accounts/accounts.ts'
import { mountAccounts } from './accounts/routes.ts'
import { prices, products } from './catalogue/catalogue.ts'
import { mountCatalogue } from './catalogue/routes.ts'
import { clients, contactClients, contacts, leadEvents, leads } from './clients/clients.ts'
import { mountClients } from './clients/routes.ts'
import { exportEvents } from './exports/exports.ts'
import { mountExports } from './exports/routes.ts'
import { mountTemplates } from './exports/templates/routes.ts'
import { recordEvent, type ShowValue } from './history/history.ts'
import { mountHistory } from './history/routes.ts'
import { type ImportEngine, importEvents } from './imports/imports.ts'
import { importPersonalData } from './imports/personal-data.ts'
import { kindsToFill } from './imports/policies/kinds-to-fill.ts'
import { sweepTask } from './imports/read/sweep-upload.ts'
import { readTasks } from './imports/read/tasks.ts'
import { mountImports } from './imports/routes.ts'
import { checkTask, loadTask, undoTask } from './imports/task-names.ts'
import { importTasks } from './imports/tasks.ts'
import { displayValue } from './kinds/display.ts'
import { fieldEvents, type Kinds, listEvents, registerKinds } from './kinds/kinds.ts'
import { people } from './kinds/people.ts'
import { emptyBinTask } from './kinds/records/bin-task.ts'
import { mountBin, recordEvents } from './kinds/records/records.ts'
import { recordTasks } from './kinds/records/tasks.ts'
import { mountKinds } from './kinds/routes.ts'
import { deliverMail, mailPersonalData, noticeEvents, queueMail } from './notices/notices.ts'
import { mountNotices } from './notices/routes.ts'
import { noticesTasks } from './notices/tasks.ts'
import { apiRoot } from './platform/contract.ts'
import { type Api, buildHttp, languageOf } from './platform/http.ts'
import { answerTasks, forgetAnswersTask } from './platform/idempotency.ts'
import type { OrgId, PersonId } from './platform/ids.ts'
import type { Platform } from './platform/platform.ts'
import { answerProblem, refuseRequest } from './platform/problem.ts'
import type { Task } from './platform/queue.ts'
import type { Work, WorkScope } from './platform/work.ts'
import { openPersonalSources, privacyEvents } from './privacy/privacy.ts'
import { mountPrivacy } from './privacy/routes.ts'

export const kinds: Kinds = registerKinds([
  clients,
  contacts,
  contactClients,
  leads,
  products,
  prices,
  people,
])

/** Every queued task of the program; the queue is made for them when the schema is brought up to date. */
export const tasks = [
  checkTask,
  loadTask,
  undoTask,
  emptyBinTask,
  sweepTask,
  forgetAnswersTask,
  deliverMail,
] as readonly unknown[] as readonly Task[]

const webFolder = fileURLToPath(new URL('../dist/web/', import.meta.url))

/** A secret of this process by which its own command line calls it, as the given scope. */
export type LocalCaller = { readonly token: string; readonly scope: WorkScope }

export function openLocalCaller(scope: WorkScope): LocalCaller {
  return { token: `local_${randomBytes(32).toString('base64url')}`, scope }
}

/** The whole program over HTTP, not listening yet. */
export async function buildApp(
  platform: Platform,
  local: LocalCaller | null = null,
  known: Kinds = kinds,
): Promise<Api> {
  const authenticate = authenticateWith(platform)
  const api = await buildHttp(platform, async (credentials) =>
    local !== null && credentials.bearer === local.token ? local.scope : authenticate(credentials),
  )
  const effects: Effects = {
    recordEvent,
    sendMail: async (work, mail) => void (await queueMail(work, mail)),
  }
  mountAccounts(api, effects)
  mountHistory(
    api,
    [
      accountEvents,
      noticeEvents,
      importEvents,
      leadEvents,
      recordEvents,
      fieldEvents,
      listEvents,
      privacyEvents,
      exportEvents,
    ],
    (work) => openShowValue(work, known),
  )
  mountKinds(api, known)
  mountNotices(api, { recordEvent })
  mountImports(api, openEngine(platform, known))
  mountExports(api, known)
  mountTemplates(api, (work) => kindsToFill(known, work))
  mountClients(api, known)
  mountCatalogue(api, known)
  mountBin(api, known)
  mountPrivacy(api, {
    kinds: known,
    sources: openPersonalSources(known, [mailPersonalData, importPersonalData(platform, known)]),
  })
  mountDescription(api)
  await mountWeb(api)
  return api
}

/** Values as the organisation has its fields, those that it has archived or deleted since included. */
async function openShowValue(work: Work, known: Kinds): Promise<ShowValue> {
  const { all } = await known.of(work)
  const fields = new Map(
    all.flatMap((kind) =>
      [...kind.fields, ...(kind.retired ?? [])].map(
        (field) => [`${kind.name} ${field.name}`, field] as const,
      ),
    ),
  )
  return (kindName, name, canonical, language) => {
    const field = fields.get(`${kindName} ${name}`)
    return field ? displayValue(field, canonical, language) : canonical
  }
}

export function openEngine(platform: Platform, known: Kinds = kinds): ImportEngine {
  return { platform, kinds: known }
}

/** Handles queued tasks until the returned function is called. */
export async function startWorker(platform: Platform, known: Kinds = kinds): Promise<() => Promise<void>> {
  const scopeOf = (org: string, person: string | null) =>
    taskScope(platform, org as OrgId, person as PersonId | null)
  return platform.queue.work([
    ...importTasks(openEngine(platform, known), scopeOf),
    ...readTasks(platform, scopeOf),
    ...recordTasks(platform, scopeOf),
    ...answerTasks(platform, scopeOf),
    ...noticesTasks(platform),
  ])
}

function mountDescription(api: Api): void {
  api.fastify.get(`${apiRoot}/openapi.json`, { schema: { hide: true } }, () => api.fastify.swagger())
  api.fastify.get('/healthz', { schema: { hide: true } }, () => ({ status: 'ok' }))
}

/** The built interface; an address that is no file of it opens the application, which knows its own pages. */
async function mountWeb(api: Api): Promise<void> {
  const isBuilt = existsSync(`${webFolder}index.html`)
  if (isBuilt)
    await api.fastify.register(fastifyStatic, {
      root: webFolder,
      immutable: true,
      maxAge: '1y',
      setHeaders: (reply, path) => {
        if (path.endsWith('index.html')) reply.header('cache-control', 'no-cache')
      },
    })
  api.fastify.setNotFoundHandler(async (request, reply) => {
    const isPage =
      request.method === 'GET' &&
      !request.url.startsWith('/api/') &&
      !/\.\w+$/.test(request.url.split('?')[0]!)
    if (isBuilt && isPage)
      return reply.header('cache-control', 'no-cache').sendFile('index.html', { immutable: false, maxAge: 0 })
    return answerProblem(
      refuseRequest('request.not_found', { path: request.url }),
      languageOf(request),
      reply,
      api.platform.log,
    )
  })
}
