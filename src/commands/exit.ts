/**
 * How a command ends: the exit codes that scripts depend on, and errors as what a person reads. No stack trace
 * reaches the user; of a bug, NODE_DEBUG=carryover shows it.
 */
import { debuglog } from 'node:util'
import type { Problem } from '../platform/contract.ts'
import { type Language, Refusal } from '../platform/refusal.ts'

export const exits = {
  /** Also: only valid rows loaded and some failed; a dry run without errors; an empty file read. */
  done: 0,
  /** Findings stopped it, or a dry run found them; nothing was written. */
  findings: 1,
  usage: 2,
  /** Refused, or waiting for another person's approval. */
  refused: 3,
  outage: 4,
  /** Ctrl-C, as shells tell it. */
  interrupted: 130,
} as const

/** A refusal as the server answered it. */
export class AnsweredRefusal extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.name = 'AnsweredRefusal'
    this.problem = problem
  }
}

export type Complaint = { readonly code: string; readonly sentence: string; readonly exit: number }

const debug = debuglog('carryover')

/** What went wrong, as a sentence and an exit code. Anything unexpected is an outage or a bug of ours. */
export async function complaintOf(error: unknown, language: Language): Promise<Complaint> {
  if (error instanceof AnsweredRefusal) {
    const { code, status, detail } = error.problem
    return { code, sentence: detail, exit: exitOf(code, status) }
  }
  if (error instanceof Refusal)
    return { code: error.code, sentence: error.sentence(language), exit: exitOf(error.code, error.status) }
  if (error instanceof Error && error.name === 'Interrupted')
    return { code: 'command.interrupted', sentence: interruptedSentence[language], exit: exits.interrupted }
  debug('%O', error)
  const { isOutage, refuseRequest } = await import('../platform/problem.ts')
  if (isOutage(error)) {
    const away = refuseRequest('server.unavailable')
    return { code: away.code, sentence: away.sentence(language), exit: exits.outage }
  }
  return { code: 'server.bug', sentence: bugSentence(error, language), exit: exits.outage }
}

const interruptedSentence = { en: 'Interrupted.', cs: 'Přerušeno.' } as const

/** An argument that can never be right is wrong usage; what depends on the state of things is a refusal. */
const alwaysWrong: readonly string[] = ['kind.unknown', 'mapping.unknown_field', 'record.unknown_filter']

function exitOf(code: string, status: number): number {
  if (status >= 500) return exits.outage
  return status === 400 || alwaysWrong.includes(code) ? exits.usage : exits.refused
}

function bugSentence(error: unknown, language: Language): string {
  const what = error instanceof Error ? error.message : String(error)
  return language === 'cs'
    ? `Na naší straně se něco pokazilo: ${what}. Podrobnosti ukáže NODE_DEBUG=carryover.`
    : `Something went wrong on our side: ${what}. NODE_DEBUG=carryover shows the details.`
}

/** The more serious of two ends; `usage` is less so than a refusal of something that was understood. */
export function worstOf(codes: readonly number[]): number {
  return Math.max(exits.done, ...codes)
}
