import { expect, test } from 'vitest'
import { checkPattern } from './check-field.ts'

test.each([
  '[A-Z]{2}-\\d+',
  '(?:ab)+',
  '\\(+x',
  '[(+)*]+',
  'CZ|SK|AT',
  '(?:a|b)?x',
  '.*',
  '(\\d{4} ){3}\\d{4}',
  'a{2,3}',
  '\\d{6}(?:/\\d{3,4})?',
  '\\p{L}+ \\p{L}+',
])('the pattern %s is taken', (pattern) => {
  expect(() => checkPattern(pattern)).not.toThrow()
})

test.each([
  '(',
  '[z-a]',
  '(a+)+',
  '((ab)*c)*',
  '(?:x|y+){3,}',
  '(a|aa)+b',
  '(?:[a-z]{1,3},?){1,50}',
  '(a)\\1',
  '(?=a)b',
  '(?<!a)b',
  '(\\w*,)*',
  '((a)+)+',
  '(a?){2,30}',
  '.*a.*b.*c.*d.*',
])('the pattern %s is refused', (pattern) => {
  expect(() => checkPattern(pattern)).toThrow('regular expression')
})
