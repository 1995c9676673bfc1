/**
 * Exact decimal numbers as text: reading them with the marks of a column, comparing, shifting by powers of ten.
 * No floating point anywhere, so no digit is invented or lost. Canonical: `-1234.5`, no exponent,
 * no needless zeros, no `-0`.
 */
import type { ValueFormat } from './value.ts'

/** Why a text is no number: it is not one, its marks allow two readings, or a spreadsheet cut its digits. */
export type DecimalFailure = 'unreadable' | 'unsettled' | 'shortened'
export type DecimalReading = { readonly decimal: string } | { readonly failure: DecimalFailure }

const UNREADABLE: DecimalReading = { failure: 'unreadable' }
const UNSETTLED: DecimalReading = { failure: 'unsettled' }
const SHORTENED: DecimalReading = { failure: 'shortened' }

/** Of a number with its marks; PostgreSQL could take more, no file of business means it. */
const LONGEST = 1500

const EXPONENT = /^([+-]?)(\d+)(?:[.,](\d+))?e([+-]?\d{1,3})$/i
const PLAIN = /^(-?)(0|[1-9]\d*)(?:\.(\d*[1-9]))?$/

/** Reads a clean, non-empty text as a number with the marks of the column. */
export function compileDecimal(format: ValueFormat): (text: string) => DecimalReading {
  const { decimal } = format
  const read = decimal === undefined ? readerOfUnsettled(format) : readerWithMarks(decimal, format.thousands)
  const pointIsDecimal = decimal === '.'
  return (text) => {
    if (text.length > LONGEST) return UNREADABLE
    if (isDigits(text) || (pointIsDecimal && PLAIN.test(text) && text !== '-0')) return { decimal: text }
    const reading = read(text)
    if (!('failure' in reading) || reading.failure === 'unsettled') return reading
    const signed = normaliseSign(text)
    return signed === text ? reading : read(signed)
  }
}

function readerWithMarks(decimal: '.' | ',', thousands: ValueFormat['thousands']) {
  const pattern = patternOf(decimal, thousands)
  return (text: string): DecimalReading => {
    const match = pattern.exec(text)
    if (match === null) return readExponent(text)
    const [, sign = '', grouped = '', single = '', fraction = ''] = match
    if (grouped === '' && single === '' && fraction === '') return UNREADABLE
    return { decimal: composeDecimal(sign, grouped === '' ? single : grouped.replace(/\D/g, ''), fraction) }
  }
}

/** Takes what can be read in one way only; the rest is a question for the whole column. */
function readerOfUnsettled(format: ValueFormat) {
  const point = readerWithMarks('.', format.thousands)
  const comma = readerWithMarks(',', format.thousands)
  return (text: string): DecimalReading => {
    const first = point(text)
    const second = comma(text)
    if (!('decimal' in first)) return second
    if (!('decimal' in second) || first.decimal === second.decimal) return first
    return UNSETTLED
  }
}

function patternOf(decimal: '.' | ',', thousands: ValueFormat['thousands']): RegExp {
  const other = decimal === '.' ? ',' : '.'
  const marks = thousands === undefined ? [other, ' ', "'"] : thousands === '' ? [] : [thousands]
  const classes = marks.map((mark) => (mark === "'" ? "['’]" : mark === '.' ? '\\.' : mark))
  const grouped = classes.map((mark) => `[1-9]\\d{0,2}(?:${mark}\\d{3})+`).join('|')
  return new RegExp(`^([+-]?)(?:(${grouped || '(?!)'})|(\\d*))(?:\\${decimal}(\\d*))?$`)
}

/** `1.5E-3` is exact; `1.23E+11` would need zeros that nobody wrote. */
function readExponent(text: string): DecimalReading {
  const match = EXPONENT.exec(text)
  if (match === null) return UNREADABLE
  const [, sign = '', whole = '', fraction = '', power = '0'] = match
  const shift = Number(power)
  if (shift > fraction.length) return SHORTENED
  const shifted = shiftDecimal(composeDecimal('', whole, fraction), shift)
  return { decimal: sign === '-' && shifted !== '0' ? `-${shifted}` : shifted }
}

/** `(12)`, `12-`, `− 12`, `+12` → one sign in front. */
function normaliseSign(text: string): string {
  let rest = text.replace(/\u2212|^–/g, '-')
  if (rest.startsWith('(') && rest.endsWith(')')) rest = `-${rest.slice(1, -1).trim()}`
  else if (rest.endsWith('-') && !rest.startsWith('-')) rest = `-${rest.slice(0, -1).trim()}`
  return rest.replace(/^([+-]) +/, '$1')
}

/** A whole number as it should be: digits without a leading zero. */
function isDigits(text: string): boolean {
  const length = text.length
  if (length > 1 && text.charCodeAt(0) === 48) return false
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at)
    if (code < 48 || code > 57) return false
  }
  return true
}

export function composeDecimal(sign: string, whole: string, fraction: string): string {
  const integer = (whole.startsWith('0') ? whole.replace(/^0+(?=\d)/, '') : whole) || '0'
  const rest = fraction.endsWith('0') ? fraction.replace(/0+$/, '') : fraction
  const digits = rest === '' ? integer : `${integer}.${rest}`
  return sign === '-' && digits !== '0' ? `-${digits}` : digits
}

/** Multiplies a canonical decimal by ten to the power of `places`. */
export function shiftDecimal(decimal: string, places: number): string {
  const negative = decimal.startsWith('-')
  const [whole = '', fraction = ''] = (negative ? decimal.slice(1) : decimal).split('.')
  const digits = whole + fraction
  const point = whole.length + places
  const shifted =
    point <= 0
      ? composeDecimal('', '0', '0'.repeat(-point) + digits)
      : composeDecimal('', digits.slice(0, point).padEnd(point, '0'), digits.slice(point))
  return negative && shifted !== '0' ? `-${shifted}` : shifted
}

/** Negative, zero or positive as `left` is less than, equal to or more than `right`; exact. */
export function compareDecimals(left: string, right: string): number {
  const leftNegative = left.startsWith('-')
  if (leftNegative !== right.startsWith('-')) return leftNegative ? -1 : 1
  if (leftNegative) return -compareDecimals(left.slice(1), right.slice(1))
  if (!left.includes('.') && !right.includes('.')) {
    if (left.length !== right.length) return left.length - right.length
    return left === right ? 0 : left < right ? -1 : 1
  }
  const [leftWhole = '', leftFraction = ''] = left.split('.')
  const [rightWhole = '', rightFraction = ''] = right.split('.')
  if (leftWhole.length !== rightWhole.length) return leftWhole.length - rightWhole.length
  if (leftWhole !== rightWhole) return leftWhole < rightWhole ? -1 : 1
  return leftFraction === rightFraction ? 0 : leftFraction < rightFraction ? -1 : 1
}

/** A limit given as a number, in canonical form: `1e21` has its digits written out. */
export function decimalOf(value: number): string {
  const reading = EXPONENT.exec(String(value))
  if (reading === null) return String(value)
  const [, sign = '', whole = '', fraction = '', power = '0'] = reading
  return (sign === '-' ? '-' : '') + shiftDecimal(composeDecimal('', whole, fraction), Number(power))
}
