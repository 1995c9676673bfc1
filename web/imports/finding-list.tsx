/** The cells of one cause: where each stands, what it holds, and what to do. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { listFindings } from '../../src/imports/check/contract.ts'
import type { FindingView, ImportView } from '../../src/imports/contract.ts'
import { call } from '../api.ts'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { useFormat } from '../ui/format.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { MoreRows } from '../ui/more-rows.tsx'
import { Problem } from '../ui/notice.tsx'
import { cellOf } from './cell-place.ts'
import css from './check-step.module.css'
import { isGroup } from './finding-group.ts'
import { toStep } from './import-address.ts'
import { useFieldLabels } from './kinds.ts'

export function FindingList(props: { run: ImportView }): ReactElement {
  const { t } = useTranslation()
  const chosen = useSearch({ from: '/shell/imports/$id/$step' })
  const { code, field, source } = chosen
  const group = props.run.findingGroups.find((one) => isGroup(one, chosen))
  return (
    <>
      <div className={css.tools}>
        <h2 className={css.tabs}>{group?.title}</h2>
        <LinkButton {...toStep(props.run.id, 'check')} variant="default" size="xs">
          {t('import.check.allRows')}
        </LinkButton>
      </div>
      <Findings
        run={props.run}
        filter={{
          ...(code ? { code } : {}),
          ...(field ? { field } : {}),
          ...(source ? { source: Number(source) } : {}),
        }}
        total={group?.count}
      />
    </>
  )
}

export function Findings(props: {
  run: ImportView
  filter: { source?: number; code?: string; field?: string; severity?: 'error' | 'warning' | 'info' }
  total?: number | undefined
}): ReactElement {
  const { t } = useTranslation()
  const { run, filter } = props
  const columns = useFindingColumns(run)
  const list = useInfiniteQuery({
    queryKey: ['import', run.id, 'findings', filter],
    queryFn: ({ pageParam, signal }) =>
      call(
        listFindings,
        { params: { id: run.id }, query: { ...filter, ...(pageParam ? { cursor: pageParam } : {}) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  })
  const findings = list.data?.pages.flatMap((page) => page.findings) ?? []
  return (
    <>
      <Problem error={list.error} onRetry={() => void list.refetch()} />
      <DataTable
        caption={t('import.check.findings')}
        columns={columns}
        rows={findings}
        rowKey={(one) => `${one.source}-${one.row}-${one.column}-${one.field}-${one.code}`}
        loading={list.isPending}
        plain
      />
      <MoreRows
        shown={findings.length}
        total={props.total}
        hasMore={list.hasNextPage}
        loading={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
    </>
  )
}

/** In a workbook by sheet and cell, in a text file by line; each opens its row in the grid. */
function useFindingColumns(run: ImportView): readonly Column<FindingView>[] {
  const { t } = useTranslation()
  const format = useFormat()
  const fieldLabel = useFieldLabels(run)
  const sourceOf = (one: FindingView) => run.sources.find((source) => source.source === one.source)
  const isClosed = run.loadedAt !== null || run.status === 'cancelled'
  const hasCells = run.sources.some((source) => source.reading.sheet !== null)
  const rowOf = (one: FindingView) => toRow(run, one.source, one.row)
  const place: Column<FindingView> = {
    id: 'place',
    header: hasCells ? t('import.check.cell') : t('import.check.line'),
    numeric: !hasCells,
    mono: hasCells,
    width: '72px',
    narrow: 'keep',
    cell: (one) => {
      const text = cellOf(sourceOf(one), one) ?? (one.line === 0 ? '–' : format.number(one.line))
      return one.row === 0 || isClosed ? text : <Link {...rowOf(one)}>{text}</Link>
    },
  }
  const sheet: Column<FindingView> = {
    id: 'sheet',
    header: t('import.check.sheet'),
    narrow: 'keep',
    cell: (one) => {
      const source = sourceOf(one)
      if (!source) return '–'
      return run.sources.length > 1 && !hasCells
        ? source.fileName
        : (source.reading.sheet?.name ?? source.fileName)
    },
  }
  return [
    ...(run.sources.length > 1 || hasCells ? [sheet] : []),
    {
      id: 'row',
      header: t('import.row'),
      numeric: true,
      width: '64px',
      narrow: 'keep',
      cell: (one) =>
        one.row === 0 ? (
          '–'
        ) : isClosed ? (
          format.number(one.row)
        ) : (
          <Link {...rowOf(one)} aria-label={t('import.check.openRow', { row: one.row })}>
            {format.number(one.row)}
          </Link>
        ),
    },
    place,
    {
      id: 'column',
      header: t('import.check.column'),
      narrow: 'keep',
      cell: (one) => one.columnName ?? (one.field === null ? '–' : fieldLabel(one.field)),
    },
    {
      id: 'value',
      header: t('import.check.value'),
      mono: true,
      narrow: 'keep',
      cell: (one) => one.value || <span className="quiet">∅</span>,
    },
    {
      id: 'sentence',
      header: t('import.check.reason'),
      narrow: 'lead',
      wide: true,
      cell: (one) => one.sentence,
    },
  ]
}

/** The row in the grid of its source. */
function toRow(run: ImportView, source: number, row: number) {
  const only = run.sources.length === 1
  return toStep(run.id, 'check', {
    view: 'rows',
    ...(only ? {} : { source: String(source) }),
    from: String(Math.max(1, row)),
  })
}
