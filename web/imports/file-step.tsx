/** File: what was detected, in a sentence whose parts can be changed, and the first rows as they will be read. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { changeReading, type ImportView } from '../../src/imports/contract.ts'
import { previewRows, type ReadOptions } from '../../src/imports/read/contract.ts'
import { call } from '../api.ts'
import { CellGrid } from '../ui/cell-grid.tsx'
import { useFormat } from '../ui/format.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { Notice, Problem } from '../ui/notice.tsx'
import { Section } from '../ui/page.tsx'
import css from './file-step.module.css'
import { toStep } from './import-address.ts'
import { ReadingSentence } from './reading-sentence.tsx'
import { useImportStep } from './use-import.ts'

type Options = z.input<typeof ReadOptions>

export function FileStep(props: { run: ImportView }): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const { run } = props
  const source = run.sources[0]
  const change = useImportStep(run.id, (body: Options) =>
    call(changeReading, { params: { id: run.id, source: source?.source ?? 0 }, body }),
  )
  if (!source) return <></>
  return (
    <>
      <div className={css.top}>
        <ReadingSentence
          reading={source.reading}
          rows={source.rows}
          disabled={!run.may.edit || change.isPending}
          onChange={(options) => change.mutate(options)}
        />
        <LinkButton {...toStep(run.id, 'columns')}>
          {run.may.edit ? t('import.file.next') : t('import.file.see')}
        </LinkButton>
      </div>
      <Problem error={change.error} />
      {source.fileState === 'erased' && <Notice tone="info">{t('import.file.erased')}</Notice>}
      {source.fileState === 'kept' && <Preview run={run} busy={change.isPending} />}
      {source.sha256 && (
        <p className={css.print}>
          {t('import.file.kept', { size: format.bytes(source.bytes) })}{' '}
          <span className="mono">{source.sha256}</span>
        </p>
      )}
    </>
  )
}

function Preview(props: { run: ImportView; busy: boolean }): ReactElement {
  const { t } = useTranslation()
  const { run } = props
  const source = run.sources[0]?.source ?? 0
  const preview = useQuery({
    queryKey: ['import', run.id, 'preview', source, run.sources[0]?.reading],
    queryFn: ({ signal }) =>
      call(previewRows, { params: { id: run.id, source }, query: { limit: 20 } }, signal),
    placeholderData: keepPreviousData,
  })
  const data = preview.data
  return (
    <Section title={t('import.file.firstRows')} about={t('import.file.firstRowsWhy')}>
      <Problem error={preview.error} onRetry={() => void preview.refetch()} />
      {data?.findings.map((finding) => (
        <div key={`${finding.code}-${finding.row}-${finding.column}`} style={{ marginBottom: 8 }}>
          <Notice tone="warning">{finding.sentence}</Notice>
        </div>
      ))}
      <div style={{ opacity: props.busy || preview.isPlaceholderData ? 0.5 : 1 }}>
        <CellGrid
          caption={t('import.file.firstRows')}
          columns={(data?.columns ?? []).map((header, index) => ({ key: String(index), header }))}
          rows={(data?.rows ?? []).map((row) => ({
            key: String(row.row),
            number: row.row,
            cells: row.cells.map((text) => ({ text })),
          }))}
          loading={preview.isPending}
          rowHeader={t('import.row')}
        />
      </div>
    </Section>
  )
}
