/** How errors become answers: a refusal with its code and sentence, a malformed request, or a bug with an id. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Problem } from './contract.ts'
import type { Log } from './log.ts'
import { declareRefusals, type Language, Refusal } from './refusal.ts'

export const refuseRequest = declareRefusals({
  'request.invalid': {
    status: 400,
    en: 'The request is not of the expected form: {problem}.',
    cs: 'Požadavek nemá očekávaný tvar: {problem}.',
  },
  'request.too_large': {
    status: 413,
    en: 'The request is too large. Send files by the upload address instead.',
    cs: 'Požadavek je příliš velký. Soubory posílejte na adresu pro nahrávání.',
  },
  'request.not_found': {
    status: 404,
    en: 'There is nothing at {path}.',
    cs: 'Na adrese {path} nic není.',
  },
  'request.abandoned': {
    status: 499,
    en: 'Nobody waits for the answer any more.',
    cs: 'Na odpověď už nikdo nečeká.',
  },
  'request.foreign_origin': {
    status: 403,
    en: 'This request comes from a page of another site. Open Carryover itself and try again.',
    cs: 'Požadavek přichází ze stránky jiného webu. Otevřete přímo Carryover a zkuste to znovu.',
  },
  'request.key_reused': {
    status: 409,
    en: 'This Idempotency-Key was used for another request. Use a new one.',
    cs: 'Tento Idempotency-Key byl použit pro jiný požadavek. Použijte nový.',
  },
  'session.required': {
    status: 401,
    en: 'Sign in first, or send an API key.',
    cs: 'Nejprve se přihlaste, nebo pošlete klíč API.',
  },
  'permission.denied': {
    status: 403,
    en: 'Your role does not allow this ({permission}). Ask an administrator.',
    cs: 'Vaše role to nedovoluje ({permission}). Obraťte se na správce.',
  },
  'server.unavailable': {
    status: 503,
    en: 'The database cannot be reached at the moment. Nothing was changed; try again shortly.',
    cs: 'Databáze teď není dostupná. Nic se nezměnilo; zkuste to za chvíli znovu.',
  },
  'server.bug': {
    status: 500,
    en: 'Something went wrong on our side (incident {incident}). Nothing was half done.',
    cs: 'Na naší straně se něco pokazilo (incident {incident}). Nic nezůstalo napůl.',
  },
})

/** The form of every refusal, for the description of the API. */
export const ProblemAnswer = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    detail: z.string(),
    code: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'Problem details (RFC 9457) with the code of the refusal' })

/** Connection-level failures of PostgreSQL and of the socket: an outage, not a bug. */
export function isOutage(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code === 'string' && /^(08|57P0|53)|^E(CONN|PIPE|NOENT|TIMEDOUT)/.test(code)) return true
  return (
    error instanceof Error &&
    /Connection terminated|connection error|timeout exceeded when trying to connect|Cannot use a pool/.test(
      error.message,
    )
  )
}

export function toRefusal(error: unknown, log: Log): Refusal {
  if (error instanceof Refusal) return error
  if (isOutage(error)) {
    log.error({ err: error }, 'outage')
    return refuseRequest('server.unavailable')
  }
  const code = (error as { code?: unknown }).code
  // A NUL in text that a caller sent: PostgreSQL cannot keep it.
  if (code === '22021' || code === '22P05')
    return refuseRequest('request.invalid', { problem: 'NUL character' })
  const status = (error as { statusCode?: unknown }).statusCode
  if (status === 413) return refuseRequest('request.too_large')
  if (typeof status === 'number' && status >= 400 && status < 500)
    return refuseRequest('request.invalid', { problem: (error as Error).message })
  const incident = randomUUID()
  log.error({ err: error, incident }, 'bug')
  return refuseRequest('server.bug', { incident })
}

export function answerProblem(
  error: unknown,
  language: Language,
  reply: FastifyReply,
  log: Log,
): FastifyReply {
  const problem = toProblem(error, language, log)
  return reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}

export function toProblem(error: unknown, language: Language, log: Log): Problem {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map((issue) => ({
      path: issue.instancePath,
      message: issue.message ?? '',
    }))
    const first = errors[0]
    const problem = first ? `${first.path || '/'} ${first.message}` : 'unknown'
    return { ...describe(refuseRequest('request.invalid', { problem }), language), errors }
  }
  return describe(toRefusal(error, log), language)
}

function describe(refusal: Refusal, language: Language): Problem {
  return {
    type: `https://carryover.example/errors#${refusal.code}`,
    title: refusal.code,
    status: refusal.status,
    detail: refusal.sentence(language),
    code: refusal.code,
    params: refusal.params,
  }
}
