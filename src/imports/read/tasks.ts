/** What the worker does for received files: sweeps those that were abandoned. */
import type { FileId } from '../../platform/blobs.ts'
import type { Platform } from '../../platform/platform.ts'
import { handleTask, type TaskHandler } from '../../platform/queue.ts'
import type { WorkScope } from '../../platform/work.ts'
import { sweepTask, sweepUpload } from './sweep-upload.ts'

export function readTasks(
  platform: Platform,
  scopeOf: (org: string, person: string | null) => Promise<WorkScope>,
): TaskHandler[] {
  return [
    handleTask(sweepTask, async ({ org, file }) => {
      const outcome = await sweepUpload(platform, await scopeOf(org, null), file as FileId)
      if (outcome === 'erased') platform.log.info({ file }, 'abandoned upload erased')
    }),
  ]
}
