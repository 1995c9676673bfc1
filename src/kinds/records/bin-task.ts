/** The task that empties the bin of an organisation of what has lain there long enough. */
import { z } from 'zod'
import { defineTask } from '../../platform/queue.ts'

export const emptyBinTask = defineTask({
  name: 'records.empty_bin',
  payload: z.object({ org: z.string() }),
})
