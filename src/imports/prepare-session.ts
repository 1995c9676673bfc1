/** How statements over a whole import run: a setting of their transaction, for check, load and undo alike. */
import { run, sql } from '../platform/database.ts'
import type { Work } from '../platform/work.ts'

/** Large hashes and sorts stay in memory; compiling expressions never pays for statements of this kind. */
export async function prepareSession(work: Work): Promise<void> {
  await run(
    work.db,
    sql`select set_config('work_mem', '192MB', true), set_config('jit', 'off', true),
    set_config('plan_cache_mode', 'force_custom_plan', true)`,
  )
}

/**
 * For questions about who refers to whom: how many do is not known beforehand, and a loop inside of a loop over a
 * hundred thousand records would take an hour where a hash takes a second.
 */
export async function preferHashes(work: Work): Promise<void> {
  await run(work.db, sql`select set_config('enable_nestloop', 'off', true)`)
}
