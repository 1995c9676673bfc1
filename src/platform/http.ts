/**
 * Operations over HTTP. A route opens the unit of work (one transaction in the caller's organisation), checks
 * the permission, calls the operation and answers; a refusal becomes problem details (RFC 9457). Handlers
 * never see request or reply, except the few that stream.
 */
import fastifyCookie from '@fastify/cookie'
import fastifyHelmet from '@fastify/helmet'
import fastifySwagger from '@fastify/swagger'
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod'
import { apiRoot, type Operation, type OperationAnswer, type OperationInput } from './contract.ts'
import { answerOnce } from './idempotency.ts'
import type { Platform } from './platform.ts'
import { answerProblem, ProblemAnswer, refuseRequest } from './problem.ts'
import type { Language } from './refusal.ts'
import { inWork, type Work, type WorkScope } from './work.ts'

/** What an operation may know of, and do to, the exchange besides its input. */
export type Exchange = {
  readonly ip: string
  readonly userAgent: string
  /** Where people reach this installation, without a trailing slash. */
  readonly baseUrl: string
  readonly language: Language
  readonly cookie: (name: string) => string | undefined
  readonly setCookie: (name: string, value: string, maxAgeSeconds: number) => void
  readonly clearCookie: (name: string) => void
  /** Aborted when the caller goes before the answer: nobody waits for it any more. */
  readonly signal: AbortSignal
}

export type Authenticate = (credentials: {
  readonly cookie: string | undefined
  readonly bearer: string | undefined
  readonly language: Language
}) => Promise<WorkScope | null>

export type RawExchange<O extends Operation> = {
  readonly scope: WorkScope
  readonly input: OperationInput<O>
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly exchange: Exchange
}

export type Api = {
  readonly fastify: FastifyInstance
  readonly platform: Platform
  readonly mount: <O extends Operation>(
    operation: O,
    handle: (work: Work, input: OperationInput<O>, exchange: Exchange) => Promise<OperationAnswer<O>>,
  ) => void
  /** For `public` operations: nobody is signed in, so there is no organisation yet. */
  readonly mountPublic: <O extends Operation>(
    operation: O,
    handle: (platform: Platform, input: OperationInput<O>, exchange: Exchange) => Promise<OperationAnswer<O>>,
  ) => void
  /** For files and streams: the handler opens its own work and writes the reply. */
  readonly mountRaw: <O extends Operation>(
    operation: O,
    handle: (raw: RawExchange<O>) => Promise<unknown>,
  ) => void
  /** For a protocol with methods and headers of its own below one address (resumable uploads). */
  readonly mountProtocol: (
    address: string,
    permission: string,
    handle: (scope: WorkScope, request: FastifyRequest, reply: FastifyReply) => Promise<void>,
  ) => void
}

export const sessionCookie = 'carryover_session'

export async function buildHttp(platform: Platform, authenticate: Authenticate): Promise<Api> {
  const app = fastify({
    trustProxy: platform.config.trustProxy,
    bodyLimit: 4 * 1024 * 1024,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: true,
    logger: false,
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler((error, request, reply) =>
    answerProblem(error, languageOf(request), reply, platform.log),
  )
  await app.register(fastifyCookie)
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: false,
  })
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Carryover', version: '1', description: 'The API of a Carryover installation.' },
      components: { securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } } },
      security: [{ apiKey: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
  const authenticated = (request: FastifyRequest, operation: Pick<Operation, 'permission' | 'role'>) =>
    authenticateRequest(request, operation, authenticate, platform)
  return {
    fastify: app,
    platform,
    mount: (operation, handle) =>
      route(app, operation, async (request, reply) => {
        const scope = await authenticated(request, operation)
        const input = inputOf<typeof operation>(request)
        const answer = await inWork(platform, scope, (work) =>
          answerOnce(work, operation, request.headers['idempotency-key'], input, () =>
            handle(work, input, exchangeOf(platform, request, reply)),
          ),
        )
        return reply.status(operation.status ?? 200).send(answer)
      }),
    mountPublic: (operation, handle) =>
      route(app, operation, async (request, reply) => {
        checkOrigin(request, platform)
        const answer = await handle(
          platform,
          inputOf<typeof operation>(request),
          exchangeOf(platform, request, reply),
        )
        return reply.status(operation.status ?? 200).send(answer)
      }),
    mountRaw: (operation, handle) =>
      route(app, operation, async (request, reply) => {
        const scope = await authenticated(request, operation)
        const exchange = exchangeOf(platform, request, reply)
        return handle({ scope, input: inputOf<typeof operation>(request), request, reply, exchange })
      }),
    mountProtocol: (address, permission, handle) => {
      const serve = async (request: FastifyRequest, reply: FastifyReply): Promise<void> =>
        handle(await authenticated(request, { permission }), request, reply)
      const method = ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE', 'OPTIONS']
      const schema = { hide: true }
      app.route({ method, url: address, schema, handler: serve })
      app.route({ method, url: `${address}/*`, schema, handler: serve })
    },
  }
}

function route(
  app: FastifyInstance,
  operation: Operation,
  handler: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
): void {
  app.route({
    method: operation.method,
    url: apiRoot + operation.path,
    schema: {
      operationId: operation.id,
      summary: operation.summary,
      tags: [operation.tag],
      ...(operation.params ? { params: operation.params } : {}),
      ...(operation.query ? { querystring: operation.query } : {}),
      ...(operation.body ? { body: operation.body } : {}),
      response: {
        ...(operation.response ? { [operation.status ?? 200]: operation.response } : {}),
        '4xx': ProblemAnswer,
      },
      ...(operation.refusals ? { description: `Refusals: ${operation.refusals.join(', ')}.` } : {}),
      ...(operation.permission === 'public' ? { security: [] } : {}),
    },
    handler,
  })
}

function inputOf<O extends Operation>(request: FastifyRequest): OperationInput<O> {
  return { params: request.params ?? {}, query: request.query ?? {}, body: request.body } as OperationInput<O>
}

async function authenticateRequest(
  request: FastifyRequest,
  operation: Pick<Operation, 'permission' | 'role'>,
  authenticate: Authenticate,
  platform: Platform,
): Promise<WorkScope> {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const cookie = bearer ? undefined : request.cookies[sessionCookie]
  if (cookie !== undefined) checkOrigin(request, platform)
  const scope = await authenticate({ cookie, bearer, language: languageOf(request) })
  if (!scope) throw refuseRequest('session.required')
  if (operation.permission !== 'signed-in' && !scope.actor.permissions.has(operation.permission))
    throw refuseRequest('permission.denied', { permission: operation.permission })
  return { ...scope, role: operation.role ?? 'app' }
}

/** A browser names the page that a changing request comes from; another site's page is refused (CSRF). */
function checkOrigin(request: FastifyRequest, platform: Platform): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const origin = request.headers.origin
  if (origin === undefined) return
  const allowed = [`${request.protocol}://${request.headers.host}`, platform.config.publicUrl]
  if (!allowed.includes(origin)) throw refuseRequest('request.foreign_origin')
}

export function languageOf(request: FastifyRequest): Language {
  return /^\s*cs\b/i.test(request.headers['accept-language'] ?? '') ? 'cs' : 'en'
}

function exchangeOf(platform: Platform, request: FastifyRequest, reply: FastifyReply): Exchange {
  const baseUrl = platform.config.publicUrl ?? `${request.protocol}://${request.headers.host}`
  const cookieOptions = {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: baseUrl.startsWith('https:'),
  } as const
  return {
    ip: request.ip,
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 300),
    baseUrl: baseUrl.replace(/\/$/, ''),
    language: languageOf(request),
    cookie: (name) => request.cookies[name],
    setCookie: (name, value, maxAge) => void reply.setCookie(name, value, { ...cookieOptions, maxAge }),
    clearCookie: (name) => void reply.clearCookie(name, cookieOptions),
    signal: goneSignal(reply),
  }
}

function goneSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort(refuseRequest('request.abandoned'))
  })
  return gone.signal
}
