/** The import: one address for its whole life, the street on top, a page for each step. */
import { Button, Skeleton } from '@mantine/core'
import { Link, Navigate, useParams, useSearch } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { cancelImport, type ImportView } from '../../src/imports/contract.ts'
import { call } from '../api.ts'
import { NotFoundPage } from '../shell/odd-pages.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { useFormat } from '../ui/format.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { Notice, Problem } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import { Steps } from '../ui/steps.tsx'
import { ApproveStep } from './approve-step.tsx'
import { CardNumbersNotice } from './card-numbers.tsx'
import { CheckStep } from './check-step.tsx'
import { ColumnsStep } from './columns-step.tsx'
import { FileStep } from './file-step.tsx'
import { toImport, toStep } from './import-address.ts'
import { ImportStatusBadge } from './import-status.tsx'
import { WhatChanged } from './replaced-source.tsx'
import { ResultStep } from './result-step.tsx'
import { SourceTabs } from './source-tabs.tsx'
import { isStep, naturalStep, type StepName, stepStates } from './street.ts'
import { UndoStep } from './undo-step.tsx'
import { useImport, useImportStep } from './use-import.ts'

export function ImportHome(): ReactElement {
  const { id } = useParams({ from: '/shell/imports/$id' })
  const query = useImport(id)
  if (query.data)
    return <Navigate to="/imports/$id/$step" params={{ id, step: naturalStep(query.data) }} replace />
  return <Waiting error={query.error} onRetry={() => void query.refetch()} />
}

export function ImportPage(): ReactElement {
  const { id, step } = useParams({ from: '/shell/imports/$id/$step' })
  const query = useImport(id)
  if (!isStep(step)) return <NotFoundPage />
  if (!query.data) return <Waiting error={query.error} onRetry={() => void query.refetch()} />
  return <ImportFrame run={query.data} step={step} />
}

function Waiting(props: { error: Error | null; onRetry: () => void }): ReactElement {
  const { t } = useTranslation()
  return (
    <Page title={t('import.one')} above={<Link to="/imports">{t('import.imports')}</Link>}>
      <Problem error={props.error} onRetry={props.onRetry} />
      {!props.error && (
        <>
          <Skeleton height={41} mb={24} />
          <Skeleton height={320} />
        </>
      )}
    </Page>
  )
}

function ImportFrame(props: { run: ImportView; step: StepName }): ReactElement {
  const { run, step } = props
  const { t } = useTranslation()
  const format = useFormat()
  const states = stepStates(run)
  const source = run.sources[0]
  const files = new Set(run.sources.map((one) => one.fileId)).size
  const street = (['file', 'columns', 'check', 'approve', 'result'] as const).map((key) => ({
    key,
    label: t(`import.step.${key}`),
    to: `/imports/${run.id}/${key}`,
    state: states[key],
  }))
  return (
    <Page
      title={run.label}
      above={<Link to="/imports">{t('import.imports')}</Link>}
      beside={<ImportStatusBadge status={run.status} />}
      about={t('import.byLine', {
        file: files > 1 ? t('import.files', { count: files }) : (source?.fileName ?? ''),
        size: format.bytes(sizeOf(run)),
        who: run.createdBy.name,
        when: format.moment(run.createdAt),
      })}
      actions={<GiveUp run={run} />}
    >
      <Steps label={t('import.street')} steps={street} current={step === 'undo' ? 'result' : step} />
      <SameFileNotice run={run} />
      {source?.fileState === 'refused' ? (
        <CardNumbersNotice sentence={run.reason ?? ''} fileName={source.fileName} />
      ) : (
        <StepContent run={run} step={step} isLocked={step !== 'undo' && states[step] === 'locked'} />
      )}
    </Page>
  )
}

/** A workbook of several sheets counts once. */
function sizeOf(run: ImportView): number {
  return [...new Map(run.sources.map((one) => [one.fileId, one.bytes])).values()].reduce((a, b) => a + b, 0)
}

function StepContent(props: { run: ImportView; step: StepName; isLocked: boolean }): ReactElement {
  const { run, step } = props
  const { t } = useTranslation()
  // Cancelled while it was looked at: what became of it is told by the result.
  if (props.isLocked && run.status === 'cancelled') return <Navigate {...toStep(run.id, 'result')} replace />
  if (props.isLocked)
    return (
      <EmptyState
        icon="lock"
        title={t('import.locked.title')}
        action={
          <LinkButton {...toStep(run.id, naturalStep(run))}>
            {t('import.locked.go', { step: t(`import.step.${naturalStep(run)}`) })}
          </LinkButton>
        }
      >
        {t('import.locked.why')}
      </EmptyState>
    )
  if (step === 'file' || step === 'columns') return <SourceStep run={run} step={step} />
  if (step === 'check') return <CheckStep run={run} />
  if (step === 'approve') return <ApproveStep run={run} />
  if (step === 'undo') return <UndoStep run={run} />
  return <ResultStep run={run} />
}

/** One source at a time; each keeps what is being chosen on it by itself. */
function SourceStep(props: { run: ImportView; step: 'file' | 'columns' }): ReactElement {
  const { run, step } = props
  const search = useSearch({ from: '/shell/imports/$id/$step' })
  const source = run.sources.find((one) => String(one.source) === search.source) ?? run.sources[0]
  if (!source) return <></>
  const Step = step === 'file' ? FileStep : ColumnsStep
  return (
    <>
      <WhatChanged run={run} />
      <SourceTabs run={run} source={source} step={step} />
      <Step key={source.source} run={run} source={source} />
    </>
  )
}

/** Giving up an import that rests; running work has its own Cancel beside its progress. */
function GiveUp(props: { run: ImportView }): ReactElement | null {
  const { t } = useTranslation()
  const { run } = props
  const cancel = useImportStep(run.id, () => call(cancelImport, { params: { id: run.id } }))
  if (!run.may.cancel || run.progress) return null
  return (
    <>
      <Problem error={cancel.error} />
      <Button
        variant="subtle"
        color="gray"
        loading={cancel.isPending}
        onClick={() => cancel.mutate(undefined)}
      >
        {t('import.giveUp')}
      </Button>
    </>
  )
}

function SameFileNotice(props: { run: ImportView }): ReactElement | null {
  const { t } = useTranslation()
  const earlier = props.run.sameFileAs[0]
  if (!earlier || props.run.loadedAt || props.run.status === 'cancelled') return null
  return (
    <div style={{ marginBottom: 16 }}>
      <Notice
        tone="warning"
        title={t('import.same.title', { label: earlier.label })}
        action={
          <LinkButton {...toImport(earlier.id)} variant="default" size="xs">
            {t('import.same.open', { label: earlier.label })}
          </LinkButton>
        }
      >
        {t('import.same.stillFine', { status: t(`import.status.${earlier.status}`) })}
      </Notice>
    </div>
  )
}
