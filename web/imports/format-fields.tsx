/** The formats of a column that its field's type leaves open; what is not chosen is told by the values. */
import { NativeSelect } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { FieldDescription, ValueFormat } from '../../src/kinds/contract.ts'
import { SettledText } from '../ui/settled-text.tsx'

type Format = z.infer<typeof ValueFormat>

const dateOrders = ['dmy', 'mdy', 'ymd'] as const

export function FormatFields(props: {
  field: FieldDescription
  format: Format
  disabled: boolean
  onChange: (format: Format) => void
}): ReactElement {
  const { t } = useTranslation()
  const { format, disabled } = props
  const { type } = props.field
  const set = (name: keyof Format, value: string) => {
    const { [name]: _, ...others } = format
    props.onChange(value === '' ? others : { ...others, [name]: value })
  }
  const byValues = { value: '', label: t('import.format.byValues') }
  const isNumber = type === 'number' || type === 'integer' || type === 'money' || type === 'percent'
  return (
    <>
      {isNumber && (
        <NativeSelect
          label={t('import.format.decimal')}
          disabled={disabled}
          value={format.decimal ?? ''}
          onChange={(event) => set('decimal', event.currentTarget.value)}
          data={[
            byValues,
            { value: ',', label: t('import.format.comma') },
            { value: '.', label: t('import.format.point') },
          ]}
        />
      )}
      {(type === 'date' || type === 'datetime') && (
        <NativeSelect
          label={t('import.format.dateOrder')}
          disabled={disabled}
          value={format.dateOrder ?? ''}
          onChange={(event) => set('dateOrder', event.currentTarget.value)}
          data={[
            byValues,
            ...dateOrders.map((order) => ({ value: order, label: t(`import.format.order.${order}`) })),
          ]}
        />
      )}
      {type === 'phone' && (
        <Code
          label={t('import.format.country')}
          value={format.defaultCountry}
          placeholder="CZ"
          disabled={disabled}
          onSettle={(value) => set('defaultCountry', value)}
        />
      )}
      {type === 'money' && props.field.currency === null && (
        <Code
          label={t('import.format.currency')}
          value={format.currency}
          placeholder="CZK"
          disabled={disabled}
          onSettle={(value) => set('currency', value)}
        />
      )}
      {(type === 'tags' || type === 'choices') && (
        <SettledText
          label={t('import.format.separator')}
          value={format.separator ?? ''}
          placeholder=","
          disabled={disabled}
          onSettle={(value) => set('separator', value)}
        />
      )}
      <SettledText
        label={t('import.format.nullWords')}
        value={(format.nullWords ?? []).join(', ')}
        placeholder="-, N/A"
        disabled={disabled}
        onSettle={(value) => {
          const words = value.split(',').map((word) => word.trim())
          const { nullWords: _, ...others } = format
          props.onChange(words.some(Boolean) ? { ...others, nullWords: words.filter(Boolean) } : others)
        }}
      />
    </>
  )
}

function Code(props: {
  label: string
  value: string | undefined
  placeholder: string
  disabled: boolean
  onSettle: (value: string) => void
}): ReactElement {
  return (
    <SettledText
      label={props.label}
      value={props.value ?? ''}
      placeholder={props.placeholder}
      disabled={props.disabled}
      onSettle={(value) => props.onSettle(value.trim().toUpperCase())}
    />
  )
}
