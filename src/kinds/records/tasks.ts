/** What the worker does for records: empties bins. */
import { handleTask, type TaskHandler } from '../../platform/queue.ts'
import { inWork, type WorkScope, type WorkSource } from '../../platform/work.ts'
import { emptyBin } from './bin.store.ts'
import { emptyBinTask } from './bin-task.ts'
import { BIN_DAYS } from './remove.ts'

export function recordTasks(
  source: WorkSource,
  scopeOf: (org: string, person: string | null) => Promise<WorkScope>,
): TaskHandler[] {
  return [
    handleTask(emptyBinTask, async ({ org }) => {
      await inWork(source, await scopeOf(org, null), (work) =>
        emptyBin(work, new Date(work.now.getTime() - BIN_DAYS * 24 * 3600 * 1000)),
      )
    }),
  ]
}
