/** All imports, newest first; the whole page takes a file. */
import { NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ImportStatus, importStatuses, listImports } from '../../src/imports/contract.ts'
import { call } from '../api.ts'
import { useMay } from '../session.ts'
import { DataTable } from '../ui/data-table.tsx'
import { ChooseFile, DropZone, PageDrop } from '../ui/drop-zone.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { FilterBar } from '../ui/filter-bar.tsx'
import { MoreRows } from '../ui/more-rows.tsx'
import { Problem } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import { useImportColumns } from './import-columns.tsx'
import { acceptedFiles, useNewImport } from './new-import.tsx'

export function ImportsPage(): ReactElement {
  const { t } = useTranslation()
  const search = useSearch({ from: '/shell/imports' })
  const mayCreate = useMay('imports.create')
  const fresh = useNewImport()
  const columns = useImportColumns()
  const list = useInfiniteQuery({
    queryKey: ['imports', search],
    queryFn: ({ pageParam, signal }) =>
      call(listImports, { query: { ...search, ...(pageParam ? { cursor: pageParam } : {}) } }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
    refetchInterval: (query) =>
      query.state.data?.pages[0]?.imports.some((run) => isMoving(run.status)) ? 4000 : false,
  })
  const rows = list.data?.pages.flatMap((page) => page.imports) ?? []
  const isFiltered = Object.keys(search).length > 0
  const isEmpty = list.isSuccess && rows.length === 0
  const choose = (
    <ChooseFile
      label={isEmpty && !isFiltered ? t('import.chooseFile') : t('import.newImport')}
      icon={!(isEmpty && !isFiltered)}
      accept={acceptedFiles}
      onFiles={fresh.begin}
      disabled={!fresh.isIdle}
    />
  )
  return (
    <Page
      title={t('import.imports')}
      about={t('import.about')}
      actions={mayCreate && list.isSuccess && !(isEmpty && !isFiltered) ? choose : null}
    >
      {mayCreate && <PageDrop label={t('import.dropHere')} onFiles={fresh.begin} />}
      {fresh.panel}
      {isEmpty && !isFiltered ? (
        <NoImports action={mayCreate ? choose : null} />
      ) : (
        <>
          <ImportFilters />
          <Problem error={list.error} onRetry={() => void list.refetch()} />
          {isEmpty ? (
            <EmptyState icon="search" title={t('import.noneMatch')}>
              {t('import.noneMatchWhy')}
            </EmptyState>
          ) : (
            <DataTable
              caption={t('import.imports')}
              columns={columns}
              rows={rows}
              rowKey={(run) => run.id}
              loading={list.isPending}
            />
          )}
          <MoreRows
            shown={rows.length}
            hasMore={list.hasNextPage}
            loading={list.isFetchingNextPage}
            onMore={() => void list.fetchNextPage()}
          />
        </>
      )}
    </Page>
  )
}

function isMoving(status: ImportStatus): boolean {
  return status === 'checking' || status === 'in_progress'
}

function NoImports(props: { action: ReactElement | null }): ReactElement {
  const { t } = useTranslation()
  return (
    <DropZone title={t('import.empty.title')} action={props.action}>
      {t('import.empty.why')}
    </DropZone>
  )
}

function ImportFilters(): ReactElement {
  const { t } = useTranslation()
  const search = useSearch({ from: '/shell/imports' })
  const navigate = useNavigate({ from: '/imports' })
  const [typed, setTyped] = useState(search.search ?? '')
  const find = useDebouncedCallback((text: string) => {
    void navigate({ search: (now) => without({ ...now, search: text }), replace: true })
  }, 250)
  return (
    <FilterBar>
      <TextInput
        type="search"
        aria-label={t('import.filter.search')}
        placeholder={t('import.filter.search')}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          find(event.currentTarget.value)
        }}
      />
      <NativeSelect
        aria-label={t('import.filter.status')}
        value={search.status ?? ''}
        onChange={(event) => {
          const status = event.currentTarget.value as ImportStatus | ''
          void navigate({ search: (now) => without({ ...now, status: status || undefined }), replace: true })
        }}
        data={[
          { value: '', label: t('import.filter.anyStatus') },
          ...importStatuses.map((status) => ({ value: status, label: t(`import.status.${status}`) })),
        ]}
      />
    </FilterBar>
  )
}

/** Empty filters leave the address. */
function without<T extends Record<string, unknown>>(search: T): { [K in keyof T]: NonNullable<T[K]> } {
  const kept = Object.entries(search).filter(([, value]) => value !== undefined && value !== '')
  return Object.fromEntries(kept) as { [K in keyof T]: NonNullable<T[K]> }
}
