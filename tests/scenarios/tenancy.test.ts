/** Two organisations with data: nobody of the one reaches anything of the other, by any operation or statement. */
import { globSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApiKey } from '../../src/accounts/api-keys/contract.ts'
import { listSessions } from '../../src/accounts/contract.ts'
import { invitePerson } from '../../src/accounts/people/contract.ts'
import { createProduct } from '../../src/catalogue/contract.ts'
import {
  createContact,
  createContactClient,
  createLead,
  deleteContact,
  listClients,
} from '../../src/clients/contract.ts'
import { createCustomField } from '../../src/kinds/custom-fields/contract.ts'
import { createView } from '../../src/kinds/views/contract.ts'
import { listOutbox } from '../../src/notices/contract.ts'
import { apiRoot, type Operation, operationPath } from '../../src/platform/contract.ts'
import { rows, sql } from '../../src/platform/database.ts'
import { inWork } from '../../src/platform/work.ts'
import type { Visitor } from '../support/http.ts'
import { csv, openStreet, type Street } from '../support/imports.ts'
import { createTestOrganisation, type TestOrganisation, testPassword } from '../support/organisation.ts'

let street: Street
let sunset: TestOrganisation
let stranger: Visitor
/** Ids of the first organisation's things, by the first part of the address at which they are. */
let theirs: Record<string, string>

const marks = /sunrise|Secret/

beforeAll(async () => {
  street = await openStreet({ name: 'sunrise' })
  sunset = await createTestOrganisation(street.world.platform, 'sunset')
  stranger = await street.app.enter(sunset.emailOf('administrator'), testPassword)
  const as = { as: street.owner }
  const loaded = await street.load(
    csv([
      ['External id', 'Name', 'E-mail', 'Rating'],
      ['S1', 'Secret client', 'secret@sunrise.example', 'A'],
      ['S2', 'Secret failure', 'not an address', 'B'],
    ]),
    { name: 'Secret.csv', settings: { rows: 'valid_only' } },
  )
  const { records: clients } = await street.app.call(listClients, {}, as)
  const person = await street.app.call(
    invitePerson,
    { body: { email: 'invited@sunrise.example', name: 'Secret Person', role: 'member' } },
    as,
  )
  const { key } = await street.app.call(
    createApiKey,
    { body: { name: 'Secret key', scopes: ['imports.read'] } },
    as,
  )
  const { messages } = await street.app.call(listOutbox, {}, as)
  const { sessions } = await street.app.call(listSessions, {}, as)
  const made = async (operation: typeof createContact, values: Record<string, string>) =>
    (await street.app.call(operation, { body: { values } }, as)).id
  const client = clients[0]!.id
  const contact = await made(createContact, { lastName: 'Secret contact', client })
  const product = await made(createProduct, { code: 'SECRET', name: 'Secret product' })
  const gone = await made(createContact, { lastName: 'Secret and gone' })
  const { bin } = await street.app.call(deleteContact, { params: { id: gone } }, as)
  const field = await street.app.call(
    createCustomField,
    { body: { kind: 'clients', label: { en: 'Secret field', cs: null }, type: 'text' } },
    as,
  )
  const view = await street.app.call(
    createView,
    { body: { kind: 'clients', name: 'Secret view', shared: true, definition: {} } },
    as,
  )
  theirs = {
    contacts: contact,
    'contact-clients': await made(createContactClient, { contact, client }),
    leads: await made(createLead, { topic: 'Secret lead' }),
    products: product,
    prices: await somePrice(product),
    bin,
    'custom-fields': field.id,
    views: view.id,
    history: (await street.stored<{ id: string }>('select max(id) as id from carryover.history'))[0]!.id,
    imports: loaded.id,
    files: loaded.sources[0]!.fileId,
    clients: clients[0]!.id,
    people: person.id,
    'api-keys': key.id,
    mail: messages[0]!.id,
    sessions: sessions[0]!.id,
  }
})
afterAll(() => street?.close())

/** Straight into the table: nobody has made a price list here. */
async function somePrice(product: string): Promise<string> {
  const [made] = await street.stored<{ id: string }>(
    `insert into carryover.price_list_items (org_id, product_id, price_list, price_minor, price_currency, created_at, updated_at)
     values ($1, $2, 'Secret list', 100, 'CZK', now(), now()) returning id`,
    [street.organisation.org, product],
  )
  return made!.id
}

async function operations(): Promise<Operation[]> {
  const found: Operation[] = []
  for (const path of globSync('src/**/contract.ts')) {
    const { href } = new URL(`../../${path}`, import.meta.url)
    for (const value of Object.values((await import(/* @vite-ignore */ href)) as Record<string, unknown>))
      if (value && typeof value === 'object' && 'method' in value && 'permission' in value)
        found.push(value as Operation)
  }
  return found
}

/** The first value that a schema takes for each operation that has a body. */
const bodies: Record<string, () => unknown> = {
  createImport: () => ({ kind: 'clients', fileId: theirs['files'] }),
  addSource: () => ({ kind: 'clients', fileId: theirs['files'] }),
  replaceFile: () => ({ fileId: theirs['files'] }),
  deleteImportRecords: () => ({}),
  changeReading: () => ({}),
  saveMapping: () => ({ columns: [], constants: [] }),
  changeSettings: () => ({ rows: 'valid_only' }),
  approveImport: () => ({}),
  changeClient: () => ({ version: 1, values: { name: 'Taken over' } }),
  changeContact: () => ({ version: 1, values: { lastName: 'Taken over' } }),
  changeContactClient: () => ({ version: 1, values: { position: 'Taken over' } }),
  changeLead: () => ({ version: 1, values: { topic: 'Taken over' } }),
  changeProduct: () => ({ version: 1, values: { name: 'Taken over' } }),
  changePrice: () => ({ version: 1, values: { price: '1.00 CZK' } }),
  mergeClients: () => ({ other: '999999', version: 1, otherVersion: 1 }),
  mergeContacts: () => ({ other: '999999', version: 1, otherVersion: 1 }),
  mergeLeads: () => ({ other: '999999', version: 1, otherVersion: 1 }),
  mergeProducts: () => ({ other: '999999', version: 1, otherVersion: 1 }),
  convertLead: () => ({ version: 1 }),
  changeCustomField: () => ({ version: 1, hint: 'Taken over' }),
  previewFieldType: () => ({ type: 'text' }),
  readFile: () => ({}),
  undoChange: () => ({}),
  changeView: () => ({ name: 'Taken over' }),
  changePerson: () => ({ name: 'Taken over' }),
}

const everything = `select table_name as name from information_schema.tables
  where table_schema = 'carryover' and table_type = 'BASE TABLE' order by 1`

/** All rows of the first organisation, apart from when its people were last seen. */
async function dump(): Promise<string[]> {
  const names = (await street.stored<{ name: string }>(everything)).map(({ name }) => name)
  const owned = names.filter((name) => !['migrations', 'setup_tokens', 'sign_in_throttles'].includes(name))
  const parts = owned.map(
    (name) =>
      `select '${name} ' || (to_jsonb(t) - 'last_seen_at')::text as row from carryover.${name} t where org_id = $1`,
  )
  const found = await street.stored<{ row: string }>(parts.join(' union all '), [street.organisation.org])
  return found.map(({ row }) => row).sort()
}

test('no operation with an id of the other organisation gives or changes anything', async () => {
  const before = await dump()
  expect(before.length).toBeGreaterThan(30)
  let tried = 0
  for (const operation of await operations()) {
    const takesIds = operation.path.includes(':id') || operation.id === 'createImport'
    if (operation.permission === 'public' || !takesIds) continue
    const part = operation.path.split('/')[1]!
    const id = theirs[part]
    expect(id, `whose ids does ${operation.path} take?`).toBeDefined()
    expect(operation.body === undefined || operation.id in bodies, `a body for ${operation.id}`).toBe(true)
    const params = { id, source: 0, column: 0, format: 'csv' }
    const response = await street.app.send(
      operation,
      {
        params,
        ...(operation.body ? { body: bodies[operation.id]!() } : {}),
      } as never,
      { as: stranger },
    )
    const text = await response.text()
    // An event that is not there and one that cannot be undone are answered alike.
    const expected = operation.id === 'undoChange' ? 409 : 404
    expect(response.status, `${operation.id}: ${text.slice(0, 200)}`).toBe(expected)
    expect(text, operation.id).not.toMatch(marks)
    tried += 1
  }
  expect(tried).toBeGreaterThan(60)
  expect(await dump()).toEqual(before)
})

test('no list, search, export or stream shows anything of the other organisation', async () => {
  for (const operation of await operations()) {
    if (operation.method !== 'GET' || operation.permission === 'public' || operation.path.includes(':id'))
      continue
    const path = operationPath(operation, { kind: 'clients', format: 'csv', name: 'category' })
    for (const query of [
      '',
      '?search=Secret',
      `?kind=clients&recordId=${theirs['clients']}`,
      `?importId=${theirs['imports']}`,
      '?limit=200',
    ]) {
      const response = await fetch(`${street.app.url}${apiRoot}${path}${query}`, {
        headers: { cookie: stranger.cookie! },
      })
      const text = await response.text()
      expect([200, 400], `${operation.id}${query}: ${text.slice(0, 200)}`).toContain(response.status)
      expect(text, `${operation.id}${query}`).not.toMatch(marks)
    }
  }
})

test('an upload of the other organisation is neither found, nor continued, nor ended', async () => {
  const headers = { 'tus-resumable': '1.0.0' }
  const begun = await fetch(`${street.app.url}${apiRoot}/uploads`, {
    method: 'POST',
    headers: {
      ...headers,
      cookie: street.owner.cookie!,
      'upload-length': '100',
      'upload-metadata': 'filename YQ==',
    },
  })
  const url = new URL(begun.headers.get('location')!, begun.url).href
  const as = { ...headers, cookie: stranger.cookie! }
  for (const init of [
    { method: 'HEAD', headers: as },
    { method: 'DELETE', headers: as },
    {
      method: 'PATCH',
      headers: { ...as, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
      body: 'x'.repeat(100),
    },
  ])
    expect((await fetch(url, init)).status, init.method).toBe(404)
  const mine = await fetch(url, { method: 'HEAD', headers: { ...headers, cookie: street.owner.cookie! } })
  expect([mine.status, mine.headers.get('upload-offset')]).toEqual([200, '0'])
})

test('the same file in two organisations is a file of each; neither is told of the other', async () => {
  const text = csv([
    ['External id', 'Name'],
    ['Q1', 'Shared words'],
  ])
  const first = await street.load(text)
  const file = await street.upload(text, 'same.csv', stranger)
  expect(file.sameFileAs).toEqual([])
  const view = await street.bring(text, { as: stranger })
  expect(view).toMatchObject({ label: expect.stringMatching(/#1$/), sameFileAs: [] })
  expect((await street.find(first.id)).sameFileAs).toEqual([])
})

test('a task that names another organisation than its import finds nothing to do', async () => {
  const { checkTask } = await import('../../src/imports/task-names.ts')
  const scope = await sunset.scopeOf('administrator')
  await inWork(street.world.platform, scope, (work) =>
    work.enqueue(checkTask, { org: sunset.org, import: theirs['imports']!, person: '' }),
  )
  expect((await street.find(theirs['imports']!)).status).toBe('completed')
})

test('statements of the program see no row without an organisation, and only their own with one', async () => {
  const names = (await street.stored<{ name: string }>(everything)).map(({ name }) => name)
  const owned = names.filter((name) => !['migrations', 'setup_tokens', 'sign_in_throttles'].includes(name))
  for (const role of ['app', 'loader'] as const) {
    const db = street.world.platform.database.roles(role)
    for (const name of owned) expect(await rows(db, sql`select 1 from ${sql.table(name)}`), name).toEqual([])
    const scope = { ...(await sunset.scopeOf('administrator')), role }
    await inWork(street.world.platform, scope, async (work) => {
      for (const name of owned)
        expect(
          await rows(work.db, sql`select 1 from ${sql.table(name)} where org_id <> ${sunset.org}::bigint`),
          name,
        ).toEqual([])
    })
    const across = inWork(street.world.platform, scope, (work) =>
      rows(
        work.db,
        sql`insert into clients (org_id, name, created_at, updated_at)
          values (${street.organisation.org}::bigint, 'x', now(), now())`,
      ),
    )
    await expect(across).rejects.toThrow('row-level security')
    const moved = inWork(street.world.platform, scope, (work) =>
      rows(work.db, sql`update clients set org_id = ${street.organisation.org}::bigint`),
    )
    await moved.catch((error: unknown) => expect(String(error)).toMatch('row-level security'))
  }
  expect(await street.stored("select 1 from carryover.clients where name = 'x'")).toEqual([])
})

test('staging has no row policy, so the role of the interface cannot reach it at all', async () => {
  const waiting = await street.check(
    csv([
      ['External id', 'Name'],
      ['W1', 'Secret and waiting'],
    ]),
  )
  const db = street.world.platform.database.roles('app')
  await expect(rows(db, sql`select * from ${sql.table(`staging.rows_${waiting.id}_0`)}`)).rejects.toThrow(
    'permission denied',
  )
})
