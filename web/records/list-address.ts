/**
 * What a list shows, as it stands in its address, so that a list can be sent to somebody, saved as a view, exported
 * and changed as a whole. The filters are in the words of the API.
 */
import type { ViewDefinition } from '../../src/kinds/views/contract.ts'

export type ListSearch = {
  readonly search?: string
  readonly importId?: string
  readonly where?: readonly string[]
  readonly sort?: string
  /** Separated by commas, in their order; absent: those that this browser remembers. */
  readonly columns?: string
  /** The saved view that this began as. */
  readonly view?: string
  /** Entry of the bin, by which what was just deleted comes back. */
  readonly bin?: string
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined

export function readListSearch(search: Record<string, unknown>): ListSearch {
  const names = ['search', 'importId', 'sort', 'columns', 'view', 'bin'] as const
  const kept = Object.fromEntries(
    names.flatMap((name) => (text(search[name]) === undefined ? [] : [[name, text(search[name])]])),
  )
  const where = [search['where']].flat().flatMap((one) => text(one) ?? [])
  return { ...kept, ...(where.length > 0 ? { where } : {}) }
}

export function filterOf({ search, importId, where }: ListSearch) {
  return {
    ...(search ? { search } : {}),
    ...(importId ? { importId } : {}),
    ...(where?.length ? { where: [...where] } : {}),
  }
}

export function isFiltered(search: ListSearch): boolean {
  return Object.keys(filterOf(search)).length > 0
}

export function definitionOf(search: ListSearch, columns: readonly string[]): ViewDefinition {
  return {
    columns: [...columns],
    sort: search.sort ?? 'newest',
    search: search.search ?? null,
    importId: search.importId ?? null,
    where: [...(search.where ?? [])],
  }
}

export function searchOf(view: { id: string; definition: ViewDefinition }): ListSearch {
  const { columns, sort, search, importId, where } = view.definition
  return {
    view: view.id,
    ...(columns.length > 0 ? { columns: columns.join(',') } : {}),
    ...(sort === 'newest' ? {} : { sort }),
    ...(search ? { search } : {}),
    ...(importId ? { importId } : {}),
    ...(where.length > 0 ? { where } : {}),
  }
}

export type Operator = '=' | '!=' | '~' | '!~' | '>=' | '<='

/** What operators are called where sentences are looked up. */
export const operatorNames = {
  '=': 'is',
  '!=': 'isNot',
  '~': 'contains',
  '!~': 'lacks',
  '>=': 'from',
  '<=': 'upTo',
} as const satisfies Record<Operator, string>

export type Condition = { readonly field: string; readonly operator: Operator; readonly value: string }

export function readCondition(where: string): Condition | null {
  const [, field, operator, value] = /^([A-Za-z][\w.]*)(!=|!~|>=|<=|=|~)([\s\S]*)$/.exec(where) ?? []
  if (field === undefined || operator === undefined) return null
  return { field, operator: operator as Operator, value: value ?? '' }
}

export function writeCondition({ field, operator, value }: Condition): string {
  return `${field}${operator}${value}`
}
