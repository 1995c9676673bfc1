/** Countries as a list to choose from: by names in the person's language that the import reads as that country. */
import czech from 'i18n-iso-countries/langs/cs.json' with { type: 'json' }
import english from 'i18n-iso-countries/langs/en.json' with { type: 'json' }
import { countryOf } from '../../kinds/values/countries.ts'
import type { Language } from '../../platform/refusal.ts'

const names = { en: english.countries, cs: czech.countries } as const

/** The organisation's own first, the others in the order of the language. */
export function countryNames(language: Language, first: string): string[] {
  const all = Object.keys(names[language]).map((code) => ({ code, name: countryName(language, code) }))
  const { compare } = new Intl.Collator(language)
  return all
    .toSorted((a, b) => Number(b.code === first) - Number(a.code === first) || compare(a.name, b.name))
    .map(({ name }) => name)
}

/** A name that two countries bear (Kongo) means neither: then another one, or the code. */
export function countryName(language: Language, code: string): string {
  const known: string | string[] | undefined = (names[language] as Record<string, string | string[]>)[code]
  return [known ?? []].flat().find((name) => countryOf(name) === code) ?? code
}
