/** One search from everywhere: `/` goes there, arrows choose, Enter opens. Records of every kind, and imports. */
import { Combobox, useCombobox } from '@mantine/core'
import { useDebouncedValue, useHotkeys } from '@mantine/hooks'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listImports } from '../../src/imports/contract.ts'
import { lookUpRecords } from '../../src/kinds/records/contract.ts'
import { call } from '../api.ts'
import { useMay } from '../session.ts'
import { Icon } from '../ui/icons.tsx'
import css from './search-box.module.css'

type Found = { readonly key: string; readonly title: string; readonly about: string }
type FoundIn = {
  readonly place: 'clients' | 'contacts' | 'leads' | 'products' | 'imports'
  readonly found: readonly Found[]
}

export function SearchBox(): ReactElement {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 150)
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const { groups, isFetching } = useFound(search)
  const count = groups.reduce((sum, { found }) => sum + found.length, 0)
  useHotkeys([['/', () => input.current?.focus()]])
  const open = (key: string) => {
    combobox.closeDropdown()
    setTyped('')
    input.current?.blur()
    const [place = '', id = ''] = key.split(':')
    if (place === 'imports') void navigate({ to: '/imports/$id', params: { id } })
    else void navigate({ to: '/$place/$id', params: { place, id } })
  }
  const hasNone = search !== '' && !isFetching && count === 0
  return (
    <search className={css.search}>
      <Combobox store={combobox} onOptionSubmit={open} width={360} position="bottom-start" shadow="md">
        <Combobox.DropdownTarget>
          <div className={css.box}>
            <Icon name="search" size={14} />
            <Combobox.EventsTarget>
              <input
                ref={input}
                className={css.input}
                type="search"
                aria-label={t('shell.searchLabel')}
                placeholder={t('shell.search')}
                value={typed}
                onChange={(event) => {
                  setTyped(event.currentTarget.value)
                  combobox.openDropdown()
                  combobox.resetSelectedOption()
                }}
                onFocus={() => typed && combobox.openDropdown()}
                onBlur={() => combobox.closeDropdown()}
                onKeyDown={(event) => event.key === 'Escape' && input.current?.blur()}
              />
            </Combobox.EventsTarget>
            <kbd className={css.key} aria-hidden="true">
              /
            </kbd>
          </div>
        </Combobox.DropdownTarget>
        <Combobox.Dropdown hidden={search === '' || (isFetching && count === 0)}>
          <Combobox.Options aria-label={t('shell.searchResults')}>
            {groups.map(({ place, found }) => (
              <FoundGroup key={place} label={t(`shell.${place}`)} found={found} />
            ))}
            {hasNone && <Combobox.Empty>{t('shell.nothingFound', { search })}</Combobox.Empty>}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
    </search>
  )
}

function FoundGroup(props: { label: string; found: readonly Found[] }): ReactElement | null {
  if (props.found.length === 0) return null
  return (
    <Combobox.Group label={props.label}>
      {props.found.map((one) => (
        <Combobox.Option key={one.key} value={one.key} className={css.option}>
          <span className={css.title}>{one.title}</span>
          <span className={css.about}>{one.about}</span>
        </Combobox.Option>
      ))}
    </Combobox.Group>
  )
}

/** What is found of each kind, in the order of the rail. */
function useFound(search: string): { groups: readonly FoundIn[]; isFetching: boolean } {
  const seesClients = useMay('clients.read')
  const seesLeads = useMay('leads.read')
  const seesProducts = useMay('products.read')
  const seesImports = useMay('imports.read')
  const kinds = [
    ...(seesClients ? (['clients', 'contacts'] as const) : []),
    ...(seesLeads ? (['leads'] as const) : []),
    ...(seesProducts ? (['products'] as const) : []),
  ]
  const records = useQueries({
    queries: kinds.map((kind) => ({
      queryKey: ['search', kind, search],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        call(lookUpRecords, { params: { kind }, query: { search, limit: 5 } }, signal),
      enabled: search !== '',
    })),
  })
  const imports = useQuery({
    queryKey: ['search', 'imports', search],
    queryFn: ({ signal }) => call(listImports, { query: { search, limit: 4 } }, signal),
    enabled: search !== '' && seesImports,
  })
  const ofKinds = kinds.map((kind, at) => ({
    place: kind,
    found: (records[at]?.data?.records ?? []).map((one) => ({
      key: `${kind}:${one.id}`,
      title: one.title,
      about: one.about ?? '',
    })),
  }))
  const ofImports = (imports.data?.imports ?? []).map((run) => ({
    key: `imports:${run.id}`,
    title: run.label,
    about: run.fileName,
  }))
  return {
    groups: [...ofKinds, { place: 'imports' as const, found: ofImports }],
    isFetching: imports.isFetching || records.some((query) => query.isFetching),
  }
}
