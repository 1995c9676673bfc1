/** One search from everywhere: `/` goes there, arrows choose, Enter opens. Clients and imports so far. */
import { Combobox, useCombobox } from '@mantine/core'
import { useDebouncedValue, useHotkeys } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listClients } from '../../src/clients/contract.ts'
import { listImports } from '../../src/imports/contract.ts'
import { call } from '../api.ts'
import { useMay } from '../session.ts'
import { Icon } from '../ui/icons.tsx'
import css from './search-box.module.css'

type Found = { readonly key: string; readonly title: string; readonly about: string }

export function SearchBox(): ReactElement {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 150)
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const { clients, imports, isFetching } = useFound(search)
  useHotkeys([['/', () => input.current?.focus()]])
  const open = (key: string) => {
    combobox.closeDropdown()
    setTyped('')
    input.current?.blur()
    const [place, id = ''] = key.split(':')
    if (place === 'client') void navigate({ to: '/clients/$id', params: { id } })
    else void navigate({ to: '/imports/$id', params: { id } })
  }
  const hasNone = search !== '' && !isFetching && clients.length + imports.length === 0
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
        <Combobox.Dropdown hidden={search === '' || (isFetching && clients.length + imports.length === 0)}>
          <Combobox.Options aria-label={t('shell.searchResults')}>
            <FoundGroup label={t('shell.clients')} found={clients} />
            <FoundGroup label={t('shell.imports')} found={imports} />
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

function useFound(search: string): {
  clients: readonly Found[]
  imports: readonly Found[]
  isFetching: boolean
} {
  const seesClients = useMay('clients.read')
  const seesImports = useMay('imports.read')
  const clients = useQuery({
    queryKey: ['search', 'clients', search],
    queryFn: ({ signal }) => call(listClients, { query: { search, limit: 6 } }, signal),
    enabled: search !== '' && seesClients,
  })
  const imports = useQuery({
    queryKey: ['search', 'imports', search],
    queryFn: ({ signal }) => call(listImports, { query: { search, limit: 4 } }, signal),
    enabled: search !== '' && seesImports,
  })
  return {
    clients: (clients.data?.records ?? []).map((client) => ({
      key: `client:${client.id}`,
      title: client.title,
      about: client.values['email'] ?? client.values['billingCity'] ?? '',
    })),
    imports: (imports.data?.imports ?? []).map((run) => ({
      key: `import:${run.id}`,
      title: run.label,
      about: run.fileName,
    })),
    isFetching: clients.isFetching || imports.isFetching,
  }
}
