/** Result: the balance sheet that adds up, the records, what was left out, the log, and the way back. */
import { useSearch } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { downloadFindings } from '../../src/imports/check/contract.ts'
import type { ImportView } from '../../src/imports/contract.ts'
import { addressOf } from '../api.ts'
import { RecordHistory } from '../history/record-history.tsx'
import { useMay } from '../session.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { useFormat } from '../ui/format.ts'
import { Icon } from '../ui/icons.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { Notice } from '../ui/notice.tsx'
import { Section } from '../ui/page.tsx'
import { Views } from '../ui/views.tsx'
import { BalanceSheet } from './balance-sheet.tsx'
import { Findings } from './finding-list.tsx'
import { toStep } from './import-address.ts'
import { ImportedRecords } from './imported-records.tsx'
import { useKindLabels } from './kinds.ts'
import { listOfImport } from './record-address.ts'
import { RecordsByKind } from './records-by-kind.tsx'
import css from './result-step.module.css'
import { Running } from './running.tsx'

const views = ['created', 'updated', 'failed', 'log'] as const

export function ResultStep(props: { run: ImportView }): ReactElement {
  const { t } = useTranslation()
  const { run } = props
  if (run.progress || run.status === 'in_progress') return <Running run={run} />
  if (!run.loadedAt) return <NotLoaded run={run} />
  return (
    <>
      <Outcome run={run} />
      {run.counts && <BalanceSheet run={run} counts={run.counts} />}
      {run.counts && run.counts.records.length > 1 && (
        <Section title={t('import.records.title')} about={t('import.records.why')}>
          <RecordsByKind run={run} counts={run.counts} />
        </Section>
      )}
      <ResultViews run={run} />
    </>
  )
}

function Outcome(props: { run: ImportView }): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const mayExport = useMay('clients.export')
  const { run } = props
  const loaded = run.counts?.loaded ?? 0
  return (
    <div className={css.outcome}>
      <div className={css.words}>
        <h2 className={css.sentence}>{t('import.result.loaded', { count: loaded })}</h2>
        <p className="quiet">
          {t('import.result.when', {
            when: format.moment(run.loadedAt ?? ''),
            who: run.approval?.by.name ?? run.createdBy.name,
          })}
        </p>
      </div>
      <div className={css.actions}>
        {run.may.undo && (
          <LinkButton
            {...toStep(run.id, 'undo')}
            variant="default"
            leftSection={<Icon name="undo" size={14} />}
          >
            {t('import.result.undo')}
          </LinkButton>
        )}
        {run.status !== 'undone' && mayExport && <SeeRecords run={run} />}
      </div>
      {run.undo && (
        <div className={css.full}>
          <Notice
            tone={run.status === 'partly_undone' ? 'warning' : 'info'}
            title={t('import.result.undone', { who: run.undo.by.name, when: format.moment(run.undo.at) })}
          >
            {t('import.result.undoneCounts', {
              reversed: format.number(run.undo.reversed),
              kept: format.number(run.undo.kept),
              blocked: format.number(run.undo.blocked),
            })}
          </Notice>
        </div>
      )}
      {run.reason && (
        <div className={css.full}>
          <Notice tone="info">{run.reason}</Notice>
        </div>
      )}
    </div>
  )
}

/** The list of the first kind that has one, with only what has the label; the others are in the table below. */
function SeeRecords(props: { run: ImportView }): ReactElement | null {
  const { t } = useTranslation()
  const labelOf = useKindLabels()
  const { run } = props
  const kinds = [run.kind, ...(run.counts?.records ?? []).map((records) => records.kind)]
  const found = kinds.find((kind) => listOfImport(kind, run.id) !== null)
  const list = found && listOfImport(found, run.id)
  if (!found || !list) return null
  return <LinkButton {...list}>{t('import.result.see', { kind: labelOf(found).many })}</LinkButton>
}

function NotLoaded(props: { run: ImportView }): ReactElement {
  const { t } = useTranslation()
  const { run } = props
  return (
    <>
      <EmptyState
        icon="cross"
        title={t('import.result.cancelled')}
        action={<LinkButton to="/imports">{t('import.result.toImports')}</LinkButton>}
      >
        {run.reason} {t('import.result.cancelledWhy')}
      </EmptyState>
      <div className={css.views}>
        <RecordHistory kind="imports" recordId={run.id} />
      </div>
    </>
  )
}

function ResultViews(props: { run: ImportView }): ReactElement {
  const { t } = useTranslation()
  const { run } = props
  const search = useSearch({ from: '/shell/imports/$id/$step' })
  const counts = run.counts
  const shown = views.filter(
    (view) =>
      view === 'log' ||
      (view === 'created' && counts?.created) ||
      (view === 'updated' && counts?.updated) ||
      (view === 'failed' && counts?.failed),
  )
  const view = shown.find((one) => one === search.view) ?? shown[0] ?? 'log'
  const numbers = {
    created: counts?.created,
    updated: counts?.updated,
    failed: counts?.failed,
    log: undefined,
  }
  return (
    <div className={css.views} id="records">
      <Views
        label={t('import.result.views')}
        current={view}
        views={shown.map((one) => ({ key: one, label: t(`import.result.view.${one}`), count: numbers[one] }))}
      />
      {view === 'log' && <RecordHistory kind="imports" recordId={run.id} />}
      {view === 'failed' && (
        <>
          <p className={css.download}>
            <a href={addressOf(downloadFindings, { params: { id: run.id, format: 'csv' } })} download>
              {t('import.check.downloadAs', { format: 'CSV' })}
            </a>
            <a href={addressOf(downloadFindings, { params: { id: run.id, format: 'xlsx' } })} download>
              {t('import.check.downloadAs', { format: 'XLSX' })}
            </a>
          </p>
          <Findings run={run} filter={{ severity: 'error' }} />
        </>
      )}
      {(view === 'created' || view === 'updated') && <RecordsOfKinds run={run} change={view} />}
    </div>
  )
}

/** One list for each kind that the import brought. */
function RecordsOfKinds(props: { run: ImportView; change: 'created' | 'updated' }): ReactElement {
  const { t } = useTranslation()
  const labelOf = useKindLabels()
  const { run, change } = props
  const search = useSearch({ from: '/shell/imports/$id/$step' })
  const kinds = (run.counts?.records ?? []).filter((records) => records[change] > 0)
  const kind = kinds.find((one) => one.kind === search.kind) ?? kinds[0]
  return (
    <>
      {kinds.length > 1 && (
        <Views
          label={t('import.records.kind')}
          name="kind"
          current={kind?.kind ?? ''}
          views={kinds.map((one) => ({ key: one.kind, label: labelOf(one.kind).many, count: one[change] }))}
        />
      )}
      <ImportedRecords
        key={kind?.kind}
        run={run}
        kind={kind?.kind ?? run.kind}
        change={change}
        total={kind?.[change] ?? run.counts?.[change]}
      />
    </>
  )
}
