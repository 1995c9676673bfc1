/** The street from end to end, as a person walks it: what goes in, what balances, what is told, what is undone. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findClient, listClients } from '../../src/clients/contract.ts'
import { listHistory } from '../../src/history/contract.ts'
import * as contract from '../../src/imports/contract.ts'
import { clientsDump, csv, openStreet, type Street } from '../support/imports.ts'

let street: Street

beforeAll(async () => {
  street = await openStreet()
})
afterAll(() => street?.close())

const as = () => ({ as: street.owner })

test('valid rows only: the others are named, everything balances, and an undo leaves nothing', async () => {
  const before = await street.stored(clientsDump)
  const checked = await street.check(
    csv([
      ['External id', 'Name', 'E-mail', 'Employees'],
      ['V1', 'Alfa s.r.o.', 'alfa@example.com', 12],
      ['V2', 'Beta a.s.', 'not an address', 5],
      ['V3', '', 'gamma@example.com', 7],
      ['V4', 'Delta GmbH', 'delta@example.com', 'many'],
      ['V5', 'Epsilon', 'epsilon@example.com', 3],
    ]),
    { settings: { rows: 'valid_only' } },
  )
  expect(checked).toMatchObject({
    status: 'waiting_for_approval',
    balanced: true,
    counts: { rows: 5, loaded: 2, failed: 3, unchanged: 0, skipped: 0 },
  })
  const found = await street.findings(checked.id)
  expect(found.map(({ row, line, columnName, code, value }) => [row, line, columnName, code, value])).toEqual(
    [
      [2, 3, 'E-mail', 'value.not_an_email', 'not an address'],
      [3, 4, 'Name', 'value.required', ''],
      [4, 5, 'Employees', 'value.not_a_number', 'many'],
    ],
  )
  const loaded = await street.approve(checked.id)
  expect(loaded).toMatchObject({
    status: 'completed',
    balanced: true,
    counts: { rows: 5, loaded: 2, failed: 3, created: 2, updated: 0, joined: 0 },
  })
  const { clients } = await street.app.call(
    listClients,
    { query: { importId: loaded.id, sort: 'name' } },
    as(),
  )
  expect(clients.map((client) => client.name)).toEqual(['Alfa s.r.o.', 'Epsilon'])
  const undone = await street.undo(loaded.id)
  expect(undone).toMatchObject({ status: 'undone', undo: { reversed: 2, kept: 0, blocked: 0 } })
  expect(await street.stored(clientsDump)).toEqual(before)
})
