/**
 * Names of fields as mappings write them: `email`, `custom.region`, of a child `contacts[2].email` (the second
 * group of columns in a row), and `contacts.state` for all groups at once.
 */
import type { ChildDeclaration, FieldDeclaration, KindDeclaration, Kinds } from '../../kinds/kinds.ts'
import { refuseImport } from '../refusals.ts'

export type FieldPath = {
  /** Kind of the child, or null for a field of the source's own kind. */
  readonly child: string | null
  /** From 1; null where no group is named. */
  readonly group: number | null
  readonly field: string
}

const childPath = /^([a-z][A-Za-z]*)(?:\[(\d{1,5})\])?\.(.+)$/

export function parseFieldPath(name: string): FieldPath {
  const parts = childPath.exec(name)
  // Fields of the organisation's own have a dot too; no kind is called custom.
  if (!parts || parts[1] === 'custom') return { child: null, group: null, field: name }
  return { child: parts[1]!, group: parts[2] === undefined ? null : Number(parts[2]), field: parts[3]! }
}

export function writeFieldPath({ child, group, field }: FieldPath): string {
  if (child === null) return field
  return group === null ? `${child}.${field}` : `${child}[${group}].${field}`
}

export type ChildKind = {
  readonly declaration: ChildDeclaration
  readonly kind: KindDeclaration
  /** Field of the child that names the record it belongs to. */
  readonly into: FieldDeclaration
  /** Fields that columns may fill. */
  readonly fields: readonly FieldDeclaration[]
}

export function childKindsOf(kinds: Kinds, kind: KindDeclaration): readonly ChildKind[] {
  return (kind.children ?? []).map((declaration) => {
    const child = kinds.get(declaration.kind)
    const into = child.fields.find((field) => field.name === declaration.into)
    if (!into) throw new Error(`The kind ${child.name} has no field ${declaration.into}.`)
    const fields = child.fields.filter(
      (field) => field.custom !== undefined || declaration.fields.includes(field.name),
    )
    return { declaration, kind: child, into, fields }
  })
}

export type FoundField = {
  readonly path: FieldPath
  readonly field: FieldDeclaration
  readonly child: ChildKind | null
}

/**
 * The field that a mapping names; refuses `mapping.unknown_field`. One that the organisation has archived since is
 * found, so that what was loaded into it can be looked at and undone; a new mapping may not name it (`complete.ts`).
 */
export function findField(kinds: Kinds, kind: KindDeclaration, name: string): FoundField {
  const path = parseFieldPath(name)
  const child =
    path.child === null
      ? null
      : (childKindsOf(kinds, kind).find(({ declaration }) => declaration.kind === path.child) ?? null)
  const fields = path.child === null ? kind.fields : (child?.fields ?? [])
  const retired = (path.child === null ? kind : child?.kind)?.retired ?? []
  const isNamed = (candidate: FieldDeclaration): boolean => candidate.name === path.field
  const field = fields.find(isNamed) ?? retired.find(isNamed)
  if (!field || path.group === 0) throw refuseImport('mapping.unknown_field', { field: name })
  return { path, field, child }
}
