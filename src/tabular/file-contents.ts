/**
 * What a file holds: a reading for each sheet and each table that could be a source of its own. Opens the file
 * once and looks at the beginning of each, so that a workbook of many sheets is listed within seconds.
 */
import type { ByteSource } from './byte-source.ts'
import { detectReading as detectText } from './detect-reading.ts'
import { openFile } from './file-reading.ts'
import type { Reading, ReadOptions } from './reading.ts'
import { detectSheet } from './spreadsheet/detect-sheet.ts'
import type { Workbook } from './spreadsheet/workbook.ts'

export type Contents = {
  readonly format: Reading['format']
  readonly parts: readonly ContentsPart[]
  /** Sheets without a cell. */
  readonly blankSheets: readonly string[]
}

export type ContentsPart = { readonly options: ReadOptions; readonly reading: Reading }

/** Sheets, and tables of each, that are looked at; of a workbook with more, the first. */
const MOST_PARTS = 60

export async function listContents(bytes: ByteSource): Promise<Contents> {
  const { bytes: inner, archive, workbook } = await openFile(bytes)
  const packed = archive === undefined ? {} : { archive }
  const parts: ContentsPart[] = []
  if (workbook === null) {
    for (const found of await tablesOf((options) => detectText(inner, options), {}))
      parts.push(partOf(found, packed))
    return { format: 'csv', parts, blankSheets: [] }
  }
  const known = await withRowsKnown(workbook)
  for (const [index, sheet] of known.sheets.entries()) {
    if (sheet.hasRows !== true || parts.length >= MOST_PARTS) continue
    // A name that stands twice, as damaged workbooks have it, is told by its number.
    const isNamed = known.sheets.findIndex(({ name }) => name === sheet.name) === index
    const chosen: ReadOptions = { sheet: isNamed ? sheet.name : index + 1 }
    for (const found of await tablesOf((options) => detectSheet(known, options), chosen))
      parts.push(partOf(found, packed))
  }
  const blank = known.sheets.filter(({ hasRows }) => hasRows !== true)
  return { format: workbook.format, parts, blankSheets: blank.map(({ name }) => name) }
}

type Found = { readonly options: ReadOptions; readonly reading: Reading }

async function tablesOf(
  detect: (options: ReadOptions) => Promise<Reading>,
  chosen: ReadOptions,
): Promise<Found[]> {
  const first = await detect(chosen)
  const found: Found[] = [
    { options: first.tables.length > 1 ? { ...chosen, table: 1 } : chosen, reading: first },
  ]
  for (let table = 2; table <= Math.min(first.tables.length, MOST_PARTS); table++) {
    const options = { ...chosen, table }
    found.push({ options, reading: await detect(options) })
  }
  return found
}

function partOf({ options, reading }: Found, packed: Pick<Reading, 'archive'>): ContentsPart {
  return { options, reading: { ...reading, ...packed } }
}

/** The workbook with every sheet known to have rows or not, so that it is found out once and not for each sheet. */
async function withRowsKnown(workbook: Workbook): Promise<Workbook> {
  const sheets: Workbook['sheets'][number][] = []
  for (const [index, sheet] of workbook.sheets.entries()) {
    const hasRows = sheet.hasRows ?? (sheet.hasCells && (await hasCells(workbook, index)))
    sheets.push({ ...sheet, hasRows })
  }
  return {
    format: workbook.format,
    sheets,
    walkRows: (sheet, options) => workbook.walkRows(sheet, options),
    walkCells: (sheet, options) => workbook.walkCells(sheet, options),
    survey: (sheet, mayTakeLong) => workbook.survey(sheet, mayTakeLong),
  }
}

async function hasCells(workbook: Workbook, sheet: number): Promise<boolean> {
  for await (const { rows } of workbook.walkRows(sheet, { isPeek: true }))
    if (rows.some((row) => row.cells.length > 0)) return true
  return false
}
