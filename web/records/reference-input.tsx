/** Chooses a record of another kind, or a colleague, by typing part of a name, an address or a number. */
import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { lookUpRecords } from '../../src/kinds/records/contract.ts'
import { call } from '../api.ts'
import css from './records.module.css'

type Found = { readonly id: string; readonly title: string; readonly about: string | null }

export function ReferenceInput(props: {
  kind: string
  value: string
  /** What the value is called, until it has been looked up. */
  title?: string | undefined
  label: string
  shown?: boolean | undefined
  description?: string | undefined
  autoFocus?: boolean
  /** A window would cut the options off; in a popover they must stay inside. */
  inWindow?: boolean
  /** A record that cannot be chosen, such as the one that refers. */
  except?: string
  onChange: (id: string) => void
}): ReactElement {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<Found | null>(null)
  const known: Found | null =
    chosen?.id === props.value
      ? chosen
      : props.value
        ? { id: props.value, title: props.title ?? '…', about: null }
        : null
  // The input holds the title of what is chosen; searching for that would offer nothing else.
  const wanted = typed === known?.title ? '' : typed.trim()
  const [search] = useDebouncedValue(wanted, 200)
  const { data, isFetching } = useQuery({
    queryKey: ['references', props.kind, search],
    queryFn: ({ signal }) =>
      call(lookUpRecords, { params: { kind: props.kind }, query: search ? { search } : {} }, signal),
    placeholderData: (before) => before,
  })
  const found = (data?.records ?? []).filter((one) => one.id !== props.except)
  const all = known && !found.some((one) => one.id === known.id) ? [known, ...found] : found
  return (
    <Select
      {...(props.shown ? { label: props.label } : { 'aria-label': props.label })}
      {...(props.description ? { description: props.description } : {})}
      data={all.map((one) => ({ value: one.id, label: one.title }))}
      value={props.value || null}
      searchable
      clearable
      autoFocus={props.autoFocus ?? false}
      clearButtonProps={{ 'aria-label': t('record.clearReference') }}
      placeholder={t('record.findReference')}
      filter={({ options }) => options}
      onSearchChange={setTyped}
      onChange={(id) => {
        setChosen(all.find((one) => one.id === id) ?? null)
        props.onChange(id ?? '')
      }}
      renderOption={({ option }) => (
        <span className={css.option}>
          <span>{option.label}</span>
          <span className="quiet">{all.find((one) => one.id === option.value)?.about}</span>
        </span>
      )}
      comboboxProps={{ position: 'bottom-start', withinPortal: props.inWindow ?? false }}
      nothingFoundMessage={isFetching ? '…' : t('record.noReference')}
    />
  )
}
