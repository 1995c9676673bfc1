/**
 * Dates and moments. A date is a date: no time zone moves it, and 31 February is found.
 * A moment without a zone, in the cell or for the column, is a problem.
 */
import { compileDay } from './read-day.ts'
import { compileInstant, compileShownDay, readMoment } from './read-moment.ts'
import type { Compile } from './value.ts'
import { problem, quoted } from './value.ts'

/** Longer than the longest way of writing a moment. */
const LONGEST = 80

export const compileDate: Compile = (_rules, format) => {
  const readDay = compileDay(format)
  const shownDay = compileShownDay(format)
  return (text) => {
    if (text.length > LONGEST) return problem('value.not_a_date', { value: quoted(text) })
    const day = readDay(text)
    if (typeof day === 'string' || day.code !== 'value.not_a_date') return day
    const moment = readMoment(text, readDay, format)
    if (moment === null) return day
    return 'code' in moment ? moment : shownDay(moment, text)
  }
}

export const compileDatetime: Compile = (_rules, format) => {
  const readDay = compileDay(format)
  const instantOf = compileInstant(format)
  return (text) => {
    if (text.length > LONGEST) return problem('value.not_a_datetime', { value: quoted(text) })
    const moment = readMoment(text, readDay, format)
    if (moment !== null) return 'code' in moment ? moment : instantOf(moment, text)
    const day = readDay(text)
    if (typeof day === 'string') return instantOf({ day, time: 0, fraction: '', zone: null }, text)
    return day.code === 'value.not_a_date' ? problem('value.not_a_datetime', { value: quoted(text) }) : day
  }
}
