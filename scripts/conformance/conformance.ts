/**
 * `npm run conformance -- DIR [--explain] [--only PATTERN]`: reads the public suites in DIR, compares with what they
 * expect and prints a table. Exits 1 when a suite misses its target, or a file neither gives rows nor is refused.
 */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { csvSuites } from './csv-suites.ts'
import { dialectSuites } from './dialects.ts'
import { encodingSuites } from './encodings.ts'
import { hostileSuites } from './hostile.ts'
import { importSuites } from './imports.ts'
import { platformSuites } from './platforms.ts'
import { pollockSuites } from './pollock.ts'
import { explanationOf, hasPassed, tableOf } from './print-table.ts'
import { recordedSuites } from './recorded-cases.ts'
import { spreadsheetSuites } from './spreadsheets.ts'
import { exists, type Suite, type SuiteResult } from './suite.ts'

const suites: readonly Suite[] = [
  ...pollockSuites,
  ...dialectSuites,
  ...encodingSuites,
  ...csvSuites,
  ...recordedSuites,
  ...spreadsheetSuites,
  ...hostileSuites,
  ...platformSuites,
  ...importSuites,
]

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { explain: { type: 'boolean', default: false }, only: { type: 'string', default: '' } },
  })
  const dir = positionals[0]
  if (dir === undefined || !(await exists(dir))) {
    process.stderr.write(
      'Usage: npm run conformance -- DIR [--explain] [--only PATTERN]. DIR holds the suites.\n',
    )
    return 2
  }
  const only = new RegExp(values.only)
  const results: SuiteResult[] = []
  for (const suite of suites.filter(({ name }) => only.test(name))) {
    if (!(await exists(dir, suite.needs))) {
      process.stdout.write(`${suite.name}: skipped, ${suite.needs} is not there\n`)
      continue
    }
    const started = performance.now()
    results.push(await suite.run(resolve(dir)))
    process.stdout.write(`${suite.name}: ${((performance.now() - started) / 1000).toFixed(1)} s\n`)
  }
  process.stdout.write(`\n${tableOf(results)}\n`)
  for (const result of results) {
    const text = values.explain ? explanationOf(result) : explanationOf({ ...result, differences: [] })
    process.stdout.write(text)
  }
  const failed = results.filter((result) => !hasPassed(result)).length
  process.stdout.write(`\n${results.length - failed} passed, ${failed} failed\n`)
  return failed === 0 ? 0 : 1
}

process.exitCode = await main()
