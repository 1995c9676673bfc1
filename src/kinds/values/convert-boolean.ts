/**
 * Yes or no, from listed words in English, Czech, Slovak and German. Anything else is a problem: never "no".
 */
import type { Compile } from './value.ts'
import { problem, quoted } from './value.ts'

const YES = [
  'true',
  't',
  'yes',
  'y',
  '1',
  '-1',
  'on',
  'x',
  '✓',
  '✔',
  '☑',
  'ano',
  'a',
  'áno',
  'pravda',
  'zapnuto',
  'ja',
  'j',
  'wahr',
  'an',
  'ein',
]
const NO = [
  'false',
  'f',
  'no',
  'n',
  '0',
  'off',
  '✗',
  '✘',
  '☐',
  'ne',
  'nie',
  'nepravda',
  'vypnuto',
  'nein',
  'falsch',
  'aus',
]

const WORDS: ReadonlyMap<string, 't' | 'f'> = new Map([
  ...YES.map((word) => [word, 't'] as const),
  ...NO.map((word) => [word, 'f'] as const),
])

export const compileBoolean: Compile = () => (text) =>
  WORDS.get(text) ?? WORDS.get(text.toLowerCase()) ?? problem('value.not_a_boolean', { value: quoted(text) })

export function isBooleanWord(text: string): boolean {
  return WORDS.has(text.toLowerCase())
}
