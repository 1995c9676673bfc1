/** A person asks what is kept, and to be forgotten: handed out and erased everywhere, while every import still balances. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { invitePerson } from '../../src/accounts/people/contract.ts'
import {
  changeContact,
  createClient,
  createContact,
  createContactClient,
  deleteClient,
  deleteContact,
  findClient,
  listContacts,
} from '../../src/clients/contract.ts'
import { listHistory } from '../../src/history/contract.ts'
import { listBin } from '../../src/kinds/records/contract.ts'
import { listOutbox } from '../../src/notices/contract.ts'
import { erasePerson, exportPerson, findPersonRecords, listErasures } from '../../src/privacy/contract.ts'
import { eventually } from '../support/eventually.ts'
import { csv, openStreet, type Street } from '../support/imports.ts'

let street: Street

beforeAll(async () => {
  street = await openStreet()
})
afterAll(() => street?.close())

const as = () => ({ as: street.owner })
const byId = (id: string) => ({ params: { id } })

const secret = 'secretova@alfa.example'

/** Every table in which one of the words still stands. */
async function whereIs(...words: string[]): Promise<string[]> {
  const tables = await street.stored<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('carryover', 'staging') and c.relkind = 'r' order by 1`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const rows = await street.stored(
      `select 1 from ${name} t where to_jsonb(t)::text ilike any($1::text[]) limit 1`,
      [words.map((word) => `%${word}%`)],
    )
    if (rows.length > 0) found.push(name)
  }
  return found
}

test('a person is handed out whole, and erased everywhere; hashes, counts and sums stay', async () => {
  const loaded = await street.load(
    csv([
      ['External id', 'First name', 'Last name', 'E-mail', 'Phone', 'Birthday', 'Note'],
      ['K1', 'Jana', 'Secretova', secret, '+420601777001', '1980-01-02', 'first'],
      ['K2', 'Petr', 'Other', 'petr@alfa.example', '', 'not a day', ''],
      ['K3', 'Eva', 'Stays', 'eva@alfa.example', '', '', ''],
    ]),
    { kind: 'contacts', settings: { rows: 'valid_only' } },
  )
  const updated = await street.load(
    csv([
      ['External id', 'Last name', 'Note'],
      ['K1', 'Secretova-Nova', 'second'],
      ['K3', 'Stays', 'kept note'],
    ]),
    { kind: 'contacts', settings: { existing: 'upsert', match: ['externalId'] } },
  )
  const open = await street.check(
    csv([
      ['Last name', 'E-mail'],
      ['Secretova', secret],
    ]),
    { kind: 'contacts' },
  )
  const [found] = (await street.app.call(findPersonRecords, { query: { search: secret } }, as())).records
  expect(found).toMatchObject({ kind: 'contacts', title: 'Jana Secretova-Nova', email: secret })
  const { version } = (await street.app.call(listContacts, { query: { search: secret } }, as())).records[0]!
  const alfa = await street.app.call(createClient, { body: { values: { name: 'Alfa' } } }, as())
  const params = byId(found!.id)
  await street.app.call(
    changeContact,
    { ...params, body: { version, values: { client: alfa.id, note: 'by hand' } } },
    as(),
  )
  await street.app.call(
    createContactClient,
    { body: { values: { contact: found!.id, client: alfa.id } } },
    as(),
  )
  // The same person once more, in the bin.
  const twin = await street.app.call(
    createContact,
    { body: { values: { lastName: 'Secretova', email: secret } } },
    { ...as(), headers: { 'idempotency-key': 'twin' } },
  )
  await street.app.call(deleteContact, byId(twin.id), as())

  const again = (await street.app.call(findPersonRecords, { query: { search: secret } }, as())).records
  expect(again.map(({ id, isInBin }) => ({ id, isInBin }))).toEqual([
    { id: found!.id, isInBin: false },
    { id: twin.id, isInBin: true },
  ])
  const records = again.map(({ kind, id }) => ({ kind, id }))
  const given = await street.app.call(
    exportPerson,
    { body: { records } },
    { ...as(), headers: { 'idempotency-key': 'given' } },
  )
  // Whoever took it stands in the history of each record; no second copy is kept.
  const told = await street.app.call(listHistory, { query: { kind: 'contacts', recordId: found!.id } }, as())
  expect(told.events[0]).toMatchObject({ event: 'person.handed_out', by: 'administrator of sunrise' })
  expect(told.events[0]!.sentence).toContain('records: 2')
  expect(await street.stored("select 1 from carryover.idempotency_keys where key = 'given'")).toEqual([])
  expect(given.emails).toEqual([secret])
  expect(given.data).toMatchObject({
    records: {
      records: [
        {
          values: { lastName: 'Secretova-Nova', birthday: '1980-01-02', note: 'by hand' },
          parts: [{ kind: 'contactClients' }],
        },
      ],
      bin: [{ title: 'Secretova' }],
    },
    imports: {
      files: [
        { import: loaded.label, rows: ['1'] },
        { import: updated.label, rows: ['1'] },
        // Not loaded, but its check said that this person may be there already.
        { import: open.label, rows: ['1'] },
      ],
      changes: [{ before: { lastName: 'Secretova', note: 'first' } }],
      open: [open.label],
    },
  })

  const erased = await street.app.call(erasePerson, { body: { records } }, as())
  expect(erased.counts).toMatchObject({
    records: { records: 2, bin: 1 },
    imports: { changes: 1, files: 3, cancelled: 1 },
    answers: { answers: 1 },
  })
  expect(await whereIs('secretova', '601777001')).toEqual([])
  for (const run of [loaded, updated]) {
    const after = await street.find(run.id)
    expect(after.counts).toEqual(run.counts)
    expect(after).toMatchObject({ status: 'completed', balanced: true })
    expect(after.sources[0]).toMatchObject({ fileState: 'erased', sha256: run.sources[0]!.sha256 })
  }
  expect((await street.find(open.id)).status).toBe('cancelled')
  expect((await street.app.call(listBin, {}, as())).entries).toEqual([])
  const { events } = await street.app.call(
    listHistory,
    { query: { kind: 'contacts', recordId: found!.id } },
    as(),
  )
  expect(events.map(({ event }) => event)).toContain('record.changed')
  // Others are as they were, and what is left of the imports can still be undone.
  expect((await street.app.call(listContacts, {}, as())).records.map(({ title }) => title)).toEqual([
    'Eva Stays',
  ])
  expect((await street.app.call(findClient, byId(alfa.id), as())).title).toBe('Alfa')
  await street.undo(updated.id)
  const undone = await street.undo(loaded.id)
  expect(['undone', 'partly_undone']).toContain(undone.status)
  expect((await street.app.call(listContacts, {}, as())).total).toBe(0)
  expect((await street.app.call(listErasures, {}, as())).erasures).toMatchObject([
    { id: erased.id, by: 'administrator of sunrise' },
  ])
  expect((await street.app.refusal(erasePerson, { body: { records } }, as())).code).toBe(
    'person.nothing_kept',
  )
})

test('what is not chosen stays: a firm in the bin with the same address, the history of a namesake', async () => {
  const email = 'info@shared.example'
  const firm = await street.app.call(createClient, { body: { values: { name: 'Shared', email } } }, as())
  await street.app.call(deleteClient, byId(firm.id), as())
  const contact = async (values: Record<string, string>) =>
    street.app.call(createContact, { body: { values } }, as())
  const person = await contact({ lastName: 'Novak', email })
  const namesake = await contact({ lastName: 'Dvorak' })
  await street.app.call(
    changeContact,
    { ...byId(namesake.id), body: { version: namesake.version, values: { lastName: 'Novak' } } },
    as(),
  )
  const records = [{ kind: 'contacts', id: person.id }]
  const erased = await street.app.call(erasePerson, { body: { records } }, as())
  expect(erased.counts).toMatchObject({ records: { records: 1, bin: 0 } })
  expect((await street.app.call(listBin, {}, as())).entries).toMatchObject([{ recordId: firm.id }])
  const query = { kind: 'contacts', recordId: namesake.id }
  const { events } = await street.app.call(listHistory, { query }, as())
  expect(events.flatMap(({ changes }) => changes)).toMatchObject([{ before: 'Dvorak', after: 'Novak' }])
  // Chosen alone it goes too, though nothing of it is outside the bin.
  const chosen = { body: { records: [{ kind: 'clients', id: firm.id }] } }
  expect((await street.app.call(erasePerson, chosen, as())).counts).toMatchObject({ records: { bin: 1 } })
})

test('a user becomes a number: no access, no mail, no name in the history; the last administrator stays', async () => {
  const person = await street.app.call(
    invitePerson,
    { body: { email: 'leaver@sunrise.example', name: 'Leaver Leaving', role: 'member' } },
    as(),
  )
  const erased = await street.app.call(
    erasePerson,
    { body: { records: [{ kind: 'people', id: person.id }] } },
    as(),
  )
  expect(erased.counts).toMatchObject({ accounts: { accounts: 1 }, mail: { messages: 1 } })
  expect(await whereIs('leaver')).toEqual([])
  expect((await street.app.call(listOutbox, {}, as())).messages).toEqual([])
  const [me] = await street.stored<{ id: string }>(
    "select id from carryover.people where role = 'administrator'",
  )
  const refused = await street.app.refusal(
    erasePerson,
    { body: { records: [{ kind: 'people', id: me!.id }] } },
    as(),
  )
  expect(refused.code).toBe('person.last_administrator')
})

test('only an administrator may, and only when imports rest', async () => {
  const records = [{ kind: 'contacts', id: '1' }]
  for (const role of ['manager', 'migration', 'operator'] as const)
    expect(
      (await street.app.refusal(erasePerson, { body: { records } }, { as: await street.visitor(role) })).code,
    ).toBe('permission.denied')
})

test('an answer that is kept for its Idempotency-Key is forgotten after a day', async () => {
  const ask = (key: string) =>
    street.app.call(
      createContact,
      { body: { values: { lastName: key } } },
      { ...as(), headers: { 'idempotency-key': key } },
    )
  const kept = async () =>
    (await street.stored<{ key: string }>('select key from carryover.idempotency_keys')).map(({ key }) => key)
  const { id } = await ask('early')
  street.world.clock.travel(23 * 3600)
  expect((await ask('early')).id).toBe(id)
  street.world.clock.travel(2 * 3600)
  await ask('late')
  await eventually(async () => (await kept()).join() === 'late')
})
