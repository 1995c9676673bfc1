/** The results as a table for people, and the verdict on each suite. */
import { decisionFor } from './decisions.ts'
import type { Score, SuiteResult } from './suite.ts'

export function isReached({ value, target, isAbove }: Score): boolean {
  if (target === null) return true
  return isAbove === true ? value > target : value >= target - 1e-9
}

export function hasPassed({ scores, crashes }: SuiteResult): boolean {
  return crashes.length === 0 && scores.every(isReached)
}

export function tableOf(results: readonly SuiteResult[]): string {
  const rows = results.map((result) => [
    result.suite,
    String(result.files),
    String(result.right),
    String(result.differences.filter(({ file }) => decisionFor(result.suite, file) !== null).length),
    result.scores.map(({ name, value }) => `${value.toFixed(4)} ${name}`).join(', '),
    result.scores.map(targetText).join(', '),
    hasPassed(result) ? 'passed' : 'FAILED',
  ])
  const all = [['suite', 'files', 'right', 'decided', 'score', 'target', 'verdict'], ...rows]
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)))
  const lines = all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  )
  return `${lines.join('\n')}\n`
}

function targetText({ target, isAbove }: Score): string {
  if (target === null) return '-'
  return isAbove === true ? `> ${target}` : String(target)
}

/** Each difference in a line, with its documented reason. */
export function explanationOf({ suite, differences, crashes }: SuiteResult): string {
  const lines = crashes.map(({ file, what }) => `  CRASH ${file}: ${oneLine(what)}`)
  for (const { file, what } of differences) {
    const reason = decisionFor(suite, file)
    lines.push(`  ${file}: ${oneLine(what)}${reason === null ? '' : ` [${reason}]`}`)
  }
  return lines.length === 0 ? '' : `${suite}\n${lines.join('\n')}\n`
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ')
}
