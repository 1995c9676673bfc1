/**
 * Uploads that nobody goes on with, and received files that no import came to rest on, are erased after a while.
 * A task for each upload, begun with it, looks when the time is up. Promises that nothing is erased that is
 * being received or that an import uses: whoever goes on with an upload, or begins an import, locks its row.
 */
import { z } from 'zod'
import type { FileId } from '../../platform/blobs.ts'
import type { Platform } from '../../platform/platform.ts'
import { defineTask } from '../../platform/queue.ts'
import { inWork, type Work, type WorkScope } from '../../platform/work.ts'
import { deleteUpload, findUpload, isFileUsed } from './uploads.store.ts'

export const sweepTask = defineTask({
  name: 'imports.sweep_upload',
  payload: z.object({ org: z.string(), file: z.string() }),
})

/** The task that looks after this upload, when it could have been abandoned at the earliest. */
export async function planSweep(
  platform: Platform,
  work: Work,
  fileId: FileId,
  touchedAt: Date,
): Promise<void> {
  const notBefore = new Date(touchedAt.getTime() + abandonedAfter(platform))
  await work.enqueue(sweepTask, { org: work.org, file: fileId }, { notBefore })
}

function abandonedAfter(platform: Platform): number {
  return platform.config.uploadHours * 3_600_000
}

/** How often an upload that goes on for long says so. */
export function touchEvery(platform: Platform): number {
  return Math.min(60_000, abandonedAfter(platform) / 4)
}

export async function sweepUpload(
  platform: Platform,
  scope: WorkScope,
  fileId: FileId,
): Promise<'erased' | 'waits' | 'settled'> {
  return inWork(platform, scope, async (work) => {
    const upload = await findUpload(work, fileId, 'lock')
    // Asked with the row locked: an import may have begun while the lock was waited for.
    if (!upload || upload.refused || (await isFileUsed(work, fileId))) return 'settled'
    if (upload.touchedAt.getTime() + abandonedAfter(platform) > work.now.getTime()) {
      await planSweep(platform, work, fileId, upload.touchedAt)
      return 'waits'
    }
    await platform.blobs.eraseFile(work, fileId, 'erased')
    await deleteUpload(work, fileId)
    return 'erased'
  })
}
