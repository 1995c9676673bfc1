/**
 * Ids that carry proof: an `OrgId` is made only where a person, an API key or a task has been checked
 * against the organisation, so a function that asks for one cannot be called with somebody's guess.
 * All ids are bigint identities and travel as decimal text.
 */
declare const brand: unique symbol
export type Id<Name extends string> = string & { readonly [brand]: Name }

export type OrgId = Id<'organisation'>
export type PersonId = Id<'person'>

/** Marks a value that has been read from the store, or checked, as an id of its kind. */
export function asId<T extends Id<string>>(value: string): T {
  return value as T
}
