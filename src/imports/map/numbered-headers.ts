/**
 * Headers of children: "Contact 1 – Last name", "Kontaktní osoba 2 – Příjmení", "Příjmení (kontakt 2)". Tells which
 * child, which of them, and what is left to name its field. Pure.
 */
import type { KindDeclaration, Kinds } from '../../kinds/kinds.ts'
import { type ChildKind, childKindsOf } from './field-path.ts'

export type NumberedColumn = {
  readonly child: ChildKind
  readonly group: number
  readonly column: number
  /** The header without child and number. */
  readonly rest: string
}

type Named = { readonly child: ChildKind; readonly words: readonly string[] }

/** For each column the child that it names, or null. */
export function numberColumns(
  kinds: Kinds,
  kind: KindDeclaration,
  columns: readonly { readonly header: string }[],
): readonly (NumberedColumn | null)[] {
  const names = childKindsOf(kinds, kind)
    .flatMap((child) => namesOf(child).map((name): Named => ({ child, words: wordsOf(name) })))
    .filter(({ words }) => words.length > 0)
    .toSorted((a, b) => b.words.length - a.words.length)
  if (names.length === 0) return columns.map(() => null)
  return columns.map(({ header }, column) => numberColumn(header, column, names))
}

function namesOf({ kind, declaration }: ChildKind): string[] {
  const { en, cs, de } = kind.one
  return [...Object.values(kind.labels), en, cs, ...(de ? [de] : []), ...(declaration.synonyms ?? [])]
}

/** As it stands, and as it is compared: without case and accents; and whether a dash or the like stands before it. */
type Token = { readonly text: string; readonly key: string; readonly isSetOff: boolean }

function tokensOf(header: string): Token[] {
  const spaced = header
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{L})(\p{N})/gu, '$1 $2')
    .replace(/(\p{N})(\p{L})/gu, '$1 $2')
  let before = 0
  return [...spaced.matchAll(/[\p{L}\p{M}]+(?:-\p{L}+)?|\p{N}+/gu)].map((match) => {
    const between = spaced.slice(before, match.index)
    before = match.index + match[0].length
    return { text: match[0], key: keyOf(match[0]), isSetOff: /[–—:|/>]|\s-\s/u.test(between) }
  })
}

function keyOf(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

function wordsOf(name: string): string[] {
  return tokensOf(name).map(({ key }) => key)
}

function numberColumn(header: string, column: number, names: readonly Named[]): NumberedColumn | null {
  const tokens = tokensOf(header)
  for (const { child, words } of names) {
    const at = placeOf(tokens, words)
    if (at < 0) continue
    const after = at + words.length
    const last = tokens.length - 1
    // A number elsewhere counts something else: "Contact phone 2" is a client's second phone.
    const isAtEnd = at === 0 && last > after && tokens[after]!.isSetOff && isNumber(tokens[last])
    const isBefore = at === 1 && isNumber(tokens[0])
    const found = isNumber(tokens[after]) ? after : isBefore ? 0 : isAtEnd ? last : -1
    if (found < 0) continue
    const rest = tokens.filter((_, i) => i !== found && (i < at || i >= after)).map(({ text }) => text)
    const group = Number(tokens[found]!.key)
    if (rest.length > 0 && group >= 1 && group <= 99_999)
      return { child, group, column, rest: rest.join(' ') }
  }
  return null
}

function isNumber(token: Token | undefined): boolean {
  return token !== undefined && /^\d{1,5}$/.test(token.key)
}

function placeOf(tokens: readonly Token[], words: readonly string[]): number {
  return tokens.findIndex((_, at) => words.every((word, i) => tokens[at + i]?.key === word))
}

export type NumberedGroup = {
  readonly child: ChildKind
  readonly group: number
  readonly places: readonly NumberedColumn[]
}

export function groupsOf(columns: readonly (NumberedColumn | null)[]): readonly NumberedGroup[] {
  const groups = new Map<string, { child: ChildKind; group: number; places: NumberedColumn[] }>()
  for (const column of columns) {
    if (!column) continue
    const name = `${column.child.kind.name} ${column.group}`
    const group = groups.get(name) ?? { child: column.child, group: column.group, places: [] }
    group.places.push(column)
    groups.set(name, group)
  }
  return [...groups.values()]
}
