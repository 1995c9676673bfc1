/**
 * The XML of a worksheet → rows of cells, as it arrives in pieces. Hides prefixes, cells and rows without an
 * address, inline and rich text, formulas. Promises flat memory and that no cell is moved.
 */
import { refuseArchive } from '../archive-refusals.ts'
import {
  type CellValue,
  setBlank,
  setBoolean,
  setError,
  setIsoDate,
  setNumber,
  setPlainNumber,
  setText,
} from './cell-values.ts'
import { GENERAL, type NumberFormat } from './number-formats.ts'
import {
  EMPTY,
  isPlainNumber,
  NUMBER,
  INLINE as PLAIN_INLINE,
  type PlainCell,
  plainCell,
  readPlainCell,
  SHARED,
  STRING,
} from './plain-cell.ts'
import type { DateSystem } from './serial-dates.ts'
import { decodeCodes, type SharedStrings } from './shared-strings.ts'
import { CLOSE, decodeXml, NEED, OPEN, XmlCursor } from './xml-cursor.ts'

export const MAX_COLUMNS = 16_384
/** OpenDocument allows sixteen million rows, Excel one million. */
export const MAX_ROWS = 16_777_216

export type RowSink = {
  row(line: number, isHidden: boolean): void
  /** `cell` is only lent: the next one is written into it. */
  cell(column: number, cell: CellValue, format: NumberFormat): void
  endRow(): void
}

export type ScanContext = {
  readonly file: string
  readonly sheet: string
  readonly strings: SharedStrings
  readonly formats: readonly NumberFormat[]
  readonly dateSystem: DateSystem
}

/** Thrown through the scanner when a string is wanted that has not been loaded yet. */
export class StringsMissing extends Error {}

const NOTHING = 0
const VALUE = 1
const INLINE = 2

export type SheetScanner = {
  /** True once the rows are over. */
  take(piece: string, isLast: boolean): boolean
}

export function createSheetScanner(context: ScanContext, cell: CellValue, sink: RowSink): SheetScanner {
  const { file, sheet, formats } = context
  const cursor = new XmlCursor(file)
  const plain = plainCell()
  let line = 0
  let column = -1
  let isInData = false
  let isInRow = false
  let isInCell = false
  let type: string | null = null
  let style = 0
  let raw = ''
  let hasValue = false
  let hasText = false
  let hasFormula = false
  let capture = NOTHING
  let phonetic = 0

  const startRow = (): void => {
    const address = cursor.attribute('r')
    const number = address === null ? line + 1 : Number(address)
    if (!Number.isInteger(number) || number < 1 || number > MAX_ROWS)
      throw cursor.damaged(
        address === null
          ? 'it has more rows than any spreadsheet'
          : `a row has the number “${address.slice(0, 20)}”`,
      )
    line = number
    column = -1
    isInRow = true
    sink.row(line, isTrue(cursor.attribute('hidden')))
  }

  const tooWide = (): Error => refuseArchive('file.sheet_too_wide', { line, sheet, limit: MAX_COLUMNS })

  const startCell = (): void => {
    const address = cursor.attribute('r')
    column = address === null ? column + 1 : columnOf(address, column + 1)
    if (column >= MAX_COLUMNS) throw tooWide()
    type = cursor.attribute('t')
    const index = cursor.attribute('s')
    style = index === null ? 0 : Number(index)
    raw = ''
    hasValue = false
    hasText = false
    hasFormula = false
    capture = NOTHING
    isInCell = true
  }

  const endCell = (): void => {
    isInCell = false
    const format = formats[style] ?? GENERAL
    writeCell(cell, { type, raw, hasValue, hasText, hasFormula }, format, context)
    sink.cell(column, cell, format)
  }

  const open = (): void => {
    const { name } = cursor
    if (isInCell) {
      if (name === 'v') {
        capture = VALUE
        hasValue = true
      } else if (name === 'f') hasFormula = true
      else if (name === 'rPh') phonetic++
      else if (name === 't' && phonetic === 0) {
        capture = INLINE
        hasText = true
      }
    } else if (name === 'c' && isInRow) startCell()
    else if (name === 'row' && isInData) startRow()
    else if (name === 'sheetData') isInData = true
  }

  const close = (): boolean => {
    const { name } = cursor
    if (isInCell) {
      if (name === 'c') endCell()
      else if (name === 'rPh') phonetic--
      else capture = NOTHING
    } else if (name === 'row' && isInRow) {
      isInRow = false
      sink.endRow()
    } else if (name === 'sheetData') return true
    return false
  }

  /** Cells that need no cursor; returns when the next thing is no such cell. */
  const takePlain = (): void => {
    const { window } = cursor
    let place = cursor.position
    while (readPlainCell(window, place, plain)) {
      const at = plain.column === -1 ? column + 1 : plain.column
      if (at >= MAX_COLUMNS) throw tooWide()
      const format = formats[plain.style] ?? GENERAL
      if (!writePlain(cell, plain, window, format, context)) break
      column = at
      sink.cell(column, cell, format)
      place = plain.end
    }
    cursor.position = place
  }

  return {
    take(piece, isLast) {
      cursor.feed(piece, isLast)
      for (;;) {
        if (isInRow && !isInCell) takePlain()
        const token = cursor.next()
        if (token === NEED) break
        if (token === OPEN) open()
        else if (token === CLOSE) {
          if (close()) return true
        } else if (capture !== NOTHING) raw += cursor.text
      }
      if (isLast && cursor.depth > 0)
        throw cursor.damaged(`sheet “${sheet}” ends in the middle of row ${line}`)
      return isLast
    },
  }
}

type RawCell = {
  readonly type: string | null
  readonly raw: string
  readonly hasValue: boolean
  readonly hasText: boolean
  readonly hasFormula: boolean
}

function writeCell(cell: CellValue, from: RawCell, format: NumberFormat, context: ScanContext): void {
  const { type, raw, hasValue, hasText, hasFormula } = from
  if (type === 's') {
    const index = Number(raw)
    const text = raw.trim() === '' ? null : context.strings.get(index)
    if (text === null && !context.strings.isComplete) throw new StringsMissing()
    if (text === null) setBlank(cell)
    else setText(cell, text)
    if (text === null && raw.trim() !== '') cell.note = 'no_value'
  } else if (hasText && !hasValue) setText(cell, decodeCodes(raw))
  else if (!hasValue || (raw === '' && type !== 'str')) {
    setBlank(cell)
    if (hasFormula) cell.note = 'no_value'
  } else if (type === null || type === 'n') setNumber(cell, raw, format, context.dateSystem)
  else if (type === 'b') setBoolean(cell, isTrue(raw.trim()))
  else if (type === 'e') setError(cell, raw.trim())
  else if (type === 'd') setIsoDate(cell, raw, format)
  else setText(cell, decodeCodes(raw))
}

/** Writes a plain cell; false: it is not so plain, and the cursor has to read it. */
function writePlain(
  cell: CellValue,
  { kind, from, to, hasEntities }: PlainCell,
  window: string,
  format: NumberFormat,
  context: ScanContext,
): boolean {
  if (kind === EMPTY) {
    setBlank(cell)
    return true
  }
  const raw = window.slice(from, to)
  if (kind === SHARED) {
    const text = context.strings.get(Number(raw))
    if (text === null || raw === '') return false
    setText(cell, text)
  } else if (kind === NUMBER) {
    if (format.kind === 'general' && isPlainNumber(raw)) setPlainNumber(cell, raw)
    else if (raw === '') return false
    else setNumber(cell, raw, format, context.dateSystem)
  } else if (kind === STRING || kind === PLAIN_INLINE)
    setText(cell, decodeCodes(hasEntities ? decodeXml(raw) : raw))
  else return false
  return true
}

export function isTrue(value: string | null): boolean {
  return value === '1' || value === 'true' || value === 'TRUE' || value === 'on'
}

/** The column of an address like `AB12`, or `otherwise` when it has no letters. */
export function columnOf(address: string, otherwise: number): number {
  let column = 0
  let i = 0
  for (; i < address.length; i++) {
    const letter = address.charCodeAt(i) & ~32
    if (letter < 65 || letter > 90) break
    column = column * 26 + letter - 64
    if (column > MAX_COLUMNS) return MAX_COLUMNS
  }
  return i === 0 ? otherwise : column - 1
}
