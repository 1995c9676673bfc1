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

type FieldName = HeaderWords & { readonly code: 'same_name' | 'synonym'; readonly name: string }

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
 * `mayDropBrackets`: whether what stands in brackets may be passed over;
 * not where it names another field, as in "Bemerkung (Telefon)".
 */
export function compileNameMatch(
  field: NamedField,
  first: NamedField | undefined,
): (header: string, mayDropBrackets: boolean) => NameMatch | null {
  const { ordinal, qualifier } = parseHeader(field.name)
  const names: FieldName[] = [
    ...namesOf(field),
    // Whatever the first of its sort is called, with a 2 it is the second.
    ...(first === undefined ? [] : namesOf(first).map((name) => ({ ...name, ordinal }))),
    // A synonym that leaves it out means the field's own address: "město" of billingCity is billing.
  ].map((name) => ({ ...name, qualifier: name.qualifier ?? qualifier }))

  return (header, mayDropBrackets) => {
    const whole = parseHeader(header)
    const matches = [matchWords(whole, names), matchSides(header, whole, names)]
    const bare = header.replace(BRACKETS, ' ')
    if (mayDropBrackets && bare !== header) matches.push(weaken(matchWords(within(bare, whole), names), 0.9))
    return matches.reduce((best, match) => ((match?.score ?? 0) > (best?.score ?? 0) ? match : best), null)
  }
}

function namesOf({ name, labels, synonyms = [] }: NamedField): FieldName[] {
  const own = [name, labels.en, labels.cs, ...(labels.de === undefined ? [] : [labels.de])]
  return [
    ...own.map((text) => ({ ...parseHeader(text), code: 'same_name' as const, name: text })),
    ...synonyms.map((text) => ({ ...parseHeader(text), code: 'synonym' as const, name: text })),
  ]
}

export const BRACKETS = /\([^)]*\)|\[[^\]]*\]/g

/** From this likeness on the words are the same but for order, plural and words that say nothing. */
const NEAR = 0.86

function matchWords(header: HeaderWords, names: readonly FieldName[]): NameMatch | null {
  let best: NameMatch | null = null
  for (const name of names) {
    const likeness = compareWords(header.words, name.words)
    const worth = likeness >= NEAR && name.code === 'synonym' ? likeness * SYNONYM : likeness
    const score = worth * agreementOf(header, name)
    if (score > (best?.score ?? 0))
      best = { score, code: likeness >= NEAR ? name.code : 'similar', name: name.name }
  }
  return best
}

/** State/Province: a field that both sides name is meant; one that only one side names, hardly. */
function matchSides(header: string, whole: HeaderWords, names: readonly FieldName[]): NameMatch | null {
  if (!header.includes('/')) return null
  const sides = header.split('/').map((side) => matchWords(within(side, whole), names))
  const best = sides.reduce(
    (first, second) => ((second?.score ?? 0) > (first?.score ?? 0) ? second : first),
    null,
  )
  if (best === null) return null
  const mean = sides.reduce((sum, side) => sum + (side?.score ?? 0), 0) / sides.length
  return { ...best, score: Math.max(mean * 0.97, best.score * 0.68) }
}

/** Part of a header keeps what the whole says about address and number. */
function within(part: string, whole: HeaderWords): HeaderWords {
  return { ...whole, words: parseHeader(part).words }
}

function weaken(match: NameMatch | null, factor: number): NameMatch | null {
  return match === null ? null : { ...match, score: match.score * factor }
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
export function compareWords(header: readonly string[], name: readonly string[]): number {
  if (header.length === 0 || name.length === 0) return 0
  const joined = header.join('')
  if (joined === name.join('')) return 1
  if (sorted(header) === sorted(name)) return 0.95
  const bareHeader = without(header, OWNER_WORDS)
  if (bareHeader.join('') === name.join('')) return 0.93
  const bareName = without(name, OWNER_WORDS)
  // "Organization ID" is as good as "Account ID"; a mere "Type" may be anybody's type.
  if (bareHeader.join('') === bareName.join('')) return bareHeader.length < header.length ? 0.88 : 0.68
  const plainHeader = without(bareHeader, NUMBER_WORDS)
  const plainName = without(name, NUMBER_WORDS)
  const saysMore = plainHeader.some((word) => !OWNER_WORDS.has(word))
  if (saysMore && plainHeader.join('') === plainName.join('')) return 0.87
  return LIKENESS * likenessOf(bareHeader, bareName)
}

/** Takes words away unless none would be left. */
function without(words: readonly string[], dispensable: ReadonlySet<string>): readonly string[] {
  const rest = words.filter((word) => !dispensable.has(word))
  return rest.length > 0 ? rest : words
}

function sorted(words: readonly string[]): string {
  return words.toSorted().join(' ')
}

/** Share of words that have a counterpart (Dice), a misspelt or shortened one counting for less. */
function likenessOf(left: readonly string[], right: readonly string[]): number {
  const free = [...right]
  let sum = 0
  for (const word of left) {
    let best = 0
    let bestAt = -1
    for (const [at, other] of free.entries()) {
      const likeness = compareWord(word, other)
      if (likeness > best) {
        best = likeness
        bestAt = at
      }
    }
    if (bestAt >= 0) free.splice(bestAt, 1)
    sum += best
  }
  return (2 * sum) / (left.length + right.length)
}

function compareWord(left: string, right: string): number {
  if (left === right) return 1
  const shorter = Math.min(left.length, right.length)
  if (shorter >= 6 && editDistance(left, right, 1) <= 1) return 0.8
  if (shorter >= 4 && (left.startsWith(right) || right.startsWith(left))) return 0.7
  return 0
}
