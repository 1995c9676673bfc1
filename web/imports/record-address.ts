/** Pages of records: those that there are, as links take them; null for kinds that have no page of their own. */
import { isPlace } from '../records/record-kinds.ts'

export function recordPage(kind: string, id: string) {
  return isPlace(kind) ? ({ to: '/$place/$id', params: { place: kind, id } } as const) : null
}

/** The list of a kind with only what has the label of this import. */
export function listOfImport(kind: string, importId: string) {
  return isPlace(kind) ? ({ to: '/$place', params: { place: kind }, search: { importId } } as const) : null
}
