/** Columns of the list of clients. */
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { RecordListItem } from '../../src/kinds/records/contract.ts'
import { countryName, useFieldValue } from '../imports/field-value.ts'
import { useKind } from '../imports/kinds.ts'
import { Tag } from '../ui/badge.tsx'
import type { Column } from '../ui/data-table.tsx'
import { useFormat } from '../ui/format.ts'

export const usualColumns = ['email', 'phone', 'city', 'country', 'state', 'import', 'updated']

export function useClientColumns(): readonly Column<RecordListItem>[] {
  const { t, i18n } = useTranslation()
  const format = useFormat()
  const show = useFieldValue(useKind('clients'))
  return [
    {
      id: 'name',
      header: t('client.column.name'),
      sort: 'name',
      narrow: 'lead',
      cell: (client) => (
        <Link to="/clients/$id" params={{ id: client.id }} data-row-link>
          {client.title}
        </Link>
      ),
    },
    {
      id: 'email',
      header: t('client.column.email'),
      narrow: 'keep',
      cell: (client) => client.values['email'],
    },
    {
      id: 'phone',
      header: t('client.column.phone'),
      cell: (client) => <span className="num">{client.values['phone']}</span>,
    },
    {
      id: 'city',
      header: t('client.column.city'),
      sort: 'billingCity',
      narrow: 'keep',
      cell: (client) => client.values['billingCity'],
    },
    {
      id: 'country',
      header: t('client.column.country'),
      cell: ({ values }) => values['billingCountry'] && countryName(values['billingCountry'], i18n.language),
    },
    {
      id: 'state',
      header: t('client.column.state'),
      cell: (client) => show('state', client.values['state'] ?? null),
    },
    {
      id: 'rating',
      header: t('client.column.rating'),
      cell: (client) => show('rating', client.values['rating'] ?? null),
    },
    {
      id: 'regNumber',
      header: t('client.column.regNumber'),
      mono: true,
      cell: (client) => client.values['regNumber'],
    },
    {
      id: 'externalId',
      header: t('client.column.externalId'),
      mono: true,
      cell: (client) => client.values['externalId'],
    },
    { id: 'flag', header: t('client.column.flag'), cell: (client) => client.values['flag'] },
    {
      id: 'tags',
      header: t('client.column.tags'),
      cell: (client) => (
        <span style={{ display: 'inline-flex', gap: 4 }}>
          {(client.values['tags']?.split(', ') ?? []).map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </span>
      ),
    },
    { id: 'import', header: t('client.column.import'), cell: (client) => client.importLabel },
    {
      id: 'updated',
      header: t('client.column.updated'),
      sort: 'updated',
      numeric: true,
      cell: (client) => (
        <time dateTime={client.updatedAt} title={format.moment(client.updatedAt)}>
          {format.ago(client.updatedAt)}
        </time>
      ),
    },
  ]
}
