/** Record types as an administrator knows them: a kind with those that stand in its rows is one type. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useChildKinds } from '../imports/child-kinds.ts'
import { kindsQuery, useLabel } from '../imports/kinds.ts'

export type RecordType = {
  readonly key: string
  readonly label: string
  readonly kinds: readonly string[]
}

/** Types of which there is something, in the order of the kinds. */
export function useRecordTypes(present: readonly string[]): readonly RecordType[] {
  const { i18n } = useTranslation()
  const label = useLabel()
  const children = useChildKinds()
  const kinds = useQuery(kindsQuery).data?.kinds ?? []
  const and = new Intl.ListFormat(i18n.language)
  const written = (names: readonly string[]): string => {
    const words = names.flatMap((name) => {
      const kind = kinds.find((one) => one.name === name)
      return kind ? [label(kind.labels)] : []
    })
    // "Clients and contact persons": one thing, told as one.
    return and.format(
      words.map((word, at) => (at === 0 ? word : word.charAt(0).toLowerCase() + word.slice(1))),
    )
  }
  return kinds
    .filter((kind) => !children.some((child) => child.kind === kind.name))
    .map((kind) => {
      const own = children.filter((child) => child.parent === kind.name).map((child) => child.kind)
      return { key: kind.name, kinds: [kind.name, ...own] }
    })
    .filter((type) => type.kinds.some((kind) => present.includes(kind)))
    .map((type) => ({ ...type, label: written(type.kinds) }))
}
