/**
 * The HTTP API as the command line calls it: operations of the contracts with their types, files sent and
 * received as streams. Refusals are thrown as `AnsweredRefusal`, a server that is away as `command.server_away`.
 */
import { createReadStream } from 'node:fs'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  apiRoot,
  type Operation,
  type OperationAnswer,
  type OperationCall,
  operationPath,
  type Problem,
} from '../platform/contract.ts'
import type { Language } from '../platform/refusal.ts'
import { AnsweredRefusal } from './exit.ts'
import { refuseCommand } from './refusals.ts'

export type Client = {
  readonly url: string
  readonly call: <O extends Operation>(operation: O, input: OperationCall<O>) => Promise<OperationAnswer<O>>
  /** Sends a file as the body of the operation. */
  readonly send: <O extends Operation>(
    operation: O,
    input: OperationCall<O>,
    path: string,
    onProgress: (bytes: number) => void,
  ) => Promise<OperationAnswer<O>>
  /** For operations that answer with a file; the stream breaks with `command.answer_cut`. */
  readonly receive: <O extends Operation>(operation: O, input: OperationCall<O>) => Promise<Readable>
}

export function openClient(base: string, bearer: string, language: Language, signal: AbortSignal): Client {
  const url = base.replace(/\/+$/, '')
  const headers = { authorization: `Bearer ${bearer}`, 'accept-language': language }
  const ask = (operation: Operation, input: AnyInput, more: Record<string, string> = {}) =>
    begin(url, operation, input, { ...headers, ...more }, signal)
  return {
    url,
    call: async (operation, input) => {
      const { body } = input as AnyInput
      const exchange = ask(
        operation,
        input as AnyInput,
        body === undefined ? {} : { 'content-type': 'application/json' },
      )
      exchange.request.end(body === undefined ? undefined : JSON.stringify(body))
      return (await readAnswer(url, await exchange.answered)) as never
    },
    send: async (operation, input, path, onProgress) => {
      const exchange = ask(operation, input as AnyInput, { 'content-type': 'application/octet-stream' })
      // A server that refuses answers before it has taken everything; its answer counts, not the broken pipe.
      const sent = pipeline(createReadStream(path), counted(onProgress), exchange.request).then(
        () => null,
        (error: NodeJS.ErrnoException) => error,
      )
      const answer = await readAnswer(url, await exchange.answered)
      const broken = await sent
      if (broken) throw broken
      return answer as never
    },
    receive: async (operation, input) => {
      const exchange = ask(operation, input as AnyInput)
      exchange.request.end()
      const answer = await exchange.answered
      if ((answer.statusCode ?? 500) >= 400) await readAnswer(url, answer)
      return answer
    },
  }
}

type AnyInput = {
  params?: Record<string, unknown> | undefined
  query?: Record<string, Value | readonly Value[]> | undefined
  body?: unknown
}
type Value = string | number | boolean | undefined

function addressOf(url: string, operation: Operation, { params, query }: AnyInput): URL {
  const address = new URL(url + apiRoot + operationPath(operation, params))
  for (const [name, value] of Object.entries(query ?? {}))
    for (const one of [value].flat()) if (one !== undefined) address.searchParams.append(name, `${one}`)
  return address
}

/** One exchange. `answered` holds the head of the answer and refuses when the server cannot be reached. */
function begin(
  url: string,
  operation: Operation,
  input: AnyInput,
  headers: Record<string, string>,
  signal: AbortSignal,
) {
  const address = addressOf(url, operation, input)
  const open = address.protocol === 'https:' ? httpsRequest : httpRequest
  const request = open(address, { method: operation.method, headers, signal })
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve)
    request.once('error', (error: NodeJS.ErrnoException) =>
      reject(refuseCommand('command.server_away', { url, reason: error.code ?? error.message })),
    )
  })
  // Whoever waits for the answer is told; without this, a sender that fails first would end the program.
  answered.catch(() => undefined)
  // What comes after the head of the answer is told by the answer itself.
  request.on('error', () => undefined)
  return { request, answered }
}

async function readAnswer(url: string, answer: IncomingMessage): Promise<unknown> {
  let text = ''
  try {
    for await (const piece of answer.setEncoding('utf8')) text += piece
  } catch {
    throw refuseCommand('command.answer_cut', { url })
  }
  const status = answer.statusCode ?? 0
  if (status === 204) return undefined
  const value = parse(text)
  if (status >= 200 && status < 300 && value !== undefined) return value
  if (isProblem(value)) throw new AnsweredRefusal(value)
  throw refuseCommand('command.not_carryover', { url, status })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isProblem(value: unknown): value is Problem {
  const problem = value as Partial<Problem> | null | undefined
  return typeof problem?.code === 'string' && typeof problem.detail === 'string'
}

function counted(onProgress: (bytes: number) => void): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      onProgress(bytes)
      done(null, chunk)
    },
  })
}
