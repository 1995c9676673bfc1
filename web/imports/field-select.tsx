/** The field a column becomes: searchable, in the kind's sections, likely ones first; "not imported" at the top. */
import { Select } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../ui/format.ts'
import type { Column } from './columns-step.tsx'
import type { KindWords } from './kinds.ts'
import type { MappingEditor } from './use-mapping.ts'

const none = '-'

export function FieldSelect(props: {
  label: string
  value: string | null
  kind: KindWords
  editor: MappingEditor
  column: Column
  disabled: boolean
  onChange: (field: string | null) => void
}): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const { kind, editor, column } = props
  const likely = [...(column.suggestion ? [column.suggestion] : []), ...column.alternatives].slice(0, 3)
  const nameOf = (field: string) => {
    const label = kind.fieldLabel(field)
    const taken = editor.columnOf(field)
    const isRequired = kind.field(field)?.required ?? false
    const words = isRequired ? t('import.columns.required', { field: label }) : label
    return taken && taken.column !== column.column
      ? t('import.columns.takenBy', { field: words, column: taken.header })
      : words
  }
  const likelyNames = new Set(likely.map((one) => one.field))
  const data = [
    { value: none, label: t('import.columns.doNotImport') },
    ...(likely.length > 0
      ? [
          {
            group: t('import.columns.likely'),
            items: likely.map((one) => ({
              value: one.field,
              label: `${nameOf(one.field)} · ${format.percent(one.confidence)}`,
            })),
          },
        ]
      : []),
    ...sectionsOf(kind)
      .map((section) => ({
        group: section.label,
        items: section.fields
          .filter((field) => !likelyNames.has(field))
          .map((field) => ({ value: field, label: nameOf(field) })),
      }))
      .filter((section) => section.items.length > 0),
  ]
  return (
    <Select
      aria-label={props.label}
      data={data}
      value={props.value ?? none}
      onChange={(value) => props.onChange(value === none ? null : value)}
      searchable
      disabled={props.disabled}
      maxDropdownHeight={360}
      comboboxProps={{ width: 320, position: 'bottom-start' }}
      nothingFoundMessage={t('import.columns.noSuchField')}
      styles={props.value === null ? { input: { color: 'var(--c-text-3)' } } : {}}
    />
  )
}

export function sectionsOf(kind: KindWords): { name: string; label: string; fields: string[] }[] {
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
