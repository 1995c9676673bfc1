/** Check: the headline, findings by cause at the left, the rows or one cause's cells at the right. */
import { Button, Menu } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { checkImport, downloadFindings, type ImportView } from '../../src/imports/contract.ts'
import { addressOf, call } from '../api.ts'
import { CountLegend } from '../ui/count-bar.tsx'
import { Icon } from '../ui/icons.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { Notice, Problem } from '../ui/notice.tsx'
import css from './check-step.module.css'
import { FindingGroups } from './finding-groups.tsx'
import { FindingList } from './finding-list.tsx'
import { toStep } from './import-address.ts'
import { useCountParts } from './import-status.tsx'
import { RowGrid } from './row-grid.tsx'
import { Running } from './running.tsx'
import { useImportStep } from './use-import.ts'

export function CheckStep(props: { run: ImportView }): ReactElement {
  const { run } = props
  const search = useSearch({ from: '/shell/imports/$id/$step' })
  if (run.status === 'checking') return <Running run={run} />
  return (
    <>
      <Headline run={run} />
      <div className={css.layout} data-alone={run.findingGroups.length === 0}>
        {run.findingGroups.length > 0 && <FindingGroups run={run} />}
        <div className={css.rows}>{search.code ? <FindingList run={run} /> : <RowGrid run={run} />}</div>
      </div>
    </>
  )
}

function Headline(props: { run: ImportView }): ReactElement {
  const { t } = useTranslation()
  const { run } = props
  const partsOf = useCountParts()
  const again = useImportStep(run.id, () => call(checkImport, { params: { id: run.id } }))
  const isFailed = run.status === 'failed'
  return (
    <div className={css.headline}>
      <div className={css.words}>
        <h2 className={css.sentence}>{run.headline}</h2>
        {run.counts && <CountLegend parts={partsOf(run.counts).filter((part) => part.count > 0)} />}
      </div>
      <div className={css.actions}>
        <Download run={run} />
        {isFailed && run.may.check && (
          <Button variant="default" loading={again.isPending} onClick={() => again.mutate(undefined)}>
            {t('import.check.again')}
          </Button>
        )}
        {isFailed && <LinkButton {...toStep(run.id, 'columns')}>{t('import.check.change')}</LinkButton>}
        {run.status === 'waiting_for_approval' && (
          <LinkButton {...toStep(run.id, 'approve')}>{t('import.check.next')}</LinkButton>
        )}
      </div>
      <Problem error={again.error} />
      {run.reason && (run.status === 'failed' || run.status === 'waiting_for_approval') && (
        <div className={css.reason}>
          <Notice
            tone={isFailed ? 'problem' : 'warning'}
            title={isFailed ? t('import.check.failedTitle') : t('import.check.backTitle')}
          >
            {run.reason} {isFailed && t('import.check.failedNext')}
          </Notice>
        </div>
      )}
    </div>
  )
}

function Download(props: { run: ImportView }): ReactElement | null {
  const { t } = useTranslation()
  const { id } = props.run
  if (props.run.findingGroups.length === 0) return null
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="download" size={14} />}>
          {t('import.check.download')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['csv', 'xlsx'] as const).map((format) => (
          <Menu.Item
            key={format}
            component="a"
            href={addressOf(downloadFindings, { params: { id, format } })}
            download
          >
            {t('import.check.downloadAs', { format: format.toUpperCase() })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
