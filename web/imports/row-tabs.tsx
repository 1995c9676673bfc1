/** Which rows are shown: of which source, and by what they become. */
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { rowActions } from '../../src/imports/check/contract.ts'
import type { ImportView } from '../../src/imports/contract.ts'
import { useFormat } from '../ui/format.ts'
import { sourceName } from './cell-place.ts'
import css from './check-step.module.css'
import { toStep } from './import-address.ts'
import { useKindLabels } from './kinds.ts'

export type Action = (typeof rowActions)[number]
type Source = ImportView['sources'][number]

/** Which of the sources the rows are of. */
export function SourceChoice(props: { run: ImportView; source: number }): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const labelOf = useKindLabels()
  const { run, source } = props
  return (
    <nav className={css.sources} aria-label={t('import.sources.title')}>
      {run.sources.map((one) => (
        <Link
          key={one.source}
          {...toStep(run.id, 'check', { view: 'rows', source: String(one.source) })}
          className={css.tab}
          activeOptions={{ exact: true }}
          data-current={one.source === source}
          {...(one.source === source ? { 'aria-current': 'true' as const } : {})}
          title={sourceName(one)}
        >
          {labelOf(one.kind).many}
          {one.counts && <span>{format.number(one.counts.rows)}</span>}
        </Link>
      ))}
    </nav>
  )
}

export function ActionTabs(props: {
  run: ImportView
  source: Source | undefined
  action: Action | undefined
}): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const { run, source, action: current } = props
  const counts = countRows(run, source)
  const tabs = [undefined, ...rowActions].filter(
    (action) => action === undefined || action === current || counts[action] !== 0,
  )
  return (
    <nav className={css.tabs} aria-label={t('import.check.filter')}>
      {tabs.map((action) => {
        const count = action ? counts[action] : (source?.counts?.rows ?? run.counts?.rows ?? 0)
        return (
          <Link
            key={action ?? 'all'}
            to="/imports/$id/$step"
            params={{ id: run.id, step: 'check' }}
            search={(now) => ({ ...keepSource(now), ...(action ? { action } : {}) })}
            className={css.tab}
            activeOptions={{ exact: true }}
            data-current={action === current}
            {...(action === current ? { 'aria-current': 'true' as const } : {})}
          >
            {t(`import.actionTab.${action ?? 'all'}`)}
            {count !== null && <span>{format.number(count)}</span>}
          </Link>
        )
      })}
    </nav>
  )
}

export function keepSource(now: { source?: string }): { view: string; source?: string } {
  return { view: 'rows', ...(now.source ? { source: now.source } : {}) }
}

/** Rows by what they become; null where the counts are of records of several sources together. */
function countRows(run: ImportView, source: Source | undefined): Record<Action, number | null> {
  const counts = source?.counts
  if (!counts) return { create: 0, update: 0, unchanged: 0, skip: 0, fail: 0 }
  const isOnly = run.sources.filter((one) => one.kind === source.kind).length === 1
  const records = run.counts?.records.find((one) => one.kind === source.kind)
  const isExact = isOnly && records !== undefined && counts.loaded === records.created + records.updated
  const none = counts.loaded === 0 ? 0 : null
  return {
    create: isExact ? records.created : none,
    update: isExact ? records.updated : none,
    unchanged: counts.unchanged,
    skip: counts.skipped,
    fail: counts.failed,
  }
}
