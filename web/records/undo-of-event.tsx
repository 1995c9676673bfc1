/** The way back from a change that the history tells of; whatever was changed since stays. */
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { HistoryEvent } from '../../src/history/contract.ts'
import { Problem } from '../ui/notice.tsx'
import { useUndoChange } from './done-notice.tsx'
import css from './record-page.module.css'

export function UndoOfEvent(props: { event: HistoryEvent }): ReactElement | null {
  const { t } = useTranslation()
  const { event } = props
  const { undo, isPending, error, data } = useUndoChange()
  if (event.event === 'record.merged') return <Link to="/bin">{t('record.undo.inBin')}</Link>
  const isTogether = event.event === 'record.changed_together'
  const isOne = event.event === 'record.changed' || event.event === 'record.change_undone'
  if (!(isTogether || isOne) || event.changes.length === 0) return null
  const button = (together: boolean, label: string) => (
    <Button
      variant="subtle"
      color="gray"
      size="compact-xs"
      loading={isPending}
      onClick={() => undo({ event: event.id, together })}
    >
      {label}
    </Button>
  )
  return (
    <div className={css.undo}>
      {button(false, t('record.undo.one'))}
      {isTogether && button(true, t('record.undo.together'))}
      {data && (
        <span className="quiet" role="status">
          {t('record.done.undone', { count: data.restored, kept: data.kept })}
          {data.left.length > 0 && ` ${t('record.done.left', { count: data.left.length })}`}
        </span>
      )}
      <Problem error={error} />
    </div>
  )
}
