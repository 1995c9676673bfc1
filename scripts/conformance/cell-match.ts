/** Whether a cell of ours is the expected one: values, not their spelling, and dates by the day they name. */
import type { Cell } from '../../src/tabular/tabular.ts'

/** `v` is the serial number of a date; `iso` its text. */
export type ExpectedCell = {
  readonly t: 'n' | 's' | 'b' | 'e' | 'd'
  readonly v?: string | number | boolean | null
  readonly iso?: string
  readonly disputed?: unknown
}

const DAY_MS = 86_400_000
const EPOCH_1900 = Date.UTC(1899, 11, 30)
const EPOCH_1904 = Date.UTC(1904, 0, 1)
/** About two seconds: what is left of a serial number that was written with few digits. */
const NEAR = 2e-5

export function isSameCell(cell: Cell, wanted: ExpectedCell, is1904: boolean): boolean {
  const kind = cell.type
  if (wanted.t === 'd') return isSameDate(cell, wanted, is1904)
  if (wanted.t === 'n' || wanted.t === 'b') {
    if (kind === 'date')
      return serialsOf(String(cell.value), is1904).some((one) => isNear(one, Number(wanted.v)))
    return (kind === 'number' || kind === 'boolean') && rounded(cell.value) === rounded(wanted.v)
  }
  if (wanted.t === 'e') return kind === 'error' && String(cell.value) === String(wanted.v)
  return kind === 'text' && bare(cell.value) === bare(wanted.v)
}

function isSameDate(cell: Cell, { v, iso }: ExpectedCell, is1904: boolean): boolean {
  const wanted = typeof v === 'number' ? [v] : serialsOf(iso ?? '', is1904)
  const given =
    cell.type === 'number'
      ? [Number(cell.value)]
      : cell.type === 'date'
        ? serialsOf(String(cell.value), is1904)
        : []
  if (wanted.length === 0) return cell.type === 'date' && cell.value === iso
  return given.some((one) => wanted.some((other) => isNear(one, other)))
}

/** The serial numbers that a date or time may have: 1900 counts a 29 February that there never was. */
function serialsOf(text: string, is1904: boolean): number[] {
  const time = /^(-?)(?:PT)?(-?)(\d+)[:H](\d+)(?:[:M]([\d.]+)S?)?$/.exec(text)
  if (time) {
    const [, minus, sign, hours, minutes, seconds = 0] = time
    const share = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) / 86_400
    return [minus === '-' || sign === '-' ? -share : share]
  }
  const moment = Date.parse(/T/.test(text) ? `${text.replace(/Z$/, '')}Z` : `${text}T00:00:00Z`)
  if (Number.isNaN(moment)) return []
  const serial = (moment - EPOCH_1900) / DAY_MS
  const early = serial < 61 ? [serial - 1] : []
  return is1904 ? [(moment - EPOCH_1904) / DAY_MS] : [serial, ...early]
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) < NEAR
}

/** Five decimals and seven digits: beyond that the readers that were asked disagree. */
function rounded(value: unknown): string {
  return Number((Math.round(Number(value) * 1e5) / 1e5).toPrecision(7)).toString()
}

function bare(value: unknown): string {
  return String(value).replace(/\s+/g, ' ').trim()
}
