/**
 * A time of day, of no day and no zone: `14:30`, `2.30 pm`, `14h30`, or the fraction of a day that a spreadsheet keeps.
 * Canonical: `HH:MM:SS`. Four bare digits are not a time, nor is 24:00.
 */
import { twoDigits } from './calendar.ts'
import type { Compile, ConversionProblem } from './value.ts'
import { problem, quoted } from './value.ts'

const TIME =
  /^(\d{1,2})(?:(?:[:.]| ?h(?:od)?\.? ?)(\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?)?(?: ?(h(?:od|rs)?\.?|uhr))?(?: ?([ap])\.? ?m\.?)?$/i
const FRACTION = /^0(?:[.,]\d{1,20})?$/
const LONGEST = 40

export const compileTime: Compile = (_rules, format) => (text) => {
  if (text.length > LONGEST) return problem('value.not_a_time', { value: quoted(text) })
  if (format.excelSerial !== undefined && FRACTION.test(text)) return readFraction(text)
  const match = TIME.exec(text)
  if (match === null) return problem('value.not_a_time', { value: quoted(text) })
  const [, hours = '', minutes, seconds = '0', word, half] = match
  // A bare number is a time only where something says that it is one.
  if (minutes === undefined && word === undefined && half === undefined)
    return problem('value.not_a_time', { value: quoted(text) })
  let hour = Number(hours)
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return problem('value.not_a_time', { value: quoted(text) })
    hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  }
  const minute = Number(minutes ?? '0')
  const second = Number(seconds)
  if (hour > 23 || minute > 59 || second > 59) return problem('value.not_a_time', { value: quoted(text) })
  return writeTime(hour, minute, second)
}

/** To the second: what is behind it is dust of binary fractions. */
function readFraction(text: string): string | ConversionProblem {
  const seconds = Math.round(Number(text.replace(',', '.')) * 86_400)
  if (!(seconds < 86_400)) return problem('value.not_a_time', { value: quoted(text) })
  return writeTime(Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60)
}

function writeTime(hour: number, minute: number, second: number): string {
  return `${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(second)}`
}
