/** Records that fields refer to, by the name a person knows them by: what is stored is only their id. */
import { sql } from 'kysely'
import { columnsOf, fieldOf, type KindDeclaration, type Kinds, storedValue } from '../kinds/kinds.ts'
import { rows } from '../platform/database.ts'
import type { Work } from '../platform/work.ts'

export type ShownChange = {
  readonly field: string
  readonly before: string | null
  readonly after: string | null
}

/** The same changes with names in the place of ids; a record that is gone stays a number. */
export async function nameReferences<T extends { readonly fields: readonly ShownChange[] }>(
  work: Work,
  kinds: Kinds,
  kind: KindDeclaration,
  shown: readonly T[],
): Promise<(Omit<T, 'fields'> & { fields: ShownChange[] })[]> {
  const references = new Map(
    [...kind.fields, ...(kind.retired ?? [])].flatMap((field) =>
      field.reference ? [[field.name, field.reference.kind]] : [],
    ),
  )
  const wanted = new Map<string, Set<string>>()
  for (const { field, before, after } of shown.flatMap(({ fields }) => fields)) {
    const target = references.get(field)
    if (!target) continue
    const ids = wanted.get(target) ?? new Set()
    for (const value of [before, after]) if (value !== null && isId(value)) ids.add(value)
    wanted.set(target, ids)
  }
  const names = new Map<string, ReadonlyMap<string, string>>()
  for (const [target, ids] of wanted) names.set(target, await findNames(work, kinds, target, [...ids]))
  return shown.map((one) => ({
    ...one,
    fields: one.fields.map((change) => {
      const known = names.get(references.get(change.field) ?? '')
      if (!known) return change
      const named = (value: string | null): string | null =>
        value === null ? null : (known.get(value) ?? value)
      return { ...change, before: named(change.before), after: named(change.after) }
    }),
  }))
}

function isId(value: string): boolean {
  return /^\d{1,18}$/.test(value)
}

async function findNames(
  work: Work,
  kinds: Kinds,
  target: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const found = await rows(
    work.db,
    sql<{ id: string; name: string }>`select t.id, ${titleOf(kinds, target)}::text as name
      from ${sql.table(kinds.target(target).table)} t
      where t.org_id = ${work.org}::bigint and t.id = any(${[...ids]}::bigint[])`,
  )
  return new Map(found.map(({ id, name }) => [id, name]))
}

function titleOf(kinds: Kinds, name: string) {
  const kind = kinds.all.find((candidate) => candidate.name === name)
  if (kind) return storedValue(columnsOf(fieldOf(kind, kind.title))[0]!, 't')
  const { attributes } = kinds.target(name)
  return sql.ref(`t.${attributes['name'] ?? Object.values(attributes)[0]!}`)
}
