/**
 * A file → how it is read. Looks at the head (and slices further on), never at more than a bounded number
 * of bytes, so that the first rows of any file are on screen within a second.
 */

import { isAscii } from 'node:buffer'
import { type ByteSource, bufferSource, readSlice } from './byte-source.ts'
import { plainPiece } from './cell-cutter.ts'
import { createHintCollector } from './column-hints.ts'
import { joinHeaderRows, uniqueLabels } from './columns.ts'
import { type Dialect, SCAN_LIMITS } from './csv-dialect.ts'
import { readRowBatches } from './csv-reader.ts'
import { createRecordScanner } from './csv-records.ts'
import { detectDialect, sampleRecords } from './dialect.ts'
import { bomOf, detectEncoding, encodingNamed } from './encoding.ts'
import { refuseBinary } from './file-content.ts'
import type { Finding } from './finding.ts'
import { tabularFinding } from './findings.ts'
import { filledCells } from './header-rows.ts'
import { checkOptions } from './read-options.ts'
import type { Reading, ReadOptions, RecordEnd, Row, TableFound } from './reading.ts'
import { refuseFile } from './refusals.ts'
import { resplitRecord } from './resplit.ts'
import { tableFindings } from './table-findings.ts'
import { findTables, type TableShape, usualWidth } from './table-shape.ts'
import { decodeSlice, isSingleByte } from './text-decoder.ts'

const HEAD_BYTES = 1024 * 1024
const DIALECT_CHARS = 128 * 1024
const SLICE_BYTES = 128 * 1024
const TAIL_BYTES = 64 * 1024
const SAMPLE_ROWS = 50
const RESPLIT_ROWS = 20
const HINT_ROWS = 5000

export async function detectReading(bytes: ByteSource, options: ReadOptions = {}): Promise<Reading> {
  checkOptions(options)
  const head = await readSlice(bytes, 0, HEAD_BYTES + 1)
  const isComplete = head.length <= HEAD_BYTES
  const encoding = await encodingOf(bytes, head, isComplete, options)
  refuseBinary(bytes.name, head, encoding.encoding)
  const text = decodeSlice(head.subarray(encoding.bomLength), encoding.encoding, isComplete)
  const findings: Finding[] = []
  if (!encoding.isCertain) {
    findings.push(tabularFinding('file.encoding_uncertain', {}, { encoding: encoding.encoding }))
  }
  const isShort = isComplete && text.length <= DIALECT_CHARS
  const end = isComplete ? '' : await tailText(bytes, encoding.encoding)
  const sampled = isShort ? text : wholeLines(text.slice(0, DIALECT_CHARS)) + end
  const found = detectDialect(sampled, isShort, options)
  const dialect = {
    ...found,
    comment: options.comment === undefined ? commentOf(sampled, found) : found.comment,
  }
  if (!dialect.isCertain && text !== '') findings.push(tabularFinding('file.dialect_uncertain'))

  const { records, consumed } = readRecords(text, isComplete, dialect)
  const tail = createRecordScanner(dialect).scan(plainPiece(end), true).cells
  const shapes = applyOptions(
    findTables(records, { complete: isComplete, tail, headless: options.headerRow === 0 }),
    records,
    options,
  )
  const tables = shapes.map((shape, i): TableFound => ({ ...pick(shape), table: i + 1 }))
  const table = options.table ?? 1
  const shape = shapes[table - 1]
  if (shape === undefined && (shapes.length > 0 || table > 1)) {
    throw refuseFile('file.table_missing', { table, tables: tables.length })
  }
  const header = shape === undefined ? null : headerOf(records, shape)
  const labels = uniqueLabels(header, shape?.width ?? 0)
  const described = tableFindings({
    shape,
    records,
    header,
    strayBlanks: shape === undefined || header === null ? 0 : strayBlanks(records, shape),
    table,
    tables: shapes.length,
  })
  const reading: Reading = {
    format: 'csv',
    encoding: encoding.encoding,
    bomLength: encoding.bomLength,
    delimiter: dialect.delimiter,
    quote: dialect.quote,
    escape: dialect.escape,
    comment: dialect.comment,
    recordEnd: recordEndOf(text),
    loneCr: dialect.loneCr,
    spaced: dialect.spaced,
    merged: dialect.merged,
    padded: dialect.padded,
    ragged: options.ragged ?? 'pad',
    table,
    tables,
    preambleRows: shape?.preambleRows ?? 0,
    headerRows: shape?.headerRows ?? 0,
    footerRows: shape?.footerRows ?? 0,
    columns: labels.columns,
    header,
    hints: [],
    rowsEstimated: withoutFrame(
      estimateRows(bytes.size, isComplete, records, consumed, text.length, head.length),
      shape,
    ),
    findings: [...findings, ...described, ...labels.findings],
    sample: [],
  }
  const { sample, hints, counted } = await firstRows(
    head,
    isComplete,
    reading,
    options.sampleRows ?? SAMPLE_ROWS,
  )
  const unsettled = hints.flatMap((hint, column) =>
    hint.dateOrder === 'unsettled' ? [tabularFinding('column.date_order_unsettled', { column })] : [],
  )
  return { ...reading, ...counted, hints, sample, findings: [...reading.findings, ...unsettled] }
}

/** The last lines of a large file: what stands below its table, and whether it is written as its head is. */
async function tailText(bytes: ByteSource, encoding: string): Promise<string> {
  if (bytes.size === null || (encoding !== 'utf-8' && !isSingleByte(encoding))) return ''
  const slice = await readSlice(bytes, Math.max(HEAD_BYTES, bytes.size - TAIL_BYTES), TAIL_BYTES)
  return decodeSlice(slice.subarray(slice.indexOf(10) + 1), encoding, true)
}

/** The mark of comment lines: only where lines with it stand among the rows and are not as wide as these. */
function commentOf(text: string, dialect: Dialect): string | null {
  if (!/^#/m.test(text)) return null
  const records = sampleRecords(text, true, dialect)
  const width = usualWidth(records)
  const first = records.findIndex((record) => record.length === width && !record[0]!.startsWith('#'))
  const marked = records.filter((record) => record[0]?.startsWith('#'))
  const isApart = marked.every((record) => record.length !== width)
  return isApart && width > 1 && first !== -1 && records.slice(first).some((r) => r[0]?.startsWith('#'))
    ? '#'
    : null
}

/** The records of the sample, the first of them split anew where they have another delimiter. */
function readRecords(text: string, isComplete: boolean, dialect: Dialect) {
  const { cells: records, consumed } = createRecordScanner(dialect).scan(plainPiece(text), isComplete)
  const width = usualWidth(records)
  const early = records.slice(0, RESPLIT_ROWS)
  if (width < 3 || early.every((record) => record.length === width)) return { records, consumed }
  const head = createRecordScanner(dialect, SCAN_LIMITS, width).scan(
    plainPiece(text.slice(0, DIALECT_CHARS)),
    isComplete,
  )
  for (const [at, raw] of head.raw) {
    const split =
      at < RESPLIT_ROWS && records[at]!.length !== width ? resplitRecord(raw, width, dialect) : null
    if (split !== null) records[at] = split.cells
  }
  return { records, consumed }
}

async function encodingOf(bytes: ByteSource, head: Buffer, isComplete: boolean, options: ReadOptions) {
  if (options.encoding !== undefined) {
    const encoding = encodingNamed(options.encoding)
    if (encoding === null) throw refuseFile('file.encoding_unknown', { encoding: options.encoding })
    const bom = bomOf(head)
    return { encoding, bomLength: bom?.encoding === encoding ? bom.bomLength : 0, isCertain: true }
  }
  if (isComplete || bytes.size === null || !isAscii(head)) return detectEncoding(head, isComplete)
  // A head of plain ASCII says nothing: the accents may begin further on.
  const { size } = bytes
  const starts = [1, 2, 3, 4].map((quarter) =>
    Math.max(HEAD_BYTES, Math.floor((size * quarter) / 4) - SLICE_BYTES),
  )
  const slices = await Promise.all(starts.map((start) => readSlice(bytes, start, SLICE_BYTES)))
  const foreign = slices
    .filter((slice) => !isAscii(slice))
    .map((slice) => slice.subarray(slice.indexOf(10) + 1))
  return detectEncoding(foreign.length === 0 ? head : Buffer.concat(foreign), false)
}

function wholeLines(text: string): string {
  const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'))
  return end > 0 ? text.slice(0, end + 1) : text
}

function pick(shape: TableShape) {
  const { start, end, preambleRows, headerRows, footerRows, width } = shape
  return { start, end, preambleRows, headerRows, footerRows, columns: width }
}

function applyOptions(
  shapes: TableShape[],
  records: readonly string[][],
  options: ReadOptions,
): TableShape[] {
  const index = (options.table ?? 1) - 1
  return shapes.map((shape, i) => {
    if (i !== index) return shape
    let { preambleRows, headerRows, footerRows, width } = shape
    if (options.preambleRows !== undefined) preambleRows = options.preambleRows
    if (options.headerRow === 0) headerRows = 0
    else if (options.headerRow !== undefined) {
      preambleRows = options.headerRow - 1 - shape.start
      headerRows = Math.max(1, headerRows)
      width = Math.max(width, records[options.headerRow - 1]?.length ?? 0)
    }
    if (options.headerRows !== undefined) headerRows = options.headerRows
    if (options.footerRows !== undefined) footerRows = options.footerRows
    return { ...shape, preambleRows: Math.max(0, preambleRows), headerRows, footerRows, width }
  })
}

function headerOf(records: readonly string[][], shape: TableShape): string[] | null {
  if (shape.headerRows === 0) return null
  const from = shape.start + shape.preambleRows
  const rows = records.slice(from, from + shape.headerRows).filter((r) => r.length > 0)
  const [only] = rows
  if (only === undefined) return null
  return strayBlanks(records, shape) > 0
    ? only.filter((cell) => cell.trim() !== '')
    : joinHeaderRows(rows, shape.width)
}

/** Blank cells between the names of a header that has just as many names as rows have cells. */
function strayBlanks(records: readonly string[][], shape: TableShape): number {
  const header = records[shape.start + shape.preambleRows]
  if (shape.headerRows !== 1 || header === undefined || filledCells(header) !== shape.width) return 0
  return Math.max(0, header.length - shape.width)
}

export function recordEndOf(text: string): RecordEnd {
  const sample = text.length > DIALECT_CHARS ? text.slice(0, DIALECT_CHARS) : text
  const crlf = sample.split('\r\n').length - 1
  const lf = sample.split('\n').length - 1 - crlf
  const cr = sample.split('\r').length - 1 - crlf
  const most = Math.max(crlf, lf, cr)
  if (most === 0) return '\n'
  if (most < (crlf + lf + cr) * 0.9) return 'mixed'
  return most === crlf ? '\r\n' : most === lf ? '\n' : '\r'
}

/** Rows of data: what stands above and below them is none. */
function withoutFrame(
  records: number | null,
  shape: Pick<TableFound, 'preambleRows' | 'headerRows' | 'footerRows'> | undefined,
): number | null {
  if (records === null || !shape) return records
  return Math.max(0, records - shape.preambleRows - shape.headerRows - shape.footerRows)
}

function estimateRows(
  size: number | null,
  isComplete: boolean,
  records: readonly string[][],
  consumed: number,
  chars: number,
  headBytes: number,
): number | null {
  let filled = 0
  for (const record of records) if (record.length > 0) filled++
  if (isComplete) return filled
  if (size === null || consumed === 0) return null
  return Math.round((filled / ((consumed / chars) * headBytes)) * size)
}

/** The first rows as they will be read, and what the columns of the sample say about numbers and dates. */
async function firstRows(head: Buffer, isComplete: boolean, reading: Reading, count: number) {
  const sample: Row[] = []
  const collector = createHintCollector(reading.columns.length, reading.delimiter)
  let seen = 0
  let held: Row | null = null
  let counted: Pick<Reading, 'rowsEstimated' | 'rowsCounted'> | null = null
  const isWhole = isComplete || reading.tables[reading.table - 1]?.end != null
  for await (const batch of readRowBatches(bufferSource('head', head), reading, { source: 0 })) {
    for (const row of batch.rows) {
      if (held !== null) collector.add(held.cells)
      held = row
      if (sample.length < count) sample.push(row)
    }
    seen += batch.rows.length
    if (isWhole && batch.totals !== null) counted = { rowsEstimated: batch.totals.rows, rowsCounted: true }
    if (seen >= HINT_ROWS) break
  }
  // The last row of a cut sample is cut itself.
  if (held !== null && isComplete) collector.add(held.cells)
  return { sample, hints: collector.hints(), counted }
}
