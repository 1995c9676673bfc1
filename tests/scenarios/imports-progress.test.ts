/** What an import says of itself while nobody has worked on it yet. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cancelImport, checkImport, findImport } from '../../src/imports/contract.ts'
import { csv, openStreet, type Street } from '../support/imports.ts'

let street: Street

beforeAll(async () => {
  street = await openStreet({ isWorking: false })
})
afterAll(() => street?.close())

test('that somebody wants it cancelled is seen before it has ended, and then it is cancelled', async () => {
  const as = { as: street.owner }
  const { id } = await street.bring(csv([['Name'], ['Alfa']]))
  const params = { params: { id } }
  const checking = await street.app.call(checkImport, params, as)
  expect(checking).toMatchObject({ status: 'checking', cancelRequested: false })
  const asked = await street.app.call(cancelImport, params, as)
  expect(asked).toMatchObject({ status: 'checking', cancelRequested: true })
  await street.app.work()
  expect(await street.rest(id)).toMatchObject({ status: 'cancelled', cancelRequested: false })
  expect((await street.app.call(findImport, params, as)).reason).toContain('cancelled')
})
