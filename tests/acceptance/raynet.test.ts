/**
 * RN-01 to RN-20: the import of directory data as RAYNET's page on it describes, walked with templates in Czech. What
 * that CRM limits is here the profile "RAYNET" of the organisation's rules, or the import's own settings.
 */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { roles } from '../../src/accounts/permissions.ts'
import { listProducts } from '../../src/catalogue/contract.ts'
import {
  createContact,
  findClient,
  listClients,
  listContacts,
  listLeads,
} from '../../src/clients/contract.ts'
import { listTemplates } from '../../src/exports/templates/contract.ts'
import * as importContract from '../../src/imports/contract.ts'
import { changeImportPolicy } from '../../src/imports/policies/contract.ts'
import { listReadingFindings } from '../../src/imports/read/contract.ts'
import * as undoContract from '../../src/imports/undo/contract.ts'
import { createCustomField } from '../../src/kinds/custom-fields/contract.ts'
import { type Bring, csv, openStreet, type Street } from '../support/imports.ts'
import {
  downloadTemplate,
  type Filling,
  fillTemplate,
  headersOf,
  textOf,
  unmarked,
} from './filled-template.ts'

let street: Street
const as = () => ({ as: street.owner })

beforeAll(async () => {
  street = await openStreet()
})
afterEach(() => street.stored('truncate carryover.import_policies'))
afterAll(() => street?.close())

const oneTable = 'clients?language=cs&shape=one-table'
const twoTables = 'clients?language=cs&shape=two-tables'

const useRaynetRules = () => street.app.call(changeImportPolicy, { body: { profile: 'raynet' } }, as())

const fill = async (query: string, filling: Filling) =>
  fillTemplate(await downloadTemplate(street, query), filling)

const upload = (bytes: Buffer, options: Bring = {}) =>
  street.check(bytes, { name: 'vyplněno.xlsx', ...options })

const run = async (bytes: Buffer, options: Bring = {}) => street.approve((await upload(bytes, options)).id)

const validOnly: Bring = { settings: { rows: 'valid_only' } }
const errorsIn = (view: importContract.ImportView) =>
  view.findingGroups.filter((of) => of.severity === 'error')
const countErrors = (view: importContract.ImportView) =>
  errorsIn(view).reduce((sum, { count }) => sum + count, 0)

/** Clients and contact persons of one import, by name. */
async function recordsOf(importId: string) {
  const query = { importId, limit: 200, sort: 'name' }
  const clients = await street.app.call(listClients, { query }, as())
  const contacts = await street.app.call(listContacts, { query }, as())
  return {
    clients: clients.records.map(({ title }) => title),
    contacts: contacts.records.map(({ title, references }) => `${title} @ ${references['client']?.title}`),
  }
}

const addField = (kind: string, cs: string) =>
  street.app.call(createCustomField, { body: { kind, type: 'text', label: { en: null, cs } } }, as())

test('RN-01 many clients and their contact persons come into the CRM by the import template', async () => {
  const bytes = await fill(twoTables, {
    Klienti: [{ Název: 'Ovocnářství Hruška' }, { Název: 'Zahrady Jedle' }],
    'Kontaktní osoby': [
      { Klient: 'Ovocnářství Hruška', Příjmení: 'Hrušková', Jméno: 'Eva' },
      { Klient: 'Zahrady Jedle', Příjmení: 'Jedlička', Jméno: 'Jan' },
      { Klient: 'Zahrady Jedle', Příjmení: 'Smrková', Jméno: 'Iva' },
    ],
  })
  const view = await run(bytes)
  expect(view).toMatchObject({
    status: 'completed',
    balanced: true,
    counts: { loaded: 5, created: 5, failed: 0 },
  })
  expect(await recordsOf(view.id)).toEqual({
    clients: ['Ovocnářství Hruška', 'Zahrady Jedle'],
    contacts: [
      'Eva Hrušková @ Ovocnářství Hruška',
      'Iva Smrková @ Zahrady Jedle',
      'Jan Jedlička @ Zahrady Jedle',
    ],
  })
})

test('RN-02 who is not an administrator cannot import', async () => {
  await useRaynetRules()
  const file = await street.upload(csv([['Name'], ['Nobody’s']]))
  const body = { kind: 'clients', fileId: file.id }
  for (const role of roles.filter((of) => of !== 'administrator')) {
    const visitor = await street.visitor(role)
    const refused = await street.app.refusal(importContract.createImport, { body }, { as: visitor })
    expect([role, refused.status]).toEqual([role, 403])
  }
  const begun = await street.app.call(importContract.createImport, { body }, as())
  expect(begun.status).toBe('incomplete')
})

test('RN-03 the administrator chooses the template that suits the structure of the data', async () => {
  const { templates } = await street.app.call(listTemplates, {}, as())
  const shapes = templates.find(({ kind }) => kind === 'clients')!.shapes
  expect(shapes.map(({ shape, sheets }) => [shape, sheets.map(({ labels }) => labels.cs)])).toEqual([
    ['one-table', ['Klienti']],
    ['two-tables', ['Klienti', 'Kontaktní osoby']],
  ])
  const sheets = async (query: string) => [...headersOf(await downloadTemplate(street, query)).keys()]
  expect(await sheets(oneTable)).toEqual(['Pokyny', 'Klienti'])
  expect(await sheets(twoTables)).toEqual(['Pokyny', 'Klienti', 'Kontaktní osoby'])
})

test('RN-04 template 1 has room for at most six contact persons of a client, and takes all six', async () => {
  const headers = headersOf(await downloadTemplate(street, oneTable)).get('Klienti')!
  const numbers = headers.flatMap((header) => /^Kontaktní osoba (\d+) – Příjmení/.exec(header)?.[1] ?? [])
  expect(numbers).toEqual(['1', '2', '3', '4', '5', '6'])
  const names = numbers.map((n) => [`Kontaktní osoba ${n} – Příjmení`, `Šestý ${n}`])
  const view = await run(
    await fill(oneTable, { Klienti: [{ Název: 'Šestka', ...Object.fromEntries(names) }] }),
  )
  expect((await recordsOf(view.id)).contacts).toEqual(numbers.map((n) => `Šestý ${n} @ Šestka`))
})

test('RN-05 template 2 has no limit of contact persons for a client', async () => {
  const people = Array.from({ length: 120 }, (_, at) => ({ Klient: 'Velká firma', Příjmení: `Osoba ${at}` }))
  const view = await run(
    await fill(twoTables, { Klienti: [{ Název: 'Velká firma' }], 'Kontaktní osoby': people }),
  )
  expect(view).toMatchObject({ status: 'completed', counts: { failed: 0 } })
  const { contacts } = await recordsOf(view.id)
  expect(contacts.length).toBe(120)
  expect(contacts.every((name) => name.endsWith(' @ Velká firma'))).toBe(true)
})

test('RN-06 a downloaded template holds its own instructions, with the limits in force', async () => {
  await useRaynetRules()
  for (const query of [oneTable, twoTables, 'leads?language=cs', 'products?language=cs']) {
    const bytes = await downloadTemplate(street, query)
    const [instructions, ...tables] = headersOf(bytes)
    expect(instructions?.[0]).toBe('Pokyny')
    const text = textOf(bytes, 'Pokyny')
    // Each column of each table is explained, and what the rules let in is said.
    for (const [name, headers] of tables) {
      expect(text).toContain(name)
      const explained = headers.filter((header) => !/ \d+ – /.test(header)).map(unmarked)
      expect(explained.filter((header) => !text.includes(header))).toEqual([])
    }
    expect(text).toMatch(/255/)
    expect(text).toMatch(/5\s?000/)
  }
})

test('RN-07 a text has at most 255 characters; a longer one is an error, never cut', async () => {
  await useRaynetRules()
  const longest = 'ž'.repeat(255)
  const bytes = await fill(oneTable, {
    Klienti: [
      { Název: 'Nejdelší', Poznámka: longest },
      { Název: 'Příliš dlouhý', Poznámka: `${longest}!` },
    ],
  })
  const view = await run(bytes, validOnly)
  expect(await street.findings(view.id, 'value.too_long')).toMatchObject([
    { row: 4, line: 5, columnName: 'Poznámka', field: 'note' },
  ])
  expect(
    await street.stored('select name, note from carryover.clients where import_id = $1', [view.id]),
  ).toEqual([{ name: 'Nejdelší', note: longest }])
})

const faulty: Filling = {
  Klienti: [
    { Název: 'V pořádku' },
    {
      Název: 'Špatné dítě',
      'Kontaktní osoba 1 – Příjmení': 'Dobrý',
      'Kontaktní osoba 2 – E-mail': 'není adresa',
    },
    { Název: 'Špatný klient', 'E-mail': 'taky ne', 'Kontaktní osoba 1 – Příjmení': 'Spolu s ním' },
  ],
}

test('RN-08 after the upload the data are checked, and the number of errors is shown', async () => {
  const view = await upload(await fill(oneTable, faulty))
  expect(view.status).toBe('failed')
  const found = (await street.findings(view.id)).filter(({ severity }) => severity === 'error')
  expect(countErrors(view)).toBe(found.length)
  expect(found.filter(({ code }) => code === 'value.not_an_email').length).toBe(2)
  expect(view.headline).toMatch(/\b1\b/)
  expect(
    (await upload(await fill(oneTable, { Klienti: [{ Název: 'Čistý' }] }))).findingGroups,
  ).not.toContainEqual(expect.objectContaining({ severity: 'error' }))
  // Nothing is written by a check.
  expect(await recordsOf(view.id)).toEqual({ clients: [], contacts: [] })
})

test('RN-09 each error is listed with its place in the template: sheet, row and column', async () => {
  const view = await upload(
    await fill(twoTables, {
      Klienti: [{ Název: 'Místa', 'E-mail': 'v prvním listu' }],
      'Kontaktní osoby': [
        { Klient: 'Místa', Příjmení: 'Ano' },
        { Klient: 'Nikdo', Příjmení: 'Ne' },
      ],
    }),
  )
  const places = (await street.findings(view.id))
    .filter(({ severity }) => severity === 'error')
    .map((found) => [
      view.sources.find(({ source }) => source === found.source)!.reading.sheet!.name,
      found.line,
      found.columnName,
      found.value,
    ])
  // The header stands in row 1 of a sheet and the examples in rows 2 and 3.
  expect(places).toContainEqual(['Klienti', 4, 'E-mail', 'v prvním listu'])
  expect(places).toContainEqual(['Kontaktní osoby', 5, 'Klient', 'Nikdo'])
})

test('RN-10 the corrected file is uploaded again, and the check repeats', async () => {
  const first = await upload(await fill(oneTable, faulty))
  expect(countErrors(first)).toBeGreaterThan(0)
  const wrong = ['E-mail', 'Kontaktní osoba 2 – E-mail']
  const right = faulty['Klienti']!.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([header]) => !wrong.includes(header))),
  )
  const corrected = await fill(oneTable, { Klienti: right })
  const file = await street.upload(corrected, 'opraveno.xlsx')
  const params = { id: first.id, source: 0 }
  await street.app.call(importContract.replaceFile, { params, body: { fileId: file.id } }, as())
  const second = await street.checkAgain(first.id)
  expect(second).toMatchObject({ id: first.id, status: 'waiting_for_approval' })
  expect(countErrors(second)).toBe(0)
  expect(second.sources[0]!.fileName).toBe('opraveno.xlsx')
})

test('RN-11 a file without errors is imported when the import is run', async () => {
  const checked = await upload(await fill(oneTable, { Klienti: [{ Název: 'Bez chyb' }] }))
  expect(checked).toMatchObject({ status: 'waiting_for_approval', may: { approve: true } })
  expect(countErrors(checked)).toBe(0)
  expect((await recordsOf(checked.id)).clients).toEqual([])
  expect((await street.approve(checked.id)).status).toBe('completed')
  expect((await recordsOf(checked.id)).clients).toEqual(['Bez chyb'])
})

test('RN-12 with errors left only the data without errors are imported', async () => {
  const checked = await upload(await fill(oneTable, faulty))
  const refused = await street.app.refusal(
    importContract.approveImport,
    { params: { id: checked.id }, body: {} },
    as(),
  )
  expect(refused.code).toBe('import.not_waiting')
  const params = { id: checked.id }
  await street.app.call(importContract.changeSettings, { params, body: { rows: 'valid_only' } }, as())
  await street.checkAgain(checked.id)
  const view = await street.approve(checked.id)
  expect(view).toMatchObject({ status: 'completed', balanced: true, counts: { loaded: 2, failed: 1 } })
  // A bad contact person keeps out itself; a bad client its contact persons too.
  expect(await recordsOf(view.id)).toEqual({
    clients: ['Špatné dítě', 'V pořádku'],
    contacts: ['Dobrý @ Špatné dítě'],
  })
})

test('RN-13 at most 5,000 clients go in at once', async () => {
  await useRaynetRules()
  const clients = (count: number) =>
    Buffer.from(
      csv([
        ['Externí id', 'Název'],
        ...Array.from({ length: count }, (_, at) => [`K${at}`, `Klient č. ${at}`]),
      ]),
    )
  const tooMany = await upload(clients(5001), { name: 'mnoho.csv' })
  expect(tooMany).toMatchObject({ status: 'failed', counts: null })
  expect(tooMany.reason).toMatch(/5,?000/)
  const most = await upload(clients(5000), { name: 'akorát.csv' })
  expect([most.status, most.reason, most.counts?.loaded]).toEqual(['waiting_for_approval', null, 5000])
})

const deletion = (id: string, kinds?: string) =>
  street.app.call(undoContract.previewDeletion, { params: { id }, query: kinds ? { kinds } : {} }, as())
async function deleteImport(id: string, kinds?: string[]) {
  await street.app.call(
    undoContract.deleteImportRecords,
    { params: { id }, body: kinds ? { kinds } : {} },
    as(),
  )
  return street.rest(id)
}

test('RN-14 an import that was a mistake can be deleted', async () => {
  const view = await run(
    await fill(oneTable, { Klienti: [{ Název: 'Omyl', 'Kontaktní osoba 1 – Příjmení': 'Mýlka' }] }),
  )
  expect((await recordsOf(view.id)).clients).toEqual(['Omyl'])
  expect((await deleteImport(view.id)).status).toBe('undone')
  expect(await recordsOf(view.id)).toEqual({ clients: [], contacts: [] })
})

test('RN-15 what is deleted is chosen by record type and label', async () => {
  const clients = await run(
    await fill(oneTable, { Klienti: [{ Název: 'Typ', 'Kontaktní osoba 1 – Příjmení': 'Typová' }] }),
  )
  const leads = await run(await fill('leads?language=cs', { Leady: [{ Předmět: 'Poptávka' }] }), {
    kind: 'leads',
  })
  const products = await run(
    await fill('products?language=cs', { Produkty: [{ Kód: 'RN15', Název: 'Výrobek' }] }),
    { kind: 'products' },
  )
  const labelled = async (kind: string) =>
    (await street.app.call(undoContract.listImportLabels, { query: { kind } }, as())).labels.map(
      ({ label }) => label,
    )
  expect(await labelled('clients')).toContain(clients.label)
  expect(await labelled('contacts')).toContain(clients.label)
  expect(await labelled('leads')).toEqual([leads.label])
  expect(await labelled('products')).toEqual([products.label])
  await deleteImport(leads.id, ['leads'])
  expect(await labelled('leads')).toEqual([])
  expect((await street.app.call(listLeads, { query: { importId: leads.id } }, as())).total).toBe(0)
  expect((await street.app.call(listProducts, { query: { importId: products.id } }, as())).total).toBe(1)
  // Of one import, one type alone.
  await deleteImport(clients.id, ['contacts'])
  expect(await recordsOf(clients.id)).toEqual({ clients: ['Typ'], contacts: [] })
})

test('RN-16 the records of every import bear a label with its date and number', async () => {
  const loaded = []
  for (const name of ['Štítek jedna', 'Štítek dvě'])
    loaded.push(await run(await fill(oneTable, { Klienti: [{ Název: name }] })))
  const numbers = loaded.map(({ label }) => Number(/2026-03-02\D+(\d+)$/.exec(label)?.[1]))
  expect(numbers[1]! - numbers[0]!).toBe(1)
  for (const { id, label } of loaded) {
    const [client, ...none] = (await street.app.call(listClients, { query: { importId: id } }, as())).records
    expect([client?.importId, client?.importLabel, none]).toEqual([id, label, []])
    const { origin } = await street.app.call(findClient, { params: { id: client!.id } }, as())
    expect(origin).toMatchObject({ importId: id, label, sheet: 'Klienti' })
  }
})

test('RN-17 records of the label with nothing attached are deleted, the others stay with the reason', async () => {
  const view = await run(
    await fill(oneTable, {
      Klienti: [
        { Název: 'Odejde', 'Kontaktní osoba 1 – Příjmení': 'Odejde také' },
        { Název: 'Zůstane', 'Kontaktní osoba 1 – Příjmení': 'Odejde sám' },
      ],
    }),
  )
  const { records } = await street.app.call(
    listClients,
    { query: { importId: view.id, search: 'Zůstane' } },
    as(),
  )
  const values = { lastName: 'Přidaná ručně', client: records[0]!.id }
  await street.app.call(createContact, { body: { values } }, as())
  expect((await deletion(view.id)).kinds).toMatchObject([
    { kind: 'contacts', deletable: 2, kept: 0 },
    {
      kind: 'clients',
      deletable: 1,
      kept: 1,
      reasons: [{ because: expect.stringMatching(/Contact persons/), count: 1 }],
    },
  ])
  expect(await deleteImport(view.id)).toMatchObject({
    status: 'partly_undone',
    undo: { reversed: 3, blocked: 1 },
  })
  expect(await recordsOf(view.id)).toEqual({ clients: ['Zůstane'], contacts: [] })
  const kept = await street.stored("select 1 from carryover.contacts where last_name = 'Přidaná ručně'")
  expect(kept.length).toBe(1)
})

test('RN-18 own fields have their columns at the end of the table', async () => {
  await addField('clients', 'Barva vozu')
  await addField('contacts', 'Oblíbený čaj')
  const one = headersOf(await downloadTemplate(street, oneTable)).get('Klienti')!
  expect(one.slice(-7)).toEqual([
    'Barva vozu',
    ...Array.from({ length: 6 }, (_, at) => `Kontaktní osoba ${at + 1} – Oblíbený čaj`),
  ])
  const two = headersOf(await downloadTemplate(street, twoTables))
  expect([two.get('Klienti')!.at(-1), two.get('Kontaktní osoby')!.at(-1)]).toEqual([
    'Barva vozu',
    'Oblíbený čaj',
  ])
})

test('RN-19 own fields come in for new records only; the template does not update existing ones', async () => {
  await addField('clients', 'Stálý údaj')
  const row = (id: string, value: string) => ({
    'Externí id': id,
    Název: `Klient ${id}`,
    'Stálý údaj': value,
  })
  await run(await fill(oneTable, { Klienti: [row('RN19-a', 'původní')] }))
  const again = await fill(oneTable, { Klienti: [row('RN19-a', 'přepsaný'), row('RN19-b', 'nový')] })
  const view = await run(again, validOnly)
  expect(view.counts).toMatchObject({ created: 1, updated: 0 })
  const values = () =>
    street.stored(
      `select external_id, custom->>'stalyUdaj' as value from carryover.clients where external_id like 'RN19%' order by 1`,
    )
  expect(await values()).toEqual([
    { external_id: 'RN19-a', value: 'původní' },
    { external_id: 'RN19-b', value: 'nový' },
  ])
  // Whoever wants to go further says so: updating is a setting of the import.
  const update = await run(again, { settings: { existing: 'upsert', match: ['externalId'] } })
  expect(update.counts).toMatchObject({ created: 0, updated: 1, unchanged: 1 })
  expect(await values()).toMatchObject([{ value: 'přepsaný' }, { value: 'nový' }])
})

test('RN-20 fields are made first and the template is downloaded then; an older one says what it lacks', async () => {
  const before = await downloadTemplate(street, oneTable)
  await addField('clients', 'Pozdější pole')
  const after = await downloadTemplate(street, oneTable)
  const names = [before, after].map((bytes) => headersOf(bytes).get('Klienti')!.includes('Pozdější pole'))
  expect(names).toEqual([false, true])
  const row = { Název: 'Včas' }
  const view = await run(fillTemplate(after, { Klienti: [{ ...row, 'Pozdější pole': 'je tu' }] }))
  const stored = await street.stored('select custom from carryover.clients where import_id = $1', [view.id])
  expect(stored).toEqual([{ custom: { pozdejsiPole: 'je tu' } }])
  const old = await upload(fillTemplate(before, { Klienti: [row] }))
  const { groups } = await street.app.call(listReadingFindings, { params: { id: old.id, source: 0 } }, as())
  const said = groups.flatMap(({ places }) => places.map(({ code, sentence }) => `${code} ${sentence}`))
  expect(said.join('\n')).toMatch(/template\.fields_added .*Pozdější pole/)
})
