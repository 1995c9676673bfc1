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
  /** Also of a kind in its rows: `contacts[2].email`. */
  readonly field: (name: string) => FieldDescription | undefined
  /** A field as people call it; its own name while the kinds are not known yet. */
  readonly fieldLabel: (name: string) => string
  readonly label: (labels: Labels) => string
}

export function useKind(name: string): KindWords {
  const label = useLabel()
  const { data } = useQuery(kindsQuery)
  return wordsOf(data?.kinds ?? [], name, label)
}

/** Of the named source, else of the first of the import's kinds that has the field. */
export function useFieldLabels(run: {
  readonly sources: readonly { readonly source?: number; readonly kind: string }[]
}) {
  const label = useLabel()
  const { data } = useQuery(kindsQuery)
  const kinds = run.sources.map((source) => wordsOf(data?.kinds ?? [], source.kind, label))
  return (path: string, source?: number): string => {
    const own = source === undefined ? -1 : run.sources.findIndex((one) => one.source === source)
    return (
      (kinds[own] ?? kinds.find((kind) => kind.field(path) !== undefined) ?? kinds[0])?.fieldLabel(path) ??
      path
    )
  }
}

function wordsOf(
  kinds: readonly KindDescription[],
  name: string,
  label: (labels: Labels) => string,
): KindWords {
  const find = (kindName: string | null) => kinds.find((one) => one.name === kindName)
  const kind = find(name)
  const resolve = (path: string) => {
    const own = kind?.fields.find((one) => one.name === path)
    const { child, group, field } = parseChildPath(path)
    const of = own ? undefined : find(child)
    return { of, group, field: own ?? of?.fields.find((one) => one.name === field) }
  }
  return {
    kind,
    field: (path) => resolve(path).field,
    fieldLabel: (path) => {
      const { of, group, field } = resolve(path)
      if (!of) return field ? label(field.labels) : path
      const which = groupName(label(of.one), group)
      return field ? `${which} – ${label(field.labels)}` : which
    },
    label,
  }
}

export type ChildPath = {
  readonly child: string | null
  /** From 1; null where all groups are meant. */
  readonly group: number | null
  readonly field: string | null
}

/** `contacts[2].email`, `contacts.state` of all groups, `contacts[2]` as a whole. */
export function parseChildPath(path: string): ChildPath {
  const [, child, group, field] = /^([a-z][A-Za-z]*)(?:\[(\d+)\])?(?:\.(.+))?$/.exec(path) ?? []
  const isChild = child !== undefined && child !== 'custom' && (group !== undefined || field !== undefined)
  if (!isChild) return { child: null, group: null, field: path }
  return { child, group: group === undefined ? null : Number(group), field: field ?? null }
}

/** "Contact person 2". */
export function groupName(one: string, group: number | null): string {
  const word = one.charAt(0).toUpperCase() + one.slice(1)
  return group === null ? word : `${word} ${group}`
}

/** What many of a kind are called, and one of them. */
export function useKindLabels(): (name: string) => { readonly many: string; readonly one: string } {
  const label = useLabel()
  const { data } = useQuery(kindsQuery)
  return (name) => {
    const kind = data?.kinds.find((one) => one.name === name)
    return kind ? { many: label(kind.labels), one: label(kind.one) } : { many: name, one: name }
  }
}
