/** An empty list says what it is for and offers the one next step. */
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../session.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import type { RecordKind } from './record-kinds.ts'

export function NoRecords(props: { of: RecordKind }): ReactElement {
  const { t } = useTranslation()
  const { place, icon, may } = props.of
  const mayImport = useMay('imports.create')
  const mayWrite = useMay(may.write)
  return (
    <EmptyState
      icon={icon}
      title={t(`record.of.${place}.empty`)}
      action={mayImport && <LinkButton to="/imports">{t(`record.of.${place}.import`)}</LinkButton>}
    >
      {t(`record.of.${place}.emptyWhy`)}{' '}
      {mayWrite && (
        <Link to="/$place/new" params={{ place }}>
          {t('record.addOne')}
        </Link>
      )}
    </EmptyState>
  )
}
