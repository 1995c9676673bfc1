/**
 * Amounts: minor units and ISO currency, exact. The currency comes from the cell or from the column;
 * where both speak and differ it is a problem, and so is every digit that the currency has no place for.
 */
import { compileLimits, exceedsBigint, explainFailure } from './convert-number.ts'
import { currenciesOf, decimalsOf } from './currencies.ts'
import { compileDecimal, shiftDecimal } from './decimal.ts'
import type { ConversionProblem, Convert, FieldValueRules, ValueFormat } from './value.ts'
import { PART_SEPARATOR, problem, quoted } from './value.ts'

export type MoneyParts = { readonly amount: string; readonly sign: string }

const BRACKETED = /^([^\d()]*)\(([^()]*)\)([^\d()]*)$/
const MINUS = /[-\u2212–]/
/** `1 000,-` and `1.000,--`: a dash in place of the decimals. */
const DASHED = /^[.,](?:--?|–|—|=)/

/** Divides a cell into its number (brackets and signs become a minus) and its currency sign (empty: none). */
export function splitMoney(text: string): MoneyParts | null {
  const bracketed = BRACKETED.exec(text)
  const whole = bracketed === null ? text : `${bracketed[1]}${bracketed[2]}${bracketed[3]}`
  let start = whole.search(/\d/)
  if (start < 0) return null
  let end = whole.length
  while (!isDigit(whole.charCodeAt(end - 1))) end--
  if (startsWithMark(whole, start)) start--
  const number = whole.slice(start, end)
  if (/[^\d.,'’ ]/.test(number)) return null
  const lead = whole.slice(0, start).trim()
  const tail = whole.slice(end).replace(DASHED, '').trim()
  const before = lead.replace(MINUS, '').replace('+', '').trim()
  const after = tail.replace(/^[-\u2212]|[-\u2212]$/, '').trim()
  if (before !== '' && after !== '' && before !== after) return null
  const minuses = (bracketed === null ? 0 : 1) + (MINUS.test(lead) ? 1 : 0) + (tail === after ? 0 : 1)
  if (minuses > 1) return null
  return { amount: minuses === 1 ? `-${number}` : number, sign: before === '' ? after : before }
}

/** The short way for a number followed by nothing or by a sign that was settled before; otherwise undefined. */
function splitOrdinary(text: string, known: ReadonlyMap<string, string>): MoneyParts | undefined {
  if (!isDigit(text.charCodeAt(0))) return undefined
  let end = text.length
  while (!isDigit(text.charCodeAt(end - 1))) end--
  const sign = end === text.length ? '' : text.slice(end).trim()
  return known.has(sign) ? { amount: text.slice(0, end), sign } : undefined
}

/** `.50` begins with its decimal mark; in `Fr.50` the point belongs to the currency. */
function startsWithMark(text: string, start: number): boolean {
  const mark = text[start - 1]
  if (mark !== '.' && mark !== ',') return false
  const previous = text[start - 2]
  return previous === undefined || previous === ' ' || MINUS.test(previous)
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/**
 * The short way for an amount as most are written: digits in regular groups or in none, and no more decimals than
 * the currency has. Gives minor units; undefined means "read it properly", never "not a number".
 */
function compileOrdinaryAmount(
  format: ValueFormat,
): (amount: string, decimals: number) => number | undefined {
  const decimal = format.decimal?.charCodeAt(0)
  const thousands = format.thousands === '' ? undefined : format.thousands?.charCodeAt(0)
  return (amount, decimals) => {
    const first = amount.charCodeAt(0)
    if (decimal === undefined || amount.length + decimals > 15 || first < 49 || first > 57) return undefined
    let minor = 0
    let digits = 0
    let isGrouped = false
    let at = 0
    for (; at < amount.length; at++) {
      const code = amount.charCodeAt(at)
      if (isDigit(code)) {
        minor = minor * 10 + code - 48
        digits++
      } else if (code === thousands && (isGrouped ? digits === 3 : digits <= 3)) {
        isGrouped = true
        digits = 0
      } else break
    }
    if (isGrouped && digits !== 3) return undefined
    if (at < amount.length && amount.charCodeAt(at) !== decimal) return undefined
    const places = Math.max(0, amount.length - at - 1)
    if (places > decimals || (at < amount.length && places === 0)) return undefined
    for (at++; at < amount.length; at++) {
      const code = amount.charCodeAt(at)
      if (!isDigit(code)) return undefined
      minor = minor * 10 + code - 48
    }
    return minor * 10 ** (decimals - places)
  }
}

export function compileMoney(rules: FieldValueRules, format: ValueFormat): Convert {
  const read = compileDecimal(format)
  const limit = compileLimits(rules)
  const readOrdinary = compileOrdinaryAmount(format)
  const isLimited = rules.min !== undefined || rules.max !== undefined
  const known = new Map<string, string>()
  return (text) => {
    const parts = splitOrdinary(text, known) ?? splitMoney(text)
    if (parts === null) return problem('value.not_money', { value: quoted(text) })
    const currency =
      known.get(parts.sign) ?? settleCurrency(parts.sign, rules.currency ?? format.currency, text)
    if (typeof currency !== 'string') return currency
    if (known.size < 50) known.set(parts.sign, currency)
    const decimals = decimalsOf(currency)
    const ordinary = isLimited ? undefined : readOrdinary(parts.amount, decimals)
    if (ordinary !== undefined) return `${ordinary}${PART_SEPARATOR}${currency}`
    const reading = read(parts.amount)
    if ('failure' in reading) return explainFailure(reading.failure, text, 'value.not_money')
    const minor = shiftDecimal(reading.decimal, decimals)
    if (minor.includes('.')) return problem('value.too_precise', { value: quoted(text), currency, decimals })
    if (exceedsBigint(minor)) return problem('value.number_too_large')
    return limit(reading.decimal) ?? `${minor}${PART_SEPARATOR}${currency}`
  }
}

function settleCurrency(
  sign: string,
  expected: string | undefined,
  text: string,
): string | ConversionProblem {
  if (sign === '') return expected ?? problem('value.no_currency', { value: quoted(text) })
  const meant = currenciesOf(sign)
  if (meant.length === 0) return problem('value.unknown_currency', { currency: quoted(sign) })
  if (expected !== undefined) {
    return meant.includes(expected) ? expected : problem('value.other_currency', { currency: sign, expected })
  }
  return meant.length === 1 ? meant[0]! : problem('value.ambiguous_currency', { currency: sign })
}
