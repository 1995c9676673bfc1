/** Fields that a source can fill, under their headings: its kind's own, then those of the kinds in its rows. */
import { type ChildKind, useChildKinds } from './child-kinds.ts'
import { type FieldSection, sectionsOf } from './field-select.tsx'
import { groupName, type KindWords, parseChildPath, useKindLabels } from './kinds.ts'

/** With every numbered group that is in use and one more: there can be as many as the file has. */
export function useFieldSections(kind: KindWords, used: readonly string[]): readonly FieldSection[] {
  const groups = useGroups(kind)
  const paths = used.map(parseChildPath)
  const counts = groups.map(({ child }) =>
    paths.reduce((most, path) => (path.child === child.kind ? Math.max(most, path.group ?? 0) : most), 0),
  )
  return [
    ...sectionsOf(kind),
    ...groups.flatMap(({ child, one }, at) =>
      Array.from({ length: (counts[at] ?? 0) + 1 }, (_, index) => groupSection(child, one, index + 1)),
    ),
  ]
}

/** For one value for all rows: a child's field is the same in all of its groups. */
export function useConstantSections(kind: KindWords): readonly FieldSection[] {
  const groups = useGroups(kind)
  return [...sectionsOf(kind), ...groups.map(({ child, one }) => groupSection(child, one, null))]
}

function useGroups(kind: KindWords): readonly { child: ChildKind; one: string }[] {
  const children = useChildKinds()
  const labelOf = useKindLabels()
  const name = kind.kind?.name
  return children
    .filter((child) => child.parent === name)
    .map((child) => ({ child, one: labelOf(child.kind).one }))
}

function groupSection(child: ChildKind, one: string, group: number | null): FieldSection {
  const prefix = group === null ? child.kind : `${child.kind}[${group}]`
  return {
    name: prefix,
    label: groupName(one, group),
    fields: child.fields.map((field) => `${prefix}.${field}`),
  }
}
