import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayNumber, dayOfNumber, isDay } from './calendar.ts'
import type { ValueFormat, ValueTypeName } from './value-types.ts'
import { compileConvert } from './value-types.ts'

function expectAll(
  type: ValueTypeName,
  format: ValueFormat,
  table: Readonly<Record<string, string | null>>,
): void {
  const convert = compileConvert(type, {}, format)
  const results = Object.keys(table).map((text) => {
    const converted = convert(text)
    return [text, typeof converted === 'object' && converted !== null ? `! ${converted.code}` : converted]
  })
  expect(Object.fromEntries(results)).toEqual(table)
}

const dmy: ValueFormat = { dateOrder: 'dmy', pivotYear: 2049 }

describe('dates', () => {
  test('day first', () => {
    expectAll('date', dmy, {
      '1.2.2024': '2024-02-01',
      '01. 02. 2024': '2024-02-01',
      '1. 2. 2024.': '2024-02-01',
      '1/2/24': '2024-02-01',
      '1-2-50': '1950-02-01',
      '1 2 2024': '2024-02-01',
      '2024-02-01': '2024-02-01',
      '2024/2/1': '2024-02-01',
      '01022024': '2024-02-01',
      '29.2.2024': '2024-02-29',
      '29.2.2023': '! value.no_such_date',
      '31.4.2024': '! value.no_such_date',
      '12/31/2024': '! value.no_such_date',
      '1.2/2024': '! value.not_a_date',
      '1.2.024': '! value.not_a_date',
      '1.2.': '! value.not_a_date',
      '45292': '! value.not_a_date',
      '0000-00-00': null,
      zítra: '! value.not_a_date',
    })
  })

  test('month and year first', () => {
    expectAll(
      'date',
      { dateOrder: 'mdy', pivotYear: 2030 },
      { '1/2/2024': '2024-01-02', '12/31/31': '1931-12-31', '13/1/2024': '! value.no_such_date' },
    )
    expectAll(
      'date',
      { dateOrder: 'ymd', pivotYear: 2049 },
      { '24-01-02': '2024-01-02', '20240102': '2024-01-02', '1.2.2024': '! value.not_a_date' },
    )
  })

  test('months by name, in English, Czech and German', () => {
    expectAll('date', dmy, {
      '1. února 2024': '2024-02-01',
      '3. září 2020': '2020-09-03',
      '5 červenec 1999': '1999-07-05',
      '5. června 1999': '1999-06-05',
      '3. März 2020': '2020-03-03',
      '1. Jänner 2020': '2020-01-01',
      'Mi., 3. Mai 2023': '2023-05-03',
      '3rd of May, 2023': '2023-05-03',
      'May 3, 2023': '2023-05-03',
      'Wednesday, May 3, 2023': '2023-05-03',
      '03-Feb-24': '2024-02-03',
      '30. února 2024': '! value.no_such_date',
      '3. foo 2024': '! value.not_a_date',
    })
  })

  test('what the column does not settle is not guessed', () => {
    expectAll(
      'date',
      {},
      {
        '1.2.2024': '! value.date_order_unsettled',
        '13.2.2024': '! value.date_order_unsettled',
        '5.5.2024': '2024-05-05',
        '2024-02-01': '2024-02-01',
        '1. května 2024': '2024-05-01',
      },
    )
    expectAll('date', { dateOrder: 'dmy' }, { '1.2.24': '! value.short_year' })
  })

  test('no time zone moves a day, and where it might it is said', () => {
    expectAll('date', dmy, {
      '1.2.2024 0:00:00': '2024-02-01',
      '1.2.2024 23:59': '2024-02-01',
      '2024-02-01T00:00:00Z': '2024-02-01',
      '2024-02-01T23:00:00Z': '! value.date_depends_on_zone',
    })
    expectAll(
      'date',
      { ...dmy, timeZone: 'Europe/Prague' },
      { '2024-02-01T23:00:00Z': '2024-02-02', '1.2.2024 23:59': '2024-02-01' },
    )
  })

  test("Excel's day numbers, in both epochs", () => {
    expectAll(
      'date',
      { excelSerial: '1900' },
      {
        '45292': '2024-01-01',
        '45292.75': '2024-01-01',
        '45291.999999999': '2024-01-01',
        '1': '1900-01-01',
        '59': '1900-02-28',
        '60': '! value.no_such_date',
        '61': '1900-03-01',
        '2024-02-01': '2024-02-01',
      },
    )
    expectAll('date', { excelSerial: '1904' }, { '0': '1904-01-01', '43830': '2024-01-01' })
  })
})

describe('moments', () => {
  test('in UTC, from the zone of the cell or of the column', () => {
    expectAll(
      'datetime',
      { ...dmy, timeZone: 'Europe/Prague' },
      {
        '1.7.2024 10:00': '2024-07-01T08:00:00Z',
        '1.1.2024 10:00:05,5': '2024-01-01T09:00:05.5Z',
        '1/2/2024 3:04 PM': '2024-02-01T14:04:00Z',
        '1/2/2024 12:04 am': '2024-01-31T23:04:00Z',
        '2024-02-01T10:00:00+05:30': '2024-02-01T04:30:00Z',
        '2024-02-01 10:00:00 UTC': '2024-02-01T10:00:00Z',
        '1.7.2024': '2024-06-30T22:00:00Z',
        '31.3.2024 2:30': '! value.no_such_time',
        '27.10.2024 2:30': '2024-10-27T00:30:00Z',
        '27.10.2024 3:30': '2024-10-27T02:30:00Z',
        '1.7.2024 25:00': '! value.not_a_datetime',
        '31.6.2024 10:00': '! value.no_such_date',
        nic: '! value.not_a_datetime',
      },
    )
    expectAll('datetime', dmy, {
      '1.7.2024 10:00': '! value.no_time_zone',
      '2024-07-01T10:00Z': '2024-07-01T10:00:00Z',
    })
    expectAll(
      'datetime',
      { excelSerial: '1900', timeZone: 'UTC' },
      { '45292.5': '2024-01-01T12:00:00Z', '45292.99999999999': '2024-01-02T00:00:00Z' },
    )
  })
})

describe('the calendar', () => {
  const days = fc.integer({ min: -719162, max: 2932896 })

  test('day numbers and days are each other’s inverse and agree with the platform', () => {
    fc.assert(
      fc.property(days, (number) => {
        const { year, month, day } = dayOfNumber(number)
        expect(isDay(year, month, day)).toBe(true)
        expect(dayNumber(year, month, day)).toBe(number)
        expect(new Date(number * 86_400_000).toISOString().slice(0, 10)).toBe(
          `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
        )
      }),
    )
  })

  test('every day written in an order is read back in it', () => {
    fc.assert(
      fc.property(days, fc.constantFrom('.', '/', '-'), (number, mark) => {
        const { year, month, day } = dayOfNumber(number)
        const iso = new Date(number * 86_400_000).toISOString().slice(0, 10)
        const long = String(year).padStart(4, '0')
        expect(compileConvert('date', {}, { dateOrder: 'dmy' })([day, month, long].join(mark))).toBe(iso)
        expect(compileConvert('date', {}, { dateOrder: 'mdy' })([month, day, long].join(mark))).toBe(iso)
        expect(compileConvert('date', {}, { dateOrder: 'ymd' })([long, month, day].join(mark))).toBe(iso)
      }),
    )
  })
})
