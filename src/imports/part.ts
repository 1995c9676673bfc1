/**
 * The parts of an import: what its sources become, kind by kind. Part 0 of a source is its own kind; each kind of
 * children that the mapping fills is one more, staged from the same rows and then treated as any source is.
 */
import type { KindDeclaration, Kinds } from '../kinds/kinds.ts'
import type { MappedField } from './map/cell-readers.ts'
import { compileMapping, type RowMapper } from './map/compile.ts'
import type { ChildGroup } from './map/compile-children.ts'
import { orderSources } from './order-sources.ts'
import type { ImportId, ImportRun, RunSource } from './run.ts'

export type Part = {
  readonly importId: ImportId
  readonly source: number
  /** 0: the source's own kind. */
  readonly part: number
  readonly kind: KindDeclaration
  /** What its records get: staged fields in their order, then, of a child, the record that it belongs to. */
  readonly fields: readonly MappedField[]
  /** Part of the records that these belong to; null for a source's own kind. */
  readonly parent: Part | null
  /** Field of which each different value is one record; null where each row is one. */
  readonly distinct: string | null
  /** Where the fields of each group stand in the file; of a source's own kind none. */
  readonly groups: readonly ChildGroup[]
}

export type PartedSource = {
  readonly source: RunSource
  readonly mapper: RowMapper
  readonly parts: readonly [Part, ...Part[]]
}

/** Fields of a part for which a value is staged. */
export function stagedFields(part: Pick<Part, 'fields'>): readonly MappedField[] {
  return part.fields.filter((mapped) => !mapped.isParent)
}

export function mapperOf(kinds: Kinds, run: Pick<ImportRun, 'settings'>, source: RunSource): RowMapper {
  return compileMapping(kinds, kinds.get(source.kind), source.mapping, run.settings)
}

/** The sources of an import in the order in which they are loaded, with their parts. */
export function partSources(kinds: Kinds, run: ImportRun): readonly PartedSource[] {
  const parted = run.sources.map((source): PartedSource => {
    const mapper = mapperOf(kinds, run, source)
    const own: Part = {
      importId: run.id,
      source: source.source,
      part: 0,
      kind: kinds.get(source.kind),
      fields: mapper.fields,
      parent: null,
      distinct: source.mapping.distinct ?? null,
      groups: [],
    }
    const children = mapper.children.map(
      (child, at): Part => ({
        importId: run.id,
        source: source.source,
        part: at + 1,
        kind: child.kind,
        fields: [
          ...child.fields,
          { field: child.into, column: null, blank: 'keep', lookup: null, isParent: true },
        ],
        parent: own,
        distinct: null,
        groups: child.groups,
      }),
    )
    return { source, mapper, parts: [own, ...children] }
  })
  return orderSources(parted)
}

export function partsOf(sources: readonly PartedSource[]): readonly Part[] {
  return sources.flatMap(({ parts }) => parts)
}

/** The last loaded kind first: what refers goes before what it refers to. */
export function kindsInReverse(kinds: Kinds, run: ImportRun): readonly KindDeclaration[] {
  return [...new Set(partsOf(partSources(kinds, run)).map((part) => part.kind.name))]
    .reverse()
    .map((name) => kinds.get(name))
}
