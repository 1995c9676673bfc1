/**
 * The way on from a check: run the import when it is clean, load only the data without errors when it is not. The
 * rule for that is set, checked again and approved in one go, but only what was promised is loaded.
 */
import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { approveImport, changeSettings, checkImport, type ImportView } from '../../src/imports/contract.ts'
import { call } from '../api.ts'
import { useMay } from '../session.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { Notice, Problem } from '../ui/notice.tsx'
import { toStep } from './import-address.ts'
import { useImportStep } from './use-import.ts'

export type RunImport = {
  /** Under way: the page shows the check and then the load, nothing is to be pressed. */
  readonly isBusy: boolean
  readonly isMoved: boolean
  readonly error: unknown
  readonly run: () => void
}

/** Lives where the step does, over the check that stands between the press and the load. */
export function useRunImport(run: ImportView): RunImport {
  const navigate = useNavigate()
  const [promised, setPromised] = useState<number | null>(null)
  const [isMoved, setIsMoved] = useState(false)
  const params = { id: run.id }
  const checkAgain = useImportStep(run.id, async () => {
    await call(changeSettings, { params, body: { rows: 'valid_only' } })
    return call(checkImport, { params })
  })
  // The plan that this page shows, not one that came since.
  const approve = useImportStep(run.id, () =>
    call(approveImport, { params, body: { planHash: run.planHash ?? '' } }),
  )
  const load = () =>
    approve.mutate(undefined, {
      onSuccess: () => void navigate({ to: '/imports/$id/$step', params: { id: run.id, step: 'result' } }),
    })
  const ready = run.counts?.loaded ?? 0
  const { status } = run
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  useEffect(() => {
    if (
      promised === null ||
      checkAgain.isPending ||
      (status !== 'waiting_for_approval' && status !== 'failed')
    )
      return
    setPromised(null)
    if (status === 'waiting_for_approval' && ready === promised) load()
    else setIsMoved(true)
  }, [promised, status, ready, checkAgain.isPending])
  return {
    isBusy: promised !== null || checkAgain.isPending || approve.isPending,
    isMoved,
    error: checkAgain.error ?? approve.error,
    run: () => {
      setIsMoved(false)
      if (status === 'waiting_for_approval') return load()
      checkAgain.mutate(undefined, { onSuccess: () => setPromised(ready) })
    },
  }
}

/** Whether one press can take it from here to the load. */
export function useMayRun(run: ImportView): boolean {
  const mayApprove = useMay('imports.approve')
  if (!run.counts || (run.counts.loaded === 0 && run.counts.failed > 0)) return false
  if (run.status === 'waiting_for_approval') return run.may.approve
  return run.status === 'failed' && run.settings.rows === 'all_or_nothing' && run.may.check && mayApprove
}

export function RunButton(props: { run: ImportView; way: RunImport }): ReactElement | null {
  const { t } = useTranslation()
  const { run, way } = props
  const { counts } = run
  if (!useMayRun(run) || !counts) return null
  return (
    <Button loading={way.isBusy} onClick={way.run}>
      {hasErrors(run)
        ? t('import.check.runValid', { count: counts.rows, valid: counts.rows - counts.failed })
        : t('import.check.run')}
    </Button>
  )
}

/** Also where every row is loaded, but a record that stood in one is not. */
export function hasErrors(run: ImportView): boolean {
  return run.findingGroups.some((group) => group.severity === 'error')
}

export function RunNotices(props: { run: ImportView; way: RunImport }): ReactElement {
  const { t } = useTranslation()
  return (
    <>
      {props.way.isMoved && (
        <Notice
          tone="warning"
          title={t('import.check.moved')}
          action={
            <LinkButton {...toStep(props.run.id, 'approve')} variant="default" size="xs">
              {t('import.check.next')}
            </LinkButton>
          }
        >
          {t('import.check.movedWhy')}
        </Notice>
      )}
      <Problem error={props.way.error} />
    </>
  )
}
