/**
 * File: what was detected, in a sentence whose parts can be changed, what only a person can decide, what reading
 * came across, and the rows as they will be read. Another choice is read again at once; the one before is dropped.
 */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactElement, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { changeReading, type ImportView } from '../../src/imports/contract.ts'
import { listReadingFindings, previewRows } from '../../src/imports/read/contract.ts'
import { call } from '../api.ts'
import { useFormat } from '../ui/format.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { Notice, Problem } from '../ui/notice.tsx'
import { FileContents } from './file-contents.tsx'
import { FileDetails } from './file-details.tsx'
import { FileGrid } from './file-grid.tsx'
import type { Options } from './file-part.tsx'
import { FileQuestions } from './file-questions.tsx'
import { FileSentence } from './file-sentence.tsx'
import css from './file-step.module.css'
import { FileWarnings, type Place } from './file-warnings.tsx'
import { toStep } from './import-address.ts'
import { useImportStep } from './use-import.ts'

type Source = ImportView['sources'][number]

export function FileStep(props: { run: ImportView; source: Source }): ReactElement {
  const { t } = useTranslation()
  const { run, source } = props
  return (
    <SourceFile
      run={run}
      source={source}
      next={
        <LinkButton
          {...toStep(run.id, 'columns', run.sources.length > 1 ? { source: String(source.source) } : {})}
        >
          {run.may.edit ? t('import.file.next') : t('import.file.see')}
        </LinkButton>
      }
    />
  )
}

const rowsShown = 25
/** Rows above the one that was gone to. */
const rowsBefore = 4

function SourceFile(props: { run: ImportView; source: Source; next: ReactElement }): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const { run, source } = props
  const { reading } = source
  const [place, setPlace] = useState<Place | null>(null)
  const { choose, chosen, isBusy, error } = useReading(run, source, () => setPlace(null))
  const isThere = source.fileState === 'kept'
  const from = place === null ? 1 : Math.max(1, place.row - rowsBefore)
  const preview = usePreview(run, source, from, isThere)
  const found = useFindings(run, source, isThere)
  const frozen = !run.may.edit || !isThere
  const sentence = {
    reading,
    firstRows: place === null ? preview.data : undefined,
    rows: source.rows,
    chosen,
    disabled: frozen,
    busy: isBusy,
    onChange: choose,
  }
  return (
    <>
      <div className={css.top}>
        <div className={css.told}>
          <FileSentence {...sentence} />
          <FileDetails {...sentence} />
        </div>
        {props.next}
      </div>
      <Problem error={error} />
      {source.fileState === 'erased' && <Notice tone="info">{t('import.file.erased')}</Notice>}
      <FileQuestions reading={reading} chosen={chosen} disabled={frozen} onChange={choose} />
      {isThere && (
        <>
          <Problem error={found.error} />
          {found.data && <FileWarnings found={found.data} place={place} onPlace={setPlace} />}
          <div className={css.rowsLine}>
            <h2 className={css.rowsTitle}>
              {place === null ? t('import.file.firstRows') : t('import.file.rowsAround', { row: place.row })}
            </h2>
            {place === null ? (
              <p className="quiet">{t('import.file.firstRowsWhy')}</p>
            ) : (
              <button type="button" className={css.more} onClick={() => setPlace(null)}>
                {t('import.file.backToFirst')}
              </button>
            )}
          </div>
          <Problem error={preview.error} onRetry={() => void preview.refetch()} />
          {!preview.error && (
            <FileGrid
              rows={preview.data}
              preambleRows={reading.preambleRows}
              footerRows={reading.footerRows}
              place={place}
              busy={isBusy || preview.isPlaceholderData}
              onHeader={frozen ? undefined : (headerRow) => choose({ ...chosen, headerRow })}
            />
          )}
          <FileContents run={run} source={source} chosen={chosen} disabled={frozen} onChoose={choose} />
        </>
      )}
      {source.sha256 && (
        <p className={css.print}>
          {t('import.file.kept', { size: format.bytes(source.bytes) })}{' '}
          <span className="mono">{source.sha256}</span>
        </p>
      )}
    </>
  )
}

/** The overrides, as chosen last; a choice that follows ends the reading of the one before. */
function useReading(run: ImportView, source: Source, onChoose: () => void) {
  const stop = useRef<AbortController>(null)
  const change = useImportStep(run.id, (body: Options) => {
    stop.current?.abort()
    stop.current = new AbortController()
    return call(changeReading, { params: { id: run.id, source: source.source }, body }, stop.current.signal)
  })
  return {
    chosen: change.isPending ? change.variables : source.reading.chosen,
    choose: (options: Options) => {
      onChoose()
      change.mutate(options)
    },
    isBusy: change.isPending,
    error: change.error,
  }
}

function usePreview(run: ImportView, { source, reading }: Source, from: number, enabled: boolean) {
  return useQuery({
    queryKey: ['import', run.id, 'preview', source, reading, from],
    queryFn: ({ signal }) =>
      call(previewRows, { params: { id: run.id, source }, query: { from, limit: rowsShown } }, signal),
    placeholderData: keepPreviousData,
    enabled,
  })
}

function useFindings(run: ImportView, { source, reading }: Source, enabled: boolean) {
  return useQuery({
    queryKey: ['import', run.id, 'reading-findings', source, reading],
    queryFn: ({ signal }) => call(listReadingFindings, { params: { id: run.id, source } }, signal),
    placeholderData: keepPreviousData,
    enabled,
  })
}
