/**
 * Declaring fields with few words: labels in three languages, the length that short text may have (255
 * characters, as old systems have it), synonyms from the kind's own list, and the parts of an address.
 */
import type { FieldDeclaration, Labels, Option, Section } from './kind.ts'

type Extra = Partial<Omit<FieldDeclaration, 'name' | 'type' | 'labels' | 'section'>>
export type FieldLabels = readonly [en: string, cs: string, de: string]

export type DeclareField = (
  section: Section,
  name: string,
  type: FieldDeclaration['type'],
  labels: FieldLabels,
  extra?: Extra,
) => FieldDeclaration

/** Gives the function that declares the fields of one kind. */
export function declareFieldsWith(synonyms: Readonly<Record<string, readonly string[]>>): DeclareField {
  return (section, name, type, [en, cs, de], extra = {}) => ({
    name,
    type,
    labels: { en, cs, de },
    section,
    ...(type === 'text' || type === 'email' || type === 'url' ? { maxLength: 255 } : {}),
    ...(synonyms[name] ? { synonyms: synonyms[name] } : {}),
    ...extra,
  })
}

export function declareOption(value: string, labels: Labels, synonyms: readonly string[] = []): Option {
  return { value, labels, synonyms }
}

/** Words of a list that is written with strokes between them. */
export function synonymList(list: string): readonly string[] {
  return list.split('|').map((word) => word.trim())
}

export type AddressPart = 'Name' | 'Street' | 'City' | 'Province' | 'PostalCode' | 'Country'

/** Fields `<prefix>Street`, `<prefix>City` …, of the parts that have labels. */
export function declareAddress(
  field: DeclareField,
  section: Section,
  prefix: string,
  labels: Readonly<Partial<Record<AddressPart, FieldLabels>>>,
): FieldDeclaration[] {
  return (Object.keys(labels) as AddressPart[]).map((part) =>
    field(
      section,
      `${prefix}${part}`,
      part === 'Country' ? 'country' : 'text',
      labels[part]!,
      part === 'PostalCode' ? { maxLength: 20 } : {},
    ),
  )
}
