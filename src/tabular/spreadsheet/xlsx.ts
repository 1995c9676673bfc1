/**
 * XLSX and XLSM: a streaming reader. Promises constant memory in the number of rows, no clear text on a disk,
 * and that nothing is believed that was not counted. Strings are loaded once for each walk.
 */
import type { ZipArchive, ZipEntry } from '../archive-zip.ts'
import { blankCell } from './cell-values.ts'
import { type Collected, collectCells, collectRows } from './row-sinks.ts'
import { loadSharedStrings, noStrings, type SharedStrings } from './shared-strings.ts'
import { createSheetScanner, type ScanContext, StringsMissing } from './sheet-scanner.ts'
import { emptySurvey, surveySheet } from './sheet-survey.ts'
import type { SheetPiece, WalkOptions, Workbook } from './workbook.ts'
import { readParts, type WorkbookParts } from './workbook-parts.ts'
import { xmlTexts } from './xml-text.ts'

/** Strings that are loaded to look at the first rows of a sheet. */
const PEEK_STRINGS = 50_000
/** Sheets up to this size are passed over within a second. */
const SURVEY_BYTES = 256 * 1024 * 1024

export async function openXlsx(zip: ZipArchive): Promise<Workbook> {
  const parts = await readParts(zip)
  const walk = <T>(sheet: number, sink: () => Collected<T>, options: WalkOptions) =>
    walkSheet(zip, parts, sheet, sink, options)
  return {
    format: parts.isMacro ? 'xlsm' : 'xlsx',
    sheets: parts.sheets.map(({ name, state, entry, isRecovered }) => ({
      name,
      state,
      hasCells: entry !== null,
      isRecovered,
    })),
    walkRows: (sheet, options = {}) => walk(sheet, () => collectRows(options.isPeek === true), options),
    walkCells: (sheet, options = {}) => walk(sheet, collectCells, options),
    async survey(sheet, mayTakeLong) {
      const entry = parts.sheets[sheet]?.entry ?? null
      if (entry === null) return emptySurvey
      if (!mayTakeLong && entry.size > SURVEY_BYTES) return null
      return surveySheet(zip.open(entry), zip.name)
    },
  }
}

async function* walkSheet<T>(
  zip: ZipArchive,
  parts: WorkbookParts,
  sheet: number,
  createSink: () => Collected<T>,
  options: WalkOptions,
): AsyncGenerator<SheetPiece<T>, void, undefined> {
  const part = parts.sheets[sheet]
  if (part === undefined || part.entry === null) return
  let given = 0
  let strings = await loadStrings(zip, parts, options.isPeek === true ? PEEK_STRINGS : undefined)
  for (;;) {
    const context = {
      file: zip.name,
      sheet: part.name,
      strings,
      formats: parts.formats,
      dateSystem: parts.dateSystem,
    }
    const sink = createSink()
    // After a string was missing the sheet is read again from its start; what was given is passed over.
    let skip = given
    try {
      for await (const piece of scanSheet(zip, part.entry, context, sink, options.signal)) {
        const rows = skip === 0 ? piece.rows : piece.rows.slice(skip)
        skip = Math.max(0, skip - piece.rows.length)
        given += rows.length
        yield { rows, done: piece.done }
      }
      return
    } catch (error) {
      if (!(error instanceof StringsMissing)) throw error
    } finally {
      strings.close()
    }
    strings = await loadStrings(zip, parts)
  }
}

async function* scanSheet<T>(
  zip: ZipArchive,
  entry: ZipEntry,
  context: ScanContext,
  sink: Collected<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<SheetPiece<T>, void, undefined> {
  const scanner = createSheetScanner(context, blankCell(), sink)
  let packed = 0
  const chunks = zip.open(entry, (bytes) => {
    packed = bytes
  })
  const share = (): number => (entry.compressedSize === 0 ? 1 : Math.min(1, packed / entry.compressedSize))
  for await (const text of xmlTexts(chunks)) {
    signal?.throwIfAborted()
    const isOver = scanner.take(text, false)
    yield { rows: sink.drain(), done: isOver ? 1 : share() }
    if (isOver) return
  }
  scanner.take('', true)
  yield { rows: sink.drain(), done: 1 }
}

async function loadStrings(zip: ZipArchive, parts: WorkbookParts, most?: number): Promise<SharedStrings> {
  if (parts.strings === null) return noStrings
  return loadSharedStrings(xmlTexts(zip.open(parts.strings)), zip.name, most)
}
