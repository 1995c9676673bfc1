/** Columns of the list of clients. */
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ClientListItem } from '../../src/clients/contract.ts'
import { countryName, useFieldValue } from '../imports/field-value.ts'
import { useKind } from '../imports/kinds.ts'
import { Tag } from '../ui/badge.tsx'
import type { Column } from '../ui/data-table.tsx'
import { useFormat } from '../ui/format.ts'

export const usualColumns = ['email', 'phone', 'city', 'country', 'state', 'import', 'updated']

export function useClientColumns(): readonly Column<ClientListItem>[] {
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
          {client.name}
        </Link>
      ),
    },
    { id: 'email', header: t('client.column.email'), narrow: 'keep', cell: (client) => client.email },
    {
      id: 'phone',
      header: t('client.column.phone'),
      cell: (client) => <span className="num">{client.phone}</span>,
    },
    {
      id: 'city',
      header: t('client.column.city'),
      sort: 'city',
      narrow: 'keep',
      cell: (client) => client.city,
    },
    {
      id: 'country',
      header: t('client.column.country'),
      cell: (client) => client.country && countryName(client.country, i18n.language),
    },
    { id: 'state', header: t('client.column.state'), cell: (client) => show('state', client.state) },
    { id: 'rating', header: t('client.column.rating'), cell: (client) => show('rating', client.rating) },
    { id: 'regNumber', header: t('client.column.regNumber'), mono: true, cell: (client) => client.regNumber },
    {
      id: 'externalId',
      header: t('client.column.externalId'),
      mono: true,
      cell: (client) => client.externalId,
    },
    { id: 'flag', header: t('client.column.flag'), cell: (client) => client.flag },
    {
      id: 'tags',
      header: t('client.column.tags'),
      cell: (client) => (
        <span style={{ display: 'inline-flex', gap: 4 }}>
          {client.tags.map((tag) => (
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
