/**
 * Reads a day with a time. The zone is the cell's own or the column's, and never assumed; instants are UTC.
 * Digits beyond microseconds, which the database does not keep, are left out.
 */
import { compileOffset, compileZone, dayNumber, dayOfNumber, isoDay, twoDigits } from './calendar.ts'
import { SERIAL } from './read-day.ts'
import type { ConversionProblem, ValueFormat } from './value.ts'
import { problem, quoted } from './value.ts'

const TIME =
  /^(.*?\S)(?:T|, *| +)(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?(?: *([ap])\.?m\.?)?(?: *h(?:od|rs)?\.?)?(?: *(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?$/i
const DAY = 86_400_000

/** A day and a time as the cell shows them; `zone` is its distance from UTC in ms, where it states one. */
export type Moment = {
  readonly day: string
  readonly time: number
  readonly fraction: string
  readonly zone: number | null
}

/** Null when the text has no time in it. */
export function readMoment(
  text: string,
  readDay: (text: string) => string | ConversionProblem,
  format: ValueFormat,
): Moment | ConversionProblem | null {
  if (format.excelSerial !== undefined && SERIAL.test(text)) return readSerial(text, readDay)
  const match = TIME.exec(text)
  if (match === null) return null
  const [, dayText = '', hours = '', minutes = '', seconds = '0', fraction = '', half, zone] = match
  const day = readDay(dayText)
  if (typeof day !== 'string') return { ...day, params: { ...day.params, value: quoted(text) } }
  let hour = Number(hours)
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return problem('value.not_a_datetime', { value: quoted(text) })
    hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  }
  const minute = Number(minutes)
  const second = Number(seconds)
  if (hour > 23 || minute > 59 || second > 59) return problem('value.not_a_datetime', { value: quoted(text) })
  const offset = zone === undefined ? null : readOffset(zone)
  if (Number.isNaN(offset)) return problem('value.not_a_datetime', { value: quoted(text) })
  const time = ((hour * 60 + minute) * 60 + second) * 1000
  return { day, time, fraction: fraction.slice(0, 6).replace(/0+$/, ''), zone: offset }
}

/** The fraction of a day number, to the millisecond: the digits after that are dust. */
function readSerial(
  text: string,
  readDay: (text: string) => string | ConversionProblem,
): Moment | ConversionProblem {
  const rounded = Math.round(Number(text) * DAY)
  const day = readDay(String(Math.floor(rounded / DAY)))
  if (typeof day !== 'string') return { ...day, params: { value: quoted(text) } }
  const time = rounded % DAY
  const fraction = String(time % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '')
  return { day, time: time - (time % 1000), fraction, zone: null }
}

function readOffset(zone: string): number {
  if (!/^[+-]/.test(zone)) return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(3).replace(':', '') || '0')
  if (hours > 15 || minutes > 59) return Number.NaN
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}

/** The instant of a moment as `YYYY-MM-DDTHH:MM:SS[.ffffff]Z`. */
export function compileInstant(
  format: ValueFormat,
): (moment: Moment, text: string) => string | ConversionProblem {
  const { timeZone } = format
  const toInstant = timeZone === undefined ? null : compileZone(timeZone)
  return (moment, text) => {
    const local = localOf(moment)
    let instant: number | null
    if (moment.zone !== null) instant = local - moment.zone
    else if (toInstant === null) return problem('value.no_time_zone', { value: quoted(text) })
    else instant = toInstant(local)
    if (instant === null)
      return problem('value.no_such_time', { value: quoted(text), zone: timeZone ?? 'UTC' })
    return writeInstant(instant, moment.fraction) ?? problem('value.not_a_datetime', { value: quoted(text) })
  }
}

/** The day that a moment falls on for a date column: as shown, or in the column's zone when the cell has its own. */
export function compileShownDay(
  format: ValueFormat,
): (moment: Moment, text: string) => string | ConversionProblem {
  const offsetAt = format.timeZone === undefined ? null : compileOffset(format.timeZone)
  return (moment, text) => {
    if (moment.zone === null || (moment.time === 0 && moment.fraction === '')) return moment.day
    if (offsetAt === null) return problem('value.date_depends_on_zone', { value: quoted(text) })
    const instant = localOf(moment) - moment.zone
    const { year, month, day } = dayOfNumber(Math.floor((instant + offsetAt(instant)) / DAY))
    return isoDay(year, month, day)
  }
}

function localOf({ day, time }: Moment): number {
  return dayNumber(Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8))) * DAY + time
}

function writeInstant(instant: number, fraction: string): string | null {
  const days = Math.floor(instant / DAY)
  const { year, month, day } = dayOfNumber(days)
  if (year < 1 || year > 9999) return null
  const seconds = Math.round((instant - days * DAY) / 1000)
  const time = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map(twoDigits)
    .join(':')
  return `${isoDay(year, month, day)}T${time}${fraction === '' ? '' : `.${fraction}`}Z`
}
