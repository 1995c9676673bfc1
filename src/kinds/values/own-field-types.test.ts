import { describe, expect, test } from 'vitest'
import type { ConversionProblem, FieldValueRules, ValueFormat, ValueTypeName } from './value-types.ts'
import { compileConvert } from './value-types.ts'

function convert(
  type: ValueTypeName,
  text: string,
  format: ValueFormat = {},
  rules: FieldValueRules = {},
): string | null {
  const converted = compileConvert(type, rules, format)(text)
  return isProblem(converted) ? `! ${converted.code}` : converted
}

function isProblem(converted: unknown): converted is ConversionProblem {
  return typeof converted === 'object' && converted !== null
}

/** `input → output` for each line; a problem is written as `! code`. */
function expectAll(
  type: ValueTypeName,
  format: ValueFormat,
  table: Readonly<Record<string, string | null>>,
): void {
  const results = Object.fromEntries(Object.keys(table).map((text) => [text, convert(type, text, format)]))
  expect(results).toEqual(table)
}

describe('per cents', () => {
  test('with their sign or without, never as a share of one', () => {
    expectAll(
      'percent',
      { decimal: ',' },
      {
        '12,5 %': '12.5',
        '12,5%': '12.5',
        '%12': '12',
        '7': '7',
        '0,125': '0.125',
        '-3 %': '-3',
        '%': '! value.not_a_number',
        '5 % p.a.': '! value.not_a_number',
        '-': null,
      },
    )
    expect(convert('percent', '101 %', { decimal: '.' }, { max: 100 })).toBe('! value.above_maximum')
  })
})

describe('times of day', () => {
  test('as people and spreadsheets write them', () => {
    expectAll(
      'time',
      {},
      {
        '14:30': '14:30:00',
        '9.05': '09:05:00',
        '23:59:59': '23:59:59',
        '23:59:59.123': '23:59:59',
        '2:30 pm': '14:30:00',
        '12 AM': '00:00:00',
        '12:01 p.m.': '12:01:00',
        '14h30': '14:30:00',
        '14 h': '14:00:00',
        '8:00 Uhr': '08:00:00',
        '10:15 hod.': '10:15:00',
        '24:00': '! value.not_a_time',
        '12:60': '! value.not_a_time',
        '13 pm': '! value.not_a_time',
        '1430': '! value.not_a_time',
        '14': '! value.not_a_time',
        '0.5': '! value.not_a_time',
        noon: '! value.not_a_time',
        '-': null,
      },
    )
    expectAll(
      'time',
      { excelSerial: '1900' },
      {
        '0.5': '12:00:00',
        '0,604166666666667': '14:30:00',
        '0': '00:00:00',
        '0.999999': '! value.not_a_time',
      },
    )
  })
})

describe('several options', () => {
  const options = [
    { value: 'red', labels: { en: 'Red', cs: 'Červená' } },
    { value: 'blue', labels: { en: 'Blue, dark', cs: 'Modrá' } },
    { value: 'green', labels: { en: 'Green', cs: 'Zelená' }, synonyms: ['grün'] },
  ]
  const read = (text: string, format: ValueFormat = {}, rules: FieldValueRules = { options }) =>
    convert('choices', text, format, rules)

  test('each once, in the order of the list, so that the same choice is the same text', () => {
    expect(read('Grün; red')).toBe('red\u001fgreen')
    expect(read('Blue, dark|Červená')).toBe('red\u001fblue')
    expect(read('red, green, RED')).toBe('red\u001fgreen')
    expect(read('red\ngreen')).toBe('red\u001fgreen')
    expect(read('red/green', { separator: '/' })).toBe('red\u001fgreen')
    expect(read('Blue, dark')).toBe('blue')
    expect(read('green\u001fred')).toBe('red\u001fgreen')
    expect(read(' ; ')).toBeNull()
    expect(read('red; -')).toBe('red')
    expect(read('red; pink')).toBe('! value.unknown_option')
    expect(read('gren')).toBe('! value.misspelt_option')
  })

  test('a new word is welcome where options may be created, in the spelling met first', () => {
    const rules = { options, createsOptions: true }
    const convertAll = compileConvert('choices', rules, {})
    expect(convertAll('Pink; red')).toBe('red\u001fPink')
    expect(convertAll('PINK')).toBe('Pink')
    expect(convertAll('gren')).toBe('gren')
    expect(convertAll(`${'x'.repeat(101)};red`)).toMatchObject({ code: 'value.no_option_name' })
    const single = compileConvert('enum', rules, {})
    expect([single('Pink'), single('pínk'), single('Grün')]).toEqual(['Pink', 'Pink', 'green'])
    const many = compileConvert('enum', { createsOptions: true }, {})
    for (let number = 0; number < 2000; number += 1) expect(many(`word ${number}`)).toBe(`word ${number}`)
    expect(many('one more')).toMatchObject({ code: 'value.too_many_options' })
    expect(many('word 7')).toBe('word 7')
  })
})

describe('links to files', () => {
  test('addresses, paths and names with an ending', () => {
    expectAll(
      'file',
      {},
      {
        'https://Drive.example.com/d/1?x=2': 'https://drive.example.com/d/1?x=2',
        'www.firma.cz/smlouva.pdf': 'https://www.firma.cz/smlouva.pdf',
        '\\\\server\\smlouvy\\2024\\nová.docx': '\\\\server\\smlouvy\\2024\\nová.docx',
        'C:\\Data\\a b.pdf': 'C:\\Data\\a b.pdf',
        'documents/contract.pdf': 'documents/contract.pdf',
        'smlouva č. 5.pdf': 'smlouva č. 5.pdf',
        'javascript:alert(1)': '! value.not_a_file',
        'ask Jana': '! value.not_a_file',
        '-': null,
      },
    )
  })
})

test('money of a field with one currency takes no other', () => {
  const rules = { currency: 'EUR' }
  expect(convert('money', '12', { decimal: '.', currency: 'CZK' }, rules)).toBe('1200\u001fEUR')
  expect(convert('money', '12 CZK', { decimal: '.' }, rules)).toBe('! value.other_currency')
})
