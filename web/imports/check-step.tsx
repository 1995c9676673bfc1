/** Check: the headline, findings by cause at the left, the rows or one cause's cells at the right. */
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
import css from './check-step.module.css'
import { FindingGroups } from './finding-groups.tsx'
import { FindingList, Findings } from './finding-list.tsx'
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
        <div className={css.rows}>
          {search.code ? (
            <FindingList run={run} />
          ) : isClosed(run) ? (
            <ClosedRows run={run} />
          ) : (
            <RowGrid run={run} />
          )}
        </div>
      </div>
    </>
  )
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

function Headline(props: { run: ImportView }): ReactElement {
  const { t } = useTranslation()
  const { run } = props
  const partsOf = useCountParts()
  const isFailed = run.status === 'failed'
  return (
    <div className={css.headline}>
      <div className={css.words}>
        <h2 className={css.sentence}>{run.headline}</h2>
        {run.counts && <CountLegend parts={partsOf(run.counts).filter((part) => part.count > 0)} />}
      </div>
      <div className={css.actions}>
        <Download run={run} />
        {isFailed && <AfterFailure run={run} />}
        {run.status === 'waiting_for_approval' && (
          <LinkButton {...toStep(run.id, 'approve')}>{t('import.check.next')}</LinkButton>
        )}
      </div>
      {run.reason && (run.status === 'failed' || run.status === 'waiting_for_approval') && (
        <div className={css.reason}>
          <Notice
            tone={isFailed ? 'problem' : 'warning'}
            title={isFailed ? t('import.check.failedTitle') : t('import.check.backTitle')}
          >
            {run.reason}
          </Notice>
        </div>
      )}
    </div>
  )
}

/** The ways on from a failed check; the shortest is to take the rows that are right. */
function AfterFailure(props: { run: ImportView }): ReactElement {
  const { t } = useTranslation()
  const { run } = props
  const params = { id: run.id }
  const again = useImportStep(run.id, async (rows: 'valid_only' | null) => {
    if (rows) await call(changeSettings, { params, body: { rows } })
    return call(checkImport, { params })
  })
  const valid = (run.counts?.created ?? 0) + (run.counts?.updated ?? 0)
  const hasShortcut = run.settings.rows === 'all_or_nothing' && valid > 0 && run.may.edit && run.may.check
  return (
    <>
      {run.may.check && (
        <Button
          variant="default"
          loading={again.isPending && again.variables === null}
          onClick={() => again.mutate(null)}
        >
          {t('import.check.again')}
        </Button>
      )}
      <LinkButton {...(hasShortcut ? { variant: 'default' } : {})} {...toStep(run.id, 'columns')}>
        {t('import.check.change')}
      </LinkButton>
      {hasShortcut && (
        <Button
          loading={again.isPending && again.variables !== null}
          onClick={() => again.mutate('valid_only')}
        >
          {t('import.check.onlyValid', { count: valid })}
        </Button>
      )}
      <Problem error={again.error} />
    </>
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
