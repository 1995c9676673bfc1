/**
 * Takes a header apart: words without case, accents and plural, whose address it speaks of (billing, shipping),
 * and which of several it is (Phone 2). `billing_address_1`, `Fakturační ulice` and `Rechnungsstraße` come out alike.
 */
import { keyOf } from '../values/nearest-word.ts'

export type HeaderWords = {
  readonly words: readonly string[]
  readonly qualifier: Qualifier | null
  /** 2 for the second of its sort; 1 says nothing and is null. */
  readonly ordinal: number | null
  /** Whether words were passed over that say little: "default address", "primary". */
  readonly isTrimmed: boolean
}

export type Qualifier = 'billing' | 'shipping'

const QUALIFIERS: ReadonlyMap<string, Qualifier> = new Map([
  ...'billing bill invoice invoicing fakturacni fakturacne fakturace fakturni rechnung rechnungs faktura sidlo sidla sitz'
    .split(' ')
    .map((word) => [word, 'billing'] as const),
  ...'shipping ship delivery dodaci dorucovaci doruceni dodani liefer lieferung versand'
    .split(' ')
    .map((word) => [word, 'shipping'] as const),
])

/** German puts the two into one word; a Lieferant is a supplier. */
const COMPOUND = /^(rechnungs|liefer|versand)(?!ant|ung)(\p{L}{3,})$/u

const ADDRESS_WORDS = words('address adresa adresy adresse anschrift')
/** "Address line 1" is the address too. */
const ADDRESS_PARTS = words('line radek zeile')
const FIRST_WORDS = words('primary main default hlavni primarni haupt')
const SECOND_WORDS = words(
  'second secondary alternative alternate druhy druha druhe dalsi zweite zweiter zweites alternativni',
)
const STOP_WORDS = words('of the a an to der die das von und and v na pro for in')

export function parseHeader(text: string): HeaderWords {
  const tokens = tokensOf(text)
  let qualifier: Qualifier | null = null
  let ordinal: number | null = null
  const kept: string[] = []
  for (const token of tokens) {
    const named = QUALIFIERS.get(token)
    if (named !== undefined && qualifier === null) qualifier = named
    else if (/^[1-9]$/.test(token)) ordinal = Number(token)
    else if (SECOND_WORDS.has(token)) ordinal = 2
    else if (!FIRST_WORDS.has(token) && !STOP_WORDS.has(token)) kept.push(singularOf(token))
  }
  if (kept.length === 0 && qualifier !== null) kept.push('address')
  // "Address 1: City" without more is the address that a client has in any case.
  if (kept.length > 1 && ADDRESS_WORDS.has(kept[0]!)) qualifier ??= 'billing'
  const isAddress = qualifier !== null || tokens.some((token) => FIRST_WORDS.has(token) || token === 'of')
  const rest = isAddress ? withoutAddress(kept) : kept
  const isTrimmed = rest.length < kept.length || tokens.some((token) => FIRST_WORDS.has(token))
  return { words: rest, qualifier, ordinal: ordinal === 1 ? null : ordinal, isTrimmed }
}

/** In "billing address city" the address says nothing more; in "billing address" it is all there is. */
function withoutAddress(kept: readonly string[]): readonly string[] {
  const rest = kept.filter((word) => !ADDRESS_WORDS.has(word) && !ADDRESS_PARTS.has(word))
  return rest.length > 0 ? rest : kept.slice(0, 1)
}

function tokensOf(text: string): string[] {
  const spaced = text
    .replace(/\be[-\s_]?mail/giu, 'email')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/(\p{L})(\p{N})/gu, '$1 $2')
    .replace(/(\p{N})(\p{L})/gu, '$1 $2')
  const tokens = keyOf(spaced.replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')).split(' ')
  return tokens
    .filter((token) => token !== '')
    .flatMap((token) => {
      const compound = COMPOUND.exec(token)
      return compound === null ? [token] : [compound[1]!, compound[2]!]
    })
}

/** English plurals and the Czech -y; the same done to both sides hurts no other language. */
function singularOf(word: string): string {
  if (word.length < 4) return word
  const single = word.endsWith('ies') ? `${word.slice(0, -3)}y` : word
  if (single.endsWith('sses')) return single.slice(0, -2)
  if (single.length >= 6 && /[^aeiou]y$/.test(single)) return single.slice(0, -1)
  return single.endsWith('s') && !/(?:ss|us|is)$/.test(single) ? single.slice(0, -1) : single
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '))
}
