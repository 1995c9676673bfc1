import { expect, test } from 'vitest'
import type { FieldDeclaration, KindDeclaration, Kinds } from '../../kinds/kinds.ts'
import { groupsOf, numberColumns } from './numbered-headers.ts'

const section = { name: 'all', labels: { en: 'All', cs: 'Vše' } }
const field = (name: string): FieldDeclaration => ({
  name,
  type: 'text',
  labels: { en: name, cs: name },
  section,
})
const kind = (
  name: string,
  one: KindDeclaration['one'],
  more: Partial<KindDeclaration> = {},
): KindDeclaration => ({
  name,
  table: name,
  labels: { en: `${one.en}s`, cs: one.cs },
  one,
  fields: [field('name'), field('firm')],
  title: 'name',
  matchKeys: [],
  ...more,
})

const contacts = kind('contacts', { en: 'Contact person', cs: 'Kontaktní osoba', de: 'Ansprechpartner' })
const assets = kind('assets', { en: 'Asset', cs: 'Majetek' })
const firms = kind(
  'firms',
  { en: 'Firm', cs: 'Firma' },
  {
    children: [
      { kind: 'contacts', into: 'firm', groups: 6, fields: ['name'], synonyms: ['contact', 'kontakt'] },
      { kind: 'assets', into: 'firm', groups: 2, fields: ['name'] },
    ],
  },
)
const kinds = { get: (name: string) => ({ contacts, assets, firms })[name] } as unknown as Kinds

const read = (header: string) => {
  const [found] = numberColumns(kinds, firms, [{ header }])
  return found ? [found.child.kind.name, found.group, found.rest] : null
}

test.each([
  ['Contact 1 – Last name', ['contacts', 1, 'Last name']],
  ['Contact person 3 e-mail', ['contacts', 3, 'e-mail']],
  ['KONTAKTNÍ OSOBA 2: Příjmení', ['contacts', 2, 'Příjmení']],
  ['kontaktni osoba 2 prijmeni', ['contacts', 2, 'prijmeni']],
  ['Ansprechpartner 1 Nachname', ['contacts', 1, 'Nachname']],
  ['1. kontakt – příjmení', ['contacts', 1, 'příjmení']],
  ['contact12_firstName', ['contacts', 12, 'first Name']],
  ['Last name (contact 4)', ['contacts', 4, 'Last name']],
  ['Contact – Surname 2', ['contacts', 2, 'Surname']],
  ['Contact 2 – Phone 1', ['contacts', 2, 'Phone 1']],
  ['Asset 2 serial number', ['assets', 2, 'serial number']],
] as const)('%s', (header, expected) => expect(read(header)).toEqual(expected))

test.each([
  'Contact phone 2',
  'Contact e-mail',
  'Contact 1',
  'Phone 1 (contact)',
  'Name',
  '',
  '2',
  'Contact 0 name',
  'Contact 123456 name',
])('“%s” is no column of a child', (header) => expect(read(header)).toBeNull())

test('columns of one child and number are one group, in the order of the file', () => {
  const headers = ['Name', 'Contact 2 a', 'Contact 1 a', 'Asset 2 a', 'Contact 2 b']
  const groups = groupsOf(
    numberColumns(
      kinds,
      firms,
      headers.map((header) => ({ header })),
    ),
  )
  expect(groups.map((of) => [of.child.kind.name, of.group, of.places.map(({ column }) => column)])).toEqual([
    ['contacts', 2, [1, 4]],
    ['contacts', 1, [2]],
    ['assets', 2, [3]],
  ])
})
