/** An import at work: what it is doing, how far it is, and Cancel. The work goes on when the page is closed. */
import { Button } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { cancelImport, type ImportView } from '../../src/imports/contract.ts'
import { call } from '../api.ts'
import { Problem } from '../ui/notice.tsx'
import { ProgressPanel } from '../ui/progress.tsx'
import { useImportStep } from './use-import.ts'

export function Running(props: { run: ImportView }): ReactElement {
  const { t } = useTranslation()
  const { run } = props
  const cancel = useImportStep(run.id, () => call(cancelImport, { params: { id: run.id } }))
  const stage = run.progress?.stage ?? (run.status === 'checking' ? 'check' : 'load')
  return (
    <>
      <Problem error={cancel.error} />
      <ProgressPanel
        title={t(`import.running.${stage}`)}
        done={run.progress?.done ?? 0}
        total={run.progress?.total ?? null}
        perSecond={run.progress?.rowsPerSecond ?? null}
        secondsLeft={run.progress?.secondsLeft ?? null}
        about={t(stage === 'load' ? 'import.running.loadWhy' : 'import.running.why')}
        action={
          run.may.cancel && (
            <Button
              variant="default"
              disabled={cancel.isPending || cancel.isSuccess}
              onClick={() => cancel.mutate(undefined)}
            >
              {cancel.isPending || cancel.isSuccess ? t('import.running.cancelling') : t('import.cancel')}
            </Button>
          )
        }
      />
    </>
  )
}
