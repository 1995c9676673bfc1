import { describe, expect, test } from 'vitest'
import { defaultLists } from './code-lists/default-lists.ts'
import type { StoredField } from './custom-fields/custom-fields.store.ts'
import type { KindDeclaration } from './kind.ts'
import { fieldOf, registerKinds } from './kinds.ts'
import { type Definitions, extendKind, labelsOf, listsOf, noDefinitions } from './organisation-kinds.ts'
import { keyOf } from './values/nearest-word.ts'

const section = { name: 'identity', labels: { en: 'Identity', cs: 'Základní údaje' } }
const ships: KindDeclaration = {
  name: 'ships',
  table: 'ships',
  labels: { en: 'Ships', cs: 'Lodě' },
  one: { en: 'ship', cs: 'loď' },
  title: 'name',
  matchKeys: [['name']],
  fields: [
    { name: 'name', type: 'text', labels: { en: 'Name', cs: 'Název' }, section, required: true },
    { name: 'unit', type: 'enum', labels: { en: 'Unit', cs: 'Jednotka' }, section, codeList: 'unit' },
    { name: 'flags', type: 'choices', labels: { en: 'Flags', cs: 'Vlajky' }, section, codeList: 'flags' },
  ],
}

const stored = (field: Partial<StoredField> & Pick<StoredField, 'key' | 'type'>): StoredField => ({
  id: '1',
  kind: 'ships',
  label_en: field.key,
  label_cs: null,
  hint: null,
  group_name: null,
  required: false,
  pattern: null,
  max_length: null,
  currency: null,
  list: null,
  in_list: true,
  in_filter: true,
  in_export: true,
  place: 0,
  version: 1,
  archived_at: null,
  deleted_at: null,
  ...field,
})

const extended = (definitions: Partial<Definitions>): KindDeclaration => {
  const all = { ...noDefinitions, ...definitions }
  return extendKind(ships, listsOf([ships], all), all.fields)
}

describe('a kind as an organisation has it', () => {
  test('is the declared one as long as nothing was changed, with the options that lists come with', () => {
    const kinds = registerKinds([ships])
    expect(kinds.revision).toBeNull()
    expect(kinds.get('ships').fields[1]!.options).toEqual(defaultLists['unit']!.options)
    expect(kinds.lists.get('flags')).toMatchObject({ labels: { en: 'Flags' }, options: [] })
  })

  test('has the fields of the organisation at its end, archived and deleted ones aside', () => {
    const kind = extended({
      fields: [
        stored({ key: 'mast', type: 'integer', required: true, hint: 'In metres.' }),
        stored({ key: 'gone', type: 'text', archived_at: new Date(0) }),
        stored({ key: 'dead', type: 'date', deleted_at: new Date(0) }),
        stored({ key: 'captain', type: 'person', group_name: 'identity' }),
        stored({ key: 'other', type: 'text', kind: 'clients' }),
      ],
    })
    expect(kind.fields.map((field) => field.name)).toEqual([
      'name',
      'unit',
      'flags',
      'custom.mast',
      'custom.captain',
    ])
    expect(fieldOf(kind, 'custom.mast')).toMatchObject({ custom: 'mast', required: true, hint: 'In metres.' })
    expect(fieldOf(kind, 'custom.captain')).toMatchObject({
      type: 'text',
      section,
      reference: { kind: 'people' },
    })
    // What has happened to a record is told by fields that are no longer shown, too.
    expect(fieldOf(kind, 'custom.gone').type).toBe('text')
    expect(fieldOf(kind, 'custom.dead').type).toBe('date')
  })

  test('offers the options of the list once the organisation has changed it', () => {
    const kind = extended({
      lists: [{ id: '1', name: 'unit', label_en: null, label_cs: null }],
      options: [
        {
          id: '1',
          list: 'unit',
          value: 'Barrel',
          label_en: 'Barrel',
          label_cs: null,
          synonyms: ['bbl'],
          archived_at: null,
        },
        {
          id: '2',
          list: 'unit',
          value: 'Ton',
          label_en: 'Ton',
          label_cs: 'Tuna',
          synonyms: [],
          archived_at: new Date(0),
        },
      ],
      fields: [stored({ key: 'load', type: 'choices', list: 'unit' })],
    })
    const options = [
      { value: 'Barrel', labels: { en: 'Barrel', cs: 'Barrel' }, synonyms: ['bbl'] },
      { value: 'Ton', labels: { en: 'Ton', cs: 'Tuna' }, isArchived: true },
    ]
    expect(fieldOf(kind, 'unit').options).toEqual(options)
    expect(fieldOf(kind, 'custom.load')).toMatchObject({ codeList: 'unit', options })
  })

  test('a selection must have options or a list', () => {
    const { codeList: _, ...bare } = ships.fields[1]!
    expect(() => registerKinds([{ ...ships, fields: [ships.fields[0]!, bare] }])).toThrow('no options')
  })
})

test('a label in one language stands in for the other', () => {
  expect(labelsOf({ label_en: null, label_cs: 'Loď' })).toEqual({ en: 'Loď', cs: 'Loď' })
  expect(labelsOf({ label_en: 'Ship', label_cs: 'Loď' })).toEqual({ en: 'Ship', cs: 'Loď' })
})

test.each(Object.values(defaultLists))(
  'no word of the list $name means two of its options',
  ({ options }) => {
    const claims = new Map<string, string>()
    for (const { value, labels, synonyms } of options)
      for (const word of [value, labels.en, labels.cs, labels.de ?? labels.en, ...(synonyms ?? [])]) {
        const other = claims.get(keyOf(word))
        expect(other === undefined || other === value, `${word}: ${other} or ${value}`).toBe(true)
        claims.set(keyOf(word), value)
      }
  },
)
