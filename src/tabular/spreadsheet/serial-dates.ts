/**
 * Serial numbers of spreadsheets ↔ ISO text, by calendar arithmetic: no time zone, no `Date`. Knows the 1900
 * system with its day that never was (60 is 29 February 1900) and the 1904 system.
 */

export type DateSystem = 1900 | 1904

/** Which parts a number format shows. */
export type DateParts = {
  readonly hasDate: boolean
  readonly hasTime: boolean
  /** Hours beyond 24, as in `[h]:mm`. */
  readonly isElapsed: boolean
  readonly hasFraction: boolean
}

const DAY_MS = 86_400_000
/** Days from 0000-03-01 to 1899-12-31, 1899-12-30 and 1904-01-01. */
const DAYS_1899_12_31 = 693_900
const DAYS_1904_01_01 = 695_361
/** Year 0 in the 1900 system. */
const FIRST_SERIAL = -693_000
/** 9999-12-31 in the 1900 system. */
const LAST_SERIAL = 2_958_465

/**
 * ISO text of a serial number, or null when no calendar has it. Days before the first one, which Excel does not
 * show, are counted back as LibreOffice does; the 29 February 1900 is given as the 28th (see `isOddSerial`).
 */
export function isoOfSerial(serial: number, parts: DateParts, system: DateSystem): string | null {
  const lastSerial = system === 1904 ? LAST_SERIAL - 1462 : LAST_SERIAL
  if (!(serial > FIRST_SERIAL) || serial >= lastSerial + 1) return null
  let days = Math.floor(serial)
  let ms = Math.round((serial - days) * DAY_MS)
  if (!parts.hasFraction) ms = Math.round(ms / 1000) * 1000
  if (ms >= DAY_MS) {
    ms -= DAY_MS
    days++
  }
  if (days < 0 && parts.isElapsed) return `-${isoOfSerial(-serial, parts, system)}`
  if (parts.isElapsed || (!parts.hasDate && days === 0)) return timeText(ms, days * 24)
  // Before the first day there is only a time: 0.5 is noon of no day.
  if (days === 0 && system === 1900) return ms === 0 ? null : timeText(ms, 0)
  const day = dayText(days, system)
  return ms === 0 && !parts.hasTime ? day : `${day}T${timeText(ms, 0)}`
}

function dayText(days: number, system: DateSystem): string {
  if (system === 1904) return civil(DAYS_1904_01_01 + days)
  if (days === 60) return '1900-02-28'
  return civil(DAYS_1899_12_31 + (days > 60 || days < 0 ? days - 1 : days))
}

/** A day that no calendar has, or that lies before the one of the workbook begins. */
export function isOddSerial(serial: number, parts: DateParts, system: DateSystem): boolean {
  if (serial < 0) return true
  return system === 1900 && parts.hasDate && Math.floor(serial) === 60
}

/** `days` since 0000-03-01 as year, month, day (Hinnant, "chrono-compatible low-level date algorithms"). */
function civil(days: number): string {
  const era = Math.floor(days / 146_097)
  const ofEra = days - era * 146_097
  const year = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  )
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100))
  const shifted = Math.floor((5 * ofYear + 2) / 153)
  const day = ofYear - Math.floor((153 * shifted + 2) / 5) + 1
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  return `${String(year + era * 400 + (month <= 2 ? 1 : 0)).padStart(4, '0')}-${two(month)}-${two(day)}`
}

function timeText(ms: number, hours: number): string {
  const seconds = Math.floor(ms / 1000)
  const rest = ms - seconds * 1000
  const text = `${two(hours + Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return rest === 0 ? text : `${text}.${String(rest).padStart(3, '0').replace(/0+$/, '')}`
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}

const ISO = /^(\d{4}-\d{2}-\d{2})?(?:T?(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?(?:Z|[+-]\d{2}:\d{2})?$/

/** A date that a cell holds as ISO text (`t="d"`), in the form that serial numbers get; null when it is none. */
export function isoOfText(text: string, parts: DateParts | null): string | null {
  const match = ISO.exec(text.trim())
  if (match === null) return null
  const [, day, time] = match
  const clock = time === undefined ? undefined : fullTime(time)
  if (day === undefined) return clock ?? null
  const isMidnight = clock === undefined || clock === '00:00:00'
  return isMidnight && !(parts?.hasTime === true) ? day : `${day}T${clock ?? '00:00:00'}`
}

function fullTime(time: string): string {
  return (time.length === 5 ? `${time}:00` : time).replace(/\.0+$/, '').replace(/(\.\d*?)0+$/, '$1')
}

/** An ISO 8601 duration, as OpenDocument writes times, in hours, minutes and seconds. */
export function clockOfDuration(duration: string): string | null {
  const match = /^(-)?P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?$/.exec(duration.trim())
  if (match === null) return null
  const [, minus, days, hours, minutes, seconds] = match
  const whole = Number(days ?? 0) * 24 + Number(hours ?? 0)
  const ms = Math.round(Number((seconds ?? '0').replace(',', '.')) * 1000) + Number(minutes ?? 0) * 60_000
  return `${minus ?? ''}${timeText(ms % 3_600_000, whole + Math.floor(ms / 3_600_000))}`
}
