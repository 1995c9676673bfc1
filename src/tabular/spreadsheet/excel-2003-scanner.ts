/**
 * Excel 2003 XML ("XML Spreadsheet 2003", often named .xls) → rows of cells, worksheet after worksheet, as it
 * arrives in pieces. Hides places that are counted rather than written, styles, rich text and comments.
 */
import { refuseArchive } from '../archive-refusals.ts'
import { blankCell, setBlank, setBoolean, setError, setIsoDate, setNumber, setText } from './cell-values.ts'
import { GENERAL, type NumberFormat, parseFormat } from './number-formats.ts'
import { isTrue, MAX_COLUMNS, MAX_ROWS } from './sheet-scanner.ts'
import type { TableScanner, TableSink } from './table-sink.ts'
import type { SheetState } from './workbook.ts'
import { CLOSE, NEED, OPEN, XmlCursor } from './xml-cursor.ts'

/** Formats that stand by name instead of a code. */
const NAMED: Readonly<Record<string, string>> = {
  'General Date': 'm/d/yyyy h:mm',
  'Long Date': 'd mmmm yyyy',
  'Medium Date': 'd-mmm-yy',
  'Short Date': 'm/d/yyyy',
  'Long Time': 'h:mm:ss AM/PM',
  'Medium Time': 'h:mm AM/PM',
  'Short Time': 'h:mm',
  Percent: '0.00%',
}
const STATES: Readonly<Record<string, SheetState>> = { SheetHidden: 'hidden', SheetVeryHidden: 'very-hidden' }
const MAX_STYLES = 100_000

export function createExcel2003Scanner(file: string, sink: TableSink): TableScanner {
  const cursor = new XmlCursor(file)
  const cell = blankCell()
  const formats = new Map<string, NumberFormat>()
  let dateSystem: 1900 | 1904 = 1900
  let styleName = ''
  let isInSheet = false
  let isWanted = false
  let state: SheetState = 'visible'
  let line = 0
  let column = 0
  let columnsSeen = 0
  let rowSpan = 0
  let across = 0
  let isInRow = false
  let isInCell = false
  let style = ''
  let type: string | null = null
  let hasFormula = false
  let skipFrom = -1
  /** The element whose text is wanted: the data of a cell, or a setting of the sheet. */
  let textOf: 'Data' | 'Visible' | null = null
  let text = ''

  const numberOf = (name: string, otherwise: number): number => {
    const value = Number(cursor.attribute(name) ?? otherwise)
    return Number.isInteger(value) && value >= 0 ? value : otherwise
  }

  const startSheet = (): void => {
    isInSheet = true
    state = 'visible'
    line = 0
    columnsSeen = 0
    rowSpan = 0
    isWanted = sink.table(cursor.attribute('Name') ?? '', false)
  }

  const startRow = (): void => {
    line = numberOf('Index', line + rowSpan + 1)
    rowSpan = numberOf('Span', 0)
    if (line < 1 || line + rowSpan > MAX_ROWS) throw cursor.damaged('it has more rows than any spreadsheet')
    column = -1
    across = 0
    isInRow = true
    const isHidden = isTrue(cursor.attribute('Hidden'))
    if (!isWanted) return
    if (isHidden) sink.hiddenRows(rowSpan + 1, false)
    sink.row(line, isHidden)
  }

  const startCell = (): void => {
    column = numberOf('Index', column + across + 2) - 1
    across = numberOf('MergeAcross', 0)
    const down = numberOf('MergeDown', 0)
    if (column < 0 || column + across >= MAX_COLUMNS)
      throw refuseArchive('file.sheet_too_wide', { line, sheet: '', limit: MAX_COLUMNS })
    if (isWanted && (across > 0 || down > 0))
      sink.merged(line - 1, column, Math.min(down, MAX_ROWS) + 1, across + 1)
    style = cursor.attribute('StyleID') ?? ''
    hasFormula = cursor.attribute('Formula') !== null
    type = null
    text = ''
    isInCell = true
  }

  const endCell = (): void => {
    isInCell = false
    if (!isWanted) return
    const format = formats.get(style) ?? GENERAL
    if (type === null || (text === '' && type !== 'String')) {
      setBlank(cell)
      if (hasFormula) cell.note = 'no_value'
    } else if (type === 'Number') setNumber(cell, text, format, dateSystem)
    else if (type === 'DateTime') setIsoDate(cell, text, format)
    else if (type === 'Boolean') setBoolean(cell, isTrue(text.trim()))
    else if (type === 'Error') setError(cell, text.trim())
    else setText(cell, text)
    if (cell.type !== 'blank' || cell.note !== null) sink.cell(column, cell, format)
  }

  const hideColumns = (): void => {
    const from = numberOf('Index', columnsSeen + 1) - 1
    const count = numberOf('Span', 0) + 1
    columnsSeen = from + count
    if (isWanted && isTrue(cursor.attribute('Hidden')))
      sink.hiddenColumns(from, Math.min(count, MAX_COLUMNS - from))
  }

  const open = (): void => {
    const { name } = cursor
    if (isInCell) {
      if (name === 'Data') {
        type = cursor.attribute('Type') ?? 'String'
        textOf = 'Data'
      } else if (name === 'Comment' || name === 'PhoneticText') skipFrom = cursor.depth
    } else if (isInRow) {
      if (name === 'Cell') startCell()
    } else if (name === 'Row' && isInSheet) startRow()
    else if (name === 'Column' && isInSheet) hideColumns()
    else if (name === 'Worksheet') startSheet()
    else if (name === 'AutoFilter' && isWanted) sink.hiddenRows(0, true)
    else if (name === 'Visible' && isInSheet) {
      textOf = 'Visible'
      text = ''
    } else if (name === 'Date1904') dateSystem = 1904
    else if (name === 'Style') styleName = cursor.attribute('ID') ?? ''
    else if (name === 'NumberFormat' && formats.size < MAX_STYLES) {
      const code = cursor.attribute('Format') ?? 'General'
      formats.set(styleName, parseFormat(NAMED[code] ?? code.slice(0, 1000)))
    }
  }

  const close = (): boolean => {
    const { name } = cursor
    if (name === 'Data' && isInCell) textOf = null
    else if (name === 'Cell' && isInCell) endCell()
    else if (name === 'Row' && isInRow) {
      isInRow = false
      if (isWanted) sink.endRow()
    } else if (name === 'Visible' && textOf === 'Visible') {
      state = STATES[text.trim()] ?? state
      textOf = null
    } else if (name === 'Worksheet' && isInSheet) {
      isInSheet = false
      return isWanted && sink.endTable(state)
    }
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
        } else if (textOf !== null) text += cursor.text
      }
      if (isLast && cursor.depth > 0) throw cursor.damaged('its content ends too early')
      return isLast
    },
  }
}
