import { expect, test } from 'vitest'
import { countAll, countRows, isBalanced, isPartBalanced } from './counts.ts'

const none = { create: 0, update: 0, unchanged: 0, skip: 0, fail: 0 }
const firms = {
  source: 0,
  part: 0,
  kind: 'firms',
  staged: 10,
  actions: { create: 3, update: 2, unchanged: 3, skip: 1, fail: 1 },
}
const people = {
  source: 0,
  part: 1,
  kind: 'people',
  staged: 7,
  actions: { ...none, create: 4, update: 1, fail: 2 },
}
const others = { source: 1, part: 0, kind: 'people', staged: 2, actions: { ...none, create: 2 } }

test('a row is what its record is, but for one whose record stays while a child of it does not', () => {
  expect(countRows(firms, 2)).toEqual({ rows: 10, loaded: 7, unchanged: 1, skipped: 1, failed: 1 })
})

test('rows add up over sources, records over kinds, and both balance', () => {
  const counts = countAll([countRows(firms, 0), countRows(others, 0)], [firms, people, others])
  expect(counts).toMatchObject({ rows: 12, loaded: 7, unchanged: 3, skipped: 1, failed: 1 })
  expect(counts).toMatchObject({ created: 9, updated: 3, joined: 0 })
  expect(counts.records).toEqual([
    { kind: 'firms', created: 3, updated: 2, unchanged: 3, joined: 0, skipped: 1, failed: 1 },
    { kind: 'people', created: 6, updated: 1, unchanged: 0, joined: 0, skipped: 0, failed: 2 },
  ])
  expect(isBalanced(counts)).toBe(true)
})

test('what does not add up is seen', () => {
  const counts = countAll([countRows(firms, 0)], [firms])
  expect(isBalanced({ ...counts, loaded: 4 })).toBe(false)
  expect(isBalanced({ ...counts, created: 4 })).toBe(false)
  expect(isPartBalanced(firms)).toBe(true)
  expect(isPartBalanced({ ...firms, staged: 11 })).toBe(false)
})
