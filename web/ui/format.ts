/** Numbers, moments, sizes and durations as the person's locale writes them. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLocale } from '../language.ts'

export type Format = {
  readonly number: (value: number) => string
  readonly date: (moment: string) => string
  readonly moment: (moment: string) => string
  /** "3 minutes ago", or the date when it is more than a week back. */
  readonly ago: (moment: string) => string
  readonly bytes: (value: number) => string
  readonly duration: (seconds: number) => string
  readonly percent: (share: number) => string
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

export function useFormat(): Format {
  const { i18n } = useTranslation()
  const language = i18n.language
  return useMemo(() => makeFormat(language === 'cs' ? 'cs' : currentLocale()), [language])
}

function makeFormat(locale: string): Format {
  const number = new Intl.NumberFormat(locale)
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  const percent = new Intl.NumberFormat(locale, { style: 'percent' })
  return {
    number: (value) => number.format(value),
    date: (value) => date.format(new Date(value)),
    moment: (value) => moment.format(new Date(value)),
    percent: (share) => percent.format(share),
    ago: (value) => {
      const minutes = (Date.now() - new Date(value).getTime()) / 60_000
      if (minutes < 1) return relative.format(0, 'minute')
      if (minutes < 60) return relative.format(-Math.floor(minutes), 'minute')
      if (minutes < 60 * 24) return relative.format(-Math.floor(minutes / 60), 'hour')
      if (minutes < 60 * 24 * 7) return relative.format(-Math.floor(minutes / 60 / 24), 'day')
      return date.format(new Date(value))
    },
    bytes: (value) => {
      const power = Math.min(units.length - 1, Math.floor(Math.log(Math.max(1, value)) / Math.log(1000)))
      return new Intl.NumberFormat(locale, {
        style: 'unit',
        unit: units[power] ?? 'byte',
        maximumFractionDigits: power > 1 ? 1 : 0,
      }).format(value / 1000 ** power)
    },
    duration: (seconds) => {
      const whole = Math.max(1, Math.round(seconds))
      const unit = (value: number, name: 'hour' | 'minute' | 'second') =>
        new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value)
      if (whole < 60) return unit(whole, 'second')
      if (whole < 3600) return `${unit(Math.floor(whole / 60), 'minute')} ${unit(whole % 60, 'second')}`
      return `${unit(Math.floor(whole / 3600), 'hour')} ${unit(Math.floor((whole % 3600) / 60), 'minute')}`
    },
  }
}
