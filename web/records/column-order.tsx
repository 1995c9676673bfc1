/** Which columns a list shows and in which order. */
import { Button, Checkbox, Popover, TextInput } from '@mantine/core'
import { type ReactElement, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../ui/icons.tsx'
import { SortableList } from '../ui/sortable-list.tsx'
import css from './records.module.css'

type Choice = { readonly id: string; readonly header: string }

export function ColumnOrder(props: {
  columns: readonly Choice[]
  chosen: readonly string[]
  usual: readonly string[]
  onChange: (chosen: readonly string[]) => void
}): ReactElement {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const search = useRef<HTMLInputElement>(null)
  // A box that is ticked goes to the other list: the keyboard goes on from the search between the two.
  const change = (chosen: readonly string[]) => {
    props.onChange(chosen)
    requestAnimationFrame(() => document.activeElement === document.body && search.current?.focus())
  }
  const byId = new Map(props.columns.map((column) => [column.id, column]))
  const shown = props.chosen.flatMap((id) => byId.get(id) ?? [])
  const isLike = (column: Choice) => column.header.toLowerCase().includes(typed.trim().toLowerCase())
  const others = props.columns.filter((column) => !props.chosen.includes(column.id) && isLike(column))
  return (
    <Popover position="bottom-end" trapFocus width={320}>
      <Popover.Target>
        <Button variant="default" leftSection={<Icon name="columns" size={14} />}>
          {t('ui.columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('ui.columnsShown')} className={css.columns}>
        <p className={css.columnsTitle}>{t('ui.columnsShown')}</p>
        <SortableList
          items={shown}
          keyOf={(column) => column.id}
          nameOf={(column) => column.header}
          label={t('ui.columnsShown')}
          onOrder={props.onChange}
        >
          {(column) => (
            <Checkbox
              size="xs"
              label={column.header}
              checked
              disabled={shown.length === 1}
              onChange={() => change(props.chosen.filter((id) => id !== column.id))}
            />
          )}
        </SortableList>
        <p className={css.columnsTitle}>{t('record.columns.more')}</p>
        <TextInput
          ref={search}
          type="search"
          size="xs"
          aria-label={t('record.columns.find')}
          placeholder={t('record.columns.find')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <div className={css.columnsMore}>
          {others.map((column) => (
            <Checkbox
              key={column.id}
              size="xs"
              label={column.header}
              checked={false}
              onChange={() => change([...props.chosen, column.id])}
            />
          ))}
        </div>
        <Button variant="subtle" color="gray" size="xs" onClick={() => props.onChange(props.usual)}>
          {t('record.columns.usual')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  )
}
