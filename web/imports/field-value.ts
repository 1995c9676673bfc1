/** A canonical value as a person reads it: an option by its label, a date, number or country in their language. */
import { useTranslation } from 'react-i18next'
import { useFormat } from '../ui/format.ts'
import type { KindWords } from './kinds.ts'

export function useFieldValue(kind: KindWords): (field: string, value: string | null) => string {
  const { t, i18n } = useTranslation()
  const format = useFormat()
  return (name, value) => {
    if (value === null) return ''
    const field = kind.field(name)
    const option = field?.options?.find((one) => one.value === value)
    if (option) return kind.label(option.labels)
    switch (field?.type) {
      case 'boolean':
        return value === 'true' ? t('value.yes') : t('value.no')
      case 'date':
        return /^\d{4}-\d\d-\d\d$/.test(value) ? format.date(value) : value
      case 'datetime':
        return Number.isNaN(Date.parse(value)) ? value : format.moment(value)
      case 'country':
        return countryName(value, i18n.language)
      case 'integer':
        return /^-?\d{1,15}$/.test(value) ? format.number(Number(value)) : value
      case 'money':
        return moneyText(value, format.number)
      default:
        return value
    }
  }
}

export function countryName(code: string, language: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code
  return new Intl.DisplayNames([language], { type: 'region', fallback: 'code' }).of(code) ?? code
}

const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ')

/** Every country that the browser can name, by name; deprecated and made-up codes have none. */
export function countryChoices(language: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
  const unknown = names.of('ZZ')
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .flatMap((value) => {
      const label = names.of(value)
      return label === undefined || label === unknown ? [] : [{ value, label }]
    })
    .toSorted((one, other) => one.label.localeCompare(other.label, language))
}

/** `1234.50 CZK`; the amount keeps the decimals it was given. */
function moneyText(value: string, number: (value: number) => string): string {
  const parts = /^(-?\d+)(\.\d+)? ([A-Z]{3})$/.exec(value)
  if (!parts) return value
  const [, whole = '', decimals = '', currency = ''] = parts
  const mark = number(1.5).charAt(1)
  return `${number(Number(whole))}${decimals.replace('.', mark)} ${currency}`
}
