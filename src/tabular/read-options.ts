/** Settings that nobody can read a file by are refused, each with the rule that it breaks. */
import type { ReadOptions } from './reading.ts'
import { refuseFile } from './refusals.ts'

export function checkOptions(options: ReadOptions): void {
  const refuse = (option: string, value: unknown, rule: string): never => {
    throw refuseFile('file.option_invalid', { option, value: String(value), rule })
  }
  const { delimiter } = options
  if (delimiter !== undefined && (delimiter === '' || delimiter.length > 10 || /[\r\n]/.test(delimiter))) {
    refuse('delimiter', delimiter, 'It is one to ten characters on one line.')
  }
  for (const name of ['quote', 'escape'] as const) {
    const mark = options[name]
    if (mark !== undefined && mark !== null && (mark.length !== 1 || /[\r\n]/.test(mark))) {
      refuse(name, mark, 'It is one character, or none.')
    }
  }
  for (const name of ['headerRow', 'headerRows', 'preambleRows', 'footerRows', 'table'] as const) {
    const count = options[name]
    const least = name === 'table' ? 1 : 0
    if (count !== undefined && (!Number.isInteger(count) || count < least || count > 1_000_000)) {
      refuse(name, count, `It is a whole number from ${least}.`)
    }
  }
}
