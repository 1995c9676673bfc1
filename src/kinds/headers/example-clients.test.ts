import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { writeClients, writeUpdate } from '../../../scripts/make-example-clients.ts'
import { inferFormat } from '../values/infer-format.ts'
import type { ValueFormat, ValueTypeName } from '../values/value-types.ts'
import { compileConvert } from '../values/value-types.ts'
import { suggestColumns } from './suggest-columns.ts'

const folder = new URL('../../../examples/', import.meta.url)
const STATES = ['Aktuální', 'Potenciální', 'Odložený', 'Nezajímavý'].map((cs) => ({
  value: cs,
  labels: { en: cs, cs },
}))

const FIELDS: readonly (readonly [name: string, type: ValueTypeName, cs: string])[] = [
  ['externalId', 'text', 'Číslo klienta'],
  ['name', 'text', 'Název'],
  ['isPerson', 'boolean', 'Fyzická osoba'],
  ['firstName', 'text', 'Jméno'],
  ['lastName', 'text', 'Příjmení'],
  ['state', 'enum', 'Stav'],
  ['role', 'text', 'Vztah'],
  ['regNumber', 'text', 'IČ'],
  ['taxNumber', 'text', 'DIČ'],
  ['billingStreet', 'text', 'Fakturační ulice'],
  ['billingCity', 'text', 'Fakturační město'],
  ['billingPostalCode', 'text', 'Fakturační PSČ'],
  ['billingCountry', 'country', 'Fakturační země'],
  ['phone', 'phone', 'Telefon'],
  ['email', 'email', 'E-mail'],
  ['website', 'url', 'Web'],
  ['turnover', 'money', 'Obrat'],
  ['birthday', 'date', 'Datum narození'],
  ['noMailing', 'boolean', 'Nezasílat obchodní sdělení'],
  ['note', 'multiline', 'Poznámka'],
]

function readExample(name: string, encoding: string, delimiter: string): string[][] {
  const text = new TextDecoder(encoding, { fatal: true }).decode(readFileSync(new URL(name, folder)))
  return parse(text, { delimiter })
}

test('the example files are what their script makes', () => {
  expect(Buffer.from(writeClients()).equals(readFileSync(new URL('clients.csv', folder)))).toBe(true)
  expect(Buffer.from(writeUpdate()).equals(readFileSync(new URL('clients-update.csv', folder)))).toBe(true)
})

test('every column of the example is recognised, and exactly its wrong cells are found', () => {
  const [headers = [], ...rows] = readExample('clients.csv', 'windows-1250', ';')
  expect(rows).toHaveLength(500)
  const fields = FIELDS.map(([name, type, cs]) => ({
    name,
    type,
    labels: { en: name, cs },
    ...(name === 'regNumber' ? { synonyms: ['IČO'] } : {}),
  }))
  const columns = headers.map((name, at) => ({ name, samples: rows.slice(0, 100).map((row) => row[at]!) }))
  expect(suggestColumns(columns, fields).map(({ field }) => field)).toEqual(FIELDS.map(([name]) => name))

  const found: string[] = []
  for (const [at, [name, type]] of FIELDS.entries()) {
    const cells = rows.map((row) => row[at]!)
    const inferred = inferFormat(type, cells)
    expect(inferred.unsettled).toEqual([])
    const format: ValueFormat = { ...inferred.format, ...(type === 'phone' ? { defaultCountry: 'CZ' } : {}) }
    const rules = { maxLength: 255, ...(type === 'enum' ? { options: STATES } : {}) }
    const convert = compileConvert(type, rules, format)
    for (const [row, cell] of cells.entries()) {
      const converted = convert(cell)
      if (typeof converted === 'object' && converted !== null)
        found.push(`${row + 1} ${name} ${converted.code}`)
      if (name === 'name' && converted === null) found.push(`${row + 1} ${name} value.required`)
    }
  }
  expect(found.sort()).toEqual([
    '124 email value.not_an_email',
    '179 name value.required',
    '205 regNumber value.scientific_notation',
    '252 state value.unknown_option',
    '300 billingStreet value.too_long',
    '343 phone value.not_a_phone',
    '37 birthday value.no_such_date',
    '88 billingCountry value.misspelt_country',
  ])
  const numbers = rows.map(([number]) => number!)
  expect(numbers.filter((number, at) => numbers.indexOf(number) !== at)).toEqual(['K00412'])
})

test('the update names clients of the first file and a few new ones', () => {
  const known = new Map(
    readExample('clients.csv', 'windows-1250', ';')
      .slice(1)
      .map((row) => [row[0]!, row]),
  )
  const [headers, ...rows] = readExample('clients-update.csv', 'utf-8', ',')
  expect(headers).toEqual(['Client number', 'Name', 'City', 'Postal code', 'Phone'])
  const fresh = rows.filter(([number]) => !known.has(number!))
  const same = rows.filter(
    ([number, , city, , phone]) => known.get(number!)?.[10] === city && known.get(number!)?.[13] === phone,
  )
  expect(rows).toHaveLength(40)
  expect(fresh).toHaveLength(5)
  expect(same.length).toBeGreaterThan(2)
  const convert = compileConvert('phone', {}, { defaultCountry: 'CZ' })
  expect(rows.filter(([, , , , phone]) => typeof convert(phone!) !== 'string')).toEqual([])
})
