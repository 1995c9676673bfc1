/**
 * A file of clients as an old system might have left it: 18 columns, quotes where they are needed, diacritics,
 * dates, money, phones, blanks, and one row in five hundred that cannot be loaded. The same seed, the same bytes.
 */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'

export const clientHeaders = [
  'External id',
  'Name',
  'Is a person',
  'Last name',
  'Birthday',
  'State',
  'Registration number',
  'Tax number',
  'E-mail',
  'Phone',
  'Website',
  'Employees',
  'Turnover',
  'Billing street',
  'Billing city',
  'Billing postal code',
  'Billing country',
  'Note',
] as const

const firstNames = [
  'Jan',
  'Eva',
  'Tomáš',
  'Kateřina',
  'Jürgen',
  'Ursula',
  'Zoë',
  'Břetislav',
  'Mary',
  'Łukasz',
]
const lastNames = [
  'Novák',
  'Svobodová',
  'Müller',
  'Weiß',
  "O'Neill",
  'Dvořáková',
  'Černý',
  'Němcová',
  'Größl',
  'Smith',
  'Kučera',
  'Šťastný',
]
const trades = ['Stavby', 'Elektro', 'Auto', 'Druckerei', 'Pekárna', 'Consulting', 'Zahrady', 'Spedition']
const forms = ['s.r.o.', 'a.s.', 'GmbH', 'Ltd', 'v.o.s.', 'KG']
const streets = ['Dlouhá', 'Příčná', 'Nádražní', 'Hauptstraße', 'Bahnhofstraße', 'Na Příkopě', 'Mill Lane']
const places = [
  ['Praha', '110 00', 'Česko'],
  ['Brno', '602 00', 'CZ'],
  ['Ústí nad Labem', '400 01', 'Czech Republic'],
  ['Berlin', '10115', 'Germany'],
  ['München', '80331', 'Německo'],
  ['Wien', '1010', 'Austria'],
  ['Bratislava', '811 01', 'SK'],
  ['Kraków', '30-001', 'Poland'],
] as const
const states = ['Actual', 'Potential', 'aktivní', 'Deferred', 'Actual', 'Actual']
const domains = ['example.com', 'example.org', 'posta.example', 'firma.example']
const notes = [
  'Volat až po deváté hodině',
  'said "hello", left',
  'VIP; platí včas, faktura na konci měsíce',
  'Two lines:\nsecond one',
  'Převzato z předchozího systému',
]

/** Numbers from a seed (mulberry32), so that every run makes the same file. */
function createDice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * sides)
  }
}

const digits = (value: number, length: number): string => String(value).padStart(length, '0')

function phone(dice: (sides: number) => number): string {
  const three = (): string => digits(dice(1000), 3)
  switch (dice(6)) {
    case 0:
      return `60${2 + dice(7)} ${three()} ${three()}`
    case 1:
      return `+42190${5 + dice(3)}${three()}${three()}`
    case 2:
      return `+49 30 ${digits(2_000_000 + dice(7_000_000), 7)}`
    case 3:
      return `+43 664 ${1 + dice(9)}${three()}${three()}`
    default:
      return `+420 77${3 + dice(7)} ${three()} ${three()}`
  }
}

function money(dice: (sides: number) => number): string {
  const whole = 1000 + dice(90_000_000)
  const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, ' ')
  return `${grouped},${digits(dice(100), 2)} ${dice(4) === 0 ? 'CZK' : 'Kč'}`
}

const simple = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase()

/** One row; row numbers begin with 1. */
function makeRow(row: number, dice: (sides: number) => number): string[] {
  const isPerson = dice(4) === 0
  const first = firstNames[dice(firstNames.length)]!
  const last = lastNames[dice(lastNames.length)]!
  const trade = trades[dice(trades.length)]!
  const place = places[dice(places.length)]!
  const registration = digits(10_000_000 + ((row * 7919) % 89_999_999), 8)
  const domain = domains[dice(domains.length)]!
  const form = forms[dice(forms.length)]!
  const cells = [
    `C-${digits(row, 7)}`,
    isPerson ? `${first} ${last}` : `${trade} ${last}${dice(2) === 0 ? ', ' : ' '}${form}`,
    isPerson ? 'ano' : 'ne',
    isPerson || dice(3) === 0 ? last : '',
    isPerson ? `${1 + dice(28)}.${1 + dice(12)}.${1940 + dice(65)}` : '',
    states[dice(states.length)]!,
    isPerson ? '' : registration,
    isPerson ? '' : `CZ${registration}`,
    `${simple(first)}.${simple(last)}${row}@${domain}`,
    phone(dice),
    dice(5) < 3 ? `www.${simple(trade)}-${simple(last)}.example` : '',
    isPerson ? '' : String(1 + dice(500)),
    isPerson ? '' : money(dice),
    `${streets[dice(streets.length)]!} ${1 + dice(200)}/${1 + dice(40)}`,
    place[0],
    place[1],
    place[2],
    dice(3) === 0 ? notes[dice(notes.length)]! : '',
  ]
  if (row % 500 === 0) spoil(cells, row)
  return cells
}

/** One of the things that are wrong in every real file. */
function spoil(cells: string[], row: number): void {
  switch ((row / 500) % 4) {
    case 0:
      cells[8] = `${cells[3] || 'info'}(at)example.com`
      break
    case 1:
      cells[4] = '31.2.1999'
      break
    case 2:
      cells[1] = ''
      break
    default:
      cells[0] = `C-${digits(row - 7, 7)}`
  }
}

/** Contact persons in numbered columns of their client's row. */
export function contactHeaders(contacts: number): string[] {
  return Array.from({ length: contacts }, (_, at) =>
    ['First name', 'Last name', 'E-mail', 'Position'].map((of) => `Contact person ${at + 1} – ${of}`),
  ).flat()
}

function contactCells(row: number, contacts: number, dice: (sides: number) => number): string[] {
  return Array.from({ length: contacts }, (_, at) => {
    const first = firstNames[dice(firstNames.length)]!
    const last = lastNames[dice(lastNames.length)]!
    return [first, last, `${simple(first)}.${row}.${at}@example.net`, trades[dice(trades.length)]!]
  }).flat()
}

const special = /[",\n]/

/** Writes a file of `rows` rows in UTF-8 with commas and LF; quotes around every cell, or where they are needed. */
export async function writeClientsFile(
  path: string,
  rows: number,
  { isQuoted = false, seed = 20_261_122, contacts = 0 } = {},
): Promise<void> {
  const dice = createDice(seed)
  const encodeCell = (cell: string): string =>
    isQuoted || special.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
  const file = createWriteStream(path, { highWaterMark: 1024 * 1024 })
  let text = `${[...clientHeaders, ...contactHeaders(contacts)].join(',')}\n`
  for (let row = 1; row <= rows; row += 1) {
    const cells = [...makeRow(row, dice), ...contactCells(row, contacts, dice)]
    for (let at = 0; at < cells.length; at += 1) text += (at === 0 ? '' : ',') + encodeCell(cells[at]!)
    text += '\n'
    if (text.length > 512 * 1024) {
      if (!file.write(text)) await once(file, 'drain')
      text = ''
    }
  }
  file.end(text)
  await finished(file)
}
