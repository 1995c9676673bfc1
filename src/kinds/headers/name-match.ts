/**
 * How well a header names a field: the same words, words of a synonym, or nearly so. From 0 to 1, where what is only
 * similar stays below what a person may trust unseen.
 */
import { editDistance } from '../values/nearest-word.ts'
import type { HeaderWords } from './header-words.ts'
import { parseHeader } from './header-words.ts'

export type NamedField = {
  readonly name: string
  readonly labels: { readonly en: string; readonly cs: string; readonly de?: string }
  readonly synonyms?: readonly string[]
}

export type NameMatch = {
  readonly score: number
  readonly code: 'same_name' | 'synonym' | 'similar'
  /** The name of the field that the header came closest to. */
  readonly name: string
}

/** Words made ready for comparing: a header meets a thousand names. */
type Phrase = {
  readonly place: HeaderWords
  /** Without words of the owner, and joined to compare at once. */
  readonly bareWords: readonly string[]
  readonly joined: string
  readonly inOrder: string
  readonly bare: string
  readonly plain: string
  readonly saysMore: boolean
}

type FieldName = Phrase & { readonly code: 'same_name' | 'synonym'; readonly name: string }

/** A header in all the ways it can be read: whole, by the sides of its strokes, without its brackets. */
export type HeaderReading = {
  readonly whole: Phrase
  readonly sides: readonly Phrase[]
  readonly withoutBrackets: Phrase | null
}

/** Whose thing it is goes without saying in a file of clients. */
const OWNER_WORDS = new Set(
  parseHeader(
    'customer client account organisation organization company klient klienta firma firmy zakaznik zakaznika kunde kunden firmen',
  ).words,
)
const NUMBER_WORDS = new Set(
  parseHeader('number no nr num cislo c nummer kod code value hodnota field pole').words,
)

const SYNONYM = 0.97
/** The most that mere likeness is worth, before values confirm it. */
const LIKENESS = 0.85

/**
 * Finds how well headers name this field; `first` is the field that it is the second of (phone of phone2).
 * `mayDropBrackets`: whether what stands in brackets may be passed over; not where it names another field,
 * as in "Bemerkung (Telefon)".
 */
export function compileNameMatch(
  field: NamedField,
  first: NamedField | undefined,
): (header: HeaderReading, mayDropBrackets: boolean) => NameMatch | null {
  const { ordinal, qualifier } = parseHeader(field.name)
  const names = [
    ...namesOf(field, (place) => ({ ...place, qualifier: place.qualifier ?? qualifier })),
    // Whatever the first of its sort is called, with a 2 it is the second.
    ...(first === undefined ? [] : namesOf(first, (place) => ({ ...place, ordinal }))),
  ]
  return ({ whole, sides, withoutBrackets }, mayDropBrackets) => {
    let best = matchPhrase(whole, names)
    if (sides.length > 0) best = better(best, matchSides(sides, names))
    if (mayDropBrackets && withoutBrackets !== null) {
      const match = matchPhrase(withoutBrackets, names)
      best = better(best, match === null ? null : { ...match, score: match.score * 0.9 })
    }
    return best
  }
}

/** A synonym that leaves it out means the field's own address: "město" of billingCity is billing. */
function namesOf(
  { name, labels, synonyms = [] }: NamedField,
  placeOf: (place: HeaderWords) => HeaderWords,
): FieldName[] {
  const own = [name, labels.en, labels.cs, ...(labels.de === undefined ? [] : [labels.de])]
  const toName = (code: FieldName['code']) => (text: string) => ({
    ...makePhrase(placeOf(parseHeader(text))),
    code,
    name: text,
  })
  return [...own.map(toName('same_name')), ...synonyms.map(toName('synonym'))]
}

export const BRACKETS = /\([^)]*\)|\[[^\]]*\]/g

export function readHeader(header: string): HeaderReading {
  const place = parseHeader(header)
  // Part of a header keeps what the whole says about address and number.
  const part = (text: string) => makePhrase({ ...place, words: parseHeader(text).words })
  const bare = header.replace(BRACKETS, ' ')
  return {
    whole: makePhrase(place),
    sides: header.includes('/') ? header.split('/').map(part) : [],
    withoutBrackets: bare === header ? null : part(bare),
  }
}

function makePhrase(place: HeaderWords): Phrase {
  const { words } = place
  const bareWords = without(words, OWNER_WORDS)
  const plainWords = without(bareWords, NUMBER_WORDS)
  return {
    place,
    bareWords,
    joined: words.join(''),
    inOrder: words.toSorted().join(' '),
    bare: bareWords.join(''),
    plain: plainWords.join(''),
    saysMore: plainWords.some((word) => !OWNER_WORDS.has(word)),
  }
}

/** From this likeness on the words are the same but for order, plural and words that say nothing. */
const NEAR = 0.86

function matchPhrase(header: Phrase, names: readonly FieldName[]): NameMatch | null {
  let best: NameMatch | null = null
  for (const name of names) {
    const likeness = comparePhrases(header, name)
    const worth = likeness >= NEAR && name.code === 'synonym' ? likeness * SYNONYM : likeness
    const score = worth * agreementOf(header.place, name.place)
    if (score > (best?.score ?? 0)) {
      best = { score, code: likeness >= NEAR ? name.code : 'similar', name: name.name }
    }
  }
  return best
}

/** State/Province: a field that both sides name is meant; one that only one side names, hardly. */
function matchSides(sides: readonly Phrase[], names: readonly FieldName[]): NameMatch | null {
  const matches = sides.map((side) => matchPhrase(side, names))
  const best = matches.reduce(better, null)
  if (best === null) return null
  const mean = matches.reduce((sum, match) => sum + (match?.score ?? 0), 0) / matches.length
  return { ...best, score: Math.max(mean * 0.97, best.score * 0.68) }
}

function better(first: NameMatch | null, second: NameMatch | null): NameMatch | null {
  return (second?.score ?? 0) > (first?.score ?? 0) ? second : first
}

/** Whether both speak of the same address and the same one of several. */
function agreementOf(header: HeaderWords, name: HeaderWords): number {
  if (header.ordinal !== name.ordinal) return 0.4
  if (header.qualifier === name.qualifier) return header.isTrimmed && !name.isTrimmed ? 0.96 : 1
  // A plain "City" is the billing one; a "Billing phone" may be the phone; a shipping one is neither.
  if (header.qualifier === null) return name.qualifier === 'billing' ? 0.9 : 0.4
  return header.qualifier === 'billing' && name.qualifier === null ? 0.85 : 0.3
}

/** 1 for the same words in the same order; a little less in another, without words that say nothing; then likeness. */
function comparePhrases(header: Phrase, name: Phrase): number {
  if (header.joined === '' || name.joined === '') return 0
  if (header.joined === name.joined) return 1
  if (header.inOrder === name.inOrder) return 0.95
  if (header.bare === name.joined) return 0.93
  // "Organization ID" is as good as "Account ID"; a mere "Type" may be anybody's type.
  if (header.bare === name.bare) return header.bare === header.joined ? 0.68 : 0.88
  if (header.saysMore && header.plain === name.plain) return 0.87
  return LIKENESS * likenessOf(header.bareWords, name.bareWords)
}

/** Takes words away unless none would be left. */
function without(words: readonly string[], dispensable: ReadonlySet<string>): readonly string[] {
  const rest = words.filter((word) => !dispensable.has(word))
  return rest.length > 0 ? rest : words
}

/** Share of words that have a counterpart (Dice), a misspelt or shortened one counting for less. */
function likenessOf(left: readonly string[], right: readonly string[]): number {
  let sum = 0
  let taken = 0
  for (const word of left) {
    let best = 0
    let bestAt = -1
    for (let at = 0; at < right.length; at++) {
      if ((taken >> at) & 1) continue
      const likeness = compareWord(word, right[at]!)
      if (likeness > best) {
        best = likeness
        bestAt = at
      }
    }
    if (bestAt >= 0) taken |= 1 << bestAt
    sum += best
  }
  return (2 * sum) / (left.length + right.length)
}

/** A slip in the first letter is so rare that it is not looked for. */
function compareWord(left: string, right: string): number {
  if (left.charCodeAt(0) !== right.charCodeAt(0)) return 0
  if (left === right) return 1
  const shorter = Math.min(left.length, right.length)
  if (shorter >= 4 && (left.startsWith(right) || right.startsWith(left)))
    return shorter >= 6 && Math.abs(left.length - right.length) === 1 ? 0.8 : 0.7
  const isNear = shorter >= 6 && Math.abs(left.length - right.length) <= 1
  return isNear && editDistance(left, right, 1) <= 1 ? 0.8 : 0
}
