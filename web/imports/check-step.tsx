/** Check: how many errors, findings by cause at the left; errors with their places, rows, duplicates at the right. */
import { Button, Menu } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { downloadFindings } from '../../src/imports/check/contract.ts'
import { changeSettings, checkImport, type ImportView } from '../../src/imports/contract.ts'
import { addressOf, call } from '../api.ts'
import { CountLegend } from '../ui/count-bar.tsx'
import { Icon } from '../ui/icons.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { Notice, Problem } from '../ui/notice.tsx'
import { Views } from '../ui/views.tsx'
import css from './check-step.module.css'
import { DuplicatesPanel, useDuplicates } from './duplicates-panel.tsx'
import { ErrorReach } from './error-reach.tsx'
import { FindingGroups } from './finding-groups.tsx'
import { FindingList, Findings } from './finding-list.tsx'
import { toStep } from './import-address.ts'
import { useCountParts } from './import-status.tsx'
import { RecordsByKind } from './records-by-kind.tsx'
import { UploadAgain, WhatChanged } from './replaced-source.tsx'
import { RowGrid } from './row-grid.tsx'
import { RunButton, type RunImport, RunNotices, useMayRun, useRunImport } from './run-import.tsx'
import { Running } from './running.tsx'
import { useImportStep } from './use-import.ts'

const views = ['errors', 'rows', 'duplicates'] as const
type View = (typeof views)[number]

/** Among more rows duplicates are looked for only when somebody wants to see them: it takes seconds. */
const countedAtOnce = 50_000

export function CheckStep(props: { run: ImportView }): ReactElement {
  const { run } = props
  const way = useRunImport(run)
  if (run.status === 'checking') return <Running run={run} />
  return (
    <>
      <WhatChanged run={run} />
      <Headline run={run} way={way} />
      <div className={css.layout} data-alone={run.findingGroups.length === 0}>
        {run.findingGroups.length > 0 && <FindingGroups run={run} />}
        <div className={css.rows}>{isClosed(run) ? <ClosedRows run={run} /> : <CheckViews run={run} />}</div>
      </div>
    </>
  )
}

/** Errors first where there are any; whoever has gone to a row or asked for some of the rows sees the rows. */
function CheckViews(props: { run: ImportView }): ReactElement {
  const { t } = useTranslation()
  const { run } = props
  const search = useSearch({ from: '/shell/imports/$id/$step' })
  const errors = countErrors(run)
  const usual: View = errors > 0 && !search.action && !search.from && !search.source ? 'errors' : 'rows'
  const view = views.find((one) => one === search.view) ?? usual
  const isSmall = (run.counts?.rows ?? 0) <= countedAtOnce
  const duplicates = useDuplicates(run, run.counts !== null && (isSmall || view === 'duplicates'))
  const groups = duplicates.data?.pages.flatMap((page) => page.groups).length ?? 0
  if (search.code) return <FindingList run={run} />
  const counts: Record<View, number | undefined> = {
    errors,
    rows: run.counts?.rows,
    duplicates: duplicates.data && !duplicates.hasNextPage ? groups : undefined,
  }
  return (
    <>
      <Views
        label={t('import.check.views')}
        current={view}
        views={views
          .filter((one) => one !== 'errors' || errors > 0)
          .map((one) => ({ key: one, label: t(`import.check.view.${one}`), count: counts[one] }))}
      />
      {view === 'errors' && <Findings run={run} filter={{ severity: 'error' }} total={errors} />}
      {view === 'rows' && <RowGrid run={run} />}
      {view === 'duplicates' && <DuplicatesPanel run={run} list={duplicates} />}
    </>
  )
}

function countErrors(run: ImportView): number {
  return run.findingGroups.reduce((sum, group) => sum + (group.severity === 'error' ? group.count : 0), 0)
}

/** The checked rows live until the load; what was found stays. */
function isClosed(run: ImportView): boolean {
  return run.loadedAt !== null || run.status === 'cancelled'
}

function ClosedRows(props: { run: ImportView }): ReactElement {
  const { t } = useTranslation()
  return (
    <>
      <div className={css.reason}>
        <Notice tone="info">{t('import.check.closed')}</Notice>
      </div>
      {props.run.findingGroups.length > 0 && <Findings run={props.run} filter={{}} />}
    </>
  )
}

/** The number of errors, what that means for the rows, and the ways on. */
function Headline(props: { run: ImportView; way: RunImport }): ReactElement {
  const { t } = useTranslation()
  const { run, way } = props
  const partsOf = useCountParts()
  const errors = countErrors(run)
  const isFailed = run.status === 'failed'
  const isSeveral = (run.counts?.records.length ?? 0) > 1
  return (
    <div className={css.headline}>
      <div className={css.words}>
        <h2 className={css.sentence}>
          {errors > 0 ? t('import.check.errors', { count: errors }) : run.counts && t('import.check.clean')}
        </h2>
        <p>{run.headline}</p>
        {errors > 0 && <ErrorReach run={run} />}
        {run.counts && !isSeveral && (
          <CountLegend parts={partsOf(run.counts).filter((part) => part.count > 0)} />
        )}
      </div>
      <div className={css.actions}>
        <Ways run={run} way={way} />
      </div>
      <div className={css.reason}>
        <RunNotices run={run} way={way} />
        {run.reason && (isFailed || run.status === 'waiting_for_approval') && (
          <Notice
            tone={isFailed ? 'problem' : 'warning'}
            title={isFailed ? t('import.check.failedTitle') : t('import.check.backTitle')}
          >
            {run.reason}
          </Notice>
        )}
        {run.counts && <RecordsByKind run={run} counts={run.counts} />}
      </div>
    </div>
  )
}

/** Less likely ones first, the next step last and in colour. */
function Ways(props: { run: ImportView; way: RunImport }): ReactElement {
  const { t } = useTranslation()
  const { run, way } = props
  const waits = run.status === 'waiting_for_approval'
  const mayRun = useMayRun(run)
  const hasFindings = run.findingGroups.length > 0
  return (
    <>
      {(hasFindings || run.status === 'failed') && <More run={run} />}
      {run.status === 'failed' && (
        <LinkButton variant="default" {...toStep(run.id, 'columns')}>
          {t('import.check.change')}
        </LinkButton>
      )}
      {countErrors(run) > 0 && <UploadAgain run={run} />}
      {waits && (
        <LinkButton {...(mayRun ? { variant: 'default' } : {})} {...toStep(run.id, 'approve')}>
          {t('import.check.next')}
        </LinkButton>
      )}
      <RunButton run={run} way={way} />
    </>
  )
}

/** What is wanted now and then: the findings as a file, the check once more, the rule without the load. */
function More(props: { run: ImportView }): ReactElement {
  const { t } = useTranslation()
  const { run } = props
  const params = { id: run.id }
  const again = useImportStep(run.id, async (rows: 'valid_only' | null) => {
    if (rows) await call(changeSettings, { params, body: { rows } })
    return call(checkImport, { params })
  })
  const isFailed = run.status === 'failed'
  const valid = run.counts?.loaded ?? 0
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<Icon name="more" size={14} />} loading={again.isPending}>
            {t('import.check.more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {isFailed && run.may.check && (
            <Menu.Item onClick={() => again.mutate(null)}>{t('import.check.again')}</Menu.Item>
          )}
          {isFailed && run.may.check && run.settings.rows === 'all_or_nothing' && valid > 0 && (
            <Menu.Item onClick={() => again.mutate('valid_only')}>
              {t('import.check.onlyValid', { count: valid })}
            </Menu.Item>
          )}
          {run.findingGroups.length > 0 &&
            (['csv', 'xlsx'] as const).map((format) => (
              <Menu.Item
                key={format}
                component="a"
                href={addressOf(downloadFindings, { params: { id: run.id, format } })}
                download
              >
                {t('import.check.downloadFindings', { format: format.toUpperCase() })}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
      <Problem error={again.error} />
    </>
  )
}
