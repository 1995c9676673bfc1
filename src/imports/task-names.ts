/** The queued tasks of an import. Payloads hold ids only; the person is whose act started it ('' for nobody). */
import { z } from 'zod'
import { defineTask } from '../platform/queue.ts'

const payload = z.object({ org: z.string(), import: z.string(), person: z.string() })

/** More tries than usual: each is repeatable, and giving up means that a person must act. */
const retries = 12

export const checkTask = defineTask({ name: 'imports.check', payload, retries })
export const loadTask = defineTask({ name: 'imports.load', payload, retries })
export const undoTask = defineTask({ name: 'imports.undo', payload, retries })
