/**
 * `carryover doctor`: what this installation stands on and what is wrong with it, each line with what to do.
 * Looks only: starts nothing, writes nothing.
 */

import { localConfig } from './connection.ts'
import type { Diagnosis, State } from './diagnosis.ts'
import { checkDatabase } from './doctor-database.ts'
import { checkMachine } from './doctor-machine.ts'
import { exits } from './exit.ts'
import type { Output } from './output.ts'

export async function runDoctor(options: { readonly data?: string }, output: Output): Promise<number> {
  const { readConfig } = await import('../platform/config.ts')
  const config = localConfig(readConfig({ dataDir: options.data }), output)
  const checks = [
    ...(await checkMachine(config, output.language)),
    ...(await checkDatabase(config, output.language)),
  ]
  const worst = worstOf(checks)
  if (output.isJson) output.tell({ state: worst, dataDir: config.dataDir, checks })
  output.say(describe(checks, output))
  return worst === 'problem' ? exits.findings : exits.done
}

function worstOf(checks: readonly Diagnosis[]): State {
  if (checks.some(({ state }) => state === 'problem')) return 'problem'
  return checks.some(({ state }) => state === 'warning') ? 'warning' : 'ok'
}

const marks: Readonly<Record<State, readonly [string, 'green' | 'yellow' | 'red']>> = {
  ok: ['✓', 'green'],
  warning: ['!', 'yellow'],
  problem: ['✗', 'red'],
}

function describe(checks: readonly Diagnosis[], output: Output): string[] {
  const width = Math.max(...checks.map(({ name }) => name.length))
  const lines = checks.flatMap(({ name, state, says, advice }) => {
    const [mark, style] = marks[state]
    const first = `${output.paint(style, mark)} ${name.padEnd(width)}  ${says}`
    return advice === undefined
      ? [first]
      : [first, `  ${' '.repeat(width)}  ${output.paint(state === 'ok' ? 'dim' : style, advice)}`]
  })
  const problems = checks.filter(({ state }) => state === 'problem').length
  const warnings = checks.filter(({ state }) => state === 'warning').length
  const { words, number } = output
  const end =
    problems + warnings === 0
      ? words('doctorWell')
      : words('doctorFound', { problems: number(problems), warnings: number(warnings) })
  return [...lines, '', output.paint('bold', end)]
}
