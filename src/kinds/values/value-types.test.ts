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
  return typeof converted === 'object' && converted !== null ? `! ${converted.code}` : converted
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

describe('text', () => {
  test('keeps what a person typed and takes off what nobody sees', () => {
    expectAll(
      'text',
      {},
      {
        ' Novák ': 'Novák',
        '00123': '00123',
        '\u00a0Brno\u200b': 'Brno',
        'Cafe\u0301': 'Café',
        'a\tb': 'a b',
        '\u202aLeft\u202c': 'Left',
        שלום: 'שלום',
        "Robert'); drop table clients;--": "Robert'); drop table clients;--",
        '=1+1': '=1+1',
        '': null,
        '   ': null,
        '5E10': '5E10',
      },
    )
  })

  test('knows words for nothing without taking a name for one', () => {
    expectAll(
      'text',
      {},
      { NULL: null, 'N/A': null, '#N/A': null, '-': null, '--': null, None: 'None', Null: 'Null', NA: 'NA' },
    )
    expectAll('text', { nullWords: ['?'] }, { '?': null, NULL: 'NULL' })
  })

  test('says what does not fit instead of cutting it', () => {
    expect(convert('text', 'abcd', {}, { maxLength: 3 })).toBe('! value.too_long')
    expect(convert('text', '😀😀😀', {}, { maxLength: 3 })).toBe('😀😀😀')
    expect(convert('text', 'x1', {}, { pattern: '\\d+' })).toBe('! value.wrong_pattern')
    expectAll(
      'text',
      {},
      {
        '1.23E+11': '! value.scientific_notation',
        '4,68769E+11': '! value.scientific_notation',
        'a\u0000b': '! value.control_character',
        'a\ud800': '! value.control_character',
        'a\nb': '! value.line_break',
      },
    )
  })

  test('several lines only where they belong', () => {
    expect(convert('multiline', ' a \r\nb\rc\n')).toBe('a\nb\nc')
  })

  test('tags are clean, each once', () => {
    expect(convert('tags', 'VIP, Praha;VIP\nnový')).toBe('VIP\u001fPraha\u001fnový')
    expect(convert('tags', 'a, b;c', { separator: ';' })).toBe('a, b\u001fc')
    expect(convert('tags', ' ; , ')).toBeNull()
  })
})

describe('numbers', () => {
  test('by the marks of the column, exactly', () => {
    expectAll(
      'number',
      { decimal: ',' },
      {
        '1.234,50': '1234.5',
        '1 234 567,5': '1234567.5',
        '1\u00a0234': '1234',
        "1'234": '1234',
        '(32 000,00)': '-32000',
        '12,5-': '-12.5',
        '\u22123': '-3',
        '-0,00': '0',
        ',5': '0.5',
        '007': '7',
        '123456789012345678901234,000000000001': '123456789012345678901234.000000000001',
        '1,5E-3': '0.0015',
        '1,23E+11': '! value.scientific_notation',
        '1.23.4': '! value.not_a_number',
        '12,34,5': '! value.not_a_number',
        '50 %': '! value.not_a_number',
        '5 ks': '! value.not_a_number',
        '-': null,
        none: null,
      },
    )
    expect(convert('number', '1,234', { decimal: '.', thousands: '' })).toBe('! value.not_a_number')
  })

  test('a cell with two readings is a question as long as the column is not settled', () => {
    expectAll(
      'number',
      {},
      {
        '1.234': '! value.decimal_unsettled',
        '1,234': '! value.decimal_unsettled',
        '1.234,5': '1234.5',
        '1,000,000': '1000000',
        '0.125': '0.125',
        '12': '12',
      },
    )
  })

  test('whole numbers, limits, and the end of bigint', () => {
    expectAll(
      'integer',
      { decimal: ',' },
      {
        '12,00': '12',
        '12,5': '! value.not_an_integer',
        '9223372036854775807': '9223372036854775807',
        '9223372036854775808': '! value.number_too_large',
      },
    )
    expect(convert('integer', '5', {}, { min: 6 })).toBe('! value.below_minimum')
    expect(convert('number', '-5.5', { decimal: '.' }, { min: -5.25 })).toBe('! value.below_minimum')
    expect(convert('number', '1e21', {}, { max: 1e20 })).toBe('! value.scientific_notation')
    expect(convert('number', '1000000000000000000000', {}, { max: 1e21 })).toBe('1000000000000000000000')
    expect(convert('number', '1000000000000000000001', {}, { max: 1e21 })).toBe('! value.above_maximum')
  })
})

describe('money', () => {
  test('minor units and currency', () => {
    expectAll(
      'money',
      { decimal: ',', currency: 'CZK' },
      {
        '1 234,50 Kč': '123450\u001fCZK',
        '1.000,-': '100000\u001fCZK',
        '5,- Kč': '500\u001fCZK',
        '(3 100)': '-310000\u001fCZK',
        '-5 CZK': '-500\u001fCZK',
        '12': '1200\u001fCZK',
        '12,340': '1234\u001fCZK',
        '12,345': '! value.too_precise',
        '€ 5': '! value.other_currency',
        '12 Kč 5': '! value.not_money',
        zdarma: '! value.not_money',
      },
    )
    expectAll(
      'money',
      { decimal: '.' },
      {
        '€3,100.00': '310000\u001fEUR',
        '(32,000 €)': '-3200000\u001fEUR',
        'JPY 500': '500\u001fJPY',
        'JPY 5.1': '! value.too_precise',
        'KWD 1.234': '1234\u001fKWD',
        'Fr. 12.50': '1250\u001fCHF',
        '$ 3,100': '! value.ambiguous_currency',
        '5': '! value.no_currency',
        'ABC 5': '! value.unknown_currency',
      },
    )
    expect(convert('money', '$ 3,100', { decimal: '.', currency: 'CAD' })).toBe('310000\u001fCAD')
  })
})

describe('booleans', () => {
  test('listed words, and never "no" for what is not listed', () => {
    expectAll(
      'boolean',
      {},
      {
        Ano: 't',
        YES: 't',
        ja: 't',
        x: 't',
        '1': 't',
        ne: 'f',
        Nein: 'f',
        FALSE: 'f',
        '0': 'f',
        '': null,
        'N/A': null,
        možná: '! value.not_a_boolean',
        '2': '! value.not_a_boolean',
      },
    )
  })
})

describe('choices', () => {
  test('countries by name and code in three languages', () => {
    expectAll(
      'country',
      {},
      {
        Německo: 'DE',
        germany: 'DE',
        DEUTSCHLAND: 'DE',
        DEU: 'DE',
        de: 'DE',
        D: 'DE',
        'Česká republika': 'CZ',
        Česko: 'CZ',
        'Ceska republika': 'CZ',
        ČR: 'CZ',
        CR: 'CR',
        Rakousko: 'AT',
        Österreich: 'AT',
        UK: 'GB',
        'Velká Británie': 'GB',
        'The Netherlands': 'NL',
        NA: 'NA',
        Slovensko: 'SK',
        Slowakei: 'SK',
        Kongo: '! value.unknown_country',
        Narnie: '! value.unknown_country',
        Deutchland: '! value.misspelt_country',
      },
    )
    expect((compileConvert('country', {}, {})('Deutchland') as ConversionProblem).params).toEqual({
      value: 'Deutchland',
      suggestion: 'DE',
      name: 'Deutschland',
    })
  })

  test('options by value, label and synonym', () => {
    const options = [
      { value: 'potential', labels: { en: 'Potential', cs: 'Potenciální' }, synonyms: ['lead', 'both'] },
      {
        value: 'actual',
        labels: { en: 'Actual', cs: 'Aktuální', de: 'Aktuell' },
        synonyms: ['both', 'none'],
      },
    ]
    const read = (text: string) => convert('enum', text, {}, { options })
    expect(read('ACTUAL')).toBe('actual')
    expect(read('potencialni')).toBe('potential')
    expect(read('Aktuell')).toBe('actual')
    expect(read('lead')).toBe('potential')
    expect(read('none')).toBe('actual')
    expect(read('both')).toBe('! value.unknown_option')
    expect(read('potentail')).toBe('! value.misspelt_option')
    expect(read('-')).toBeNull()
  })
})

describe('addresses', () => {
  test('e-mail', () => {
    expectAll(
      'email',
      {},
      {
        'Jan.Novak@Example.COM': 'Jan.Novak@example.com',
        "o'brien+x@a-b.example.org": "o'brien+x@a-b.example.org",
        'jan@MÜNCHEN.example': 'jan@münchen.example',
        'jan@xn--mnchen-3ya.example': 'jan@münchen.example',
        'jan@example': '! value.not_an_email',
        'jan@@example.com': '! value.not_an_email',
        'jan example.com': '! value.not_an_email',
        'jan..x@example.com': '! value.not_an_email',
        'jan@-example.com': '! value.not_an_email',
        'jan@example.com.': '! value.not_an_email',
        'a@example.com, b@example.com': '! value.several_values',
        '-': null,
      },
    )
  })

  test('web', () => {
    expectAll(
      'url',
      {},
      {
        'www.Firma.cz': 'https://www.firma.cz',
        'HTTP://Firma.cz/Cesta?A=1': 'http://firma.cz/Cesta?A=1',
        'firma.example:8080/x': 'https://firma.example:8080/x',
        'javascript:alert(1)': '! value.not_a_url',
        'http://user@firma.cz': '! value.not_a_url',
        firma: '! value.not_a_url',
      },
    )
  })

  test('telephone: E.164 and the form that was given', () => {
    expectAll(
      'phone',
      { defaultCountry: 'CZ' },
      {
        '777 123 456': '+420777123456\u001f777 123 456',
        '00420 777123456': '+420777123456\u001f00420 777123456',
        '+49 (0)89 1234567': '+49891234567\u001f+49 (0)89 1234567',
        '222 333 444 kl. 12': '+420222333444\u001f222 333 444 kl. 12',
        '\u202a+420 777 123 456\u202c': '+420777123456\u001f+420 777 123 456',
        '7O7 123 456': '! value.not_a_phone',
        '777 123': '! value.no_such_phone',
        '777 123 456, 222 333 444': '! value.several_values',
        '-': null,
      },
    )
    expect(convert('phone', '777 123 456')).toBe('! value.phone_without_country')
  })
})
