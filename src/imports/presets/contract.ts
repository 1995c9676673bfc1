/** Presets over HTTP: which there are. An import begins with one through `createImport`. */
import { z } from 'zod'
import { defineOperation } from '../../platform/contract.ts'
import { shared } from '../terms.ts'

export const PresetView = z
  .object({
    name: z.string(),
    labels: z.object({ en: z.string(), cs: z.string() }),
    /** What the rows become; the first is what the file is about. */
    kinds: z.array(z.string()),
  })
  .meta({ id: 'PresetView' })
export type PresetView = z.infer<typeof PresetView>

export const listPresets = defineOperation({
  id: 'listPresets',
  method: 'GET',
  path: '/import-presets',
  summary: 'Ready mappings for the exports of other systems',
  permission: 'imports.read',
  response: z.object({ presets: z.array(PresetView) }),
  ...shared,
})
