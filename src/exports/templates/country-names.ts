/** Countries as a list to choose from: by name in the person's language, the organisation's own first. */
import czech from 'i18n-iso-countries/langs/cs.json' with { type: 'json' }
import english from 'i18n-iso-countries/langs/en.json' with { type: 'json' }
import type { Language } from '../../platform/refusal.ts'

const names = { en: english.countries, cs: czech.countries } as const

export function countryNames(language: Language, first: string): string[] {
  const all = Object.entries(names[language]).map(([code, name]) => ({ code, name: firstOf(name) }))
  const collator = new Intl.Collator(language)
  return all
    .toSorted((a, b) => (a.code === first ? -1 : b.code === first ? 1 : collator.compare(a.name, b.name)))
    .map(({ name }) => name)
}

export function countryName(language: Language, code: string): string {
  const name: string | string[] | undefined = (names[language] as Record<string, string | string[]>)[code]
  return name === undefined ? code : firstOf(name)
}

function firstOf(name: string | string[]): string {
  return typeof name === 'string' ? name : name[0]!
}
