/** Pages of records: those that there are, as links take them; null for kinds that have no page of their own. */

export function recordPage(kind: string, id: string) {
  return kind === 'clients' ? ({ to: '/clients/$id', params: { id } } as const) : null
}

/** The list of a kind with only what has the label of this import. */
export function listOfImport(kind: string, importId: string) {
  return kind === 'clients' ? ({ to: '/clients', search: { importId } } as const) : null
}
