/**
 * What a cell holds → typed value and text, as a person sees what matters: zeros in front, percentages, ISO
 * dates, TRUE and FALSE, numbers without float dust. Hides how formats store them.
 */
import { applyMask, GENERAL, type NumberFormat } from './number-formats.ts'
import { type DateSystem, isOddSerial, isoOfSerial, isoOfText } from './serial-dates.ts'

export type CellType = 'number' | 'text' | 'boolean' | 'date' | 'error' | 'blank'

/** What is to be said about a cell. */
export type CellNote = 'error' | 'no_value' | 'long_number' | 'no_date'

export type CellValue = {
  type: CellType
  /** For rows; blank: ''. */
  text: string
  value: string | number | boolean | null
  note: CellNote | null
}

export const blankCell = (): CellValue => ({ type: 'blank', text: '', value: null, note: null })

/** Excel keeps 15 significant digits; what a number has beyond them is dust of binary fractions. */
const DIGITS = 15
const PLAIN = /^-?(?:0|[1-9]\d{0,14})$/

/** Writes a number into `cell`. `raw` is as the file has it. */
export function setNumber(cell: CellValue, raw: string, format: NumberFormat, system: DateSystem): void {
  cell.type = 'number'
  cell.note = null
  const number = Number(raw)
  if (raw.trim() === '' || Number.isNaN(number)) {
    cell.type = raw.trim() === '' ? 'blank' : 'text'
    cell.text = raw.trim()
    cell.value = cell.type === 'blank' ? null : cell.text
    return
  }
  cell.value = number
  if (format.kind === 'date') {
    const iso = isoOfSerial(number, format.parts, system)
    if (iso !== null) {
      cell.text = iso
      // A duration below zero is no time of any day: it stays a number, shown as hours.
      const isDuration = iso.startsWith('-')
      cell.type = isDuration ? 'number' : 'date'
      if (!isDuration) cell.value = iso
      if (isOddSerial(number, format.parts, system)) cell.note = 'no_date'
      return
    }
    if (number !== 0) cell.note = 'no_date'
  }
  const trimmed = raw.trim()
  cell.text = PLAIN.test(trimmed) && trimmed !== '-0' ? trimmed : numberText(number, trimmed)
  if (isLong(number, cell.text)) cell.note = 'long_number'
  if (format.kind === 'percent') cell.text = `${shifted(cell.text)}%`
  else if (format.kind === 'mask' && /^\d+$/.test(cell.text)) {
    cell.text = applyMask(cell.text, format.mask, format.digits) ?? cell.text
  }
}

/** A number whose text needs no conversion, under a format that changes nothing. */
export function setPlainNumber(cell: CellValue, raw: string): void {
  cell.type = 'number'
  cell.text = raw
  cell.value = Number(raw)
  cell.note = null
}

/** Whole numbers of more than 15 digits: a double holds no such identifier for certain. */
function isLong(number: number, text: string): boolean {
  return Math.abs(number) >= 1e15 && text.length < 40 && /^-?\d+$/.test(text)
}

/** Shortest decimal text, without float dust and without an exponent where people write none. */
export function numberText(number: number, raw: string): string {
  // Other programs write all digits of a long identifier into the file, where they still are.
  if (/^-?[1-9]\d{15,}$/.test(raw)) return raw
  if (!Number.isFinite(number)) return raw
  if (Number.isInteger(number)) {
    if (Math.abs(number) < 1e15) return String(number === 0 ? 0 : number)
    return Math.abs(number) < 1e21 ? BigInt(number).toString() : String(number)
  }
  return withoutExponent(String(Number(number.toPrecision(DIGITS))))
}

function withoutExponent(text: string): string {
  const match = /^(-?)(\d)(?:\.(\d+))?e-(\d+)$/.exec(text)
  if (match === null || Number(match[4]) > 20) return text
  const [, sign, first, rest = '', zeros] = match
  return `${sign}0.${'0'.repeat(Number(zeros) - 1)}${first}${rest}`
}

/** A decimal text times a hundred, exactly. */
function shifted(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (match === null) return numberText(Number(text) * 100, '')
  const [, sign, whole, fraction = ''] = match
  const moved = `${whole}${fraction.slice(0, 2).padEnd(2, '0')}`.replace(/^0+(?=\d)/, '')
  const rest = fraction.slice(2).replace(/0+$/, '')
  const zero = moved === '0' && rest === ''
  return `${zero ? '' : sign}${moved}${rest === '' ? '' : `.${rest}`}`
}

export function setText(cell: CellValue, text: string): void {
  cell.type = 'text'
  cell.text = text
  cell.value = text
  cell.note = null
}

export function setBoolean(cell: CellValue, value: boolean): void {
  cell.type = 'boolean'
  cell.text = value ? 'TRUE' : 'FALSE'
  cell.value = value
  cell.note = null
}

export function setError(cell: CellValue, code: string): void {
  cell.type = 'error'
  cell.text = code
  cell.value = code
  cell.note = 'error'
}

export function setBlank(cell: CellValue): void {
  cell.type = 'blank'
  cell.text = ''
  cell.value = null
  cell.note = null
}

export function setIsoDate(cell: CellValue, raw: string, format: NumberFormat): void {
  const iso = isoOfText(raw, format.kind === 'date' ? format.parts : null)
  if (iso === null) {
    // Some programs write serial numbers under the type of dates.
    if (/^[\d.]+$/.test(raw.trim())) setNumber(cell, raw, GENERAL, 1900)
    else setText(cell, raw)
    return
  }
  cell.type = 'date'
  cell.text = iso
  cell.value = iso
  cell.note = null
}
