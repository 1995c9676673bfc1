/** The order in which the sources of a set are loaded: what is referred to before what refers to it. Pure. */
import type { KindDeclaration } from '../kinds/kinds.ts'
import type { MappedField } from './map/cell-readers.ts'
import { refuseImport } from './refusals.ts'

type Ordered = {
  readonly source: { readonly source: number }
  readonly parts: readonly { readonly kind: KindDeclaration; readonly fields: readonly MappedField[] }[]
}

/** Sources that do not wait for each other keep their order. Refuses `import.reference_cycle`. */
export function orderSources<T extends Ordered>(sources: readonly T[]): readonly T[] {
  const ordered: T[] = []
  let rest = [...sources]
  while (rest.length > 0) {
    const free = rest.find((one) => !rest.some((other) => other !== one && waitsFor(one, other)))
    if (!free)
      throw refuseImport('import.reference_cycle', {
        kinds: [...new Set(rest.map((of) => of.parts[0]?.kind.name ?? ''))].join(', '),
      })
    ordered.push(free)
    rest = rest.filter((of) => of !== free)
  }
  return ordered
}

/** Whether a mapped reference of one names a kind that the other brings, and does not bring itself. */
function waitsFor(one: Ordered, other: Ordered): boolean {
  const own = new Set(one.parts.map(({ kind }) => kind.name))
  const wanted = one.parts.flatMap(({ fields }) =>
    fields.flatMap(({ field, lookup }) => (lookup !== null && field.reference ? [field.reference.kind] : [])),
  )
  return other.parts.some(({ kind }) => wanted.includes(kind.name) && !own.has(kind.name))
}
