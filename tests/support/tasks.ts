/** The queues that the template database has. */
import { deliverMail } from '../../src/notices/notices.ts'
import type { Task } from '../../src/platform/queue.ts'

export const tasks: readonly Task[] = [deliverMail]
