/**
 * The content of an OpenDocument spreadsheet → rows of cells, table after table, as it arrives in pieces.
 * Hides repeated rows and columns, paragraphs, comments and drawings. Promises that what a small file repeats
 * a million times costs no million in memory.
 */
import { refuseArchive } from '../archive-refusals.ts'
import {
  blankCell,
  type CellValue,
  setBlank,
  setBoolean,
  setError,
  setIsoDate,
  setNumber,
  setText,
} from './cell-values.ts'
import { GENERAL, type NumberFormat, parseFormat } from './number-formats.ts'
import { clockOfDuration } from './serial-dates.ts'
import { MAX_COLUMNS, MAX_ROWS } from './sheet-scanner.ts'
import type { TableScanner, TableSink } from './table-sink.ts'
import { CLOSE, NEED, OPEN, XmlCursor } from './xml-cursor.ts'

/** Cells that a file may repeat by a number instead of writing them. */
const MAX_REPEATED = 5_000_000
/** What stands in a cell but is not its text, or in a table but is no row of it. */
const SKIPPED = new Set([
  'annotation',
  'shapes',
  'frame',
  'custom-shape',
  'tracked-changes',
  'dde-links',
  'g',
  'control',
  'forms',
])
const PERCENT = parseFormat('0%')
const DATE = parseFormat('yyyy-mm-dd')
const TIME = parseFormat('[h]:mm:ss')

type Held = { readonly column: number; readonly cell: CellValue; readonly format: NumberFormat }

export function createOdsScanner(file: string, sink: TableSink): TableScanner {
  const cursor = new XmlCursor(file)
  const hiddenStyles = new Set<string>()
  let styleName = ''
  let isWanted = false
  let skipFrom = -1
  let line = 0
  let column = 0
  let columns = 0
  let rowRepeat = 1
  let isRowHidden = false
  let held: Held[] = []
  let repeated = 0
  let cell: CellValue | null = null
  let format: NumberFormat = GENERAL
  let cellRepeat = 1
  let type: string | null = null
  let stated: string | null = null
  let isError = false
  let hasFormula = false
  let text = ''
  let paragraphs = 0
  let isInText = 0

  const count = (name: string): number => {
    const value = Number(cursor.attribute(name) ?? 1)
    return Number.isInteger(value) && value >= 1 ? value : 1
  }

  const startRow = (): void => {
    line++
    column = 0
    held = []
    rowRepeat = count('number-rows-repeated')
    const visibility = cursor.attribute('visibility')
    isRowHidden = visibility === 'collapse' || visibility === 'filter'
    if (isRowHidden && isWanted) sink.hiddenRows(rowRepeat, visibility === 'filter')
    if (line + rowRepeat - 1 > MAX_ROWS) throw cursor.damaged('it has more rows than any spreadsheet')
  }

  const startCell = (isCovered: boolean): void => {
    cell = blankCell()
    cellRepeat = count('number-columns-repeated')
    type = isCovered ? null : cursor.attribute('value-type')
    stated =
      cursor.attribute('value') ??
      cursor.attribute('date-value') ??
      cursor.attribute('time-value') ??
      cursor.attribute('boolean-value') ??
      cursor.attribute('string-value')
    isError = cursor.hasAttribute('value-type', 'error')
    hasFormula = cursor.attribute('formula') !== null
    const wide = count('number-columns-spanned')
    const high = count('number-rows-spanned')
    if (isWanted && (wide > 1 || high > 1)) sink.merged(line - 1, column, high, wide)
    text = ''
    paragraphs = 0
  }

  const endCell = (): void => {
    format = writeOdsCell(cell!, { type, stated, isError, hasFormula, text, paragraphs })
    if (isWanted && cell!.type !== 'blank') {
      if (column + cellRepeat > MAX_COLUMNS)
        throw refuseArchive('file.sheet_too_wide', { line, sheet: '', limit: MAX_COLUMNS })
      for (let i = 0; i < cellRepeat; i++) held.push({ column: column + i, cell: cell!, format })
    }
    column += cellRepeat
    cell = null
  }

  const endRow = (): void => {
    if (isWanted && held.length > 0) {
      repeated += held.length * (rowRepeat - 1)
      if (repeated > MAX_REPEATED)
        throw refuseArchive('file.expands_too_far', { name: file, limit: `${MAX_REPEATED} cells` })
      for (let i = 0; i < rowRepeat; i++) {
        sink.row(line + i, isRowHidden)
        for (const { column: at, cell: value, format: as } of held) sink.cell(at, value, as)
        sink.endRow()
      }
    }
    line += rowRepeat - 1
  }

  const open = (): void => {
    const { name } = cursor
    if (SKIPPED.has(name)) skipFrom = cursor.depth
    else if (name === 'table' && cell === null) {
      line = 0
      columns = 0
      isWanted = sink.table(
        cursor.attribute('name') ?? '',
        hiddenStyles.has(cursor.attribute('style-name') ?? ''),
      )
    } else if (name === 'table-column') {
      const many = count('number-columns-repeated')
      const visibility = cursor.attribute('visibility')
      if (isWanted && (visibility === 'collapse' || visibility === 'filter'))
        sink.hiddenColumns(columns, many)
      columns += many
    } else if (name === 'table-row') startRow()
    else if (name === 'table-cell') startCell(false)
    else if (name === 'covered-table-cell') startCell(true)
    else if (name === 'style') styleName = cursor.attribute('name') ?? ''
    else if (name === 'table-properties' && cursor.attribute('display') === 'false')
      hiddenStyles.add(styleName)
    else if (cell !== null) openText(name)
  }

  const openText = (name: string): void => {
    if (name === 'p' || name === 'h') {
      if (paragraphs++ > 0) text += '\n'
      isInText++
    } else if (name === 's') text += ' '.repeat(Math.min(Number(cursor.attribute('c') ?? 1) || 1, 1000))
    else if (name === 'tab') text += '\t'
    else if (name === 'line-break') text += '\n'
  }

  const close = (): boolean => {
    const { name } = cursor
    if ((name === 'p' || name === 'h') && isInText > 0) isInText--
    else if ((name === 'table-cell' || name === 'covered-table-cell') && cell !== null) endCell()
    else if (name === 'table-row') endRow()
    else if (name === 'table' && cell === null) return isWanted && sink.endTable()
    return false
  }

  return {
    take(piece, isLast) {
      cursor.feed(piece, isLast)
      for (let token = cursor.next(); token !== NEED; token = cursor.next()) {
        if (skipFrom !== -1) {
          if (token === CLOSE && cursor.depth < skipFrom) skipFrom = -1
        } else if (token === OPEN) open()
        else if (token === CLOSE) {
          if (close()) return true
        } else if (isInText > 0) text += cursor.text.replace(/[ \t\r\n]+/g, ' ')
      }
      if (isLast && cursor.depth > 0) throw cursor.damaged('its content ends too early')
      return isLast
    },
  }
}

type RawOdsCell = {
  readonly type: string | null
  readonly stated: string | null
  readonly isError: boolean
  readonly hasFormula: boolean
  readonly text: string
  readonly paragraphs: number
}

function writeOdsCell(cell: CellValue, from: RawOdsCell): NumberFormat {
  const { type, stated, isError, hasFormula, text, paragraphs } = from
  if (isError || (hasFormula && /^(?:#[A-Z0-9/]+[!?]?|Err:\d+)$/.test(text))) {
    setError(cell, text === '' ? '#ERROR!' : text)
  } else if (type === 'float' || type === 'currency') {
    setNumber(cell, stated ?? text, GENERAL, 1900)
    // Zeros in front are only in what is shown: the format stands in a style of a style.
    if (/^0\d+$/.test(text) && Number(text) === Number(stated)) cell.text = text
  } else if (type === 'percentage') {
    setNumber(cell, stated ?? '', PERCENT, 1900)
    return PERCENT
  } else if (type === 'date') {
    setIsoDate(cell, stated ?? text, DATE)
    return DATE
  } else if (type === 'time') {
    const clock = clockOfDuration(stated ?? '')
    if (clock === null) setText(cell, text)
    else {
      cell.type = 'date'
      cell.text = clock
      cell.value = clock
    }
    return TIME
  } else if (type === 'boolean') setBoolean(cell, stated === 'true')
  else if (type !== null || paragraphs > 0) {
    const shown = stated !== null && paragraphs === 0 ? stated : text
    if (shown === '' && type === null) setBlank(cell)
    else setText(cell, shown)
  } else {
    setBlank(cell)
    if (hasFormula) cell.note = 'no_value'
  }
  return GENERAL
}
