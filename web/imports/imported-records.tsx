/** Records that the import made or changed, each a way to the record itself. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportView } from '../../src/imports/contract.ts'
import { listImportRecords } from '../../src/imports/load/contract.ts'
import type { OperationAnswer } from '../../src/platform/contract.ts'
import { call } from '../api.ts'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { useFormat } from '../ui/format.ts'
import { MoreRows } from '../ui/more-rows.tsx'
import { Problem } from '../ui/notice.tsx'
import { sourceName } from './cell-place.ts'
import { useFieldValue } from './field-value.ts'
import { useKind } from './kinds.ts'
import { recordPage } from './record-address.ts'

type ImportedRecord = OperationAnswer<typeof listImportRecords>['records'][number]

export function ImportedRecords(props: {
  run: ImportView
  kind: string
  change: 'created' | 'updated'
  total: number | undefined
}): ReactElement {
  const { t } = useTranslation()
  const { run, kind, change } = props
  const columns = useRecordColumns(run, kind, change)
  const list = useInfiniteQuery({
    queryKey: ['import', run.id, 'records', kind, change],
    queryFn: ({ pageParam, signal }) =>
      call(
        listImportRecords,
        { params: { id: run.id }, query: { kind, change, ...(pageParam ? { cursor: pageParam } : {}) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  })
  const records = list.data?.pages.flatMap((page) => page.records) ?? []
  return (
    <>
      <Problem error={list.error} onRetry={() => void list.refetch()} />
      <DataTable
        caption={t(`import.result.view.${change}`)}
        columns={columns}
        rows={records}
        rowKey={(record) => `${record.kind}-${record.id}`}
        loading={list.isPending}
      />
      <MoreRows
        shown={records.length}
        total={props.total}
        hasMore={list.hasNextPage}
        loading={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
    </>
  )
}

function useRecordColumns(
  run: ImportView,
  kindName: string,
  change: 'created' | 'updated',
): readonly Column<ImportedRecord>[] {
  const { t } = useTranslation()
  const format = useFormat()
  const kind = useKind(kindName)
  const show = useFieldValue(kind)
  const row: Column<ImportedRecord> = {
    id: 'row',
    header: t('import.row'),
    numeric: true,
    narrow: 'keep',
    width: '64px',
    cell: (record) => format.number(record.row),
  }
  const changes: Column<ImportedRecord> = {
    id: 'changes',
    header: t('import.plan.changes'),
    narrow: 'keep',
    cell: (record) =>
      record.fields
        .slice(0, 3)
        .map(
          (field) =>
            `${kind.fieldLabel(field.field)}: ${show(field.field, field.before) || '∅'} → ${show(field.field, field.after) || '∅'}`,
        )
        .join(' · '),
  }
  const file: Column<ImportedRecord> = {
    id: 'file',
    header: t('import.column.file'),
    cell: (record) => {
      const source = run.sources.find((one) => one.source === record.source)
      return source ? sourceName(source) : '–'
    },
  }
  return [
    ...(run.sources.length > 1 ? [file] : []),
    row,
    {
      id: 'title',
      header: t('import.result.record'),
      narrow: 'lead',
      cell: (record) => {
        const page = run.status === 'undone' ? null : recordPage(record.kind, record.id)
        if (!page) return record.title
        return (
          <Link {...page} data-row-link>
            {record.title}
          </Link>
        )
      },
    },
    ...(change === 'updated' ? [changes] : []),
  ]
}
