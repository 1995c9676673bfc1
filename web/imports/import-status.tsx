/** The status of an import as the person sees it, and its counts as parts of a bar. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Counts, ImportStatus } from '../../src/imports/contract.ts'
import { Badge, type Tone } from '../ui/badge.tsx'
import type { CountPart } from '../ui/count-bar.tsx'

const tones: Record<ImportStatus, Tone> = {
  incomplete: 'grey',
  checking: 'teal',
  failed: 'red',
  waiting_for_approval: 'amber',
  in_progress: 'teal',
  completed: 'green',
  cancelled: 'grey',
  undone: 'grey',
  partly_undone: 'amber',
}

export function ImportStatusBadge(props: { status: ImportStatus }): ReactElement {
  const { t } = useTranslation()
  return (
    <Badge tone={tones[props.status]} moving={props.status === 'checking' || props.status === 'in_progress'}>
      {t(`import.status.${props.status}`)}
    </Badge>
  )
}

/** What became of the rows, in the order of the balance sheet. */
export function useCountParts(): (counts: Counts) => CountPart[] {
  const { t } = useTranslation()
  return (counts) => [
    { key: 'created', tone: 'green', count: counts.created, label: t('import.counts.created') },
    { key: 'updated', tone: 'teal', count: counts.updated, label: t('import.counts.updated') },
    { key: 'unchanged', tone: 'grey', count: counts.unchanged, label: t('import.counts.unchanged') },
    { key: 'skipped', tone: 'amber', count: counts.skipped, label: t('import.counts.skipped') },
    { key: 'failed', tone: 'red', count: counts.failed, label: t('import.counts.failed') },
  ]
}
