import fc from 'fast-check'
import { expect, test } from 'vitest'
import { orderSources } from './order-sources.ts'

type Given = Parameters<typeof orderSources>[0][number]

/** A source of a kind that refers to others. */
function source(number: number, kind: string, ...refersTo: string[]): Given {
  const fields = refersTo.map((target) => ({
    field: { name: target, reference: { kind: target, by: ['name'] } },
    lookup: 'name',
  }))
  return { source: { source: number }, parts: [{ kind: { name: kind }, fields }] } as unknown as Given
}
const numbers = (sources: readonly Given[]) => orderSources(sources).map((of) => of.source.source)

test('what is referred to comes first; the rest keeps its order', () => {
  expect(
    numbers([source(0, 'deals', 'people', 'firms'), source(1, 'people', 'firms'), source(2, 'firms')]),
  ).toEqual([2, 1, 0])
  expect(numbers([source(0, 'b'), source(1, 'a'), source(2, 'c', 'elsewhere')])).toEqual([0, 1, 2])
})

test('a kind may refer to itself, and several sources may be of one kind', () => {
  expect(numbers([source(0, 'people', 'people'), source(1, 'people', 'people')])).toEqual([0, 1])
})

test('a circle is refused, with the kinds in it', () => {
  expect(() => numbers([source(0, 'x'), source(1, 'a', 'b'), source(2, 'b', 'a')])).toThrow(/a, b/)
})

test('no source stands before one that it refers to, whatever the references are', () => {
  const kinds = ['a', 'b', 'c', 'd']
  // References go to later letters only, so that there is no circle.
  const one = fc
    .constantFrom(...kinds)
    .chain((kind) => fc.subarray(kinds.filter((other) => other > kind)).map((targets) => ({ kind, targets })))
  fc.assert(
    fc.property(fc.array(one, { maxLength: 8 }), (given) => {
      const ordered = orderSources(given.map(({ kind, targets }, at) => source(at, kind, ...targets)))
      const seen = new Set<string>()
      const all = new Set(given.map(({ kind }) => kind))
      for (const of of ordered) {
        const { kind, targets } = given[of.source.source]!
        const rest = ordered.slice(ordered.indexOf(of) + 1).map((later) => given[later.source.source]!.kind)
        for (const target of targets) if (all.has(target)) expect(rest).not.toContain(target)
        seen.add(kind)
      }
      expect(ordered).toHaveLength(given.length)
      expect(seen).toEqual(all)
    }),
  )
})
