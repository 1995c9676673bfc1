/**
 * An HTTP operation described once: server, browser, command line, OpenAPI and tests read the same value.
 * Imported by the browser, so nothing here may touch Node.
 */
import type { z } from 'zod'

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export type Operation<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> = {
  /** Unique verb + noun, the OpenAPI operationId. */
  readonly id: string
  readonly method: HttpMethod
  /** Below `/api/v1`, parameters as `:name`. */
  readonly path: string
  readonly summary: string
  readonly tag: string
  /** The permission it needs, `signed-in` for anyone with a session, `public` for everybody. */
  readonly permission: string
  /** Which database role its transaction runs as (default app). */
  readonly role?: 'app' | 'loader'
  /** A POST that changes nothing: it may be asked again, so its answer is not kept under an Idempotency-Key. */
  readonly isReading?: true
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  /** The answer; absent for operations that answer with a file or a stream. */
  readonly response?: R
  /** Content type of a file answer. */
  readonly produces?: string
  readonly status?: 200 | 201 | 202 | 204
  /** Refusal codes beyond those that every operation can give. */
  readonly refusals?: readonly string[]
}

type Inferred<T, Fallback> = T extends z.ZodType ? z.output<T> : Fallback
type Given<T, Fallback> = T extends z.ZodType ? z.input<T> : Fallback
type NoInput = Record<never, never>

/** What a handler receives. */
export type OperationInput<O extends Operation> = {
  readonly params: Inferred<O['params'], NoInput>
  readonly query: Inferred<O['query'], NoInput>
  readonly body: Inferred<O['body'], undefined>
}

/** What a caller gives. */
export type OperationCall<O extends Operation> = (O['params'] extends z.ZodType
  ? { readonly params: Given<O['params'], NoInput> }
  : { readonly params?: undefined }) &
  (O['query'] extends z.ZodType
    ? { readonly query?: Given<O['query'], NoInput> }
    : { readonly query?: undefined }) &
  (O['body'] extends z.ZodType ? { readonly body: Given<O['body'], NoInput> } : { readonly body?: undefined })

export type OperationAnswer<O extends Operation> = Inferred<O['response'], undefined>

export function defineOperation<const O extends Operation>(operation: O): O {
  return operation
}

/** Problem details (RFC 9457) as every refusal is answered. */
export type Problem = {
  type: string
  title: string
  status: number
  detail: string
  code: string
  params: Record<string, string | number>
  errors?: { path: string; message: string }[]
}

export const apiRoot = '/api/v1'

/** Path of a call with its parameters filled in, below the API's root. */
export function operationPath(
  operation: Pick<Operation, 'path'>,
  params: Record<string, unknown> = {},
): string {
  return operation.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
}
