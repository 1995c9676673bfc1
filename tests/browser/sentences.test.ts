/** The interface's sentences: both languages complete, each used, each that is used there, with the same gaps. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

type Sentences = { [key: string]: string | Sentences }

const web = fileURLToPath(new URL('../../web/', import.meta.url))
const plural = /_(one|few|many|other)$/

function flatten(sentences: Sentences, prefix = ''): [string, string][] {
  return Object.entries(sentences).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  )
}

function read(language: 'en' | 'cs'): Map<string, string> {
  return new Map(flatten(JSON.parse(readFileSync(`${web}locales/${language}.json`, 'utf8')) as Sentences))
}

const english = read('en')
const czech = read('cs')
const keysOf = (sentences: Map<string, string>) =>
  new Set([...sentences.keys()].map((key) => key.replace(plural, '')))

/** Keys as the source names them; `${…}` stands for one step of a key. */
function usedKeys(): { exact: Set<string>; patterns: RegExp[] } {
  const sources = readdirSync(web, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => readFileSync(web + path, 'utf8'))
    .join('\n')
  const known = keysOf(english)
  const exact = new Set<string>()
  for (const [, key = ''] of sources.matchAll(/['"`]([a-zA-Z]+(?:\.[\w-]+)+)['"`]/g))
    if (known.has(key) || new RegExp(`\\bt\\(\\s*'${key}'`).test(sources)) exact.add(key)
  const patterns = [...sources.matchAll(/`([a-zA-Z.]+\$\{[^`]*)`/g)].map(
    ([, template = '']) =>
      new RegExp(
        `^${template
          .replace(/\$\{[^}]*\}/g, '§')
          .replaceAll('.', '\\.')
          .replaceAll('§', '[\\w-]+')}$`,
      ),
  )
  return { exact, patterns }
}

test('Czech has the sentences that English has, and no others', () => {
  expect([...keysOf(czech)].sort()).toEqual([...keysOf(english)].sort())
})

test('each counted sentence has every form that its language counts with', () => {
  const forms = { en: ['one', 'other'], cs: ['one', 'few', 'many', 'other'] } as const
  for (const [language, sentences] of [
    ['en', english],
    ['cs', czech],
  ] as const)
    for (const key of sentences.keys())
      if (plural.test(key))
        for (const form of forms[language])
          expect(sentences.has(key.replace(plural, `_${form}`)), key).toBe(true)
})

test('both languages leave the same gaps', () => {
  const gaps = (text: string) => [...new Set(text.match(/\{\{\s*\w+|<\w+\/?>/g) ?? [])].sort()
  const counted = (key: string) => (plural.test(key) ? key.replace(plural, '_other') : key)
  for (const [key, text] of czech)
    if (!/_(one|few|many)$/.test(key)) expect(gaps(text), key).toEqual(gaps(english.get(counted(key)) ?? ''))
})

test('every sentence that the interface asks for is there', () => {
  const known = keysOf(english)
  const { exact } = usedKeys()
  expect([...exact].filter((key) => !known.has(key))).toEqual([])
  expect(exact.size).toBeGreaterThan(200)
})

test('no sentence lies about unused', () => {
  const { exact, patterns } = usedKeys()
  const unused = [...keysOf(english)].filter(
    (key) => !exact.has(key) && !patterns.some((pattern) => pattern.test(key)),
  )
  expect(unused).toEqual([])
})

test('Czech is Czech: no sentence was left in English', () => {
  const same = [...czech].filter(
    ([key, text]) =>
      text === english.get(key) && text.replace(/\{\{[^}]*\}\}|<[^>]*>/g, '').trim().length > 12,
  )
  expect(same).toEqual([])
})
