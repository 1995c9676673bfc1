/**
 * Old binary workbooks, in a process of their own: the library that reads them holds the whole file and has
 * been led astray by hostile ones. A thread's limits do not hold for it: one file ended the whole program.
 */
import { type CellObject, read, type WorkBook, type WorkSheet } from '@e965/xlsx'
import type { XlsAnswer, XlsCell, XlsRequest, XlsSheet } from './xls-message.ts'

const ROWS_AT_ONCE = 2000
const STATES = ['visible', 'hidden', 'very-hidden'] as const

type Rows = readonly (readonly (CellObject | undefined)[] | undefined)[]

const answer = (message: XlsAnswer): void => void process.send?.(message)

function open(bytes: Uint8Array): WorkBook | null {
  try {
    return read(bytes, { type: 'buffer', dense: true, cellNF: true, cellStyles: true, cellHTML: false })
  } catch (error) {
    answer({ kind: 'refused', isEncrypted: /password|encrypt/i.test(String(error)) })
    return null
  }
}

function rowsOf(sheet: WorkSheet | undefined): Rows {
  return (sheet as { '!data'?: Rows } | undefined)?.['!data'] ?? []
}

function describe(book: WorkBook): XlsSheet[] {
  return book.SheetNames.map((name, index) => {
    const sheet = book.Sheets[name]
    const hidden = (list: readonly ({ hidden?: boolean } | undefined)[] | undefined): number[] =>
      [...(list ?? []).entries()].flatMap(([at, info]) => (info?.hidden === true ? [at] : []))
    const merged = (sheet?.['!merges'] ?? []).map(({ s, e }) => ({
      top: s.r,
      left: s.c,
      bottom: e.r,
      right: e.c,
    }))
    return {
      name,
      state: STATES[book.Workbook?.Sheets?.[index]?.Hidden ?? 0],
      hasCells: rowsOf(sheet).some((row) => row?.some((cell) => cell?.v !== undefined) === true),
      merged,
      hiddenRows: hidden(sheet?.['!rows']),
      hiddenColumns: hidden(sheet?.['!cols']),
      isFiltered: sheet?.['!autofilter'] !== undefined,
    }
  })
}

const ERRORS: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
  43: '#GETTING_DATA',
}

function cellOf(cell: CellObject, row: number, column: number): XlsCell {
  const format = typeof cell.z === 'string' ? cell.z : 'General'
  const isUncalculated = cell.f !== undefined && cell.v === undefined
  const place = { row, column, format, isUncalculated }
  if (cell.t === 'n' || cell.t === 'd') return { ...place, type: 'n', raw: String(Number(cell.v)) }
  if (cell.t === 'b') return { ...place, type: 'b', raw: cell.v === true ? '1' : '0' }
  if (cell.t === 'e') return { ...place, type: 'e', raw: ERRORS[Number(cell.v)] ?? cell.w ?? '#ERROR!' }
  return { ...place, type: 's', raw: String(cell.v ?? '') }
}

function give(book: WorkBook, { sheet, from }: XlsRequest): void {
  const rows = rowsOf(book.Sheets[book.SheetNames[sheet] ?? ''])
  const to = Math.min(rows.length, from + ROWS_AT_ONCE)
  const cells: XlsCell[] = []
  for (let row = from; row < to; row++) {
    for (const [column, cell] of (rows[row] ?? []).entries()) {
      const isBlank = cell === undefined || (cell.v === undefined && cell.f === undefined)
      if (!isBlank) cells.push(cellOf(cell, row, column))
    }
  }
  answer({
    kind: 'rows',
    cells,
    next: to < rows.length ? to : null,
    done: rows.length === 0 ? 1 : to / rows.length,
  })
}

/** The file comes first, then the questions about it; who asked goes away, and the process with him. */
process.once('message', (bytes: Uint8Array) => {
  const book = open(bytes)
  if (book === null) return
  answer({ kind: 'opened', sheets: describe(book), is1904: book.Workbook?.WBProps?.date1904 === true })
  process.on('message', (request: XlsRequest) => give(book, request))
})
process.on('disconnect', () => process.exit())
