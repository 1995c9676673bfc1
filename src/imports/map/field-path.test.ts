import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseFieldPath, writeFieldPath } from './field-path.ts'

test.each([
  ['email', { child: null, group: null, field: 'email' }],
  ['custom.region', { child: null, group: null, field: 'custom.region' }],
  ['contacts[2].email', { child: 'contacts', group: 2, field: 'email' }],
  ['contacts.state', { child: 'contacts', group: null, field: 'state' }],
  ['contacts[12].custom.hobby', { child: 'contacts', group: 12, field: 'custom.hobby' }],
] as const)('%s', (name, path) => {
  expect(parseFieldPath(name)).toEqual(path)
  expect(writeFieldPath(parseFieldPath(name))).toBe(name)
})

test('reading a name never fails, and writing it again gives the name', () => {
  fc.assert(
    fc.property(fc.string(), (name) => {
      const path = parseFieldPath(name)
      if (path.group === null || !/\[0\d/.test(name)) expect(writeFieldPath(path)).toBe(name)
    }),
  )
})
