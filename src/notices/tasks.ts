/** What the worker does for notices. */
import type { Platform } from '../platform/platform.ts'
import { handleTask, type TaskHandler } from '../platform/queue.ts'
import { deliverMessage } from './deliver.ts'
import { deliverMail } from './notices.ts'

export function noticesTasks(platform: Platform): readonly TaskHandler[] {
  return [handleTask(deliverMail, (payload, context) => deliverMessage(platform, payload, context))]
}
