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
import type { listContents } from '../../src/imports/read/contract.ts'
import type { OperationAnswer } from '../../src/platform/contract.ts'
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
import { type GivenFile, SeveralFiles } from './several-files.tsx'
import { type UploadedFile, uploadFile } from './upload.ts'

/** What files can be read so far; others are refused with a sentence by the server. */
export const acceptedFiles =
  '.csv,.tsv,.tab,.txt,.xlsx,.xlsm,.xls,.ods,.gz,.zip,text/csv,text/plain,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export type NewImport = {
  readonly begin: (files: readonly File[]) => void
  readonly panel: ReactElement | null
  readonly isIdle: boolean
}

export function useNewImport(): NewImport {
  const queries = useQueryClient()
  const [receiving, setReceiving] = useState<Receiving | null>(null)
  const [several, setSeveral] = useState<readonly File[]>([])
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
      return { uploaded, parts: contents.parts, plain: plainChoices(contents, kinds) }
    },
    onSuccess: ({ uploaded, plain }) => {
      if (plain && uploaded.sameFileAs.length === 0)
        create.mutate(sourcesOf(uploaded, withOptions(plain, options)))
    },
  })
  const begin = ([file, ...others]: readonly File[]) => {
    stop.current?.abort()
    create.reset()
    setOptions({})
    setSeveral([])
    if (!file) return
    if (others.length > 0) {
      receive.reset()
      setReceiving(null)
      setSeveral([file, ...others])
      return
    }
    setReceiving({ file, fileId: null, sent: 0, isReceived: false })
    receive.mutate(file)
  }
  const cancel = () => {
    stop.current?.abort()
    receive.reset()
    create.reset()
    setReceiving(null)
    setSeveral([])
  }
  const one = receiving && (
    <NewImportPanel
      receiving={receiving}
      received={receive.data}
      error={receive.error ?? create.error}
      isBeginning={create.isPending || create.isSuccess}
      options={options}
      onOptions={setOptions}
      onBegin={(choices) => {
        if (receive.data) create.mutate(sourcesOf(receive.data.uploaded, choices))
      }}
      onPreset={(preset, reading) => {
        if (receive.data)
          create.mutate({ preset, fileId: receive.data.uploaded.id, reading: { ...reading, ...options } })
      }}
      onRetry={() => begin([receiving.file])}
      onCancel={cancel}
    />
  )
  const panel =
    several.length > 0 ? (
      <SeveralFiles
        files={several}
        isBeginning={create.isPending || create.isSuccess}
        error={create.error}
        onBegin={create.mutate}
        onCancel={cancel}
      />
    ) : (
      one
    )
  return { begin, panel, isIdle: !receive.isPending && !create.isPending }
}

type GivenPreset = { readonly preset: string; readonly fileId: string; readonly reading: Options }

function useCreate() {
  const navigate = useNavigate()
  return useMutation({
    mutationFn: (given: readonly GivenFile[] | GivenPreset) =>
      call(createImport, { body: 'preset' in given ? given : { sources: [...given] } }),
    onSuccess: (run) => navigate({ to: '/imports/$id/$step', params: { id: run.id, step: 'file' } }),
  })
}

function sourcesOf({ id }: UploadedFile, choices: readonly Choice[]): readonly GivenFile[] {
  return choices.map((choice) => ({ fileId: id, ...choice }))
}

/** What was chosen while the file came in holds for a file of one table. */
function withOptions(choices: readonly Choice[], options: Options): readonly Choice[] {
  if (choices.length !== 1) return choices
  return choices.map(({ kind, reading }) => ({ kind, reading: { ...reading, ...options } }))
}

/** Where nothing is to be asked: a filled template says what its sheets are, one table has one possible kind. */
function plainChoices(
  { parts, template }: OperationAnswer<typeof listContents>,
  kinds: readonly { readonly name: string }[],
): readonly Choice[] | null {
  const known = parts.flatMap((part) =>
    part.suggestedKind === null ? [] : [{ kind: part.suggestedKind, reading: part.options }],
  )
  if (template?.isOurs && known.length > 0) return known
  const [only] = kinds
  return kinds.length === 1 && only && parts.length < 2 ? [{ kind: only.name, reading: {} }] : null
}

type Received = { uploaded: UploadedFile; parts: readonly Part[]; plain: readonly Choice[] | null }

type PanelProps = {
  receiving: Receiving
  received: Received | undefined
  error: Error | null
  isBeginning: boolean
  options: Options
  onOptions: (options: Options) => void
  onBegin: (choices: readonly Choice[]) => void
  onPreset: (preset: string, reading: Options) => void
  onRetry: () => void
  onCancel: () => void
}

function NewImportPanel(props: PanelProps): ReactElement {
  const { error, received } = props
  const [isSure, setIsSure] = useState(false)
  if (error) return <Refused {...props} error={error} />
  if (!received || props.isBeginning) return <FileReceiving {...props} />
  const beginOne = (choice: Choice) => props.onBegin(withOptions([choice], props.options))
  const isNew = received.uploaded.sameFileAs.length === 0 || isSure
  if (!isNew)
    return (
      <SameFile
        uploaded={received.uploaded}
        onAgain={() =>
          received.plain ? props.onBegin(withOptions(received.plain, props.options)) : setIsSure(true)
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
      question={
        <KindChoice
          part={received.parts[0]}
          isBeginning={props.isBeginning}
          onBegin={beginOne}
          onPreset={props.onPreset}
        />
      }
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
