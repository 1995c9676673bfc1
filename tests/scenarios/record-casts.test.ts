/** Whatever stands in a field, a filter or a cursor, a list answers: with records, or with a refusal that says why. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createClient, listClients } from '../../src/clients/contract.ts'
import { createCustomField, customFieldTypes } from '../../src/kinds/custom-fields/contract.ts'
import { openStreet, type Street } from '../support/imports.ts'

let street: Street

beforeAll(async () => {
  street = await openStreet({ isWorking: false })
})
beforeEach(() => street.stored('truncate carryover.clients, carryover.record_bin, carryover.history'))
afterAll(() => street?.close())

const as = () => ({ as: street.owner })
const client = (values: Record<string, string | null>) =>
  street.app.call(createClient, { body: { values } }, as())
const list = (query: { sort?: string; where?: string; cursor?: string; limit?: number }) =>
  street.app.call(listClients, { query }, as())
const refusal = (query: { sort?: string; where?: string; cursor?: string }) =>
  street.app.refusal(listClients, { query }, as())

test('a day that no calendar has is refused as a filter, and one that it has is not', async () => {
  await client({ name: 'Alfa' })
  for (const day of ['2026-02-31', '2026-02-29', '2026-13-01', '0000-01-01', '2026-02-31T10:00:00Z'])
    for (const operator of ['=', '>=', '<'])
      expect((await refusal({ where: `createdAt${operator}${day}` })).code, day).toBe('record.unknown_filter')
  expect((await list({ where: 'createdAt>=2024-02-29' })).total).toBe(1)
  expect((await list({ where: 'createdAt<2024-02-29T23:59:59.5Z' })).total).toBe(0)
})

test('a cursor continues the sort that it came from and no other', async () => {
  for (const name of ['Alfa', 'Beta', 'Gama']) await client({ name, rating: 'A' })
  const { next } = await list({ sort: 'name', limit: 2 })
  const following = await list({ sort: 'name', cursor: next! })
  expect(following.records.map(({ title }) => title)).toEqual(['Gama'])
  for (const sort of ['updated', '-name', 'newest', 'taxNumber'])
    expect((await refusal({ sort, cursor: next! })).code, sort).toBe('record.cursor_of_other_sort')
  const forged = Buffer.from(JSON.stringify(['no moment', '1', 'updated'])).toString('base64url')
  expect((await list({ sort: 'updated', cursor: forged })).records).toEqual([])
  expect((await list({ sort: 'name', cursor: 'none' })).records).toHaveLength(3)
})

test('a value that the type of its field cannot read sorts as a blank and fits no comparison', async () => {
  const made = []
  for (const type of customFieldTypes)
    made.push(
      await street.app.call(
        createCustomField,
        {
          body: {
            kind: 'clients',
            type,
            label: { en: `Made ${type}`, cs: null },
            ...(type === 'enum' || type === 'choices' ? { options: ['Red'] } : {}),
            ...(type === 'money' ? { currency: 'CZK' } : {}),
          },
        },
        as(),
      ),
    )
  const values = ['abc', '2026-02-31', '1e5', '12:99', '', 'x\u001fCZK', '9'.repeat(30)]
  for (const value of values)
    await street.stored(
      `insert into carryover.clients (org_id, name, custom, created_at, updated_at)
       select $1::bigint, 'Holder', jsonb_object_agg(f, $3::text), now(), now() from unnest($2::text[]) f`,
      [street.organisation.org, made.map(({ name }) => name.slice('custom.'.length)), value],
    )
  const asked: Record<string, string> = {
    integer: '5',
    number: '5',
    percent: '5',
    money: '5 CZK',
    date: '2026-01-01',
    datetime: '2026-01-01T10:00:00Z',
    time: '10:00',
  }
  for (const { name, type } of made) {
    expect((await list({ sort: name })).total, type).toBe(values.length)
    expect((await list({ sort: `-${name}`, limit: 2 })).records, type).toHaveLength(2)
    if (!asked[type]) continue
    expect((await list({ where: `${name}<${asked[type]}` })).total, type).toBe(0)
    const fits = await client({ name: 'Fits', [name]: asked[type] })
    const found = await list({ where: `${name}<=${asked[type]}`, sort: name })
    expect(
      found.records.map(({ id }) => id),
      type,
    ).toEqual([fits.id])
    await street.stored('delete from carryover.clients where id = $1::bigint', [fits.id])
  }
})
