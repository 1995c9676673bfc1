/** Which records of a list are meant, and what was done with them. */
import { filterOf } from './list-address.ts'
import type { ListState } from './use-list.ts'

/** Some records by id, or all that the list's filter finds. */
export type Choice = { readonly ids: ReadonlySet<string> } | 'all'

/** What was done, said above the list until something else is done. */
export type Done =
  | {
      readonly deed: 'changed'
      readonly changed: number
      readonly unchanged: number
      readonly event: string | null
    }
  | { readonly deed: 'deleted'; readonly deleted: number; readonly detached: number; readonly bin: string }

/** As the API takes a choice: the records themselves, or the filter that found them. */
export function chosenOf(choice: Choice, state: ListState) {
  return choice === 'all' ? { filter: filterOf(state.search) } : { ids: [...choice.ids] }
}
