/** The list of a kind as its address says: its records page by page, its columns, and ways to change the address. */
import { useLocalStorage } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { call } from '../api.ts'
import { filterOf, type ListSearch } from './list-address.ts'
import type { RecordKind } from './record-kinds.ts'

export type ListState = ReturnType<typeof useListState>

export function useListState(of: RecordKind) {
  const search: ListSearch = useSearch({ from: '/shell/$place' })
  const navigate = useNavigate({ from: '/$place' })
  const [remembered, remember] = useLocalStorage<readonly string[]>({
    key: `carryover.columns.${of.place}`,
    defaultValue: of.columns,
    getInitialValueInEffect: false,
  })
  const columns = search.columns?.split(',') ?? remembered
  /** An undefined value takes a parameter out. */
  const set = (change: { [K in keyof ListSearch]?: ListSearch[K] | undefined }) =>
    void navigate({
      search: (now) =>
        Object.fromEntries(
          Object.entries({ ...now, ...change }).filter(([, value]) => value !== undefined),
        ) as ListSearch,
      replace: true,
      resetScroll: false,
    })
  const setColumns = (chosen: readonly string[]) => {
    remember(chosen)
    if (search.columns !== undefined) set({ columns: chosen.join(',') })
  }
  /** First up, then down, then as the records came. */
  const sortBy = (name: string) =>
    set({ sort: search.sort === name ? `-${name}` : search.sort === `-${name}` ? undefined : name })
  return { of, search, columns, set, setColumns, sortBy, sort: search.sort ?? 'newest' }
}

export function useRecords(state: ListState, isKnown: boolean) {
  const { of, search, sort, columns } = state
  const fields = [...new Set([of.title, ...columns])].filter(
    (name) => !['import', 'createdAt', 'updatedAt'].includes(name),
  )
  const query = { ...filterOf(search), sort, columns: fields.join(',') }
  const list = useInfiniteQuery({
    queryKey: ['records', of.place, query],
    queryFn: ({ pageParam, signal }) =>
      call(of.operations.list, { query: { ...query, ...(pageParam ? { cursor: pageParam } : {}) } }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    placeholderData: (before, earlier) => (earlier?.queryKey[1] === of.place ? before : undefined),
    enabled: isKnown,
  })
  return {
    list,
    records: list.data?.pages.flatMap((page) => page.records) ?? [],
    total: list.data?.pages[0]?.total ?? undefined,
  }
}
