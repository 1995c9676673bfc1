/** Kinds whose records stand in the rows of another, as today's templates tell them: contact persons of clients. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { listTemplates } from '../../src/exports/templates/contract.ts'
import { call } from '../api.ts'
import { useMay } from '../session.ts'
import { kindsQuery } from './kinds.ts'

export const templatesQuery = queryOptions({
  queryKey: ['templates'],
  queryFn: ({ signal }) => call(listTemplates, {}, signal),
  staleTime: 60_000,
})

export type ChildKind = {
  readonly parent: string
  readonly kind: string
  /** So many groups of columns the template has; a file may have more. */
  readonly usualGroups: number
  /** Fields that a column may fill; the one that names the parent is filled by the row. */
  readonly fields: readonly string[]
}

const none: readonly ChildKind[] = []

/** Nothing for those who may not import: they assign no columns. */
export function useChildKinds(): readonly ChildKind[] {
  const templates = useQuery({ ...templatesQuery, enabled: useMay('imports.create') })
  const kinds = useQuery(kindsQuery)
  const found = templates.data?.templates.flatMap((template) => {
    const groups = template.shapes.find((shape) => shape.groups !== null)?.groups
    const child = kinds.data?.kinds.find((one) => one.name === groups?.kind)
    if (!groups || !child) return []
    const fields = child.fields.filter((field) => field.reference?.kind !== template.kind)
    return [
      {
        parent: template.kind,
        kind: child.name,
        usualGroups: groups.count,
        fields: fields.map((field) => field.name),
      },
    ]
  })
  return found ?? none
}
