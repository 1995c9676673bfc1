/**
 * What goes out comes in again without a change: any list of any kind, as CSV and as XLSX, in either language, with
 * own fields of every type. Values are made to be awkward: beginnings of formulas, every script, long ones, blanks.
 */
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPrice, createProduct } from '../../src/catalogue/contract.ts'
import { createClient, createContact, createContactClient, createLead } from '../../src/clients/contract.ts'
import { describePlan } from '../../src/imports/check/contract.ts'
import { addListOption } from '../../src/kinds/code-lists/contract.ts'
import { type FieldDescription, listKinds } from '../../src/kinds/contract.ts'
import { createCustomField, customFieldTypes } from '../../src/kinds/custom-fields/contract.ts'
import { AnsweredProblem } from '../support/http.ts'
import { csv, openStreet, type Street } from '../support/imports.ts'

let street: Street
const as = () => ({ as: street.owner })
/** Records that others refer to, by kind. */
const there: Record<string, string[]> = {}

type Values = Record<string, string>
type Kind = {
  readonly match: readonly string[]
  readonly table: string
  readonly create: ((values: Values) => Promise<{ id: string }>) | null
  /** What tells records of the kind apart. */
  readonly key: string
}

const body = (values: Values) => ({ body: { values } })
const kinds: Readonly<Record<string, Kind>> = {
  clients: {
    match: ['externalId'],
    table: 'clients',
    key: 'externalId',
    create: (values) => street.app.call(createClient, body(values), as()),
  },
  contacts: {
    match: ['externalId'],
    table: 'contacts',
    key: 'externalId',
    create: (values) => street.app.call(createContact, body(values), as()),
  },
  contactClients: {
    match: ['externalId'],
    table: 'contact_clients',
    key: 'externalId',
    create: (values) => street.app.call(createContactClient, body(values), as()),
  },
  leads: {
    match: ['externalId'],
    table: 'leads',
    key: 'externalId',
    create: (values) => street.app.call(createLead, body(values), as()),
  },
  products: {
    match: ['code'],
    table: 'products',
    key: 'code',
    create: (values) => street.app.call(createProduct, body(values), as()),
  },
  prices: {
    match: ['priceList'],
    table: 'price_list_items',
    key: 'priceList',
    create: (values) => street.app.call(createPrice, body(values), as()),
  },
  // Made by an import: there is no way to make a person without an invitation by hand.
  people: { match: ['email'], table: 'people', key: 'email', create: null },
}

beforeAll(async () => {
  street = await openStreet()
  const people = await street.stored<{ id: string }>('select id from carryover.people')
  there['people'] = people.map(({ id }) => id)
  const named = await kinds['clients']!.create!({ name: 'Ref = one', externalId: 'ref1' })
  there['clients'] = [
    named.id,
    (await kinds['clients']!.create!({ name: '+Ref two', externalId: '0ref' })).id,
  ]
  there['contacts'] = [(await kinds['contacts']!.create!({ lastName: 'Ref', externalId: 'refc' })).id]
  there['products'] = [(await kinds['products']!.create!({ code: '007', name: 'Ref' })).id]
  for (const label of ['= list', 'Ceník 1', '-2'])
    await street.app.call(
      addListOption,
      { params: { name: 'priceList' }, body: { label: { en: label, cs: null } } },
      as(),
    )
  for (const kind of Object.keys(kinds)) await addFields(kind)
})
afterAll(() => street?.close())

async function addFields(kind: string): Promise<void> {
  for (const type of customFieldTypes) {
    const more =
      type === 'money'
        ? { currency: 'EUR' }
        : type === 'enum' || type === 'choices'
          ? { options: ['Blue', '= Red', 'Green, dark'] }
          : {}
    const input = { kind, type, label: { en: `Own ${type}`, cs: `Vlastní ${type}` }, ...more }
    await street.app.call(createCustomField, { body: input }, as())
  }
}

const awkward = [
  '=1+1',
  '=HYPERLINK("http://a.example","b")',
  '+420',
  '-5',
  '--',
  '@SUM(A1)',
  "'quoted",
  "'=1",
  '00123',
  '1e5',
  '1,5',
  '12. 3. 2024',
  'TRUE',
  '#REF!',
  'a;b,c"d"',
  'ščřž ЖЯ 中文 العربية 👩‍👩‍👧',
  'e\u0301 \u00a0 x',
  'x'.repeat(255),
]
const texts = fc.oneof(
  fc.constantFrom(...awkward),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
)
const day = fc
  .date({ min: new Date('1900-01-02'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString())

const byType: Readonly<Record<string, fc.Arbitrary<string>>> = {
  text: texts,
  multiline: fc.array(texts, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n')),
  integer: fc.integer({ min: 0, max: 90_000_000 }).map(String),
  number: fc.tuple(fc.integer(), fc.integer({ min: 0, max: 999 })).map(([whole, part]) => `${whole}.${part}`),
  percent: fc.integer({ min: -1000, max: 100_000 }).map((tenths) => `${tenths / 10}`),
  date: day.map((iso) => iso.slice(0, 10)),
  datetime: day.map((iso) => `${iso.slice(0, 19)}Z`),
  time: day.map((iso) => iso.slice(11, 19)),
  boolean: fc.constantFrom('true', 'false'),
  url: fc.constantFrom('https://www.example.com/a?b=c&d=%20', 'http://example.com/ž'),
  email: fc.constantFrom('someone@example.com', "o'neil+x@example.com", '-dash@example.com'),
  phone: fc.constantFrom('+420 777 123 456', '777 123 456', '+44 20 7946 0018', '+12025550143'),
  country: fc.constantFrom('CZ', 'DE', 'GB', 'US'),
  file: fc.constantFrom('\\\\server\\a b.pdf', 'https://files.example.com/=1.pdf'),
  tags: fc.uniqueArray(fc.constantFrom('vip', '= x', 'late payer', '-1', 'č'), { maxLength: 3 }).map(String),
}

function valueOf(field: FieldDescription): fc.Arbitrary<string | null> {
  const made = plain(field)
  return field.required ? made : fc.option(made, { nil: null, freq: 2 })
}

function plain({
  reference,
  options,
  type,
  maxLength,
  currency,
  name,
}: FieldDescription): fc.Arbitrary<string> {
  if (reference) return fc.constantFrom(...there[reference.kind]!)
  const values = options?.map(({ value }) => value) ?? []
  if (type === 'enum') return values.length > 0 ? fc.constantFrom(...values) : fc.constant('')
  if (type === 'choices') return fc.subarray(values, { minLength: 1 }).map((chosen) => chosen.join('; '))
  if (type === 'money') {
    const coin = currency === null ? fc.constantFrom('CZK', 'JPY', 'EUR', 'KWD') : fc.constant(currency)
    const least = name.startsWith('custom.') ? -1_000_000 : 0
    return fc.tuple(fc.integer({ min: least, max: 1_000_000_000 }), coin).map(([n, code]) => `${n} ${code}`)
  }
  return byType[type]!.map((text) =>
    Array.from(text)
      .slice(0, maxLength ?? 10_000)
      .join(''),
  )
}

/** The generator of the records of a kind, without its key. */
async function recordsOf(kind: string): Promise<fc.Arbitrary<Values[]>> {
  const { kinds: all } = await street.app.call(listKinds, {}, as())
  const { key } = kinds[kind]!
  const fields = all.find(({ name }) => name === kind)!.fields.filter(({ name }) => name !== key)
  const record = fc.record(Object.fromEntries(fields.map((field) => [field.name, valueOf(field)])))
  return fc
    .array(record, { minLength: 2, maxLength: 6 })
    .map((all_) =>
      all_.map((one) =>
        Object.fromEntries(Object.entries(one).flatMap(([name, value]) => (value ? [[name, value]] : []))),
      ),
    )
}

const keys = ['=K', '-1', '00', "'q", '+', 'ž ']

/** A value that the kind refuses (a text of blanks only, an emoji for a name) is left out. */
async function make(kind: string, values: Values, at: number): Promise<string | null> {
  const { create, key } = kinds[kind]!
  const { kinds: all } = await street.app.call(listKinds, {}, as())
  const fields = all.find(({ name }) => name === kind)!.fields
  const keyField = fields.find(({ name }) => name === key)!
  const own = keyField.options ? keyField.options[at]?.value : `${keys[at % keys.length]}${at}`
  if (own === undefined) return null
  const wanted: Values = { ...values, [key]: own }
  for (;;)
    try {
      return (await create!(wanted)).id
    } catch (error) {
      const refused = error instanceof AnsweredProblem ? error.problem.detail : ''
      const bad = fields.find(({ labels }) => refused.startsWith(`${labels.en}:`))
      if (!bad) throw error
      // Nothing of it is left once it is cleaned, and the record cannot be without.
      if (refused.endsWith('Fill it in.')) wanted[bad.name] = 'Filled in'
      else delete wanted[bad.name]
    }
}

async function exported(kind: string, format: 'csv' | 'xlsx', language: 'en' | 'cs'): Promise<Uint8Array> {
  const answer = await fetch(`${street.app.url}/api/v1/exports/${kind}.${format}?language=${language}`, {
    headers: { cookie: street.owner.cookie! },
  })
  expect(answer.status).toBe(200)
  return new Uint8Array(await answer.arrayBuffer())
}

async function expectUnchanged(kind: string, records: number): Promise<void> {
  const { match } = kinds[kind]!
  const settings = { existing: 'upsert' as const, match: [...match] }
  for (const [format, language] of [
    ['csv', 'en'],
    ['xlsx', 'cs'],
    ['csv', 'cs'],
    ['xlsx', 'en'],
  ] as const) {
    const bytes = await exported(kind, format, language)
    const view = await street.check(bytes, { kind, name: `${kind}.${format}`, settings })
    const { reading, mapping } = view.sources[0]!
    const assigned = new Set(mapping.columns.map(({ header }) => header))
    const errors = (await street.findings(view.id)).filter(({ severity }) => severity === 'error')
    const plan = await street.app.call(describePlan, { params: { id: view.id } }, as())
    expect({
      format,
      language,
      unassigned: reading.columns.filter((header) => !assigned.has(header)),
      errors,
      changes: plan.updates.flatMap(({ fields }) => fields),
      counts: view.counts,
    }).toMatchObject({
      unassigned: [],
      errors: [],
      changes: [],
      counts: { rows: records, unchanged: records, failed: 0, created: 0, updated: 0 },
    })
  }
}

describe.each(Object.keys(kinds).filter((kind) => kinds[kind]!.create))('%s', (kind) => {
  test('any records', async () => {
    const { table } = kinds[kind]!
    await fc.assert(
      fc.asyncProperty(await recordsOf(kind), async (records) => {
        const known = there[kind] ?? []
        await street.stored(`delete from carryover.${table} where not (id::text = any($1))`, [known])
        let made = 0
        for (const [at, values] of records.entries()) if (await make(kind, values, at)) made += 1
        await expectUnchanged(kind, known.length + made)
      }),
      { numRuns: 3, endOnFailure: true },
    )
  })
})

test('people, with own fields', async () => {
  const own = {
    text: '=1+1',
    integer: '7',
    date: '2024-02-29',
    boolean: 'yes',
    enum: '= Red',
    choices: 'Blue; = Red',
  }
  const header = ['Name', 'E-mail', 'Role', 'External id', ...Object.keys(own).map((type) => `Own ${type}`)]
  const loaded = await street.load(
    csv([
      header,
      ['-Anna', 'anna@example.com', 'Operator', '001', ...Object.values(own)],
      ['Ženda 中', 'zenda@example.com', 'Member', '=2', ...Object.values(own).map(() => '')],
    ]),
    { kind: 'people' },
  )
  expect(loaded).toMatchObject({ status: 'completed', counts: { created: 2 } })
  const [all] = await street.stored<{ count: string }>('select count(*) from carryover.people')
  await expectUnchanged('people', Number(all!.count))
})
