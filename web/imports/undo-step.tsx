/** Undo: what would be reversed, kept and blocked, each with its reason, before anything is done. */
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, Navigate, useNavigate, useSearch } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { type ImportView, undoImport } from '../../src/imports/contract.ts'
import { previewUndo, type UndoneRecord } from '../../src/imports/undo/contract.ts'
import { call } from '../api.ts'
import { Confirm } from '../ui/confirm.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { MoreRows } from '../ui/more-rows.tsx'
import { Problem } from '../ui/notice.tsx'
import { Views } from '../ui/views.tsx'
import { toStep } from './import-address.ts'
import { useKindLabels } from './kinds.ts'
import { recordPage } from './record-address.ts'
import css from './result-step.module.css'
import { Running } from './running.tsx'
import { useImportStep } from './use-import.ts'

const outcomes = ['reversed', 'kept', 'blocked'] as const

export function UndoStep(props: { run: ImportView }): ReactElement {
  const { t } = useTranslation()
  const { run } = props
  const search = useSearch({ from: '/shell/imports/$id/$step' })
  const outcome = outcomes.find((one) => one === search.outcome) ?? 'reversed'
  const columns = useUndoColumns(run, outcome)
  const list = useInfiniteQuery({
    queryKey: ['import', run.id, 'undo', outcome],
    queryFn: ({ pageParam, signal }) =>
      call(
        previewUndo,
        { params: { id: run.id }, query: { outcome, ...(pageParam ? { cursor: pageParam } : {}) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    enabled: run.progress === null && run.status !== 'undone',
  })
  if (run.progress) return <Running run={run} />
  if (run.status === 'undone') return <Navigate {...toStep(run.id, 'result')} replace />
  const counts = list.data?.pages[0]?.counts
  const records = list.data?.pages.flatMap((page) => page.records) ?? []
  return (
    <>
      <div className={css.outcome}>
        <div className={css.words}>
          <h2 className={css.sentence}>{t('import.undo.title')}</h2>
          <p className="quiet">{t('import.undo.why')}</p>
        </div>
        <div className={css.actions}>
          <LinkButton {...toStep(run.id, 'result')} variant="default">
            {t('import.undo.keep')}
          </LinkButton>
          {counts && counts.reversed > 0 && run.may.undo && <UndoButton run={run} count={counts.reversed} />}
        </div>
      </div>
      <Problem error={list.error} onRetry={() => void list.refetch()} />
      <Views
        label={t('import.undo.title')}
        current={outcome}
        name="outcome"
        views={outcomes.map((one) => ({ key: one, label: t(`import.undo.${one}`), count: counts?.[one] }))}
      />
      <p className="quiet" style={{ marginBottom: 8 }}>
        {t(`import.undo.${outcome}Why`)}
      </p>
      {list.isSuccess && records.length === 0 ? (
        <EmptyState title={t(`import.undo.${outcome}None`)} />
      ) : (
        !list.error && (
          <DataTable
            caption={t(`import.undo.${outcome}`)}
            columns={columns}
            rows={records}
            rowKey={(record) => `${record.kind}-${record.change}-${record.id}`}
            loading={list.isPending}
          />
        )
      )}
      <MoreRows
        shown={records.length}
        total={counts?.[outcome]}
        hasMore={list.hasNextPage}
        loading={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
    </>
  )
}

function UndoButton(props: { run: ImportView; count: number }): ReactElement {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { run, count } = props
  const [isAsking, setIsAsking] = useState(false)
  const undo = useImportStep(run.id, () => call(undoImport, { params: { id: run.id } }))
  return (
    <>
      <Button className="danger" variant="default" onClick={() => setIsAsking(true)}>
        {t('import.undo.deed', { count })}
      </Button>
      <Confirm
        opened={isAsking}
        onClose={() => setIsAsking(false)}
        title={t('import.undo.sure', { label: run.label })}
        deed={t('import.undo.deed', { count })}
        danger
        busy={undo.isPending}
        error={undo.error}
        onConfirm={() =>
          // This button goes as soon as the undo begins, so what follows must not hang on it.
          void undo.mutateAsync(undefined).then(
            () => navigate({ to: '/imports/$id/$step', params: { id: run.id, step: 'result' } }),
            () => undefined,
          )
        }
      >
        {t('import.undo.sureWhy')}
      </Confirm>
    </>
  )
}

type Undone = z.infer<typeof UndoneRecord>

function useUndoColumns(run: ImportView, outcome: (typeof outcomes)[number]): readonly Column<Undone>[] {
  const { t } = useTranslation()
  const labelOf = useKindLabels()
  const kind: Column<Undone> = {
    id: 'kind',
    header: t('import.records.kind'),
    narrow: 'keep',
    cell: (record) => labelOf(record.kind).one,
  }
  const because: Column<Undone> = {
    id: 'because',
    header: t('import.undo.because'),
    narrow: 'keep',
    wide: true,
    cell: (record) => record.because,
  }
  return [
    {
      id: 'title',
      header: t('import.result.record'),
      narrow: 'lead',
      cell: (record) => {
        const page = recordPage(record.kind, record.id)
        if (!page) return record.title
        return (
          <Link {...page} data-row-link>
            {record.title}
          </Link>
        )
      },
    },
    ...((run.counts?.records.length ?? 0) > 1 ? [kind] : []),
    {
      id: 'change',
      header: t('import.undo.what'),
      narrow: 'keep',
      cell: (record) => t(`import.undo.${record.change}`),
    },
    ...(outcome === 'reversed' ? [] : [because]),
  ]
}
