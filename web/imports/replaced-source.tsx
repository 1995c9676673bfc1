/** A file uploaded again into the same import: chosen, received, checked again, and what has changed by it. */
import { Button, Menu } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { checkImport, type ImportView, replaceFile } from '../../src/imports/contract.ts'
import { call } from '../api.ts'
import { useFormat } from '../ui/format.ts'
import { Notice, Problem } from '../ui/notice.tsx'
import { sourceName } from './cell-place.ts'
import { acceptedFiles } from './new-import.tsx'
import { type Before, compareSource, forgetBefore, keepBefore, readBefore } from './replaced-before.ts'
import css from './source-tabs.module.css'
import { uploadFile } from './upload.ts'
import { importQuery } from './use-import.ts'

type Source = ImportView['sources'][number]

/** Sends the file, gives it to the source, and checks again where it was checked before. */
export function useReplace(run: ImportView) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async ({ source, file }: { source: Source; file: File }) => {
      const { signal } = new AbortController()
      const nothing = () => undefined
      const received = await uploadFile(file, { onBegin: nothing, onProgress: nothing, signal })
      keepBefore(run, source)
      const params = { id: run.id, source: source.source }
      const replaced = await call(replaceFile, { params, body: { fileId: received.id } })
      const isWhole = replaced.sources.every((one) => one.missingFields.length === 0)
      return run.checkedAt !== null && isWhole ? call(checkImport, { params: { id: run.id } }) : replaced
    },
    onSuccess: async (after) => {
      queries.setQueryData(importQuery(run.id).queryKey, after)
      await queries.invalidateQueries({
        predicate: ({ queryKey }) =>
          queryKey[0] === 'import' && queryKey[1] === run.id && queryKey.length > 2,
      })
    },
  })
}

/** One button for one source, a menu for several. */
export function UploadAgain(props: { run: ImportView; source?: Source; size?: 'xs' }): ReactElement | null {
  const { t } = useTranslation()
  const { run } = props
  const input = useRef<HTMLInputElement>(null)
  const [source, setSource] = useState<Source | null>(null)
  const replace = useReplace(run)
  if (!run.may.replaceFile) return null
  const choose = (one: Source) => {
    setSource(one)
    input.current?.click()
  }
  const only = props.source ?? (run.sources.length === 1 ? run.sources[0] : undefined)
  const look = { variant: 'default', loading: replace.isPending, ...(props.size ? { size: props.size } : {}) }
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={acceptedFiles}
        hidden
        aria-label={t('import.replace.choose')}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          event.currentTarget.value = ''
          if (file && (source ?? only)) replace.mutate({ source: (source ?? only) as Source, file })
        }}
      />
      {only ? (
        <Button {...look} onClick={() => choose(only)}>
          {t('import.replace.choose')}
        </Button>
      ) : (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button {...look}>{t('import.replace.choose')}</Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t('import.replace.which')}</Menu.Label>
            {run.sources.map((one) => (
              <Menu.Item key={one.source} onClick={() => choose(one)}>
                {sourceName(one)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      <Problem error={replace.error} />
    </>
  )
}

/** Rows, columns and errors, before → after, until it is put away. */
export function WhatChanged(props: { run: ImportView }): ReactElement | null {
  const { t } = useTranslation()
  const { run } = props
  const [isAway, setIsAway] = useState(false)
  const before = readBefore(run.id)
  const source = run.sources.find((one) => one.source === before?.source)
  // The same file still: it was refused, and nothing has changed.
  if (!before || !source || isAway || source.fileId === before.fileId) return null
  return (
    <div className={css.changed}>
      <Notice
        tone="info"
        title={t('import.replace.done', { name: source.fileName })}
        action={
          <Button
            variant="default"
            size="xs"
            onClick={() => {
              forgetBefore(run.id)
              setIsAway(true)
            }}
          >
            {t('ui.close')}
          </Button>
        }
      >
        <Changes run={run} before={before} source={source} />
      </Notice>
    </div>
  )
}

function Changes(props: { run: ImportView; before: Before; source: Source }): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const { before } = props
  const { rows, columns, errors, warnings, added, gone } = compareSource(props.run, props.source, before)
  const number = (value: number | null) => (value === null ? '?' : format.number(value))
  const line = (was: number | null, is: number | null) =>
    was === is
      ? t('import.replace.same', { number: number(is) })
      : t('import.replace.fromTo', { was: number(was), is: number(is) })
  return (
    <dl className={css.changes}>
      <div>
        <dt>{t('import.replace.rows')}</dt>
        <dd className="num">{line(before.rows, rows)}</dd>
      </div>
      <div>
        <dt>{t('import.replace.columns')}</dt>
        <dd>
          <span className="num">{line(before.columns.length, columns)}</span>
          {added.length > 0 && <> · {t('import.replace.added', { names: added.join(', ') })}</>}
          {gone.length > 0 && <> · {t('import.replace.gone', { names: gone.join(', ') })}</>}
        </dd>
      </div>
      {before.errors !== null && (
        <div>
          <dt>{t('import.replace.errors')}</dt>
          <dd className="num">
            {errors === null ? t('import.replace.notYet') : line(before.errors, errors)}
          </dd>
        </div>
      )}
      {before.warnings !== null && warnings !== null && before.warnings + warnings > 0 && (
        <div>
          <dt>{t('import.replace.warnings')}</dt>
          <dd className="num">{line(before.warnings, warnings)}</dd>
        </div>
      )}
    </dl>
  )
}
