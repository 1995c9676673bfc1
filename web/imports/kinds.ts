/** What rows can become, with labels in the chosen language. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type FieldDescription, type KindDescription, listKinds } from '../../src/kinds/contract.ts'
import { call } from '../api.ts'
import type { Language } from '../language.ts'

export const kindsQuery = queryOptions({
  queryKey: ['kinds'],
  queryFn: ({ signal }) => call(listKinds, {}, signal),
  staleTime: 300_000,
})

type Labels = { readonly en: string; readonly cs: string }

export function useLabel(): (labels: Labels) => string {
  const { i18n } = useTranslation()
  return (labels) => labels[i18n.language as Language] ?? labels.en
}

export type KindWords = {
  readonly kind: KindDescription | undefined
  readonly field: (name: string) => FieldDescription | undefined
  /** A field as people call it; its own name while the kinds are not known yet. */
  readonly fieldLabel: (name: string) => string
  readonly label: (labels: Labels) => string
}

export function useKind(name: string): KindWords {
  const label = useLabel()
  const { data } = useQuery(kindsQuery)
  const kind = data?.kinds.find((one) => one.name === name)
  const field = (fieldName: string) => kind?.fields.find((one) => one.name === fieldName)
  return {
    kind,
    field,
    fieldLabel: (fieldName) => {
      const found = field(fieldName)
      return found ? label(found.labels) : fieldName
    },
    label,
  }
}
