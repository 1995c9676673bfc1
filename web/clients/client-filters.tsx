/** Filters of the list of clients; they are in the address, so a filtered list can be sent to somebody. */
import { NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type ReactElement, type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listImports } from '../../src/imports/contract.ts'
import { call } from '../api.ts'
import { countryName } from '../imports/field-value.ts'
import { useKind } from '../imports/kinds.ts'
import { useMay } from '../session.ts'
import { FilterBar } from '../ui/filter-bar.tsx'

/** Where our customers' clients are; any other country can be found through the search. */
const countries = ['CZ', 'SK', 'DE', 'AT', 'PL', 'HU', 'CH', 'FR', 'IT', 'NL', 'BE', 'GB', 'US'] as const

type Filter = 'search' | 'importId' | 'state' | 'country'

export function ClientFilters(props: { actions: ReactNode }): ReactElement {
  const { t, i18n } = useTranslation()
  const search = useSearch({ from: '/shell/clients' })
  const navigate = useNavigate({ from: '/clients' })
  const kind = useKind('clients')
  const [typed, setTyped] = useState(search.search ?? '')
  const set = (name: Filter, value: string) =>
    void navigate({
      search: (now) => ({ ...now, [name]: value === '' ? undefined : value }),
      replace: true,
    })
  const find = useDebouncedCallback((text: string) => set('search', text.trim()), 250)
  const labels = useImportLabels()
  const countryOptions = useMemo(
    () =>
      [...new Set([...countries, ...(search.country ? [search.country] : [])])]
        .map((code) => ({ value: code, label: countryName(code, i18n.language) }))
        .sort((a, b) => a.label.localeCompare(b.label, i18n.language)),
    [search.country, i18n.language],
  )
  const states = kind.field('state')?.options ?? []
  return (
    <FilterBar actions={props.actions}>
      <TextInput
        type="search"
        w={{ base: '100%', sm: 260 }}
        aria-label={t('client.filter.search')}
        placeholder={t('client.filter.search')}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          find(event.currentTarget.value)
        }}
      />
      <NativeSelect
        aria-label={t('client.column.import')}
        value={search.importId ?? ''}
        onChange={(event) => set('importId', event.currentTarget.value)}
        data={[{ value: '', label: t('client.filter.anyImport') }, ...labels]}
      />
      <NativeSelect
        aria-label={t('client.column.state')}
        value={search.state ?? ''}
        onChange={(event) => set('state', event.currentTarget.value)}
        data={[
          { value: '', label: t('client.filter.anyState') },
          ...states.map((option) => ({ value: option.value, label: kind.label(option.labels) })),
        ]}
      />
      <NativeSelect
        aria-label={t('client.column.country')}
        value={search.country ?? ''}
        onChange={(event) => set('country', event.currentTarget.value)}
        data={[{ value: '', label: t('client.filter.anyCountry') }, ...countryOptions]}
      />
    </FilterBar>
  )
}

function useImportLabels(): { value: string; label: string }[] {
  const seesImports = useMay('imports.read')
  const { data } = useQuery({
    queryKey: ['imports', 'labels'],
    queryFn: ({ signal }) => call(listImports, { query: { kind: 'clients', limit: 200 } }, signal),
    enabled: seesImports,
    staleTime: 30_000,
  })
  return (data?.imports ?? [])
    .filter((run) => run.status === 'completed' || run.status === 'partly_undone')
    .map((run) => ({ value: run.id, label: run.label }))
}
