/** A file on its way in: how far it is, and its first rows as soon as its beginning is here. */
import { Button } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { readFile } from '../../src/imports/read/contract.ts'
import { call } from '../api.ts'
import { Badge } from '../ui/badge.tsx'
import { useFormat } from '../ui/format.ts'
import { Problem } from '../ui/notice.tsx'
import { FileDetails } from './file-details.tsx'
import { FileGrid } from './file-grid.tsx'
import type { Options } from './file-part.tsx'
import { FileSentence } from './file-sentence.tsx'
import css from './new-import.module.css'

/** So much is enough to tell how a file is read; a smaller one is here whole at once. */
const beginningBytes = 1024 * 1024
const askAgainMs = 400

export type Receiving = {
  readonly file: File
  /** Null until the server knows the file. */
  readonly fileId: string | null
  readonly sent: number
  readonly isReceived: boolean
}

export function FileReceiving(props: {
  receiving: Receiving
  options: Options
  isBeginning: boolean
  onOptions: (options: Options) => void
  onCancel: () => void
  /** What is asked as soon as the file is here. */
  question?: ReactNode
}): ReactElement {
  const { t } = useTranslation()
  const { receiving, options } = props
  const beginning = useBeginning(receiving, options)
  const { reading, firstRows, waitsFor } = beginning.data ?? {}
  const busy = beginning.isFetching && beginning.isPlaceholderData
  return (
    <div className={css.panel}>
      <Bar {...props} isAsking={props.question !== undefined} />
      <Problem error={beginning.error} />
      {props.question}
      {waitsFor === 'whole_file' && !receiving.isReceived && (
        <p className={css.wait}>{t('import.new.waitsForWhole')}</p>
      )}
      {waitsFor === 'card_numbers' && <p className={css.wait}>{t('import.new.waitsForCards')}</p>}
      {reading && firstRows && (
        <div className={css.beginning}>
          <FileSentence
            reading={reading}
            firstRows={firstRows}
            rows={null}
            chosen={options}
            disabled={props.isBeginning}
            busy={busy}
            onChange={props.onOptions}
          />
          <FileDetails
            reading={reading}
            firstRows={firstRows}
            rows={null}
            chosen={options}
            disabled={props.isBeginning}
            busy={busy}
            onChange={props.onOptions}
          />
          <FileGrid
            rows={firstRows}
            preambleRows={reading.preambleRows}
            footerRows={reading.footerRows}
            busy={busy}
            onHeader={(headerRow) => props.onOptions({ ...options, headerRow })}
          />
        </div>
      )}
    </div>
  )
}

/** Read when the first megabyte has been sent, again with every other choice, and once more when all is here. */
function useBeginning({ file, fileId, sent, isReceived }: Receiving, options: Options) {
  const isHere = sent >= Math.min(beginningBytes, file.size)
  return useQuery({
    queryKey: ['file', fileId, 'reading', options, isReceived],
    queryFn: ({ signal }) =>
      call(readFile, { params: { id: fileId ?? '' }, body: { options, limit: 12 } }, signal),
    enabled: fileId !== null && isHere,
    placeholderData: keepPreviousData,
    retry: false,
    refetchInterval: (query) => (query.state.data?.waitsFor === 'bytes' ? askAgainMs : false),
  })
}

function Bar(props: {
  receiving: Receiving
  isBeginning: boolean
  isAsking: boolean
  onCancel: () => void
}): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const { file, sent, isReceived } = props.receiving
  const share = isReceived ? 1 : file.size ? sent / file.size : 0
  const isLooking = isReceived || props.isBeginning || share >= 1
  return (
    <>
      <div className={css.line} aria-live="polite">
        <strong className={css.name}>{file.name}</strong>
        {props.isAsking ? (
          <Badge tone="green">{t('import.new.received', { size: format.bytes(file.size) })}</Badge>
        ) : (
          <Badge tone="teal" moving>
            {isLooking ? t('import.new.looking') : t('import.new.stillReceiving')}
          </Badge>
        )}
        {!isLooking && (
          <span className="quiet num" aria-live="off">
            {t('import.new.sent', { sent: format.bytes(sent), total: format.bytes(file.size) })}
          </span>
        )}
        <Button variant="default" size="xs" onClick={props.onCancel} disabled={props.isBeginning}>
          {t('import.cancel')}
        </Button>
      </div>
      <div
        className={css.track}
        hidden={props.isAsking}
        role="progressbar"
        aria-label={t('import.new.receiving', { name: file.name })}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
      >
        <span style={{ width: `${share * 100}%` }} />
      </div>
    </>
  )
}
