/**
 * Idempotency-Key: for a day a POST that carries one is answered once; the same key again gives the same answer, also
 * when two arrive together (the second waits for the first at the key's row). Then the answer is forgotten.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Operation } from './contract.ts'
import { row, run, sql } from './database.ts'
import { refuseRequest } from './problem.ts'
import { defineTask, handleTask, type TaskHandler } from './queue.ts'
import { inWork, type Work, type WorkScope, type WorkSource } from './work.ts'

const HOURS_KEPT = 24
const hour = 3600 * 1000

/** Forgets the answers of an organisation that were kept long enough. */
export const forgetAnswersTask = defineTask({
  name: 'requests.forget_answers',
  payload: z.object({ org: z.string() }),
})

export async function answerOnce<T>(
  work: Work,
  operation: Operation,
  header: string | string[] | undefined,
  input: unknown,
  act: () => Promise<T>,
): Promise<T> {
  if (operation.method !== 'POST' || operation.isReading || typeof header !== 'string' || header === '')
    return act()
  const key = header.slice(0, 200)
  const hash = createHash('sha256').update(JSON.stringify(input)).digest('hex')
  const fresh = await row(
    work.db,
    sql`insert into idempotency_keys (org_id, key, operation, request_hash, created_at)
        values (${work.org}::bigint, ${key}::text, ${operation.id}::text, ${hash}::text, ${work.now}::timestamptz)
        on conflict (org_id, key) do nothing returning key`,
  )
  if (!fresh) {
    const known = await row(
      work.db,
      sql<{ operation: string; request_hash: string; answer: { value: T } | null }>`
        select operation, request_hash, answer from idempotency_keys
        where org_id = ${work.org}::bigint and key = ${key}::text`,
    )
    if (known?.operation !== operation.id || known.request_hash !== hash || !known.answer)
      throw refuseRequest('request.key_reused')
    return known.answer.value
  }
  // A minute later than what it forgets, so that it finds this answer old enough.
  const notBefore = new Date(work.now.getTime() + HOURS_KEPT * hour + 60_000)
  await work.enqueue(forgetAnswersTask, { org: work.org }, { notBefore })
  const value = await act()
  await run(
    work.db,
    sql`update idempotency_keys set answer = ${JSON.stringify({ value })}::jsonb
        where org_id = ${work.org}::bigint and key = ${key}::text`,
  )
  return value
}

/** Forgets answers that hold one of these words, without regard to case. */
export async function forgetAnswers(work: Work, words: readonly string[]): Promise<number> {
  const patterns = words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`)
  return run(
    work.db,
    sql`delete from idempotency_keys where org_id = ${work.org}::bigint and answer::text ilike any(${patterns}::text[])`,
  )
}

/** Gives how many were forgotten. */
export async function forgetOldAnswers(work: Work): Promise<number> {
  const before = new Date(work.now.getTime() - HOURS_KEPT * hour)
  return run(
    work.db,
    sql`delete from idempotency_keys where org_id = ${work.org}::bigint and created_at < ${before}::timestamptz`,
  )
}

export function answerTasks(
  source: WorkSource,
  scopeOf: (org: string, person: string | null) => Promise<WorkScope>,
): TaskHandler[] {
  return [
    handleTask(forgetAnswersTask, async ({ org }) => {
      await inWork(source, await scopeOf(org, null), forgetOldAnswers)
    }),
  ]
}
