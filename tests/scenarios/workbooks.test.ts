/** Workbooks and packed files through the street: read like any other file, scanned for cards before they count. */
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listClients } from '../../src/clients/contract.ts'
import { writeXlsx } from '../../src/tabular/tabular.ts'
import { openStreet, type Street } from '../support/imports.ts'

let street: Street

beforeAll(async () => {
  street = await openStreet()
})
afterAll(() => street.close())

async function workbook(rows: readonly (readonly string[])[]): Promise<Buffer> {
  async function* batches() {
    yield rows
  }
  const parts: Buffer[] = []
  for await (const part of writeXlsx('Klienti', batches())) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

const header = ['External id', 'Name', 'Registration number']

it('a workbook is imported, zeros and all', async () => {
  const file = await workbook([header, ['W1', 'Alfa s.r.o.', '00123456'], ['W2', 'Beta a.s.', '']])
  const loaded = await street.load(file, { name: 'klienti.xlsx' })
  expect(loaded).toMatchObject({
    status: 'completed',
    balanced: true,
    counts: { rows: 2, created: 2, failed: 0 },
  })
  const [first] = (await street.app.call(listClients, { query: { search: 'Alfa' } }, { as: street.owner }))
    .records
  expect(first).toMatchObject({ values: { externalId: 'W1', regNumber: '00123456' } })
})

it('a workbook with card numbers is not kept', async () => {
  const file = await workbook([
    [...header, 'Card'],
    ['W3', 'Gama', '1', '4111111111111111'],
    ['W4', 'Delta', '2', '5555555555554444'],
  ])
  await expect(street.bring(file, { name: 'cards.xlsx' })).rejects.toMatchObject({
    problem: { code: 'file.card_numbers' },
  })
})

it('a packed file with card numbers is not kept either', async () => {
  const text = `${header.join(',')},Card\nW5,Epsilon,3,4111111111111111\nW6,Zeta,4,5555555555554444\n`
  await expect(street.bring(gzipSync(text), { name: 'cards.csv.gz' })).rejects.toMatchObject({
    problem: { code: 'file.card_numbers' },
  })
})
