import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createStringArena } from './string-arena.ts'

describe('the arena of strings', () => {
  test('gives every string back, in any order, in memory and from its file', () =>
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 30 }), { minLength: 1, maxLength: 50 }),
        fc.integer({ min: 0, max: 3 }),
        (texts, residentPages) => {
          const arena = createStringArena({ residentPages, cachedPages: 1 })
          // Repeated until there are several pages.
          const many = Array.from(
            { length: 6000 },
            (_, i) => `${i} ${texts[i % texts.length]!.toWellFormed()}`,
          )
          for (const text of many) arena.add(text)
          expect(arena.count).toBe(many.length)
          for (const step of [1, 977]) {
            for (let i = 0; i < many.length; i++) {
              const at = (i * step) % many.length
              if (arena.get(at) !== many[at]) expect(arena.get(at)).toBe(many[at])
            }
          }
          arena.close()
        },
      ),
      { numRuns: 10 },
    ))

  test('holds strings longer than a page', () => {
    const arena = createStringArena({ residentPages: 1, cachedPages: 1 })
    const texts = ['a', 'ž'.repeat(100_000), 'b', 'x'.repeat(70_000), 'c']
    for (const text of texts) arena.add(text)
    expect(texts.map((_, i) => arena.get(i))).toEqual(texts)
    arena.close()
  })
})
