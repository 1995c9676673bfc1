/**
 * OpenDocument spreadsheets: a streaming reader. All tables stand in one part, so that one pass when it is
 * opened tells of all of them, and a walk passes over those in front of the one that is wanted.
 */
import { refuseArchive } from '../archive-refusals.ts'
import type { ZipArchive, ZipEntry } from '../archive-zip.ts'
import { createOdsScanner, type OdsSink } from './ods-scanner.ts'
import { type Collected, collectCells, collectRows } from './row-sinks.ts'
import type { MergedRange, SheetSurvey } from './sheet-survey.ts'
import type { SheetPiece, WalkOptions, Workbook, WorkbookSheet } from './workbook.ts'
import { walkXml } from './xml-cursor.ts'
import { xmlTexts } from './xml-text.ts'

type Table = WorkbookSheet & { readonly survey: SheetSurvey }

const MAX_MERGED = 1_000_000

export async function openOds(zip: ZipArchive): Promise<Workbook> {
  const entry = zip.find('content.xml')!
  await refuseEncrypted(zip)
  const tables = await surveyTables(zip, entry)
  return {
    format: 'ods',
    sheets: tables.map(({ name, state, hasCells }) => ({ name, state, hasCells, hasRows: hasCells })),
    walkRows: (sheet, options = {}) =>
      walkTable(zip, entry, sheet, collectRows(options.isPeek === true), options),
    walkCells: (sheet, options = {}) => walkTable(zip, entry, sheet, collectCells(), options),
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

async function surveyTables(zip: ZipArchive, entry: ZipEntry): Promise<Table[]> {
  const tables: Table[] = []
  let merged: MergedRange[] = []
  let hiddenColumns: number[] = []
  let hiddenRows = 0
  let isFiltered = false
  let name = ''
  let isHidden = false
  let hasCells = false
  const sink: OdsSink = {
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
    endTable() {
      const state = isHidden ? 'hidden' : 'visible'
      tables.push({ name, state, hasCells, survey: { merged, hiddenRows, hiddenColumns, isFiltered } })
      return false
    },
  }
  const scanner = createOdsScanner(zip.name, sink)
  for await (const text of xmlTexts(zip.open(entry))) scanner.take(text, false)
  scanner.take('', true)
  if (tables.length === 0)
    throw refuseArchive('file.workbook_unsupported', {
      name: zip.name,
      what: 'an OpenDocument file without tables',
    })
  return tables
}

async function* walkTable<T>(
  zip: ZipArchive,
  entry: ZipEntry,
  sheet: number,
  collected: Collected<T>,
  options: WalkOptions,
): AsyncGenerator<SheetPiece<T>, void, undefined> {
  let table = -1
  const nothing = (): void => undefined
  const scanner = createOdsScanner(zip.name, {
    table: () => ++table === sheet,
    hiddenColumns: nothing,
    hiddenRows: nothing,
    merged: nothing,
    row: (line, isHidden) => collected.row(line, isHidden),
    cell: (column, cell, format) => collected.cell(column, cell, format),
    endRow: () => collected.endRow(),
    endTable: () => true,
  })
  let packed = 0
  const chunks = zip.open(entry, (bytes) => {
    packed = bytes
  })
  for await (const text of xmlTexts(chunks)) {
    options.signal?.throwIfAborted()
    const isOver = scanner.take(text, false)
    const done = isOver ? 1 : Math.min(1, packed / Math.max(1, entry.compressedSize))
    yield { rows: collected.drain(), done }
    if (isOver) return
  }
  scanner.take('', true)
  yield { rows: collected.drain(), done: 1 }
}
