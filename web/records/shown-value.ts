/** A value of a record as a person reads it, references by the title of what they name. */
import { useTranslation } from 'react-i18next'
import { useFieldValue } from '../imports/field-value.ts'
import type { KindWords } from '../imports/kinds.ts'

type Shown = {
  readonly values: Readonly<Record<string, string | null>>
  readonly references?: Readonly<Record<string, { readonly id: string; readonly title: string }>>
}

export function useShownValue(kind: KindWords): (record: Shown, field: string) => string {
  const { t } = useTranslation()
  const show = useFieldValue(kind)
  return (record, name) => {
    const value = record.values[name] ?? null
    if (value === null) return ''
    const field = kind.field(name)
    if (field?.reference) return record.references?.[name]?.title || t('record.unknownReference')
    if (field?.type === 'choices')
      return value
        .split('; ')
        .map((one) => show(name, one))
        .join('; ')
    if (field?.type === 'percent') return `${value} %`
    return show(name, value)
  }
}
