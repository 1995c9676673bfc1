/**
 * The calendar in numbers, without `Date`: days of months, month names in three languages, day numbers,
 * and how far a zone is from UTC at a moment. Pure: it never asks what time it is.
 */

export type Day = { readonly year: number; readonly month: number; readonly day: number }

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

export function isDay(year: number, month: number, day: number): boolean {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return false
  return day <= (month === 2 && isLeapYear(year) ? 29 : MONTH_DAYS[month - 1]!)
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

const TWO_DIGITS = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'))

export function twoDigits(number: number): string {
  return TWO_DIGITS[number]!
}

export function isoDay(year: number, month: number, day: number): string {
  const digits = year > 999 ? String(year) : String(year).padStart(4, '0')
  return `${digits}-${TWO_DIGITS[month]!}-${TWO_DIGITS[day]!}`
}

/** Days since 1970-01-01 (H. Hinnant's civil calendar, counted from March so that leap days come last). */
export function dayNumber(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return (
    era * 146097 +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear -
    719468
  )
}

export function dayOfNumber(number: number): Day {
  const shifted = number + 719468
  const era = Math.floor(shifted / 146097)
  const dayOfEra = shifted - era * 146097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const part = Math.floor((5 * dayOfYear + 2) / 153)
  const month = part < 10 ? part + 3 : part - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * part + 2) / 5) + 1,
  }
}

const MONTH_NAMES: readonly string[] = [
  'january jan januar janner jaenner leden ledna led',
  'february feb februar feber unor unora uno',
  'march mar marz maerz mrz brezen brezna bre',
  'april apr duben dubna dub',
  'may mai kveten kvetna kve',
  'june jun juni cerven cervna cvn',
  'july jul juli cervenec cervence cvc',
  'august aug srpen srpna srp',
  'september sep sept zari zar',
  'october oct oktober okt rijen rijna rij',
  'november nov listopad listopadu lis',
  'december dec dezember dez prosinec prosince pro',
]

const MONTHS: ReadonlyMap<string, number> = new Map(
  MONTH_NAMES.flatMap((names, at) => names.split(' ').map((name) => [name, at + 1] as const)),
)

/** A month by its English, Czech or German name or abbreviation. */
export function monthOf(name: string): number | undefined {
  return MONTHS.get(
    name
      .normalize('NFD')
      .replace(/[\u0300-\u036f.]/g, '')
      .toLowerCase(),
  )
}

const MINUTE = 60_000
const DAY = 86_400_000

/**
 * Gives the instant (ms since 1970 in UTC) at which a zone's clocks show a local time (ms as if it were UTC);
 * null when they never did. Where they did twice, the first time counts, as RFC 5545 §3.3.5 has it.
 */
export function compileZone(timeZone: string): (local: number) => number | null {
  const offsetAt = compileOffset(timeZone)
  const known = new Map<number, number | null>()
  return (local) => {
    const day = Math.floor(local / DAY)
    let offset = known.get(day)
    if (offset === undefined) {
      const before = offsetAt((day - 1) * DAY)
      offset = before === offsetAt((day + 2) * DAY) ? before : null
      if (known.size > 20_000) known.clear()
      known.set(day, offset)
    }
    if (offset !== null) return local - offset
    const candidates = [offsetAt((day - 1) * DAY), offsetAt((day + 2) * DAY)]
      .map((candidate) => ({ instant: local - candidate, candidate }))
      .filter(({ instant, candidate }) => offsetAt(instant) === candidate)
      .map(({ instant }) => instant)
    return candidates.length === 0 ? null : Math.min(...candidates)
  }
}

/** How far the clocks of a zone are ahead of UTC at an instant, in milliseconds. */
export function compileOffset(timeZone: string): (instant: number) => number {
  if (timeZone === 'UTC') return () => 0
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  return (instant) => {
    const parts: Record<string, string> = {}
    for (const { type, value } of format.formatToParts(instant)) parts[type] = value
    const year = parts['era'] === 'BC' ? 1 - Number(parts['year']) : Number(parts['year'])
    const day = dayNumber(year, Number(parts['month']), Number(parts['day']))
    const shown =
      day * DAY +
      Number(parts['hour']) * 60 * MINUTE +
      Number(parts['minute']) * MINUTE +
      Number(parts['second']) * 1000
    return shown - Math.floor(instant / 1000) * 1000
  }
}
