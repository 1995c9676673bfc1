/** A condition put together: a field, how it is compared, with what. */
import { Button, NativeSelect, Select, TextInput } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldDescription } from '../../src/kinds/contract.ts'
import type { KindWords } from '../imports/kinds.ts'
import { FieldInput } from './field-input.tsx'
import { type Condition, type Operator, operatorNames } from './list-address.ts'
import css from './records.module.css'

export type ConditionWords = { readonly field: string; readonly operator: string; readonly value: string }

type ConditionField = {
  readonly name: string
  readonly label: string
  readonly section: string
  /** Null for the moments that every record has. */
  readonly field: FieldDescription | null
}

export function useConditionFields(kind: KindWords): readonly ConditionField[] {
  const { t } = useTranslation()
  const own = (kind.kind?.fields ?? [])
    .filter((field) => field.shownIn.filter)
    .map((field) => ({
      name: field.name,
      label: kind.label(field.labels),
      section: kind.label(field.section.labels),
      field,
    }))
  const record = (['createdAt', 'updatedAt'] as const).map((name) => ({
    name,
    label: t(`record.column.${name}`),
    section: t('record.filter.record'),
    field: null,
  }))
  return [...own, ...record]
}

const ordered = new Set<FieldDescription['type']>([
  'integer',
  'number',
  'percent',
  'money',
  'date',
  'datetime',
  'time',
])
const chosen = new Set<FieldDescription['type']>(['enum', 'boolean', 'country', 'tags', 'choices'])

function operatorsOf(field: FieldDescription | null): readonly Operator[] {
  if (!field) return ['>=', '<=', '=']
  if (field.reference || chosen.has(field.type)) return ['=', '!=']
  if (ordered.has(field.type)) return ['=', '!=', '>=', '<=']
  return ['~', '=', '!=', '!~']
}

/** What the select offers: an operator, or one of the two questions that need no value. */
type Comparison = Operator | 'blank' | 'filled'

export function FilterForm(props: { kind: KindWords; onAdd: (condition: Condition) => void }): ReactElement {
  const { t } = useTranslation()
  const fields = useConditionFields(props.kind)
  const [name, setName] = useState<string | null>(null)
  const [comparison, setComparison] = useState<Comparison>('=')
  const [value, setValue] = useState('')
  const chosenField = fields.find((one) => one.name === name)
  const choose = (next: string | null) => {
    setName(next)
    setValue('')
    setComparison(operatorsOf(fields.find((one) => one.name === next)?.field ?? null)[0] ?? '=')
  }
  const needsValue = comparison !== 'blank' && comparison !== 'filled'
  const add = () => {
    if (!name || (needsValue && value.trim() === '')) return
    const operator = comparison === 'blank' ? '=' : comparison === 'filled' ? '!=' : comparison
    props.onAdd({ field: name, operator, value: needsValue ? value.trim() : '' })
  }
  const sections = [...new Set(fields.map((one) => one.section))]
  return (
    <form
      className={css.filterForm}
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      <Select
        label={t('record.filter.field')}
        data={sections.map((section) => ({
          group: section,
          items: fields
            .filter((one) => one.section === section)
            .map((one) => ({ value: one.name, label: one.label })),
        }))}
        value={name}
        onChange={choose}
        searchable
        data-autofocus
        comboboxProps={{ withinPortal: false }}
        nothingFoundMessage={t('import.columns.noSuchField')}
      />
      {chosenField && (
        <>
          <NativeSelect
            label={t('record.filter.how')}
            value={comparison}
            onChange={(event) => setComparison(event.currentTarget.value as Comparison)}
            data={[
              ...operatorsOf(chosenField.field).map((operator) => ({
                value: operator,
                label: t(`record.filter.operator.${operatorNames[operator]}`),
              })),
              ...(chosenField.field
                ? [
                    { value: 'blank', label: t('record.filter.isBlank') },
                    { value: 'filled', label: t('record.filter.isFilled') },
                  ]
                : []),
            ]}
          />
          {needsValue && (
            <ValueInput field={chosenField.field} kind={props.kind} value={value} onChange={setValue} />
          )}
        </>
      )}
      <Button type="submit" disabled={!name || (needsValue && value.trim() === '')}>
        {t('record.filter.apply')}
      </Button>
    </form>
  )
}

function ValueInput(props: {
  field: FieldDescription | null
  kind: KindWords
  value: string
  onChange: (value: string) => void
}): ReactElement {
  const { t } = useTranslation()
  const { field, value, onChange } = props
  const label = t('record.filter.value')
  if (!field)
    return (
      <TextInput
        type="date"
        label={label}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  // Several options are meant as any of them.
  const isSeveral = field.type === 'choices' || field.type === 'tags'
  const separator = field.type === 'choices' ? '; ' : ', '
  return (
    <FieldInput
      field={{ ...field, hint: null, maxLength: null }}
      kind={props.kind}
      label={label}
      shown
      value={isSeveral ? value.split('|').join(separator) : value}
      onChange={(next) => onChange(isSeveral ? next.split(separator).join('|') : next)}
    />
  )
}
