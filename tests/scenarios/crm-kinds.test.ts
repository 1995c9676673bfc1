/** Contact persons, products with price lists and people: imported as files bring them, found, invited. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { listPeople, resendInvitation } from '../../src/accounts/people/contract.ts'
import { listPrices, listProducts } from '../../src/catalogue/contract.ts'
import { listClients, listContacts } from '../../src/clients/contract.ts'
import { approveImport } from '../../src/imports/contract.ts'
import { describeColumns } from '../../src/imports/map/contract.ts'
import { listOutbox } from '../../src/notices/contract.ts'
import { type Bring, csv, openStreet, type Street } from '../support/imports.ts'

let street: Street

beforeAll(async () => {
  street = await openStreet()
})
beforeEach(() =>
  street.stored(
    'truncate carryover.clients, carryover.contacts, carryover.contact_clients, carryover.leads, carryover.products, carryover.price_list_items, carryover.record_bin',
  ),
)
afterAll(() => street?.close())

const as = () => ({ as: street.owner })
const byId = (id: string) => ({ params: { id } })

test('clients with contact persons in numbered columns: each finds its client, a bad one keeps out itself, undo takes all', async () => {
  const loaded = await street.load(
    csv([
      [
        'Name',
        'IČO',
        'Contact 1 First name',
        'Contact 1 Last name',
        'Contact 1 E-mail',
        'Contact 2 Last name',
        'Contact 2 E-mail',
      ],
      ['Alfa', '12345678', 'Jana', 'Nováková', 'jana@alfa.example', 'Starý', 'stary@alfa.example'],
      ['Beta', '87654321', 'Petr', 'Malý', 'not an address', '', ''],
    ]),
    { settings: { rows: 'valid_only' } },
  )
  expect(loaded.status).toBe('completed')
  const { records: contacts } = await street.app.call(listContacts, { query: { sort: 'name' } }, as())
  expect(contacts.map(({ title, references }) => [title, references['client']?.title])).toEqual([
    ['Jana Nováková', 'Alfa'],
    ['Starý', 'Alfa'],
  ])
  expect((await street.app.call(listClients, {}, as())).total).toBe(2)
  await street.undo(loaded.id)
  expect((await street.app.call(listContacts, {}, as())).total).toBe(0)
  expect((await street.app.call(listClients, {}, as())).total).toBe(0)
})

test.each([
  [
    'HubSpot',
    ['First Name', 'Last Name', 'Email', 'Phone Number', 'Contact owner', 'Create Date'],
    {
      'First Name': 'firstName',
      'Last Name': 'lastName',
      Email: 'email',
      'Phone Number': 'phone',
      'Contact owner': 'owner',
    },
  ],
  [
    'Salesforce',
    [
      'Salutation',
      'First Name',
      'Last Name',
      'Title',
      'Mailing Street',
      'Mailing City',
      'Phone',
      'Email',
      'Account Name',
    ],
    {
      Title: 'position',
      'Mailing Street': 'privateStreet',
      'Mailing City': 'privateCity',
      'Account Name': 'client',
    },
  ],
  [
    'Pipedrive',
    ['Name', 'Email', 'Phone', 'Organization', 'Owner', 'Label'],
    { Name: 'name', Email: 'email', Organization: 'client', Owner: 'owner', Label: 'tags' },
  ],
  [
    'Google',
    [
      'Given Name',
      'Family Name',
      'Birthday',
      'Notes',
      'E-mail 1 - Value',
      'Phone 1 - Value',
      'Organization 1 - Name',
    ],
    {
      'Given Name': 'firstName',
      'Family Name': 'lastName',
      Notes: 'note',
      'E-mail 1 - Value': 'email',
      'Phone 1 - Value': 'phone',
      'Organization 1 - Name': 'client',
    },
  ],
  [
    'Outlook',
    [
      'First Name',
      'Last Name',
      'Company',
      'Job Title',
      'Business Phone',
      'Mobile Phone',
      'E-mail Address',
      'E-mail 2 Address',
    ],
    {
      Company: 'client',
      'Job Title': 'position',
      'Business Phone': 'phone',
      'E-mail Address': 'email',
      'E-mail 2 Address': 'email2',
    },
  ],
  [
    'RAYNET',
    [
      'Příjmení',
      'Jméno',
      'Titul před',
      'Oslovení',
      'Pozice',
      'Klíčová osoba',
      'E-mail',
      'Telefon 1',
      'Klient',
    ],
    {
      Příjmení: 'lastName',
      Jméno: 'firstName',
      Pozice: 'position',
      'Klíčová osoba': 'isKeyPerson',
      Klient: 'client',
    },
  ],
])('columns of contact persons as %s exports them are recognised', async (_, headers, expected) => {
  const run = await street.bring(csv([headers, headers.map((_, at) => `x${at}`)]), { kind: 'contacts' })
  const { columns } = await street.app.call(describeColumns, { params: { id: run.id, source: 0 } }, as())
  const found = Object.fromEntries(
    columns.map((column) => [headers[column.column], column.suggestion?.field]),
  )
  expect(found).toMatchObject(expected)
})

test('products are created and updated by their code, and come onto price lists by numbered columns', async () => {
  await street.stored(
    `insert into carryover.code_lists (org_id, name, created_at) select org_id, 'priceList', now() from carryover.organisations`,
  )
  await street.stored(
    `insert into carryover.list_options (org_id, list, value, label_en, place, created_at)
     select org_id, 'priceList', v, v, 1, now() from carryover.organisations, unnest(array['retail', 'vip']) v`,
  )
  await street.stored(
    'insert into carryover.kind_revisions (org_id, revision) select org_id, gen_random_uuid() from carryover.organisations on conflict (org_id) do update set revision = excluded.revision',
  )
  const header = [
    'Code',
    'Name',
    'Price',
    'Price list 1 Name',
    'Price list 1 Price',
    'Price list 2 Name',
    'Price list 2 Price',
  ]
  const fields = [
    'code',
    'name',
    'price',
    'prices[1].priceList',
    'prices[1].price',
    'prices[2].priceList',
    'prices[2].price',
  ]
  const mapping = {
    columns: header.map((name, column) => ({
      column,
      header: name,
      field: fields[column]!,
      ...(/price$/i.test(fields[column]!) ? { format: { decimal: '.' as const, currency: 'CZK' } } : {}),
    })),
  }
  const load = (rows: string[][]) =>
    street.load(csv([header, ...rows]), {
      kind: 'products',
      mapping,
      settings: { existing: 'upsert', match: ['code'] },
    })
  const first = await load([
    ['P1', 'Pump', '10.00', 'retail', '12.00', 'vip', '8.00'],
    ['P2', 'Hose', '5.00', '', '', '', ''],
  ])
  expect(first).toMatchObject({ status: 'completed' })
  expect((await street.app.call(listPrices, {}, as())).total).toBe(2)
  const second = await load([
    ['P1', 'Pump 2', '11.00', 'retail', '13.00', 'vip', '8.00'],
    ['P3', 'Valve', '7.00', 'vip', '6.00', '', ''],
  ])
  expect(second).toMatchObject({ status: 'completed' })
  const { records: products } = await street.app.call(listProducts, { query: { sort: 'code' } }, as())
  expect(products.map(({ title }) => title)).toEqual(['Pump 2', 'Hose', 'Valve'])
  const { records: prices } = await street.app.call(listPrices, { query: { sort: 'price' } }, as())
  expect(
    prices.map(({ values, references }) => [
      references['product']!.title,
      values['priceList'],
      values['price'],
    ]),
  ).toEqual([
    ['Valve', 'vip', '6.00 CZK'],
    ['Pump 2', 'vip', '8.00 CZK'],
    ['Pump 2', 'retail', '13.00 CZK'],
  ])
})

test('people are imported without sign-in, nothing is sent, and an invitation afterwards is the first mail', async () => {
  const loaded = await street.load(
    csv([
      ['Name', 'E-mail', 'Role', 'External id'],
      ['Eva Malá', 'eva@sunrise.example', 'Manager', 'U1'],
      ['Without Mail', '', '', 'U2'],
    ]),
    { kind: 'people' },
  )
  expect(loaded).toMatchObject({ status: 'completed', counts: { created: 2 } })
  const { people } = await street.app.call(listPeople, { query: { status: 'uninvited' } }, as())
  expect(people.map(({ name, role, language }) => [name, role, language])).toEqual([
    ['Eva Malá', 'manager', 'en'],
    ['Without Mail', 'member', 'en'],
  ])
  expect((await street.app.call(listOutbox, {}, as())).messages).toEqual([])
  const invited = await street.app.call(resendInvitation, byId(people[0]!.id), as())
  expect(invited.status).toBe('invited')
  expect((await street.app.call(listOutbox, {}, as())).messages).toHaveLength(1)
  const undone = await street.undo(loaded.id)
  // Who was invited since is somebody: only the other one goes.
  expect(undone.undo).toMatchObject({ reversed: 1, kept: 1 })
})

test('an address of somebody is theirs in any case, in the file and in the store', async () => {
  const rows = csv([
    ['Name', 'E-mail'],
    ['A', 'MANAGER@sunrise.example'],
    ['B', 'x@y.example'],
    ['C', 'X@y.example'],
  ])
  const view = await street.check(rows, { kind: 'people', settings: { rows: 'valid_only' } })
  expect(view.counts).toMatchObject({ rows: 3, failed: 3 })
  const upsert = await street.check(rows, {
    kind: 'people',
    settings: { rows: 'valid_only', existing: 'upsert', match: ['email'] },
  })
  expect(upsert.counts).toMatchObject({ rows: 3, updated: 1, failed: 2 })
})

test('nobody becomes an administrator, or stops to be the last one, by an import that may not', async () => {
  const manager = await street.visitor('manager')
  const rows = csv([
    ['E-mail', 'Name', 'Role'],
    ['manager@sunrise.example', 'M', 'Administrator'],
  ])
  const rules: Bring = { kind: 'people', settings: { existing: 'update', match: ['email'] } }
  const role = async (email: string) =>
    (await street.stored<{ role: string }>('select role from carryover.people where email = $1', [email]))[0]!
      .role
  const refused = await street.check(rows, { ...rules, as: manager }).catch((error: unknown) => error)
  if (!(refused instanceof Error)) {
    const { id } = refused as { id: string }
    await street.app.send(approveImport, { ...byId(id), body: {} }, { as: manager })
    expect((await street.rest(id)).status).not.toBe('completed')
  }
  expect(await role('manager@sunrise.example')).toBe('manager')
  const last = await street.check(
    csv([
      ['E-mail', 'Name', 'Role'],
      ['administrator@sunrise.example', 'A', 'Member'],
    ]),
    rules,
  )
  await street.app.send(approveImport, { ...byId(last.id), body: {} }, as())
  expect((await street.rest(last.id)).status).not.toBe('completed')
  expect(await role('administrator@sunrise.example')).toBe('administrator')
})
