/** All clients: searched, filtered, sorted, exported; columns to choose. */
import { Button, Menu } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { listClients } from '../../src/clients/contract.ts'
import { exportKind } from '../../src/exports/contract.ts'
import { addressOf, call } from '../api.ts'
import { currentLanguage } from '../language.ts'
import { useMay } from '../session.ts'
import { ColumnChoiceButton, useColumnChoice } from '../ui/column-choice.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { useFormat } from '../ui/format.ts'
import { Icon } from '../ui/icons.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { MoreRows } from '../ui/more-rows.tsx'
import { Problem } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import { useClientColumns, usualColumns } from './client-columns.tsx'
import { ClientFilters } from './client-filters.tsx'
import { listFilter } from './list-filter.ts'

const sorts = ['newest', 'name', 'billingCity', 'updated'] as const
type Sort = (typeof sorts)[number]

export function ClientsPage(): ReactElement {
  const { t } = useTranslation()
  const search = useSearch({ from: '/shell/clients' })
  const navigate = useNavigate({ from: '/clients' })
  const format = useFormat()
  const all = useClientColumns()
  const choice = useColumnChoice('clients', usualColumns)
  const sort = sorts.find((one) => one === search.sort) ?? 'newest'
  const { list, clients, total } = useClients(sort)
  const { sort: _, ...filters } = search
  const isFiltered = Object.keys(filters).length > 0
  const isEmpty = list.isSuccess && clients.length === 0
  const sortBy = (chosen: string) =>
    void navigate({
      search: (now) => ({ ...now, sort: chosen === sort ? 'newest' : (chosen as Sort) }),
      replace: true,
    })
  return (
    <Page
      title={t('client.clients')}
      beside={total === undefined ? null : <span className="quiet num">{format.number(total)}</span>}
      actions={<Actions filters={filters} hasClients={!isEmpty} />}
    >
      {isEmpty && !isFiltered ? (
        <NoClients />
      ) : (
        <>
          <ClientFilters
            actions={<ColumnChoiceButton choice={choice} columns={all.filter((one) => one.id !== 'name')} />}
          />
          <Problem error={list.error} onRetry={() => void list.refetch()} />
          {isEmpty ? (
            <EmptyState
              icon="search"
              title={t('client.noneMatch')}
              action={
                <LinkButton to="/clients" variant="default">
                  {t('client.clearFilters')}
                </LinkButton>
              }
            >
              {t('client.noneMatchWhy')}
            </EmptyState>
          ) : (
            !list.error && (
              <DataTable
                caption={t('client.clients')}
                columns={all.filter((column) => column.id === 'name' || choice.shown(column.id))}
                rows={clients}
                rowKey={(client) => client.id}
                loading={list.isPending}
                skeletonRows={18}
                sort={sort}
                onSort={sortBy}
              />
            )
          )}
          <MoreRows
            shown={clients.length}
            total={total}
            hasMore={list.hasNextPage}
            loading={list.isFetchingNextPage}
            onMore={() => void list.fetchNextPage()}
          />
        </>
      )}
    </Page>
  )
}

function useClients(sort: Sort) {
  const search = useSearch({ from: '/shell/clients' })
  const list = useInfiniteQuery({
    queryKey: ['clients', { ...search, sort }],
    queryFn: ({ pageParam, signal }) =>
      call(
        listClients,
        { query: { ...listFilter(search), sort, ...(pageParam ? { cursor: pageParam } : {}) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
  })
  return {
    list,
    clients: list.data?.pages.flatMap((page) => page.records) ?? [],
    total: list.data?.pages[0]?.total,
  }
}

function Actions(props: { filters: Record<string, string>; hasClients: boolean }): ReactElement {
  const { t } = useTranslation()
  const mayExport = useMay('clients.export')
  const mayWrite = useMay('clients.write')
  const query = { language: currentLanguage(), ...listFilter(props.filters) }
  return (
    <>
      {mayExport && props.hasClients && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" leftSection={<Icon name="download" size={14} />}>
              {t('client.export')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {(['csv', 'xlsx'] as const).map((format) => (
              <Menu.Item
                key={format}
                component="a"
                download
                href={addressOf(exportKind, { params: { kind: 'clients', format }, query })}
              >
                {t('client.exportAs', { format: format.toUpperCase() })}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {mayWrite && props.hasClients && (
        <LinkButton to="/clients/new" variant="default" leftSection={<Icon name="plus" size={14} />}>
          {t('client.add')}
        </LinkButton>
      )}
    </>
  )
}

function NoClients(): ReactElement {
  const { t } = useTranslation()
  const mayCreate = useMay('imports.create')
  return (
    <EmptyState
      icon="clients"
      title={t('client.empty')}
      action={mayCreate && <LinkButton to="/imports">{t('client.importThem')}</LinkButton>}
    >
      {t('client.emptyWhy')} <Link to="/clients/new">{t('client.addOne')}</Link>
    </EmptyState>
  )
}
