/**
 * The sources of an import as tabs: name, kind, rows, and whether something is missing; below them what can be done
 * with the chosen one. Further files, sheets and tables are added here, and go in together with the others.
 */
import { Button, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addSource, type ImportView, removeSource } from '../../src/imports/contract.ts'
import { call } from '../api.ts'
import { ChooseFile } from '../ui/drop-zone.tsx'
import { useFormat } from '../ui/format.ts'
import { Icon } from '../ui/icons.tsx'
import { Problem } from '../ui/notice.tsx'
import { sourceName } from './cell-place.ts'
import { toStep } from './import-address.ts'
import { kindsQuery, useKindLabels, useLabel } from './kinds.ts'
import { acceptedFiles } from './new-import.tsx'
import { UploadAgain } from './replaced-source.tsx'
import { SeveralFiles } from './several-files.tsx'
import css from './source-tabs.module.css'
import { useImportStep } from './use-import.ts'

type Source = ImportView['sources'][number]
type Step = 'file' | 'columns'

export function SourceTabs(props: { run: ImportView; source: Source; step: Step }): ReactElement {
  const { t } = useTranslation()
  const { run, source, step } = props
  const [added, setAdded] = useState<readonly File[]>([])
  const isSeveral = run.sources.length > 1
  if (!isSeveral && !run.may.edit) return <></>
  return (
    <section className={css.sources} aria-label={t('import.sources.title')}>
      {isSeveral && (
        <nav className={css.tabs} aria-label={t('import.sources.title')}>
          {run.sources.map((one) => (
            <SourceTab key={one.source} run={run} of={one} step={step} isCurrent={one === source} />
          ))}
        </nav>
      )}
      {run.may.edit && (
        <div className={css.line}>
          <KindOfSource key={source.source} run={run} source={source} step={step} />
          <span className={css.deeds}>
            <UploadAgain run={run} source={source} size="xs" />
            {isSeveral && <TakeOut run={run} source={source} step={step} />}
            <ChooseFile
              label={t('import.sources.add')}
              accept={acceptedFiles}
              onFiles={setAdded}
              look={{ size: 'xs', variant: 'default' }}
              icon
            />
          </span>
        </div>
      )}
      {added.length > 0 && (
        <AddedFiles
          key={added.map((file) => file.name).join()}
          run={run}
          files={added}
          step={step}
          onEnd={() => setAdded([])}
        />
      )}
    </section>
  )
}

function SourceTab(props: { run: ImportView; of: Source; step: Step; isCurrent: boolean }): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const labelOf = useKindLabels()
  const { of, isCurrent } = props
  const missing = of.missingFields.length
  const rows = of.rows ?? of.reading.rowsEstimated
  return (
    <Link
      {...toStep(props.run.id, props.step, { source: String(of.source) })}
      className={css.tab}
      activeOptions={{ exact: true }}
      resetScroll={false}
      data-current={isCurrent}
      {...(isCurrent ? { 'aria-current': 'true' as const } : {})}
    >
      <span className={css.tabName}>
        <span className={css.state} data-missing={missing > 0}>
          <Icon name={missing > 0 ? 'warning' : 'check'} size={14} />
        </span>
        {labelOf(of.kind).many}
        {rows !== null && <span className="quiet num">{format.number(rows)}</span>}
      </span>
      <span className={css.tabFile} title={sourceName(of)}>
        {sourceName(of)}
      </span>
      <span className={missing > 0 ? css.missing : 'visually-hidden'}>
        {missing > 0 ? t('import.sources.missing', { count: missing }) : t('import.sources.complete')}
      </span>
    </Link>
  )
}

/** Another kind is another source of the same sheet: its columns are assigned anew. */
function KindOfSource(props: { run: ImportView; source: Source; step: Step }): ReactElement {
  const { t } = useTranslation()
  const label = useLabel()
  const kinds = useQuery(kindsQuery)
  const go = useGoToSource(props.run, props.step)
  const { run, source } = props
  const params = { id: run.id }
  const change = useImportStep(run.id, async (kind: string) => {
    const added = await call(addSource, {
      params,
      body: { kind, fileId: source.fileId, reading: source.reading.chosen },
    })
    const removed = await call(removeSource, { params: { ...params, source: source.source } })
    go(added)
    return removed
  })
  return (
    <div className={css.kind}>
      <NativeSelect
        aria-label={t('import.sources.kindOf', { name: sourceName(source) })}
        value={change.isPending ? change.variables : source.kind}
        disabled={change.isPending || source.fileState !== 'kept'}
        onChange={(event) => change.mutate(event.currentTarget.value)}
        data={(kinds.data?.kinds ?? []).map((kind) => ({
          value: kind.name,
          label: t('import.sources.become', { kind: label(kind.labels) }),
        }))}
      />
      <Problem error={change.error} />
    </div>
  )
}

/** To the source that was not there before. */
function useGoToSource(run: ImportView, step: Step): (after: ImportView) => void {
  const navigate = useNavigate()
  const known = new Set(run.sources.map((one) => one.source))
  return (after) => {
    const fresh = after.sources.find((one) => !known.has(one.source))
    if (fresh)
      void navigate({
        ...toStep(run.id, step, { source: String(fresh.source) }),
        replace: true,
        resetScroll: false,
      })
  }
}

function TakeOut(props: { run: ImportView; source: Source; step: Step }): ReactElement {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { run, source, step } = props
  const remove = useImportStep(run.id, () =>
    call(removeSource, { params: { id: run.id, source: source.source } }),
  )
  return (
    <>
      <Button
        variant="default"
        size="xs"
        loading={remove.isPending}
        onClick={() =>
          remove.mutate(undefined, {
            onSuccess: () => void navigate({ ...toStep(run.id, step), replace: true, resetScroll: false }),
          })
        }
      >
        {t('import.sources.takeOut')}
      </Button>
      <Problem error={remove.error} />
    </>
  )
}

function AddedFiles(props: {
  run: ImportView
  files: readonly File[]
  step: Step
  onEnd: () => void
}): ReactElement {
  const { run, files, step, onEnd } = props
  const go = useGoToSource(run, step)
  const add = useImportStep(
    run.id,
    async (sources: Parameters<Parameters<typeof SeveralFiles>[0]['onBegin']>[0]) => {
      let after = run
      for (const body of sources) after = await call(addSource, { params: { id: run.id }, body })
      go(after)
      return after
    },
  )
  return (
    <SeveralFiles
      files={files}
      isBeginning={add.isPending}
      error={add.error}
      onBegin={(sources) => add.mutate(sources, { onSuccess: onEnd })}
      onCancel={onEnd}
    />
  )
}
