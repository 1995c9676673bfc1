/** The filters in the address of the list of clients as the API takes them, for the list and for its export. */

type Address = Readonly<Record<string, string | undefined>>

const fields: readonly (readonly [name: string, field: string])[] = [
  ['state', 'state'],
  ['rating', 'rating'],
  ['country', 'billingCountry'],
  ['tag', 'tags'],
]

export function listFilter(search: Address): { search?: string; importId?: string; where?: string[] } {
  const where = fields.flatMap(([name, field]) => (search[name] ? [`${field}=${search[name]}`] : []))
  return {
    ...(search['search'] ? { search: search['search'] } : {}),
    ...(search['importId'] ? { importId: search['importId'] } : {}),
    ...(where.length > 0 ? { where } : {}),
  }
}
