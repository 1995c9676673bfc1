/** The audit trail of the whole organisation. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../ui/page.tsx'
import { RecordHistory } from './record-history.tsx'

export function HistoryPage(): ReactElement {
  const { t } = useTranslation()
  return (
    <Page title={t('history.title')} about={t('history.about')}>
      <RecordHistory />
    </Page>
  )
}
