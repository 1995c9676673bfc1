/** A column of a source as the server describes it. */
import type { z } from 'zod'
import type { ColumnView } from '../../src/imports/map/contract.ts'

export type Column = z.infer<typeof ColumnView>
