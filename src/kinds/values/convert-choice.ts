/**
 * Values out of a list: the options of a field, one or several of them, and countries. Compared without regard to case, accents and
 * spaces; a word that is only nearly one of them is a problem with a suggestion, never a silent repair.
 */

import { cleanLines } from './clean-text.ts'
import { COUNTRY_INDEX, countryOf } from './countries.ts'
import { type Choice, findNearest, indexChoices, keyOf } from './nearest-word.ts'
import { compileNullWords } from './null-words.ts'
import type { Compile, Converted, EnumOption, FieldValueRules } from './value.ts'
import { PART_SEPARATOR, problem, quoted } from './value.ts'

/** How many different cells are remembered for each column; columns of choices repeat themselves. */
const REMEMBERED = 5000

export const compileEnum: Compile = (rules) => remember(compileOption(rules))

/** One cell's word among the options; a new one is kept as it is first written, where new ones are welcome. */
function compileOption(rules: FieldValueRules): (text: string) => Converted {
  const options = rules.options ?? []
  const choices = choicesOf(options)
  const index = indexChoices(choices)
  const listed = options
    .slice(0, 12)
    .map((option) => option.value)
    .join(', ')
  const created = new Map<string, string>()
  return (text) => {
    const key = keyOf(text)
    const found = choices.get(key)
    if (found !== undefined) return found.value
    if (rules.createsOptions && key !== '') return createOption(created, key, text)
    const near = findNearest(text, index)
    return near === null
      ? problem('value.unknown_option', { value: quoted(text), options: listed })
      : problem('value.misspelt_option', { value: quoted(text), suggestion: near.value, name: near.word })
  }
}

/** Longer words are no names of options, and a column of a million different ones is no list. */
const LONGEST_NEW = 100
export const MOST_NEW_OPTIONS = 2000

function createOption(created: Map<string, string>, key: string, text: string): Converted {
  const before = created.get(key)
  if (before !== undefined) return before
  if (text.length > LONGEST_NEW || /[;|\n]/.test(text))
    return problem('value.no_option_name', { value: quoted(text), maximum: LONGEST_NEW })
  if (created.size >= MOST_NEW_OPTIONS)
    return problem('value.too_many_options', { maximum: MOST_NEW_OPTIONS })
  created.set(key, text)
  return text
}

/**
 * Several options in one cell, each once and in the order of the list, so that the same choice is the same text.
 * Divided by the column's mark; without one by semicolon, bar or line, and by comma where that leaves no option.
 */
export const compileChoices: Compile = (rules, format) => {
  const isNull = compileNullWords('enum', format)
  const single = compileOption(rules)
  const read = remember(single)
  const order = new Map((rules.options ?? []).map((option, at) => [option.value, at]))
  const strict = compileOption({ ...rules, createsOptions: false })
  const isOption = (text: string): boolean => typeof strict(text) === 'string'
  const divide = (text: string): string[] => {
    if (text.includes(PART_SEPARATOR)) return text.split(PART_SEPARATOR)
    if (format.separator) return text.split('\n').flatMap((line) => line.split(format.separator!))
    return text.split(/[\n;|]/).flatMap((piece) => (isOption(piece.trim()) ? [piece] : piece.split(',')))
  }
  return (text) => {
    const cleaned = text.includes(PART_SEPARATOR) ? text : cleanLines(text)
    if (typeof cleaned !== 'string') return cleaned
    if (cleaned === '' || isNull(cleaned)) return null
    const chosen = new Set<string>()
    for (const piece of divide(cleaned)) {
      const word = piece.trim()
      if (word === '') continue
      const option = read(word)
      if (typeof option === 'string') chosen.add(option)
      else if (option !== null && !isNull(word)) return option
    }
    const last = order.size
    const sorted = [...chosen].sort((one, other) => (order.get(one) ?? last) - (order.get(other) ?? last))
    return sorted.length === 0 ? null : sorted.join(PART_SEPARATOR)
  }
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
