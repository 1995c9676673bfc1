/** What was deleted or merged, and the way back, for as long as the bin keeps it. */
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type BinEntry, listBin, restoreFromBin } from '../../src/kinds/records/contract.ts'
import { call } from '../api.ts'
import { useKindLabels } from '../imports/kinds.ts'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { FilterBar } from '../ui/filter-bar.tsx'
import { useFormat } from '../ui/format.ts'
import { MoreRows } from '../ui/more-rows.tsx'
import { Notice, Problem } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import { useRefresh } from './done-notice.tsx'
import { isPlace, places } from './record-kinds.ts'
import css from './records.module.css'

export function BinPage(): ReactElement {
  const { t } = useTranslation()
  const { kind = '' } = useSearch({ from: '/shell/bin' })
  const navigate = useNavigate({ from: '/bin' })
  const labels = useKindLabels()
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 250)
  const filter = { ...(kind ? { kind } : {}), ...(search ? { search } : {}) }
  const list = useInfiniteQuery({
    queryKey: ['bin', filter],
    queryFn: ({ pageParam, signal }) =>
      call(listBin, { query: { ...filter, ...(pageParam ? { cursor: pageParam } : {}) } }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
  })
  const entries = list.data?.pages.flatMap((page) => page.entries) ?? []
  const isEmpty = list.isSuccess && entries.length === 0
  const columns = useBinColumns()
  return (
    <Page title={t('record.bin.title')} about={t('record.bin.about')}>
      <FilterBar>
        <TextInput
          type="search"
          w={{ base: '100%', sm: 240 }}
          aria-label={t('record.bin.search')}
          placeholder={t('record.bin.search')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <NativeSelect
          aria-label={t('record.bin.kind')}
          value={kind}
          onChange={(event) => {
            const chosen = event.currentTarget.value
            void navigate({ search: chosen ? { kind: chosen } : {}, replace: true })
          }}
          data={[
            { value: '', label: t('record.bin.anyKind') },
            ...places.map((place) => ({ value: place, label: labels(place).many })),
          ]}
        />
      </FilterBar>
      <Problem error={list.error} onRetry={() => void list.refetch()} />
      {isEmpty ? (
        <EmptyState icon="undo" title={t('record.bin.empty')}>
          {t('record.bin.emptyWhy')}
        </EmptyState>
      ) : (
        !list.error && (
          <DataTable
            caption={t('record.bin.title')}
            columns={columns}
            rows={entries}
            rowKey={(entry) => entry.id}
            loading={list.isPending}
            plain
          />
        )
      )}
      <MoreRows
        shown={entries.length}
        hasMore={list.hasNextPage}
        loading={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
    </Page>
  )
}

function useBinColumns(): readonly Column<BinEntry>[] {
  const { t } = useTranslation()
  const format = useFormat()
  const labels = useKindLabels()
  return [
    {
      id: 'title',
      header: t('record.bin.record'),
      narrow: 'lead',
      cell: (entry) => (
        <>
          <strong>{entry.title}</strong> <span className="quiet">{labels(entry.kind).one}</span>
        </>
      ),
    },
    {
      id: 'why',
      header: t('record.bin.why'),
      narrow: 'keep',
      cell: (entry) => (
        <>
          {entry.reason === 'merged' && entry.keptId && isPlace(entry.kind) ? (
            <Link to="/$place/$id" params={{ place: entry.kind, id: entry.keptId }}>
              {t('record.bin.merged')}
            </Link>
          ) : (
            t(`record.bin.${entry.reason}`)
          )}
          {entry.together > 0 && ` ${t('record.bin.together', { count: entry.together })}`}
        </>
      ),
    },
    { id: 'by', header: t('record.bin.by'), narrow: 'keep', cell: (entry) => entry.removedBy },
    {
      id: 'at',
      header: t('record.bin.at'),
      numeric: true,
      cell: (entry) => <time dateTime={entry.removedAt}>{format.moment(entry.removedAt)}</time>,
    },
    {
      id: 'until',
      header: t('record.bin.until'),
      numeric: true,
      narrow: 'keep',
      cell: (entry) => <time dateTime={entry.until}>{format.date(entry.until)}</time>,
    },
    {
      id: 'restore',
      header: t('record.bin.restore'),
      quietHeader: true,
      narrow: 'keep',
      cell: (entry) => <Restore entry={entry} />,
    },
  ]
}

function Restore(props: { entry: BinEntry }): ReactElement {
  const { t } = useTranslation()
  const refresh = useRefresh()
  const navigate = useNavigate()
  const { entry } = props
  const restore = useMutation({
    mutationFn: () => call(restoreFromBin, { params: { id: entry.id } }),
    onSuccess: async ({ kind, id }) => {
      if (isPlace(kind)) await navigate({ to: '/$place/$id', params: { place: kind, id } })
      await refresh()
    },
  })
  return (
    <div className={css.restore}>
      <Button
        variant="default"
        size="xs"
        loading={restore.isPending}
        aria-label={t(entry.reason === 'merged' ? 'record.bin.unmergeNamed' : 'record.bin.restoreNamed', {
          title: entry.title,
        })}
        onClick={() => restore.mutate()}
      >
        {t(entry.reason === 'merged' ? 'record.merge.undo' : 'record.bin.restore')}
      </Button>
      {restore.error && <Notice tone="problem">{restore.error.message}</Notice>}
    </div>
  )
}
