/**
 * Words that old systems write where nothing is. A list for each sort of type, because a word can be
 * a value: a person may be named None or Null, so text counts only spellings that nobody bears.
 */
import type { ValueFormat, ValueTypeName } from './value.ts'

/** For text, compared as they stand. */
const TEXT_WORDS = ['NULL', 'null', 'N/A', 'n/a', '#N/A', '-', '--', '\\N', '–', '—']

/** For every other type, compared without regard to case. */
const VALUE_WORDS = [
  ...TEXT_WORDS,
  'none',
  'nil',
  'nan',
  'undefined',
  '(null)',
  '#null!',
  '0000-00-00',
  '0000-00-00 00:00:00',
  '00.00.0000',
  'neuvedeno',
  'nezadáno',
  'k. a.',
  'k.a.',
]

const TEXTUAL: ReadonlySet<ValueTypeName> = new Set<ValueTypeName>(['text', 'multiline', 'tags'])

/** Tells whether a clean text is one of the words that mean "nothing here". */
export function compileNullWords(type: ValueTypeName, format: ValueFormat): (text: string) => boolean {
  const exact = TEXTUAL.has(type)
  const list = format.nullWords ?? (exact ? TEXT_WORDS : VALUE_WORDS)
  const words = new Set(list.map((word) => (exact ? word.trim() : word.trim().toLowerCase())))
  const longest = Math.max(0, ...list.map((word) => word.length))
  const lengths = new Uint8Array(longest + 1)
  for (const word of words) lengths[word.length] = 1
  return (text) =>
    text.length <= longest && lengths[text.length] === 1 && words.has(exact ? text : text.toLowerCase())
}
