/**
 * Measures the figures that the product must reach (docs/figures.md). Everything is a ratio of two things done
 * alternately in the same run on the same server, or a ceiling of memory.
 * `npm run bench -- [import | breakdown | script | read | sets …] [--rows N] [--rounds N]`
 */
import { parseArgs } from 'node:util'
import { runBreakdownPart } from './breakdown-part.ts'
import { runImportPart } from './import-part.ts'
import { openInstallation } from './installation.ts'
import { runReadPart } from './read-part.ts'
import { runScriptPart } from './script-part.ts'
import { runSetsPart } from './sets-part.ts'

const parts = {
  breakdown: runBreakdownPart,
  import: runImportPart,
  script: runScriptPart,
  read: runReadPart,
  sets: runSetsPart,
} as const
type Part = keyof typeof parts

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rows: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '3' } },
})
const wanted = positionals.length > 0 ? positionals : Object.keys(parts)
const unknown = wanted.find((name) => !(name in parts))
if (unknown !== undefined)
  throw new Error(`There is no part ${unknown}; there are ${Object.keys(parts).join(', ')}.`)

const installation = await openInstallation()
try {
  const size = { rows: Number(values.rows), rounds: Number(values.rounds) }
  for (const name of wanted as Part[]) await parts[name](installation, size)
} finally {
  await installation.close()
}
