/** The end of a page of a long list: how much is shown, and a button for what follows. */
import { Button } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import css from './more-rows.module.css'

export function MoreRows(props: {
  shown: number
  total?: number | undefined
  hasMore: boolean
  loading: boolean
  onMore: () => void
}): ReactElement | null {
  const { t } = useTranslation()
  if (props.shown === 0) return null
  return (
    <div className={css.line}>
      <span className="quiet num" aria-live="polite">
        {props.total === undefined
          ? t('ui.shown', { count: props.shown })
          : t('ui.shownOf', { count: props.shown, total: props.total })}
      </span>
      {props.hasMore && (
        <Button variant="default" loading={props.loading} onClick={props.onMore}>
          {t('ui.showMore')}
        </Button>
      )}
    </div>
  )
}
