/** All records of a kind: searched, filtered, sorted, with columns of one's choice, changed many at once, exported. */
import { useNavigate, useParams } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecordListItem } from '../../src/kinds/records/contract.ts'
import { useKind } from '../imports/kinds.ts'
import { useMay } from '../session.ts'
import { NothingHere } from '../shell/odd-pages.tsx'
import { DataTable, type RowChoice } from '../ui/data-table.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { useFormat } from '../ui/format.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { MoreRows } from '../ui/more-rows.tsx'
import { Problem } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import { BulkBar } from './bulk-bar.tsx'
import type { Choice, Done } from './bulk-choice.ts'
import { ColumnOrder } from './column-order.tsx'
import { BinNotice, ChangeNotice, useRefresh } from './done-notice.tsx'
import { ListActions } from './list-actions.tsx'
import { isFiltered } from './list-address.ts'
import { NoRecords } from './no-records.tsx'
import { useRecordColumns } from './record-columns.tsx'
import { RecordFilters } from './record-filters.tsx'
import { isPlace, type Place, recordKind } from './record-kinds.ts'
import css from './records.module.css'
import { SavedViews } from './saved-views.tsx'
import { useListState, useRecords } from './use-list.ts'

export function RecordsPage(): ReactElement {
  const { place } = useParams({ from: '/shell/$place' })
  if (!isPlace(place)) return <NothingHere />
  // Another kind is another list: nothing chosen or typed stays.
  return <Records key={place} place={place} />
}

function Records(props: { place: Place }): ReactElement {
  const format = useFormat()
  const of = recordKind(props.place)
  const kind = useKind(of.place)
  const state = useListState(of)
  const columns = useRecordColumns(of, kind)
  const { list, records, total } = useRecords(state, kind.kind !== undefined)
  const selection = useSelection(state.search, records)
  const [done, setDone] = useState<Done | null>(null)
  const refresh = useRefresh()
  const mayWrite = useMay(of.may.write)
  const isEmpty = list.isSuccess && !list.isPlaceholderData && records.length === 0
  const known = new Map(columns.map((column) => [column.id, column]))
  const titled = state.columns.includes(of.title) ? state.columns : [of.title, ...state.columns]
  const shown = titled.flatMap((id) => known.get(id) ?? [])
  const label = kind.kind ? kind.label(kind.kind.labels) : ''
  const finish = async (what: Done) => {
    setDone(what)
    selection.clear()
    await refresh()
  }
  const said = <Said done={done} bin={state.search.bin} />
  if (isEmpty && !isFiltered(state.search))
    return (
      <Page title={label}>
        {said}
        <NoRecords of={of} />
      </Page>
    )
  return (
    <Page
      title={label}
      beside={total === undefined ? null : <span className="quiet num">{format.number(total)}</span>}
      actions={<ListActions state={state} shown={shown.map((column) => column.id)} />}
    >
      {said}
      <SavedViews state={state} />
      <RecordFilters
        state={state}
        kind={kind}
        actions={
          <ColumnOrder columns={columns} chosen={titled} usual={of.columns} onChange={state.setColumns} />
        }
      />
      {selection.choice && total !== undefined && (
        <BulkBar
          state={state}
          kind={kind}
          choice={selection.choice}
          shown={records.length}
          total={total}
          onChoose={selection.choose}
          onDone={(what) => void finish(what)}
        />
      )}
      <Problem error={list.error} onRetry={() => void list.refetch()} />
      {isEmpty ? (
        <NoneMatches place={of.place} />
      ) : (
        !list.error && (
          <DataTable
            caption={label}
            columns={shown}
            rows={records}
            rowKey={(record) => record.id}
            loading={list.isPending}
            skeletonRows={18}
            sort={state.sort}
            onSort={state.sortBy}
            {...(mayWrite ? { choice: selection.rows } : {})}
          />
        )
      )}
      <MoreRows
        shown={records.length}
        total={total}
        hasMore={list.hasNextPage}
        loading={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
    </Page>
  )
}

/** What is chosen lives only as long as the list shows the same: another filter chooses nothing. */
function useSelection(search: object, records: readonly RecordListItem[]) {
  const { t } = useTranslation()
  const of = JSON.stringify(search)
  const [state, setState] = useState<{ of: string; choice: Choice }>({ of, choice: { ids: new Set() } })
  const choice: Choice = state.of === of ? state.choice : { ids: new Set() }
  const choose = (next: Choice) => setState({ of, choice: next })
  const isChosen = (id: string) => choice === 'all' || choice.ids.has(id)
  const chosen = records.filter((record) => isChosen(record.id)).length
  const toggle = (id: string) => {
    const ids = new Set(choice === 'all' ? records.map((record) => record.id) : choice.ids)
    if (!ids.delete(id)) ids.add(id)
    choose({ ids })
  }
  const toggleAll = () =>
    choose({ ids: chosen === records.length ? new Set() : new Set(records.map((record) => record.id)) })
  return {
    choice: choice === 'all' || choice.ids.size > 0 ? choice : null,
    choose,
    clear: () => choose({ ids: new Set() }),
    rows: {
      isChosen: (record: RecordListItem) => isChosen(record.id),
      onToggle: (record: RecordListItem) => toggle(record.id),
      nameOf: (record: RecordListItem) => t('record.bulk.choose', { title: record.title }),
      allName: t('record.bulk.chooseShown'),
      all: chosen === 0 ? 'none' : chosen === records.length ? 'all' : 'some',
      onToggleAll: toggleAll,
    } satisfies RowChoice<RecordListItem>,
  }
}

function Said(props: { done: Done | null; bin: string | undefined }): ReactElement | null {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { done, bin } = props
  if (done?.deed === 'changed')
    return (
      <div className={css.said}>
        <ChangeNotice key={done.event} event={done.event}>
          {t('record.done.changed', { count: done.changed })}
          {done.unchanged > 0 && ` ${t('record.done.unchanged', { count: done.unchanged })}`}
        </ChangeNotice>
      </div>
    )
  const entry = done?.bin ?? bin
  if (!entry) return null
  return (
    <div className={css.said}>
      <BinNotice
        key={entry}
        bin={entry}
        undo={t('record.done.restore')}
        onRestored={({ kind, id }) =>
          done === null && isPlace(kind) && void navigate({ to: '/$place/$id', params: { place: kind, id } })
        }
      >
        {done
          ? `${t('record.done.deleted', { count: done.deleted })}${done.detached > 0 ? ` ${t('record.done.detached', { count: done.detached })}` : ''}`
          : t('record.done.inBin')}
      </BinNotice>
    </div>
  )
}

function NoneMatches(props: { place: Place }): ReactElement {
  const { t } = useTranslation()
  return (
    <EmptyState
      icon="search"
      title={t('record.noneMatch')}
      action={
        <LinkButton to="/$place" params={{ place: props.place }} search={{}} variant="default">
          {t('record.filter.clear')}
        </LinkButton>
      }
    >
      {t('record.noneMatchWhy')}
    </EmptyState>
  )
}
