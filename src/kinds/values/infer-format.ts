/**
 * Settles how a whole column writes its values: order of dates, decimal and thousands marks, currency, separator
 * of tags. Every possible reading is tried on every sample in one pass, and samples are not kept.
 * What stays open is a question to a person, one for the column, never a guess for a row.
 */
import { splitMoney } from './convert-money.ts'
import { withoutPercentSign } from './convert-number.ts'
import { currenciesOf } from './currencies.ts'
import { tallyReadings } from './reading-tally.ts'
import type { Convert, ValueFormat, ValueTypeName } from './value.ts'
import { compileConvert } from './value-types.ts'

export type Unsettled = 'dateOrder' | 'decimal'
export type InferredFormat = {
  readonly format: ValueFormat
  readonly unsettled: Unsettled[]
  /** How many of the samples are no values in this format. */
  readonly problems: number
  /** Cells of money name currencies, several of them: a default for the column would contradict them. */
  readonly hasSeveralCurrencies?: true
}

/** The last year that two digits mean unless a person says otherwise: it stands in the mapping for all to see. */
const PIVOT_YEAR = 2049

export function inferFormat(type: ValueTypeName, samples: Iterable<string>): InferredFormat {
  switch (type) {
    case 'date':
    case 'datetime':
      return inferDates(type, samples)
    case 'integer':
    case 'number':
    case 'money':
      return inferNumbers(type, samples)
    case 'percent':
      return inferNumbers('number', withoutPercentSigns(samples))
    case 'tags':
    case 'choices':
      return inferTags(samples)
    case 'enum':
      return { format: {}, unsettled: [], problems: 0 }
    default:
      return { format: {}, unsettled: [], problems: countProblems(compileConvert(type, {}, {}), samples) }
  }
}

function* withoutPercentSigns(samples: Iterable<string>): Generator<string> {
  for (const sample of samples) yield withoutPercentSign(sample.trim())
}

const ORDERS = ['dmy', 'mdy', 'ymd'] as const
const DOTTED = /^\s*\d{1,2}\. ?\d{1,2}\. ?\d/
const SHORT_YEAR = /^[\p{L}., ]*\d{1,2}[./ -]+(?:\d{1,2}|\p{L}{3,10})[./ -]+\d{2}(?!\d)/u

function inferDates(type: 'date' | 'datetime', samples: Iterable<string>): InferredFormat {
  // A zone makes moments comparable; which one does not matter here.
  const readings = ORDERS.map((dateOrder) =>
    compileConvert(type, {}, { dateOrder, pivotYear: PIVOT_YEAR, timeZone: 'UTC' }),
  )
  const tally = tallyReadings(ORDERS.length)
  let hasShortYears = false
  for (const text of samples) {
    const values = readings.map((read) => read(text))
    if (DOTTED.test(text) && typeof values[0] === 'string') {
      // With points between them the day stands first: nobody writes month.day.year.
      values[1] = { code: 'value.not_a_date', params: {} }
      values[2] = values[1]
    }
    tally.count(values)
    hasShortYears ||= SHORT_YEAR.test(text)
  }
  const { best, equals, isSettled, problems, fits } = tally.settle()
  const pivot = hasShortYears ? { pivotYear: PIVOT_YEAR } : {}
  if (fits === 0) return { format: {}, unsettled: [], problems }
  if (!isSettled) return { format: pivot, unsettled: ['dateOrder'], problems }
  // ISO dates fit every order. 5/5/2024 fits two, needs neither, and tells nothing about rows to come.
  const dateOrder = equals.length === 0 ? ORDERS[best] : equals.length === 2 ? 'ymd' : undefined
  return { format: { ...(dateOrder === undefined ? {} : { dateOrder }), ...pivot }, unsettled: [], problems }
}

const DECIMALS = ['.', ','] as const
const GROUPED = /\d([.,'’ \u00a0\u2009\u202f])\d{3}(?!\d)/g

function inferNumbers(type: 'integer' | 'number' | 'money', samples: Iterable<string>): InferredFormat {
  // Money of the reading is compared without its currency, which is settled by itself.
  const readings = DECIMALS.map((decimal) =>
    compileConvert(type === 'money' ? 'number' : type, {}, { decimal }),
  )
  const tally = tallyReadings(DECIMALS.length)
  const marks = new Set<string>()
  const currencies = new Set<string>()
  let unnamed = 0
  for (const text of samples) {
    const parts = type === 'money' ? splitMoney(text.replace(/[\u00a0\u2009\u202f]/g, ' ').trim()) : null
    tally.count(readings.map((read) => read(parts?.amount ?? text)))
    for (const [, mark = ''] of text.matchAll(GROUPED)) marks.add(mark)
    if (parts === null) continue
    if (parts.sign === '') unnamed++
    else currencies.add(currenciesOf(parts.sign).join(' '))
  }
  const { best, equals, isSettled, problems } = tally.settle()
  const [currency = ''] = currencies
  const money = currencies.size === 1 && /^[A-Z]{3}$/.test(currency) && unnamed === 0 ? { currency } : {}
  const several = currencies.size > 1 ? { hasSeveralCurrencies: true as const } : {}
  if (!isSettled) return { format: money, unsettled: ['decimal'], problems, ...several }
  if (equals.length > 0) return { format: money, unsettled: [], problems, ...several }
  const decimal = DECIMALS[best]!
  const thousands = settleThousands(marks, decimal)
  const format = { decimal, ...(thousands === null ? {} : { thousands }), ...money }
  return { format, unsettled: [], problems, ...several }
}

/** The one mark that divides thousands; null when there is none or several, which leaves all of them allowed. */
function settleThousands(marks: ReadonlySet<string>, decimal: '.' | ','): '.' | ',' | ' ' | "'" | null {
  const found = new Set<'.' | ',' | ' ' | "'">()
  for (const mark of marks) {
    if (mark === decimal) continue
    found.add(mark === '.' || mark === ',' ? mark : mark === "'" || mark === '’' ? "'" : ' ')
  }
  const [only] = found
  return found.size === 1 && only !== undefined ? only : null
}

const SEPARATORS = [';', '|', ','] as const

function inferTags(samples: Iterable<string>): InferredFormat {
  const seen = new Set<string>()
  let problems = 0
  const read = compileConvert('tags', {}, {})
  for (const text of samples) {
    for (const separator of SEPARATORS) if (text.includes(separator)) seen.add(separator)
    if (isProblem(read(text))) problems++
  }
  // A comma may stand inside a tag where another mark divides them, hardly the other way round.
  const separator = SEPARATORS.find((candidate) => seen.has(candidate))
  return { format: separator === undefined ? {} : { separator }, unsettled: [], problems }
}

function countProblems(convert: Convert, samples: Iterable<string>): number {
  let problems = 0
  for (const text of samples) if (isProblem(convert(text))) problems++
  return problems
}

function isProblem(converted: ReturnType<Convert>): boolean {
  return typeof converted === 'object' && converted !== null
}
