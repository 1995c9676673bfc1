/** Text from files must neither move the cursor nor turn the line around, and columns align. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesText, cut, plain, table, widthOf, wrap } from './output.ts'

test('control characters and marks of direction are shown, letters stay', () => {
  expect(plain('a\u001b[2Jb')).toBe('a␛[2Jb')
  expect(plain('one\r\ntwo\tthree')).toBe('one⏎⏎two⇥three')
  expect(plain('abc\u202etxt.exe')).toBe('abc·txt.exe')
  expect(plain('Žďár 東京 👩‍💻')).toBe('Žďár 東京 👩‍💻')
})

test('whatever a cell holds, it stays on one line and sends nothing to the terminal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(plain(text)).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u)
    }),
  )
})

test('width counts what a terminal shows', () => {
  expect([widthOf('abc'), widthOf('Žďár'), widthOf('e\u0301'), widthOf('東京')]).toEqual([3, 4, 1, 4])
})

test('a cut never is wider than asked for', () => {
  expect(cut('Kovovýroba', 6)).toBe('Kovov…')
  expect(cut('東京東京', 5)).toBe('東京…')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, width) => {
      expect(widthOf(cut(text, width))).toBeLessThanOrEqual(width)
    }),
  )
})

test('columns align, numbers to the right, and the last one goes on below itself', () => {
  const columns = [{ title: 'row', align: 'right' as const }, { title: 'value', most: 8 }, { title: 'what' }]
  const rows = [
    ['1', 'short', 'This is the reason and what to do about it.'],
    ['12', 'much too long', 'Short.'],
  ]
  expect(table(columns, rows, { indent: 0, width: 40 })).toEqual([
    'row  value     what',
    '  1  short     This is the reason and',
    '               what to do about it.',
    ' 12  much to…  Short.',
  ])
})

test('wrapping loses no word', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{1,9}$/)), (words) => {
      const lines = wrap(words.join(' '), 30, 4)
      expect(lines.join(' ').split(/\s+/).filter(Boolean)).toEqual(words)
      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(30)
    }),
  )
})

test('sizes in the unit that a person reads', () => {
  expect([0, 999, 1500, 23_088_900, 5_000_000_000].map((bytes) => bytesText(bytes, 'en'))).toEqual([
    '0 B',
    '999 B',
    '1.5 kB',
    '23.1 MB',
    '5 GB',
  ])
})
