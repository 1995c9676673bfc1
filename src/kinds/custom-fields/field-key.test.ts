import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeFieldKey } from './field-key.ts'

test('a key is made from the words of the label', () => {
  const none = new Set<string>()
  expect(makeFieldKey('Číslo smlouvy', none)).toBe('cisloSmlouvy')
  expect(makeFieldKey('  VAT-ID (old) ', none)).toBe('vatIdOld')
  expect(makeFieldKey('2nd owner', none)).toBe('field2ndOwner')
  expect(makeFieldKey('日本語', none)).toBe('field')
  expect(makeFieldKey('Owner', new Set(['owner', 'owner2']))).toBe('owner3')
})

test('whatever the label, the key is one that the store takes, and not one that is taken', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.nat(5), (label, before) => {
      const taken = new Set<string>()
      for (let count = 0; count <= before; count += 1) {
        const key = makeFieldKey(label, taken)
        expect(key).toMatch(/^[a-z][a-zA-Z0-9]{0,59}$/)
        expect(taken.has(key)).toBe(false)
        taken.add(key)
      }
    }),
  )
})
