/**
 * Any file → how it is read, and its rows: text, workbook, or either of them packed. Content decides which;
 * the two kinds of reader give the same `Reading` and the same batches.
 */
import { isGzip, unpackGzip, unpackZip } from './archive.ts'
import { refuseArchive } from './archive-refusals.ts'
import { openZip } from './archive-zip.ts'
import { type ByteSource, readSlice } from './byte-source.ts'
import { type ReadRowsOptions, readRowBatches as readTextBatches } from './csv-reader.ts'
import { detectReading as detectText } from './detect-reading.ts'
import type { ArchiveFound, Reading, ReadOptions, RowBatch, Totals } from './reading.ts'
import { detectSheet } from './spreadsheet/detect-sheet.ts'
import { isZip, openPackage, openWorkbook } from './spreadsheet/open-workbook.ts'
import { type Cell, cellsOf, type ReadCellsOptions } from './spreadsheet/read-cells.ts'
import { readSheetRows } from './spreadsheet/sheet-rows.ts'
import type { Workbook } from './spreadsheet/workbook.ts'

export type Opened = {
  readonly bytes: ByteSource
  readonly archive: ArchiveFound | undefined
  /** Null: a text file. */
  readonly workbook: Workbook | null
}

export async function detectReading(bytes: ByteSource, options: ReadOptions = {}): Promise<Reading> {
  const opened = await openFile(bytes)
  const reading =
    opened.workbook === null
      ? await detectText(opened.bytes, options)
      : await detectSheet(opened.workbook, options)
  return opened.archive === undefined ? reading : { ...reading, archive: opened.archive }
}

export async function* readRowBatches(
  bytes: ByteSource,
  reading: Reading,
  options: ReadRowsOptions & {
    /** Only first rows are wanted: a workbook's strings are loaded no further than they are needed for these. */
    readonly isPeek?: boolean | undefined
  },
): AsyncGenerator<RowBatch, Totals, undefined> {
  if (reading.format === 'csv' && reading.archive === undefined)
    return yield* readTextBatches(bytes, reading, options)
  const opened = await openFile(bytes)
  if (opened.workbook === null) return yield* readTextBatches(opened.bytes, reading, options)
  return yield* readSheetRows(opened.workbook, reading, { ...options, size: bytes.size ?? 0 })
}

/** Every cell of a workbook, sheet by sheet; null when the file is no workbook. */
export async function readCells(
  bytes: ByteSource,
  options: ReadCellsOptions = {},
): Promise<AsyncGenerator<Cell[], void, undefined> | null> {
  const { workbook } = await openFile(bytes)
  return workbook === null ? null : cellsOf(workbook, options)
}

export async function openFile(bytes: ByteSource): Promise<Opened> {
  const head = await readSlice(bytes, 0, 8)
  if (isGzip(head)) return openPacked(bytes.name, await unpackGzip(bytes))
  if (!isZip(head)) return { bytes, archive: undefined, workbook: await openWorkbook(bytes, head) }
  const zip = await openZip(bytes)
  const workbook = await openPackage(zip, bytes)
  if (workbook !== null) return { bytes, archive: undefined, workbook }
  return openPacked(bytes.name, await unpackZip(zip))
}

/** What an archive holds; another archive is not looked into, and a workbook only when it fits into memory. */
async function openPacked(
  name: string,
  packed: { bytes: ByteSource; archive: ArchiveFound },
): Promise<Opened> {
  const head = await readSlice(packed.bytes, 0, 8)
  if (isGzip(head)) throw refuseArchive('file.archive_nested', { name })
  if (!isZip(head)) {
    const workbook = packed.bytes.size === null ? null : await openWorkbook(packed.bytes, head)
    return { ...packed, workbook }
  }
  const workbook =
    packed.bytes.size === null ? null : await openPackage(await openZip(packed.bytes), packed.bytes)
  if (workbook === null) throw refuseArchive('file.archive_nested', { name })
  return { ...packed, workbook }
}
