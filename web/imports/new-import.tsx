/**
 * From a chosen file to its import: receive it, say when the very same file was imported before, begin.
 * A file that holds card numbers ends here, with what happened and where cards belong.
 */
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createImport } from '../../src/imports/contract.ts'
import { ApiProblem, call } from '../api.ts'
import { useFormat } from '../ui/format.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { Notice, Problem } from '../ui/notice.tsx'
import { CardNumbersNotice } from './card-numbers.tsx'
import { toImport } from './import-address.ts'
import { kindsQuery, useLabel } from './kinds.ts'
import css from './new-import.module.css'
import { type UploadedFile, uploadFile } from './upload.ts'

/** What files can be read so far; others are refused with a sentence by the server. */
export const acceptedFiles =
  '.csv,.tsv,.tab,.txt,.xlsx,.xlsm,.xls,.ods,.gz,.zip,text/csv,text/plain,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export type NewImport = {
  readonly begin: (file: File) => void
  readonly panel: ReactElement | null
  readonly isIdle: boolean
}

export function useNewImport(): NewImport {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [file, setFile] = useState<File | null>(null)
  const [sent, setSent] = useState(0)
  const stop = useRef<AbortController>(null)
  const kinds = useQuery(kindsQuery)
  const only = kinds.data?.kinds.length === 1 ? kinds.data.kinds[0]?.name : undefined
  const create = useMutation({
    mutationFn: (input: { fileId: string; kind: string }) => call(createImport, { body: input }),
    onSuccess: (run) => navigate({ to: '/imports/$id/$step', params: { id: run.id, step: 'file' } }),
  })
  const receive = useMutation({
    mutationFn: (chosen: File) => {
      stop.current = new AbortController()
      return uploadFile(chosen, setSent, stop.current.signal)
    },
    onSuccess: async (uploaded) => {
      const known = await queries.ensureQueryData(kindsQuery)
      const [first, ...others] = known.kinds
      if (first && others.length === 0 && uploaded.sameFileAs.length === 0)
        create.mutate({ fileId: uploaded.id, kind: first.name })
    },
  })
  const begin = (chosen: File) => {
    create.reset()
    setSent(0)
    setFile(chosen)
    receive.mutate(chosen)
  }
  const cancel = () => {
    stop.current?.abort()
    receive.reset()
    create.reset()
    setFile(null)
  }
  const panel = file && (
    <NewImportPanel
      file={file}
      sent={sent}
      uploaded={receive.data}
      error={receive.error ?? create.error}
      isBeginning={create.isPending}
      only={only}
      onKind={(asKind) => {
        if (receive.data) create.mutate({ fileId: receive.data.id, kind: asKind })
      }}
      onRetry={() => begin(file)}
      onCancel={cancel}
    />
  )
  return { begin, panel, isIdle: !receive.isPending && !create.isPending }
}

function NewImportPanel(props: {
  file: File
  sent: number
  uploaded: UploadedFile | undefined
  error: Error | null
  isBeginning: boolean
  only: string | undefined
  onKind: (kind: string) => void
  onRetry: () => void
  onCancel: () => void
}): ReactElement {
  const { t } = useTranslation()
  const { error, file, uploaded } = props
  if (error instanceof ApiProblem && error.code === 'file.card_numbers')
    return <CardNumbersNotice sentence={error.message} fileName={file.name} onClose={props.onCancel} />
  if (error)
    return (
      <div className={css.panel}>
        <Problem error={error} onRetry={props.onRetry} />
        <div className={css.below}>
          <span className="quiet">{t('import.new.stillThere', { name: file.name })}</span>
          <Button variant="default" size="xs" onClick={props.onCancel}>
            {t('ui.close')}
          </Button>
        </div>
      </div>
    )
  if (uploaded && uploaded.sameFileAs.length > 0 && !props.isBeginning)
    return <SameFile {...props} uploaded={uploaded} />
  if (uploaded && !props.only && !props.isBeginning) return <ChooseKind onKind={props.onKind} />
  return <Receiving {...props} />
}

function Receiving(props: {
  file: File
  sent: number
  isBeginning: boolean
  onCancel: () => void
}): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const share = props.file.size ? props.sent / props.file.size : 0
  const isReceived = props.isBeginning || share >= 1
  return (
    <div className={css.panel} aria-live="polite">
      <div className={css.line}>
        <strong className={css.name}>{props.file.name}</strong>
        <span className="quiet num">
          {isReceived
            ? t('import.new.looking')
            : t('import.new.sent', { sent: format.bytes(props.sent), total: format.bytes(props.file.size) })}
        </span>
        <Button variant="default" size="xs" onClick={props.onCancel} disabled={props.isBeginning}>
          {t('import.cancel')}
        </Button>
      </div>
      <div
        className={css.track}
        role="progressbar"
        aria-label={t('import.new.receiving', { name: props.file.name })}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
      >
        <span style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  )
}

function SameFile(props: {
  uploaded: UploadedFile
  only: string | undefined
  onKind: (kind: string) => void
  onCancel: () => void
}): ReactElement {
  const { t } = useTranslation()
  const earlier = props.uploaded.sameFileAs[0]
  const [isSure, setIsSure] = useState(false)
  if (isSure) return <ChooseKind onKind={props.onKind} />
  if (!earlier) return <></>
  return (
    <div className={css.panel}>
      <Notice
        tone="warning"
        title={t('import.same.title', { label: earlier.label })}
        action={
          <>
            <LinkButton {...toImport(earlier.id)} size="xs">
              {t('import.same.open', { label: earlier.label })}
            </LinkButton>
            <Button
              variant="default"
              size="xs"
              onClick={() => (props.only ? props.onKind(props.only) : setIsSure(true))}
            >
              {t('import.same.again')}
            </Button>
            <Button variant="default" size="xs" onClick={props.onCancel}>
              {t('import.cancel')}
            </Button>
          </>
        }
      >
        {t('import.same.why', { status: t(`import.status.${earlier.status}`) })}
      </Notice>
    </div>
  )
}

function ChooseKind(props: { onKind: (kind: string) => void }): ReactElement {
  const { t } = useTranslation()
  const label = useLabel()
  const kinds = useQuery(kindsQuery)
  return (
    <div className={css.panel}>
      <p className={css.question}>{t('import.new.whichKind')}</p>
      <div className={css.line}>
        {(kinds.data?.kinds ?? []).map((kind) => (
          <Button key={kind.name} variant="default" onClick={() => props.onKind(kind.name)}>
            {label(kind.labels)}
          </Button>
        ))}
      </div>
    </div>
  )
}
