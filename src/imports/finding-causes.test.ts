/** Every finding that an import can make has a cause in words, and no cause is left without its finding. */
import { expect, it } from 'vitest'
import { findingCauses } from './finding-causes.ts'
import { allFindings } from './findings.ts'

it('names the cause of every finding, and no other', () => {
  expect(Object.keys(findingCauses).toSorted()).toEqual(Object.keys(allFindings).toSorted())
})
