/** Asks before what cannot be taken back; the button names the deed, not "OK". */
import { Button, Group } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from './notice.tsx'
import { Window } from './window.tsx'

export function Confirm(props: {
  opened: boolean
  onClose: () => void
  title: string
  children: ReactNode
  deed: string
  danger?: boolean
  onConfirm: () => void
  busy?: boolean
  error?: unknown
}): ReactElement {
  const { t } = useTranslation()
  return (
    <Window opened={props.opened} onClose={props.onClose} title={props.title}>
      <div style={{ marginBottom: 16 }}>{props.children}</div>
      <Problem error={props.error} />
      <Group justify="flex-end" gap={8} mt={16}>
        <Button variant="default" onClick={props.onClose}>
          {t('ui.keep')}
        </Button>
        <Button
          {...(props.danger ? { className: 'danger-filled' } : {})}
          loading={props.busy ?? false}
          onClick={props.onConfirm}
          data-autofocus
        >
          {props.deed}
        </Button>
      </Group>
    </Window>
  )
}
