/** The field a column becomes: searchable, in the kind's sections, likely ones first; "not imported" at the top. */
import { Select } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../ui/format.ts'
import type { Column } from './column.ts'
import css from './columns-step.module.css'
import type { KindWords } from './kinds.ts'
import type { MappingEditor } from './use-mapping.ts'

export type FieldSection = {
  readonly name: string
  readonly label: string
  readonly fields: readonly string[]
}

const none = '-'

export function FieldSelect(props: {
  label: string
  value: string | null
  kind: KindWords
  sections: readonly FieldSection[]
  editor: MappingEditor
  column: Column
  disabled: boolean
  onChange: (field: string | null) => void
}): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const { kind, editor, column } = props
  const likely = [...(column.suggestion ? [column.suggestion] : []), ...column.alternatives].slice(0, 3)
  const hintOf = (field: string) => {
    const taken = editor.columnOf(field)
    if (taken && taken.column !== column.column) return t('import.columns.takenBy', { column: taken.header })
    const found = likely.find((one) => one.field === field)
    if (found) return format.percent(found.confidence)
    return kind.field(field)?.required ? t('import.columns.requiredHint') : ''
  }
  if (props.disabled)
    return (
      <span className={css.settled} data-none={props.value === null}>
        {props.value === null ? t('import.columns.doNotImport') : kind.fieldLabel(props.value)}
      </span>
    )
  const itemOf = (field: string) => ({ value: field, label: kind.fieldLabel(field) })
  const likelyNames = new Set(likely.map((one) => one.field))
  const sections = props.sections.map((section) => ({
    group: section.label,
    items: section.fields.filter((field) => !likelyNames.has(field)).map(itemOf),
  }))
  return (
    <Select
      aria-label={props.label}
      data={[
        { value: none, label: t('import.columns.doNotImport') },
        { group: t('import.columns.likely'), items: likely.map((one) => itemOf(one.field)) },
        ...sections,
      ].filter((part) => !('items' in part) || part.items.length > 0)}
      value={props.value ?? none}
      onChange={(value) => props.onChange(value === none ? null : value)}
      renderOption={({ option }) => (
        <span className={css.option}>
          {option.label}
          <span className="quiet num">{hintOf(option.value)}</span>
        </span>
      )}
      searchable
      comboboxProps={{ width: 320, position: 'bottom-start' }}
      nothingFoundMessage={t('import.columns.noSuchField')}
      styles={props.value === null ? { input: { color: 'var(--c-text-3)' } } : {}}
    />
  )
}

/** Fields of the kind itself, under the headings that its forms have. */
export function sectionsOf(kind: KindWords): FieldSection[] {
  const sections: { name: string; label: string; fields: string[] }[] = []
  for (const field of kind.kind?.fields ?? []) {
    const found = sections.find((section) => section.name === field.section.name)
    if (found) found.fields.push(field.name)
    else
      sections.push({
        name: field.section.name,
        label: kind.label(field.section.labels),
        fields: [field.name],
      })
  }
  return sections
}
