/**
 * The program as its callers meet it: started on loopback, called with `fetch` by the operations of the
 * contracts. A `Visitor` is a browser with its cookie, or a program with its API key.
 */
import { signIn } from '../../src/accounts/contract.ts'
import { buildApp, startWorker } from '../../src/app.ts'
import type { Kinds } from '../../src/kinds/kinds.ts'
import {
  apiRoot,
  type Operation,
  type OperationAnswer,
  type OperationCall,
  operationPath,
  type Problem,
} from '../../src/platform/contract.ts'
import type { Api } from '../../src/platform/http.ts'
import type { Platform } from '../../src/platform/platform.ts'

export type Visitor = {
  cookie?: string | undefined
  bearer?: string
  language?: 'en' | 'cs'
  /** Sent as `Origin`, as a browser does from a page of that site. */
  origin?: string
}

/** A refusal as it was answered. */
export class AnsweredProblem extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}: ${problem.detail}`)
    this.problem = problem
  }
}

type CallOptions = { readonly as?: Visitor; readonly headers?: Record<string, string> }

export type TestApp = {
  readonly url: string
  readonly api: Api
  /** The answer; throws `AnsweredProblem` when it was refused. */
  readonly call: <O extends Operation>(
    operation: O,
    input: OperationCall<O>,
    options?: CallOptions,
  ) => Promise<OperationAnswer<O>>
  /** The refusal; throws when it was granted. */
  readonly refusal: <O extends Operation>(
    operation: O,
    input: OperationCall<O>,
    options?: CallOptions,
  ) => Promise<Problem>
  readonly send: <O extends Operation>(
    operation: O,
    input: OperationCall<O>,
    options?: CallOptions,
  ) => Promise<Response>
  /** A visitor who has signed in. */
  readonly enter: (email: string, password: string) => Promise<Visitor>
  /** Handles every queued task from now on; the returned function, or closing the app, ends it. */
  readonly work: () => Promise<() => Promise<void>>
  readonly close: () => Promise<void>
}

/** With kinds of a test's own where the program's are not meant. */
export async function createTestApp(platform: Platform, kinds?: Kinds): Promise<TestApp> {
  const api = await buildApp(platform, null, kinds)
  const workers: (() => Promise<void>)[] = []
  const url = await api.fastify.listen({ host: '127.0.0.1', port: 0 })
  const send: TestApp['send'] = (operation, input, options = {}) => request(url, operation, input, options)
  const call: TestApp['call'] = async (operation, input, options) => {
    const response = await send(operation, input, options)
    if (!response.ok) throw new AnsweredProblem((await response.json()) as Problem)
    return (response.status === 204 ? undefined : await response.json()) as never
  }
  return {
    url,
    api,
    send,
    call,
    refusal: async (operation, input, options) => {
      const response = await send(operation, input, options)
      if (response.ok) throw new Error(`${operation.id} was granted: ${await response.text()}`)
      return (await response.json()) as Problem
    },
    enter: async (email, password) => {
      const visitor: Visitor = {}
      const { session } = await call(signIn, { body: { email, password } }, { as: visitor })
      if (!session) throw new Error(`${email} is in several organisations.`)
      return visitor
    },
    work: async () => {
      const stop = await startWorker(platform, kinds)
      workers.push(stop)
      return stop
    },
    close: async () => {
      for (const stop of workers) await stop()
      await api.fastify.close()
    },
  }
}

async function request<O extends Operation>(
  url: string,
  operation: O,
  input: OperationCall<O>,
  { as: visitor = {}, headers = {} }: CallOptions,
): Promise<Response> {
  const { params, query, body } = input as {
    params?: Record<string, unknown>
    query?: Record<string, string | number | boolean | undefined>
    body?: unknown
  }
  const address = new URL(url + apiRoot + operationPath(operation, params))
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== undefined) address.searchParams.set(name, String(value))
  const response = await fetch(address, {
    method: operation.method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(visitor.cookie === undefined ? {} : { cookie: visitor.cookie }),
      ...(visitor.bearer === undefined ? {} : { authorization: `Bearer ${visitor.bearer}` }),
      ...(visitor.origin === undefined ? {} : { origin: visitor.origin }),
      'accept-language': visitor.language ?? 'en',
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  for (const line of response.headers.getSetCookie()) {
    const [pair = ''] = line.split(';')
    const isCleared = pair.endsWith('=') || /Max-Age=0\b/i.test(line)
    visitor.cookie = isCleared ? undefined : pair
  }
  return response
}
