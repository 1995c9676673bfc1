/**
 * Whole and decimal numbers by the marks of the column. Exact; nothing is rounded, and what the database
 * could not hold (beyond bigint, beyond 1,000 digits) is found here rather than in the middle of a load.
 */
import type { DecimalFailure } from './decimal.ts'
import { compareDecimals, compileDecimal, decimalOf } from './decimal.ts'
import type { ConversionProblem, Convert, FieldValueRules, ValueFormat, ValueProblemCode } from './value.ts'
import { problem, quoted } from './value.ts'

const LARGEST = '9223372036854775807'
const MOST_DIGITS = 1000

export function compileInteger(rules: FieldValueRules, format: ValueFormat): Convert {
  const read = compileDecimal(format)
  const limit = compileLimits(rules)
  return (text) => {
    const reading = read(text)
    if ('failure' in reading) return explainFailure(reading.failure, text, 'value.not_an_integer')
    const { decimal } = reading
    if (decimal.includes('.')) return problem('value.not_an_integer', { value: quoted(text) })
    if (exceedsBigint(decimal)) return problem('value.number_too_large')
    return limit(decimal) ?? decimal
  }
}

export function compileNumber(rules: FieldValueRules, format: ValueFormat): Convert {
  const read = compileDecimal(format)
  const limit = compileLimits(rules)
  return (text) => {
    const reading = read(text)
    if ('failure' in reading) return explainFailure(reading.failure, text, 'value.not_a_number')
    const { decimal } = reading
    if (decimal.length > MOST_DIGITS) return problem('value.number_too_large')
    return limit(decimal) ?? decimal
  }
}

/** `12,5 %` and `12,5` are the same twelve and a half; a share of one (0.125) is not guessed at. */
export function compilePercent(rules: FieldValueRules, format: ValueFormat): Convert {
  const convert = compileNumber(rules, format)
  return (text) => {
    const amount = withoutPercentSign(text)
    return amount === '' ? problem('value.not_a_number', { value: quoted(text) }) : convert(amount)
  }
}

export function withoutPercentSign(text: string): string {
  if (text.endsWith('%')) return text.slice(0, -1).trimEnd()
  return text.startsWith('%') ? text.slice(1).trimStart() : text
}

export function explainFailure(
  failure: DecimalFailure,
  text: string,
  unreadable: ValueProblemCode,
): ConversionProblem {
  const value = quoted(text)
  if (failure === 'unsettled') return problem('value.decimal_unsettled', { value })
  if (failure === 'shortened') return problem('value.scientific_notation', { value })
  return problem(unreadable, { value })
}

export function exceedsBigint(integer: string): boolean {
  if (integer.length < LARGEST.length) return false
  return compareDecimals(integer.startsWith('-') ? integer.slice(1) : integer, LARGEST) > 0
}

/** The problem of a number outside the field's limits, or null. */
export function compileLimits(rules: FieldValueRules): (decimal: string) => ConversionProblem | null {
  const minimum = rules.min === undefined ? null : decimalOf(rules.min)
  const maximum = rules.max === undefined ? null : decimalOf(rules.max)
  if (minimum === null && maximum === null) return () => null
  return (decimal) => {
    if (minimum !== null && compareDecimals(decimal, minimum) < 0) {
      return problem('value.below_minimum', { value: decimal, minimum })
    }
    if (maximum !== null && compareDecimals(decimal, maximum) > 0) {
      return problem('value.above_maximum', { value: decimal, maximum })
    }
    return null
  }
}
