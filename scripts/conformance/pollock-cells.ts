/**
 * The benchmark's idea of two cells being the same: booleans, numbers, times, dates and prices by their value,
 * everything else in lower case. Only equality of results means anything.
 */
const seen = new Map<string, string>()
const SEEN_LIMIT = 200_000

export function normaliseCell(cell: string): string {
  const known = seen.get(cell)
  if (known !== undefined) return known
  const result = normalised(cell)
  if (seen.size < SEEN_LIMIT) seen.set(cell, result)
  return result
}

function normalised(cell: string): string {
  const text = cell.trim()
  if (text === '') return cell
  if (cell === 'True' || cell === 'true') return '1'
  if (cell === 'False' || cell === 'false') return '0'
  const number = numberOf(cell, text)
  if (number !== null) return number
  const moment = text.length < 60 ? (timeOf(cell) ?? dateOf(text)) : null
  return moment ?? priceOf(cell) ?? cell.toLowerCase()
}

/** Whole numbers and others stay apart; so do 1 and 01, because the benchmark takes the latter for a truth value. */
function numberOf(cell: string, text: string): string | null {
  if (/^[+-]?\d+(?:_\d+)*$/.test(text)) {
    const value = BigInt(text.replace(/[+_]/g, ''))
    if (value === 0n || value === 1n) return cell === '0' || cell === '1' ? cell : `truth ${value}`
    return String(value)
  }
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return null
  const value = Number(text)
  return Number.isInteger(value) ? `${value}.0` : String(value)
}

function timeOf(cell: string): string | null {
  const plain = /^(\d{1,2})([: ])(\d{1,2})(?:\2(\d{1,2}))?$/.exec(cell)
  if (plain) return clock(plain[1], plain[3], plain[4])
  const hours = /^(\d{1,2})(?::(\d{1,2})(?::(\d{1,2}))?)? ?h$/.exec(cell) ?? /^(\d\d)(\d\d) ?h$/.exec(cell)
  return hours && clock(hours[1], hours[2], hours[3])
}

function clock(hour = '0', minute = '0', second = '0'): string | null {
  const parts = [hour, minute, second].map(Number)
  if (parts[0]! > 23 || parts[1]! > 59 || parts[2]! > 59) return null
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const TIME_OF_DAY =
  /(?:[T ,]+(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d{1,6})?)?\s*([AaPp])?\.?(?:[Mm]\.?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?$/
const BY_NUMBER = new RegExp(`^(\\d{1,4})([-/.])(\\d{1,2})\\2(\\d{1,4})${TIME_OF_DAY.source}`)
const DAY_FIRST = new RegExp(
  `^(?:[A-Za-z]{3,9},?\\s+)?(\\d{1,2})(?:st|nd|rd|th)?[-/. ]+([A-Za-z]{3,9})\\.?[-/., ]+(\\d{4}|\\d\\d)${TIME_OF_DAY.source}`,
)
const MONTH_FIRST = new RegExp(
  `^(?:[A-Za-z]{3,9},?\\s+)?([A-Za-z]{3,9})\\.?[-/. ]+(\\d{1,2})(?:st|nd|rd|th)?[-/., ]+(\\d{4})${TIME_OF_DAY.source}`,
)

function dateOf(text: string): string | null {
  const numbers = BY_NUMBER.exec(text)
  if (numbers) {
    const [, first = '', , middle = '', last = ''] = numbers
    if (first.length === 3 || last.length === 3 || (first.length > 2 && last.length > 2)) return null
    if (first.length > 2 || (Number(first) > 31 && last.length <= 2))
      return day(first, middle, last, numbers.slice(5))
    return day(last, first, middle, numbers.slice(5))
  }
  const dayFirst = DAY_FIRST.exec(text)
  if (dayFirst) return namedDay(dayFirst[3]!, dayFirst[2]!, dayFirst[1]!, dayFirst.slice(4))
  const monthFirst = MONTH_FIRST.exec(text)
  return monthFirst && namedDay(monthFirst[3]!, monthFirst[1]!, monthFirst[2]!, monthFirst.slice(4))
}

function namedDay(year: string, name: string, date: string, time: readonly string[]): string | null {
  const month = months.indexOf(name.toLowerCase().slice(0, 3)) + 1
  return month === 0 ? null : day(year, String(month), date, time)
}

/** Month before day unless only the reverse can be. */
function day(
  year: string,
  month: string,
  date: string,
  time: readonly (string | undefined)[],
): string | null {
  const [m, d] = Number(month) > 12 ? ([date, month] as const) : ([month, date] as const)
  const full = year.length > 2 ? Number(year) : nearestYear(Number(year))
  const value = new Date(Date.UTC(full, Number(m) - 1, Number(d)))
  if (value.getUTCMonth() !== Number(m) - 1 || value.getUTCDate() !== Number(d)) return null
  const [hour, minute, second, half, zone = ''] = time
  const hours = half === undefined ? hour : String((Number(hour) % 12) + (/p/i.test(half) ? 12 : 0))
  return `${full}-${m.padStart(2, '0')}-${d.padStart(2, '0')} ${clock(hours, minute, second)}${zone}`
}

/** Two digits of a year: within fifty years of a fixed one, so that the score does not change with the calendar. */
function nearestYear(year: number): number {
  return year < 75 ? 2000 + year : 1900 + year
}

const CURRENCY =
  /\p{Sc}|\b(?:EUR|USD|GBP|CHF|JPY|CNY|INR|AUD|CAD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|RUB|BRL|ZAR)\b|Kč|zł|Rp|euro/u

/** The first sign of a currency with the first number of the cell. */
function priceOf(cell: string): string | null {
  const sign = CURRENCY.exec(cell)?.[0]
  const digits = /\d[\d\s.,']*/.exec(cell)?.[0]
  if (sign === undefined || digits === undefined) return null
  const bare = digits.replace(/[\s']/g, '').replace(/[.,]+$/, '')
  const mark = /[.,](?=\d{1,2}$|\d{4,}$)/.exec(bare)?.[0]
  const whole = mark === undefined ? bare.replace(/[.,]/g, '') : bare.replaceAll(mark === '.' ? ',' : '.', '')
  return `${sign}${Number(whole.replace(',', '.'))}`
}
