/** The input that fits a field's type. What is typed goes to the server as it is; the server says what it makes of it. */
import { MultiSelect, NativeSelect, TagsInput, Textarea, TextInput } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldDescription } from '../../src/kinds/contract.ts'
import type { KindWords } from '../imports/kinds.ts'
import { tagsOf } from './record-columns.tsx'
import { ReferenceInput } from './reference-input.tsx'

const htmlTypes: Partial<Record<FieldDescription['type'], string>> = {
  email: 'email',
  phone: 'tel',
  url: 'url',
  date: 'date',
  time: 'time',
}

export function FieldInput(props: {
  field: FieldDescription
  kind: KindWords
  label: string
  value: string
  onChange: (value: string) => void
  /** In a form the label stands above; in place the row names the field already. */
  shown?: boolean
  /** What a reference names now. */
  title?: string | undefined
  autoFocus?: boolean
}): ReactElement {
  const { t } = useTranslation()
  const { field } = props
  const hint = field.hint === null ? {} : { description: field.hint }
  const common = {
    ...(props.shown ? { label: props.label, ...hint } : { 'aria-label': props.label }),
    value: props.value,
    autoFocus: props.autoFocus ?? false,
    onChange: (event: { currentTarget: { value: string } }) => props.onChange(event.currentTarget.value),
  }
  if (field.reference)
    return (
      <ReferenceInput
        kind={field.reference.kind}
        value={props.value}
        title={props.title}
        label={props.label}
        shown={props.shown}
        description={field.hint ?? undefined}
        autoFocus={props.autoFocus ?? false}
        onChange={props.onChange}
      />
    )
  // What is archived is offered only where it is the value already.
  const chosen = new Set(field.type === 'choices' ? severalOf(props.value) : [props.value])
  const options = field.options
    ?.filter((option) => !option.archived || chosen.has(option.value))
    .map((option) => ({ value: option.value, label: props.kind.label(option.labels) }))
  if (field.type === 'choices' && options)
    return (
      <MultiSelect
        {...(props.shown ? { label: props.label, ...hint } : { 'aria-label': props.label })}
        data={options}
        value={severalOf(props.value)}
        autoFocus={props.autoFocus ?? false}
        searchable
        onChange={(values) => props.onChange(values.join('; '))}
      />
    )
  if (options || field.type === 'boolean')
    return (
      <NativeSelect
        {...common}
        data={[
          { value: '', label: '–' },
          ...(options ?? [
            { value: 'true', label: t('value.yes') },
            { value: 'false', label: t('value.no') },
          ]),
        ]}
      />
    )
  if (field.type === 'tags')
    return (
      <TagsInput
        {...(props.shown ? { label: props.label, ...hint } : { 'aria-label': props.label })}
        value={tagsOf(props.value)}
        autoFocus={props.autoFocus ?? false}
        onChange={(tags) => props.onChange(tags.join(', '))}
      />
    )
  if (field.type === 'multiline') return <Textarea {...common} autosize minRows={3} maxRows={12} />
  return (
    <TextInput
      {...common}
      type={htmlTypes[field.type] ?? 'text'}
      {...(field.maxLength === null ? {} : { maxLength: field.maxLength })}
    />
  )
}

function severalOf(value: string): string[] {
  return value.split('; ').filter((one) => one !== '')
}
