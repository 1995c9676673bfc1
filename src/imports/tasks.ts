/** What the worker does for imports: runs a stage of the pipeline in the name of the person who asked for it. */
import type { TaskHandler } from '../platform/queue.ts'
import { handleTask } from '../platform/queue.ts'
import type { WorkScope } from '../platform/work.ts'
import type { ImportEngine } from './engine.ts'
import { giveUp, runCheck, runLoad, runUndo } from './pipeline.ts'
import type { ImportId } from './run.ts'
import { checkTask, loadTask, undoTask } from './task-names.ts'

/** Makes the scope of a task: the organisation, and the person in whose name it runs. */
export type ScopeOfTask = (org: string, person: string | null) => Promise<WorkScope>

const stages = [
  [checkTask, runCheck],
  [loadTask, runLoad],
  [undoTask, runUndo],
] as const

export function importTasks(engine: ImportEngine, scopeOf: ScopeOfTask): TaskHandler[] {
  return stages.map(([task, runStage]) =>
    handleTask(task, async (payload, context) => {
      const scope = await scopeOf(payload.org, payload.person || null)
      const id = payload.import as ImportId
      // The last attempt only tidies up: whatever ended the others, a killed worker too, would end it as well.
      if (context.isLastAttempt) return giveUp(engine, scope, id)
      try {
        await runStage(engine, scope, id, context.signal)
      } catch (error) {
        engine.platform.log.error({ err: error, task: task.name }, 'import task')
        throw error
      }
    }),
  )
}
