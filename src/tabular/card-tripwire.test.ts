import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CardHit, createCardTripwire } from './card-tripwire.ts'

// Numbers that the brands publish for tests; joined here so that no card number stands in this repository's text.
const VISA = ['4242', '4242', '4242', '4242']
const MASTERCARD = ['5555', '5555', '5555', '4444']
const AMEX = ['3782', '822463', '10005']

function scan(bytes: Uint8Array | string, chunk = 1 << 20): CardHit | null {
  const all = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
  const tripwire = createCardTripwire()
  for (let at = 0; at < all.length; at += chunk) tripwire.push(all.subarray(at, at + chunk))
  return tripwire.finish()
}

function random(seed: number) {
  let state = seed
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const digits = (next: (below: number) => number, count: number): string =>
  Array.from({ length: count }, () => next(10)).join('')

function withLuhn(start: string): string {
  let sum = 0
  for (let i = 0; i < start.length; i++) {
    const d = Number(start[start.length - 1 - i])
    sum += i % 2 === 0 ? (d < 5 ? d * 2 : d * 2 - 9) : d
  }
  return start + ((10 - (sum % 10)) % 10)
}

const column = (values: readonly string[]): string =>
  ['id,value,note', ...values.map((v, i) => `${i},${v},x`)].join('\n')

describe('card numbers are caught', () => {
  test.each([
    ['plain', VISA.join('')],
    ['in groups with blanks', VISA.join(' ')],
    ['in groups with dashes', MASTERCARD.join('-')],
    ['quoted', `"${VISA.join('')}"`],
    ['American Express as printed', AMEX.join(' ')],
    ['in a sentence', `"please charge ${MASTERCARD.join('')}, thanks"`],
    ['at the end of a sentence', `card ${VISA.join('')}.`],
    ['followed by the expiry', `${VISA.join(' ')} 12/27 123`],
    ['after a word', `VISA${VISA.join('')}`],
    ['two in one cell', `${VISA.join(' ')} ${MASTERCARD.join(' ')}`],
  ])('a lone one, %s', (_, cell) => {
    expect(scan(`id,number,note\n1,${cell},x\n`)).toEqual({
      row: 2,
      column: 1,
      columnName: 'number',
      count: 1,
    })
  })

  test('without header and without columns', () => {
    expect(scan(VISA.join(''))).toEqual({ row: 1, column: null, columnName: null, count: 1 })
  })

  test.each(['utf16le', 'utf16be', 'utf16le with a mark'])('%s', (encoding) => {
    const text = `jméno;číslo karty\nJan;${VISA.join(' ')}\n`
    const bytes = Buffer.from((encoding.endsWith('mark') ? '\ufeff' : '') + text, 'utf16le')
    if (encoding === 'utf16be') bytes.swap16()
    expect(scan(bytes, 7)).toMatchObject({ row: 2, column: 1 })
  })

  test('one grouped card among ungrouped order numbers of the same column', () => {
    const next = random(5)
    const notes = Array.from({ length: 500 }, () => `order 9${digits(next, 15)}`)
    notes[321] = `paid with ${VISA.join(' ')}`
    expect(scan(column(notes))).toMatchObject({ row: 323, column: 1 })
  })

  test('a column of cards is a hit long before the end', () => {
    const next = random(7)
    const tripwire = createCardTripwire()
    const text = column(Array.from({ length: 40 }, () => withLuhn(`4${digits(next, 14)}`)))
    expect(tripwire.push(Buffer.from(text))).toMatchObject({ column: 1, columnName: 'value', count: 10 })
  })

  test('a fifth of a column being cards is more than chance', () => {
    const next = random(11)
    const values = Array.from({ length: 1000 }, (_, i) =>
      i % 5 === 0 ? withLuhn(`4${digits(next, 14)}`) : `8${digits(next, 15)}`,
    )
    expect(scan(column(values))).toMatchObject({ column: 1 })
  })
})

describe('other numbers are left alone', () => {
  const next = random(1)
  const many = (make: (i: number) => string): string =>
    column(Array.from({ length: 2000 }, (_, i) => make(i)))
  const ean = (start: string): string => {
    let sum = 0
    for (let i = 0; i < start.length; i++) sum += Number(start[start.length - 1 - i]) * (i % 2 === 0 ? 3 : 1)
    return start + ((10 - (sum % 10)) % 10)
  }
  test.each([
    ['random order numbers of 16 digits', () => digits(next, 16)],
    ['order numbers that all begin with 4', () => `4${digits(next, 15)}`],
    ['consecutive order numbers', (i: number) => String(4_000_000_000_000_000 + i)],
    ['order numbers in groups of four', () => [0, 1, 2, 3].map(() => digits(next, 4)).join('-')],
    ['EAN of German goods', () => ean(`40${digits(next, 10)}`)],
    ['phone numbers', () => `+49 151 ${digits(next, 8)}`],
    ['phone numbers without a plus', () => `491512${digits(next, 7)}`],
    ['timestamps', () => `2024${digits(next, 10)}`],
    ['microseconds', (i: number) => String(1_700_000_000_000_000 + i * 977)],
    ['decimals', () => `0.${digits(next, 16)}`],
    ['tracking numbers', () => `94${digits(next, 17)}`],
    ['German IBAN', () => `DE${digits(next, 2)} 3704 0044 0532 0130 ${digits(next, 2)}`],
    ['tokens', () => `pm_4${digits(next, 15)}abc`],
    ['dates and times', () => '2024-01-15 10:20:30'],
  ] as [string, (i: number) => string][])('%s', (_, make) => {
    expect(scan(many(make))).toBeNull()
  })

  test('one EAN', () => {
    expect(scan(column([ean('400638133393')]))).toBeNull()
  })
})

describe('chunks and processes', () => {
  const text = `name,"number, of card",x\r\n"a\r\nb",${VISA.join(' ')},1\r\n"c ""d""",${MASTERCARD.join('')},2\r\n`

  test('boundaries never matter, and another process can go on at any of them', () => {
    const bytes = Buffer.from(text)
    const whole = scan(bytes)
    expect(whole).toMatchObject({ row: 2, column: 1, count: 2 })
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1 }), (sizes) => {
        let tripwire = createCardTripwire()
        for (let at = 0, i = 0; at < bytes.length; i++) {
          const size = sizes[i % sizes.length]!
          tripwire.push(bytes.subarray(at, at + size))
          tripwire = createCardTripwire(JSON.parse(JSON.stringify(tripwire.state())))
          at += size
        }
        expect(tripwire.finish()).toEqual(whole)
      }),
    )
  })

  test('neither hit nor state holds the number', () => {
    const bytes = Buffer.from(`${VISA.join('-')},${MASTERCARD.join('')}\n1,${VISA.join('')}`)
    for (let end = 1; end <= bytes.length; end++) {
      const tripwire = createCardTripwire()
      tripwire.push(bytes.subarray(0, end))
      const kept = JSON.stringify(tripwire.state())
      expect(kept).not.toMatch(/42424|5555.*4444|424.*4242/)
    }
    expect(JSON.stringify(scan(bytes))).not.toMatch(/4242|5555/)
  })
})
