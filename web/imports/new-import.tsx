/**
 * From a chosen file to its import: receive it and show its first rows meanwhile, say when the very same file was
 * imported before, ask what of it is imported as what, begin. A file that cannot be read, or that holds card
 * numbers, ends here, with what happened and what to do.
 */
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createImport } from '../../src/imports/contract.ts'
import { ApiProblem, call } from '../api.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { Notice, Problem } from '../ui/notice.tsx'
import { CardNumbersNotice } from './card-numbers.tsx'
import { type Choice, KindChoice, type Part, PartsChoice } from './file-choice.tsx'
import { contentsQuery } from './file-contents.tsx'
import type { Options } from './file-part.tsx'
import { FileReceiving, type Receiving } from './file-receiving.tsx'
import { toImport } from './import-address.ts'
import { kindsQuery } from './kinds.ts'
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
  const queries = useQueryClient()
  const [receiving, setReceiving] = useState<Receiving | null>(null)
  const [options, setOptions] = useState<Options>({})
  const stop = useRef<AbortController>(null)
  const create = useCreate()
  const receive = useMutation({
    mutationFn: async (file: File) => {
      const controller = new AbortController()
      stop.current = controller
      const change = (more: Partial<Receiving>) =>
        setReceiving((now) => (now && now.file === file ? { ...now, ...more } : now))
      const uploaded = await uploadFile(file, {
        onBegin: (fileId) => change({ fileId }),
        onProgress: (sent) => change({ sent }),
        signal: controller.signal,
      })
      change({ isReceived: true })
      // A sheet or table is chosen where there are several, a kind where there are several: else it begins.
      const [contents, { kinds }] = await Promise.all([
        queries.ensureQueryData(contentsQuery(uploaded.id)),
        queries.ensureQueryData(kindsQuery),
      ])
      const [only] = kinds
      const isPlain = kinds.length === 1 && contents.parts.length < 2
      return { uploaded, parts: contents.parts, plainKind: isPlain && only ? only.name : null }
    },
    onSuccess: ({ uploaded, plainKind }) => {
      if (plainKind !== null && uploaded.sameFileAs.length === 0)
        create.mutate({ fileId: uploaded.id, choices: [{ kind: plainKind, reading: options }] })
    },
  })
  const begin = (file: File) => {
    stop.current?.abort()
    create.reset()
    setOptions({})
    setReceiving({ file, fileId: null, sent: 0, isReceived: false })
    receive.mutate(file)
  }
  const cancel = () => {
    stop.current?.abort()
    receive.reset()
    create.reset()
    setReceiving(null)
  }
  const panel = receiving && (
    <NewImportPanel
      receiving={receiving}
      received={receive.data}
      error={receive.error ?? create.error}
      isBeginning={create.isPending || create.isSuccess}
      options={options}
      onOptions={setOptions}
      onBegin={(choices) => {
        if (receive.data) create.mutate({ fileId: receive.data.uploaded.id, choices })
      }}
      onRetry={() => begin(receiving.file)}
      onCancel={cancel}
    />
  )
  return { begin, panel, isIdle: !receive.isPending && !create.isPending }
}

function useCreate() {
  const navigate = useNavigate()
  return useMutation({
    mutationFn: ({ fileId, choices }: { fileId: string; choices: readonly Choice[] }) =>
      call(createImport, { body: { sources: choices.map((choice) => ({ fileId, ...choice })) } }),
    onSuccess: (run) => navigate({ to: '/imports/$id/$step', params: { id: run.id, step: 'file' } }),
  })
}

type Received = { uploaded: UploadedFile; parts: readonly Part[]; plainKind: string | null }

type PanelProps = {
  receiving: Receiving
  received: Received | undefined
  error: Error | null
  isBeginning: boolean
  options: Options
  onOptions: (options: Options) => void
  onBegin: (choices: readonly Choice[]) => void
  onRetry: () => void
  onCancel: () => void
}

function NewImportPanel(props: PanelProps): ReactElement {
  const { error, received } = props
  const [isSure, setIsSure] = useState(false)
  if (error) return <Refused {...props} error={error} />
  if (!received || props.isBeginning) return <FileReceiving {...props} />
  // What was chosen while the file came in holds for a file of one table.
  const beginOne = ({ kind, reading }: Choice) =>
    props.onBegin([{ kind, reading: { ...reading, ...props.options } }])
  const isNew = received.uploaded.sameFileAs.length === 0 || isSure
  if (!isNew)
    return (
      <SameFile
        uploaded={received.uploaded}
        onAgain={() =>
          received.plainKind ? beginOne({ kind: received.plainKind, reading: {} }) : setIsSure(true)
        }
        onCancel={props.onCancel}
      />
    )
  if (received.parts.length > 1)
    return (
      <PartsChoice
        contents={received.parts}
        isBeginning={props.isBeginning}
        onBegin={props.onBegin}
        onCancel={props.onCancel}
      />
    )
  return (
    <FileReceiving
      {...props}
      question={<KindChoice part={received.parts[0]} isBeginning={props.isBeginning} onBegin={beginOne} />}
    />
  )
}

/** The file cannot be read or was not taken: why, in place, and that nothing was lost. */
function Refused(props: PanelProps & { error: Error }): ReactElement {
  const { t } = useTranslation()
  const { error } = props
  const { file } = props.receiving
  if (error instanceof ApiProblem && error.code === 'file.card_numbers')
    return <CardNumbersNotice sentence={error.message} fileName={file.name} onClose={props.onCancel} />
  // What stands in the file would be refused again.
  const isFinal = error instanceof ApiProblem && error.status === 422
  return (
    <div className={css.panel}>
      <Problem error={error} {...(isFinal ? {} : { onRetry: props.onRetry })} />
      <div className={css.below}>
        <span className="quiet">{t('import.new.stillThere', { name: file.name })}</span>
        <Button variant="default" size="xs" onClick={props.onCancel}>
          {t('ui.close')}
        </Button>
      </div>
    </div>
  )
}

function SameFile(props: {
  uploaded: UploadedFile
  onAgain: () => void
  onCancel: () => void
}): ReactElement {
  const { t } = useTranslation()
  const earlier = props.uploaded.sameFileAs[0]
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
            <Button variant="default" size="xs" onClick={props.onAgain}>
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
