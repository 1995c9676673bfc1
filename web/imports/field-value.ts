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

/** `1234.50 CZK`; the amount keeps the decimals it was given. */
function moneyText(value: string, number: (value: number) => string): string {
  const parts = /^(-?\d+)(\.\d+)? ([A-Z]{3})$/.exec(value)
  if (!parts) return value
  const [, whole = '', decimals = '', currency = ''] = parts
  const mark = number(1.5).charAt(1)
  return `${number(Number(whole))}${decimals.replace('.', mark)} ${currency}`
}
