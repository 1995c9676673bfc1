/**
 * Values out of a list: the options of a field, and countries. Compared without regard to case, accents and
 * spaces; a word that is only nearly one of them is a problem with a suggestion, never a silent repair.
 */
import { COUNTRY_INDEX, countryOf } from './countries.ts'
import { type Choice, findNearest, indexChoices, keyOf } from './nearest-word.ts'
import type { Compile, Converted, EnumOption } from './value.ts'
import { problem, quoted } from './value.ts'

/** How many different cells are remembered for each column; columns of choices repeat themselves. */
const REMEMBERED = 5000

export const compileEnum: Compile = (rules) => {
  const options = rules.options ?? []
  const choices = choicesOf(options)
  const index = indexChoices(choices)
  const listed = options
    .slice(0, 12)
    .map((option) => option.value)
    .join(', ')
  return remember((text) => {
    const found = choices.get(keyOf(text))
    if (found !== undefined) return found.value
    const near = findNearest(text, index)
    return near === null
      ? problem('value.unknown_option', { value: quoted(text), options: listed })
      : problem('value.misspelt_option', { value: quoted(text), suggestion: near.value, name: near.word })
  })
}

export const compileCountry: Compile = () =>
  remember((text) => {
    const found = countryOf(text)
    if (found !== undefined) return found
    const near = findNearest(text, COUNTRY_INDEX)
    return near === null
      ? problem('value.unknown_country', { value: quoted(text) })
      : problem('value.misspelt_country', { value: quoted(text), suggestion: near.value, name: near.word })
  })

/** An option's own value wins over labels, those over synonyms; a word that two options claim means neither. */
function choicesOf(options: readonly EnumOption[]): ReadonlyMap<string, Choice> {
  const choices = new Map<string, Choice>()
  const ranks = [
    (option: EnumOption) => [option.value],
    ({ labels }: EnumOption) => [labels.en, labels.cs, ...(labels.de === undefined ? [] : [labels.de])],
    (option: EnumOption) => option.synonyms ?? [],
  ]
  for (const wordsOf of ranks) {
    const claims = new Map<string, Choice | null>()
    for (const option of options) {
      for (const word of wordsOf(option)) {
        const key = keyOf(word)
        const other = claims.get(key)
        claims.set(
          key,
          other === undefined || other?.value === option.value ? { value: option.value, word } : null,
        )
      }
    }
    for (const [key, choice] of claims) if (choice !== null && !choices.has(key)) choices.set(key, choice)
  }
  return choices
}

/** The same cell gives the same answer without being looked at again; memory stays bounded. */
function remember(convert: (text: string) => Converted): (text: string) => Converted {
  const known = new Map<string, Converted>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const converted = convert(text)
    if (known.size < REMEMBERED && text.length <= 100) known.set(text, converted)
    return converted
  }
}
