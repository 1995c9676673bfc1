/** A code list as the server answered it, kept for everything that shows it. */
import { useQueryClient } from '@tanstack/react-query'
import type { CodeListView } from '../../src/kinds/code-lists/contract.ts'
import { kindsQuery } from '../imports/kinds.ts'
import { listsKey } from './field-words.ts'

/** What the server answers is what is shown; forms that offer the options read them again. */
export function useKeepList(name: string): (list: CodeListView) => void {
  const queries = useQueryClient()
  return (list) => {
    queries.setQueryData([...listsKey, name], list)
    void queries.invalidateQueries({ queryKey: listsKey, exact: true })
    void queries.invalidateQueries({ queryKey: kindsQuery.queryKey })
  }
}
