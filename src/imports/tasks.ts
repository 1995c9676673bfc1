/** What the worker does for imports: runs a stage of the pipeline in the name of the person who asked for it. */
import { isOutage } from '../platform/problem.ts'
import { handleTask, type TaskHandler } from '../platform/queue.ts'
import type { WorkScope } from '../platform/work.ts'
import { Interrupted } from './control.ts'
import type { ImportEngine } from './engine.ts'
import { runCheck, runLoad, runUndo } from './pipeline.ts'
import type { ImportId } from './run.ts'
import { giveUp } from './settle.ts'
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
        if (mayPass(error)) throw error
        // A bug would end every other attempt too: it is seen now, and the person is not kept waiting.
        await giveUp(engine, scope, id)
      }
    }),
  )
}

/** Whether trying again can help: an outage, an interruption, a transaction that lost against another. */
function mayPass(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  const isTransient = typeof code === 'string' && (code.startsWith('40') || code === '57014')
  return error instanceof Interrupted || isTransient || isOutage(error)
}
