/** Columns of the list of imports. */

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { ImportListItem } from '../../src/imports/contract.ts'
import { CountBar } from '../ui/count-bar.tsx'
import type { Column } from '../ui/data-table.tsx'
import { useFormat } from '../ui/format.ts'
import { ImportStatusBadge, useCountParts } from './import-status.tsx'
import { kindsQuery, useLabel } from './kinds.ts'

type Item = z.infer<typeof ImportListItem>

export function useImportColumns(): readonly Column<Item>[] {
  const { t } = useTranslation()
  const format = useFormat()
  const label = useLabel()
  const partsOf = useCountParts()
  const { data } = useQuery(kindsQuery)
  const kindLabel = (name: string) => {
    const kind = data?.kinds.find((one) => one.name === name)
    return kind ? label(kind.labels) : name
  }
  return [
    {
      id: 'label',
      header: t('import.column.label'),
      narrow: 'lead',
      cell: (run) => (
        <Link to="/imports/$id" params={{ id: run.id }} data-row-link>
          {run.label}
        </Link>
      ),
    },
    {
      id: 'status',
      header: t('import.column.status'),
      narrow: 'keep',
      cell: (run) => <ImportStatusBadge status={run.status} />,
    },
    { id: 'file', header: t('import.column.file'), narrow: 'keep', cell: (run) => run.fileName },
    { id: 'kind', header: t('import.column.kind'), cell: (run) => kindLabel(run.kind) },
    {
      id: 'counts',
      header: t('import.column.counts'),
      narrow: 'keep',
      cell: (run) =>
        run.counts ? (
          <CountBar parts={partsOf(run.counts)} total={format.number(run.counts.rows)} />
        ) : (
          <span className="quiet">–</span>
        ),
    },
    { id: 'who', header: t('import.column.who'), cell: (run) => run.createdBy.name },
    {
      id: 'when',
      header: t('import.column.when'),
      numeric: true,
      narrow: 'keep',
      cell: (run) => (
        <time dateTime={run.createdAt} title={format.moment(run.createdAt)}>
          {format.ago(run.createdAt)}
        </time>
      ),
    },
  ]
}
