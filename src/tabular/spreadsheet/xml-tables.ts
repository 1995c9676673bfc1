/**
 * Workbooks whose tables all stand in one XML part: OpenDocument, packed and flat, and Excel 2003 XML. One pass
 * when it is opened tells of all tables, and a walk passes over those in front of the one that is wanted.
 */
import { refuseArchive } from '../archive-refusals.ts'
import type { ZipArchive } from '../archive-zip.ts'
import { asBuffer, type ByteSource } from '../byte-source.ts'
import { createExcel2003Scanner } from './excel-2003-scanner.ts'
import { createOdsScanner } from './ods-scanner.ts'
import { type Collected, collectCells, collectRows } from './row-sinks.ts'
import type { MergedRange, SheetSurvey } from './sheet-survey.ts'
import type { TableScanner, TableSink } from './table-sink.ts'
import type { SheetPiece, SheetState, WalkOptions, Workbook, WorkbookSheet } from './workbook.ts'
import { walkXml } from './xml-cursor.ts'
import { xmlTexts } from './xml-text.ts'

type Table = WorkbookSheet & { readonly survey: SheetSurvey }

/** The part: opened anew for each walk; `seen` is told how much of `size` has been taken. */
type Part = {
  readonly file: string
  readonly size: number
  open(seen: (taken: number) => void): AsyncIterable<Buffer>
}

type CreateScanner = (file: string, sink: TableSink) => TableScanner

const MAX_MERGED = 1_000_000

export async function openOds(zip: ZipArchive): Promise<Workbook> {
  await refuseEncrypted(zip)
  const entry = zip.find('content.xml')!
  const part: Part = {
    file: zip.name,
    size: entry.compressedSize,
    open: (seen) => zip.open(entry, seen),
  }
  return openTables(part, 'ods', createOdsScanner)
}

/** A text file that is one of these workbooks as a whole, or null. */
export async function openXmlWorkbook(bytes: ByteSource, start: string): Promise<Workbook | null> {
  const part: Part = { file: bytes.name, size: bytes.size ?? 0, open: (seen) => counted(bytes, seen) }
  if (isFlatOds(start)) return openTables(part, 'ods', createOdsScanner)
  return isExcel2003(start) ? openTables(part, 'xls', createExcel2003Scanner) : null
}

function isFlatOds(start: string): boolean {
  return /<(?:[\w-]+:)?document\s[^>]*urn:oasis:names:tc:opendocument:xmlns:office:1\.0/.test(start)
}

function isExcel2003(start: string): boolean {
  return /<(?:[\w-]+:)?Workbook\s[^>]*urn:schemas-microsoft-com:office:spreadsheet/.test(start)
}

async function* counted(bytes: ByteSource, seen: (taken: number) => void): AsyncGenerator<Buffer> {
  let taken = 0
  for await (const chunk of bytes.open()) {
    taken += chunk.length
    seen(taken)
    yield asBuffer(chunk)
  }
}

async function openTables(
  part: Part,
  format: Workbook['format'],
  createScanner: CreateScanner,
): Promise<Workbook> {
  const tables = await surveyTables(part, createScanner)
  const walk = <T>(sheet: number, collected: Collected<T>, options: WalkOptions) =>
    walkTable(part, createScanner, sheet, collected, options)
  return {
    format,
    sheets: tables.map(({ name, state, hasCells }) => ({ name, state, hasCells, hasRows: hasCells })),
    walkRows: (sheet, options = {}) => walk(sheet, collectRows(options.isPeek === true), options),
    walkCells: (sheet, options = {}) => walk(sheet, collectCells(), options),
    survey: async (sheet) => tables[sheet]?.survey ?? null,
  }
}

async function refuseEncrypted(zip: ZipArchive): Promise<void> {
  const manifest = zip.find('META-INF/manifest.xml')
  if (manifest === undefined) return
  await walkXml(xmlTexts(zip.open(manifest)), zip.name, {
    open(cursor) {
      if (cursor.name === 'encryption-data') throw refuseArchive('file.encrypted', { name: zip.name })
    },
  })
}

async function surveyTables(part: Part, createScanner: CreateScanner): Promise<Table[]> {
  const tables: Table[] = []
  let merged: MergedRange[] = []
  let hiddenColumns: number[] = []
  let hiddenRows = 0
  let isFiltered = false
  let name = ''
  let isHidden = false
  let hasCells = false
  const sink: TableSink = {
    table(of, hidden) {
      name = of
      isHidden = hidden
      merged = []
      hiddenColumns = []
      hiddenRows = 0
      isFiltered = false
      hasCells = false
      return true
    },
    hiddenColumns(from, count) {
      for (let i = 0; i < count && hiddenColumns.length < 16_384; i++) hiddenColumns.push(from + i)
    },
    hiddenRows(count, byFilter) {
      hiddenRows += count
      isFiltered ||= byFilter
    },
    merged(top, left, rows, columns) {
      if (merged.length < MAX_MERGED)
        merged.push({ top, left, bottom: top + rows - 1, right: left + columns - 1 })
    },
    row() {},
    cell() {
      hasCells = true
    },
    endRow() {},
    endTable(said) {
      const state: SheetState = said ?? (isHidden ? 'hidden' : 'visible')
      tables.push({ name, state, hasCells, survey: { merged, hiddenRows, hiddenColumns, isFiltered } })
      return false
    },
  }
  const scanner = createScanner(part.file, sink)
  for await (const text of xmlTexts(part.open(() => undefined))) scanner.take(text, false)
  scanner.take('', true)
  if (tables.length === 0)
    throw refuseArchive('file.workbook_unsupported', { name: part.file, what: 'a document without tables' })
  return tables
}

async function* walkTable<T>(
  part: Part,
  createScanner: CreateScanner,
  sheet: number,
  collected: Collected<T>,
  options: WalkOptions,
): AsyncGenerator<SheetPiece<T>, void, undefined> {
  let table = -1
  const nothing = (): void => undefined
  const scanner = createScanner(part.file, {
    table: () => ++table === sheet,
    hiddenColumns: nothing,
    hiddenRows: nothing,
    merged: nothing,
    row: (line, isHidden) => collected.row(line, isHidden),
    cell: (column, cell, format) => collected.cell(column, cell, format),
    endRow: () => collected.endRow(),
    endTable: () => true,
  })
  let taken = 0
  const chunks = part.open((bytes) => {
    taken = bytes
  })
  for await (const text of xmlTexts(chunks)) {
    options.signal?.throwIfAborted()
    const isOver = scanner.take(text, false)
    const done = isOver ? 1 : Math.min(1, taken / Math.max(1, part.size))
    yield { rows: collected.drain(), done }
    if (isOver) return
  }
  scanner.take('', true)
  yield { rows: collected.drain(), done: 1 }
}
