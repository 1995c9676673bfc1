/**
 * The server as the browser sees it: an operation of a contract called with its input, refusals thrown as
 * ApiProblem with the server's own sentence in the chosen language, and imports followed as they move.
 */
import {
  apiRoot,
  type Operation,
  type OperationAnswer,
  type OperationCall,
  operationPath,
  type Problem,
} from '../src/platform/contract.ts'
import { currentLanguage } from './language.ts'

/** A refusal of the server, or the word that it could not be reached (`status` 0). */
export class ApiProblem extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.name = 'ApiProblem'
    this.problem = problem
  }

  get code(): string {
    return this.problem.code
  }

  get status(): number {
    return this.problem.status
  }
}

type AnyInput = { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown }

/** Address of an operation, for links that download what it answers. */
export function addressOf<O extends Operation>(operation: O, input: OperationCall<O>): string {
  const { params = {}, query = {} } = input as AnyInput
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === '') continue
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one))
  }
  const text = search.toString()
  return `${apiRoot}${operationPath(operation, params)}${text ? `?${text}` : ''}`
}

export async function call<O extends Operation>(
  operation: O,
  input: OperationCall<O>,
  signal?: AbortSignal,
): Promise<OperationAnswer<O>> {
  const { body } = input as AnyInput
  const response = await reach(addressOf(operation, input), {
    method: operation.method,
    headers: { ...languageHeader(), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  })
  if (response.status === 204) return undefined as OperationAnswer<O>
  return (await response.json()) as OperationAnswer<O>
}

/** Values of a server-sent stream, one by one, until the server ends it. */
export async function* follow<T>(path: string, event: string, signal: AbortSignal): AsyncGenerator<T> {
  const response = await reach(apiRoot + path, {
    headers: { ...languageHeader(), accept: 'text/event-stream' },
    signal,
  })
  if (!response.body) return
  let text = ''
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    text += piece.replaceAll('\r', '')
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const lines = block.split('\n')
      const name =
        lines
          .find((line) => line.startsWith('event:'))
          ?.slice(6)
          .trim() ?? 'message'
      const data = lines.filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trim())
      if (name === event && data.length > 0) yield JSON.parse(data.join('\n')) as T
    }
  }
}

export function languageHeader(): { 'accept-language': string } {
  return { 'accept-language': currentLanguage() }
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(address, { credentials: 'same-origin', ...init })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiProblem(unreachable(0))
  }
  if (!response.ok) throw new ApiProblem(await problemOf(response))
  return response
}

async function problemOf(response: Response): Promise<Problem> {
  const type = response.headers.get('content-type') ?? ''
  if (!type.includes('json')) return unreachable(response.status)
  return (await response.json()) as Problem
}

/** Said without the server, because it was not there to say it; the interface has the sentence. */
export function unreachable(status: number): Problem {
  return { type: 'about:blank', title: 'unreachable', status, detail: '', code: 'unreachable', params: {} }
}
