/** Which columns a list shows; the choice is kept in this browser. */
import { Button, Checkbox, Popover } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from './icons.tsx'

export type ColumnChoice = {
  readonly shown: (id: string) => boolean
  readonly toggle: (id: string) => void
}

export function useColumnChoice(list: string, usual: readonly string[]): ColumnChoice {
  const [chosen, setChosen] = useLocalStorage<readonly string[]>({
    key: `carryover.columns.${list}`,
    defaultValue: usual,
    getInitialValueInEffect: false,
  })
  return {
    shown: (id) => chosen.includes(id),
    toggle: (id) => setChosen((now) => (now.includes(id) ? now.filter((one) => one !== id) : [...now, id])),
  }
}

export function ColumnChoiceButton(props: {
  choice: ColumnChoice
  columns: readonly { id: string; header: string }[]
}): ReactElement {
  const { t } = useTranslation()
  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<Icon name="columns" size={14} />}>
          {t('ui.columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('ui.columnsShown')}>
        <div style={{ display: 'grid', gap: 10 }}>
          {props.columns.map((column) => (
            <Checkbox
              key={column.id}
              size="xs"
              label={column.header}
              checked={props.choice.shown(column.id)}
              onChange={() => props.choice.toggle(column.id)}
            />
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
