/**
 * Several files that go in together: each received and looked into, each sheet or table of each with its own kind,
 * then one press for all. A file that cannot be read says why in its place and keeps nothing from the others.
 */
import { Button, Checkbox, NativeSelect } from '@mantine/core'
import { useQueries, useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listContents } from '../../src/imports/read/contract.ts'
import { call } from '../api.ts'
import { Badge } from '../ui/badge.tsx'
import { useFormat } from '../ui/format.ts'
import { Notice, Problem } from '../ui/notice.tsx'
import { type Part, takenAtFirst } from './file-choice.tsx'
import parts from './file-contents.module.css'
import { keyOf, PartWords, usePartName } from './file-contents.tsx'
import type { Options } from './file-part.tsx'
import { kindsQuery, useLabel } from './kinds.ts'
import css from './new-import.module.css'
import { type UploadedFile, uploadFile } from './upload.ts'

export type GivenFile = { readonly fileId: string; readonly kind: string; readonly reading: Options }

type Received = { readonly uploaded: UploadedFile; readonly parts: readonly Part[] }

type Answers = {
  /** By part; what is not there is as it was suggested. */
  readonly taken: Readonly<Record<string, boolean>>
  readonly kinds: Readonly<Record<string, string>>
}

export function SeveralFiles(props: {
  files: readonly File[]
  isBeginning: boolean
  error: unknown
  onBegin: (sources: readonly GivenFile[]) => void
  onCancel: () => void
}): ReactElement {
  const { t } = useTranslation()
  const { files } = props
  const kinds = useQuery(kindsQuery)
  const received = useReceived(files)
  const [answers, setAnswers] = useState<Answers>({ taken: {}, kinds: {} })
  const fallback = kinds.data?.kinds[0]?.name ?? ''
  const chosen = received.flatMap(({ data }) => (data ? chosenOf(data, answers, fallback) : []))
  const isWaiting = received.some((one) => one.isPending)
  return (
    <div className={css.panel}>
      <p className={css.question}>{t('import.several.title', { count: files.length })}</p>
      <Problem error={kinds.error ?? props.error} />
      {files.map((file, at) => (
        <OneFile
          key={`${file.name} ${file.lastModified}`}
          file={file}
          received={received[at]?.data}
          error={received[at]?.error ?? null}
          answers={answers}
          fallback={fallback}
          onAnswer={setAnswers}
        />
      ))}
      <div className={parts.foot}>
        <span className="quiet">{t('import.contents.together')}</span>
        <span style={{ display: 'flex', gap: 8 }}>
          <Button variant="default" onClick={props.onCancel} disabled={props.isBeginning}>
            {t('import.cancel')}
          </Button>
          <Button
            disabled={chosen.length === 0 || isWaiting || !kinds.data}
            loading={props.isBeginning}
            onClick={() => props.onBegin(chosen)}
          >
            {t('import.contents.begin', { count: chosen.length })}
          </Button>
        </span>
      </div>
    </div>
  )
}

/** Sent at the same time; leaving the panel ends what is still under way. */
function useReceived(files: readonly File[]) {
  return useQueries({
    queries: files.map((file) => ({
      queryKey: ['receive', file.name, file.size, file.lastModified],
      queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Received> => {
        const nothing = () => undefined
        const uploaded = await uploadFile(file, { onBegin: nothing, onProgress: nothing, signal })
        const contents = await call(listContents, { params: { id: uploaded.id } }, signal)
        return { uploaded, parts: contents.parts }
      },
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 0,
      retry: false,
    })),
  })
}

const answerKey = (fileId: string, part: Part): string => `${fileId} ${keyOf(part)}`

function isTaken(of: Received, part: Part, { taken }: Answers): boolean {
  return taken[answerKey(of.uploaded.id, part)] ?? takenAtFirst(of.parts).includes(keyOf(part))
}

function chosenOf(of: Received, answers: Answers, fallback: string): GivenFile[] {
  return of.parts
    .filter((part) => isTaken(of, part, answers))
    .map((part) => ({
      fileId: of.uploaded.id,
      kind: answers.kinds[answerKey(of.uploaded.id, part)] ?? part.suggestedKind ?? fallback,
      reading: part.options,
    }))
}

function OneFile(props: {
  file: File
  received: Received | undefined
  error: Error | null
  answers: Answers
  fallback: string
  onAnswer: (answers: Answers) => void
}): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const { file, received, error } = props
  const earlier = received?.uploaded.sameFileAs[0]
  return (
    <section className={css.file} aria-label={file.name}>
      <div className={css.line} aria-live="polite">
        <strong className={css.name}>{file.name}</strong>
        {received ? (
          <Badge tone="green">{t('import.new.received', { size: format.bytes(file.size) })}</Badge>
        ) : (
          !error && (
            <Badge tone="teal" moving>
              {t('import.new.stillReceiving')}
            </Badge>
          )
        )}
      </div>
      <Problem error={error} />
      {earlier && (
        <Notice tone="warning" title={t('import.same.title', { label: earlier.label })}>
          {t('import.same.stillFine', { status: t(`import.status.${earlier.status}`) })}
        </Notice>
      )}
      {received && (
        <ul className={parts.parts}>
          {received.parts.map((part) => (
            <OnePart key={keyOf(part)} {...props} received={received} part={part} />
          ))}
        </ul>
      )}
    </section>
  )
}

function OnePart(props: {
  received: Received
  part: Part
  answers: Answers
  fallback: string
  onAnswer: (answers: Answers) => void
}): ReactElement {
  const { t } = useTranslation()
  const label = useLabel()
  const nameOf = usePartName()
  const kinds = useQuery(kindsQuery)
  const { received, part, answers, onAnswer } = props
  const key = answerKey(received.uploaded.id, part)
  const isIn = isTaken(received, part, answers)
  const name = `${received.uploaded.name}, ${nameOf(part)}`
  return (
    <li className={parts.part} data-read={isIn}>
      <Checkbox
        checked={isIn}
        onChange={() => onAnswer({ ...answers, taken: { ...answers.taken, [key]: !isIn } })}
        aria-label={t('import.contents.take', { name })}
      />
      <PartWords part={part} />
      <NativeSelect
        className={parts.kind}
        aria-label={t('import.contents.kindOf', { name })}
        disabled={!isIn}
        value={answers.kinds[key] ?? part.suggestedKind ?? props.fallback}
        onChange={(event) =>
          onAnswer({ ...answers, kinds: { ...answers.kinds, [key]: event.currentTarget.value } })
        }
        data={(kinds.data?.kinds ?? []).map((kind) => ({ value: kind.name, label: label(kind.labels) }))}
      />
    </li>
  )
}
