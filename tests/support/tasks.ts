/** The queues that the template database has. */
import type { Task } from '../../src/platform/queue.ts'

export const tasks: readonly Task[] = []
