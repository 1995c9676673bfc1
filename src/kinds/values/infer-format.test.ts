import { describe, expect, test } from 'vitest'
import { inferFormat } from './infer-format.ts'
import { scoreValues } from './score-values.ts'

describe('inferFormat', () => {
  test('the order of dates, by the whole column', () => {
    expect(inferFormat('date', ['01/02/2024', '03/04/2024', '25/04/2024'])).toEqual({
      format: { dateOrder: 'dmy' },
      unsettled: [],
      problems: 0,
    })
    expect(inferFormat('date', ['01/02/2024', '03/14/2024'])).toEqual({
      format: { dateOrder: 'mdy' },
      unsettled: [],
      problems: 0,
    })
    expect(inferFormat('date', ['01/02/2024', '', '03/04/2024'])).toEqual({
      format: {},
      unsettled: ['dateOrder'],
      problems: 0,
    })
    expect(inferFormat('date', ['1.2.2024', '3. 4. 2024'])).toEqual({
      format: { dateOrder: 'dmy' },
      unsettled: [],
      problems: 0,
    })
    expect(inferFormat('date', ['2024-02-01', '2024-03-04'])).toEqual({
      format: { dateOrder: 'ymd' },
      unsettled: [],
      problems: 0,
    })
    expect(inferFormat('date', ['24-02-01', '24-03-31'])).toEqual({
      format: { pivotYear: 2049 },
      unsettled: ['dateOrder'],
      problems: 0,
    })
    expect(inferFormat('date', ['97-02-01', '24-03-31'])).toEqual({
      format: { dateOrder: 'ymd', pivotYear: 2049 },
      unsettled: [],
      problems: 0,
    })
    expect(inferFormat('datetime', ['13.02.2024 10:00', '01.02.2024 11:30'])).toEqual({
      format: { dateOrder: 'dmy' },
      unsettled: [],
      problems: 0,
    })
  })

  test('a contradicted order is a question, a single slip a problem of its row', () => {
    const dayFirst = Array.from({ length: 40 }, (_, day) => `${(day % 15) + 13}/01/2024`)
    expect(inferFormat('date', [...dayFirst, '02/13/2024'])).toEqual({
      format: { dateOrder: 'dmy' },
      unsettled: [],
      problems: 1,
    })
    expect(inferFormat('date', ['13/02/2024', '02/13/2024'])).toEqual({
      format: {},
      unsettled: ['dateOrder'],
      problems: 1,
    })
    expect(inferFormat('date', ['abc', ''])).toEqual({ format: {}, unsettled: [], problems: 1 })
  })

  test('decimal and thousands marks', () => {
    expect(inferFormat('number', ['1.234', '5.678'])).toEqual({
      format: {},
      unsettled: ['decimal'],
      problems: 0,
    })
    expect(inferFormat('number', ['1.234', '12,5'])).toEqual({
      format: { decimal: ',', thousands: '.' },
      unsettled: [],
      problems: 0,
    })
    expect(inferFormat('number', ['1\u00a0234,5', '7'])).toEqual({
      format: { decimal: ',', thousands: ' ' },
      unsettled: [],
      problems: 0,
    })
    expect(inferFormat('number', ['1.5', '2'])).toEqual({
      format: { decimal: '.' },
      unsettled: [],
      problems: 0,
    })
    expect(inferFormat('integer', ['1.234', '5.600'])).toEqual({
      format: { decimal: ',', thousands: '.' },
      unsettled: [],
      problems: 0,
    })
    expect(inferFormat('integer', ['1', '2', 'x'])).toEqual({ format: {}, unsettled: [], problems: 1 })
  })

  test('the one currency that every cell names', () => {
    expect(inferFormat('money', ['1 234,50 Kč', '12 CZK'])).toEqual({
      format: { decimal: ',', thousands: ' ', currency: 'CZK' },
      unsettled: [],
      problems: 0,
    })
    expect(inferFormat('money', ['1,50 Kč', '12 €'])).toEqual({
      format: { decimal: ',' },
      unsettled: [],
      problems: 0,
      hasSeveralCurrencies: true,
    })
    expect(inferFormat('money', ['$1.50', '$2'])).toEqual({
      format: { decimal: '.' },
      unsettled: [],
      problems: 0,
    })
  })

  test('the separator of tags', () => {
    expect(inferFormat('tags', ['a, b;c', 'd']).format).toEqual({ separator: ';' })
    expect(inferFormat('tags', ['a,b']).format).toEqual({ separator: ',' })
  })
})

describe('scoreValues', () => {
  test('tells types apart', () => {
    const emails = ['jan@example.com', 'eva@example.org', '']
    expect(scoreValues('email', emails)).toBe(1)
    expect(scoreValues('phone', emails)).toBe(0)
    expect(scoreValues('url', emails)).toBe(0)
    const phones = ['+420 777 123 456', '222 333 444']
    expect(scoreValues('phone', phones)).toBeGreaterThan(0.5)
    expect(scoreValues('date', phones)).toBe(0)
    const dates = ['1.2.2024', '2024-02-01', '3. května 2020']
    expect(scoreValues('date', dates)).toBe(1)
    expect(scoreValues('phone', dates)).toBe(0)
    expect(scoreValues('country', ['Německo', 'CZ', 'xyzzy'])).toBeCloseTo(2 / 3)
    expect(scoreValues('boolean', ['Ano', 'Ne'])).toBe(1)
    expect(scoreValues('money', ['1 200 Kč', '€5.00'])).toBe(1)
    expect(scoreValues('text', ['a\nb'])).toBe(0)
    expect(scoreValues('email', ['', '-'])).toBe(0)
  })
})
