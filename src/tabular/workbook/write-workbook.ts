/**
 * A drafted workbook → the bytes of an XLSX file. Hides the library that writes it and what that leaves out:
 * a column's look reaches cells that do not exist yet, so that zeros survive in the thousandth row too.
 */
import type { Cell, CellStyle, DataValidation, WriteSheet } from 'hucre/xlsx'
import { writeXlsx } from 'hucre/xlsx'
import { openZip } from '../archive-zip.ts'
import { bufferSource } from '../byte-source.ts'
import { columnLetters } from '../columns.ts'
import { escapeCode } from '../xlsx-writer.ts'
import type { DraftCell, DraftSheet, DraftWorkbook, Look, Rule } from './draft.ts'
import { writeZip, type ZipPart } from './write-zip.ts'

const LAST_ROW = 1_048_576
/** What the format allows in prompts and errors; longer ones make Excel repair the file. */
const TITLE_LENGTH = 32
const TEXT_LENGTH = 255

export async function writeWorkbook(draft: DraftWorkbook): Promise<Buffer> {
  const active = draft.sheets.findIndex(({ state }) => (state ?? 'visible') === 'visible')
  const bytes = await writeXlsx({
    sheets: draft.sheets.map(sheetOf),
    activeSheet: Math.max(0, active),
    defaultFont: { name: 'Calibri', size: 11 },
    properties: { title: draft.title, creator: draft.author, created: draft.madeAt, modified: draft.madeAt },
  })
  return giveColumnsTheirLooks(bytes, draft)
}

function sheetOf(sheet: DraftSheet): WriteSheet {
  const { columns, frozen, heights, rules, merged } = sheet
  return {
    name: sheet.name,
    columns: columns.map(({ width }) => ({ width })),
    cells: cellsOf(sheet),
    ...(sheet.state === 'hidden' ? { hidden: true } : {}),
    ...(sheet.state === 'very-hidden' ? { veryHidden: true } : {}),
    ...(frozen ? { freezePane: { ...frozen } } : {}),
    ...(heights ? { rowDefs: new Map([...heights].map(([row, height]) => [row, { height }])) } : {}),
    ...(rules && rules.length > 0 ? { dataValidations: rules.map(validationOf) } : {}),
    ...(merged
      ? {
          merges: merged.map(({ row, from, to }) => ({
            startRow: row,
            startCol: from,
            endRow: row,
            endCol: to,
          })),
        }
      : {}),
    view: { showGridLines: sheet.hasGrid ?? true, ...(sheet.tab ? { tabColor: { rgb: sheet.tab } } : {}) },
    pageSetup: {
      paperSize: 'a4',
      orientation: sheet.isLandscape ? 'landscape' : 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
    },
  }
}

/** The draft's cells, and below them a row of blank ones that show which look each column has. */
function cellsOf({ rows, columns }: DraftSheet): Map<string, Partial<Cell>> {
  const cells = new Map<string, Partial<Cell>>()
  for (const [row, drafts] of rows.entries())
    for (const [column, draft] of drafts.entries()) {
      const cell = cellOf(draft)
      if (cell) cells.set(`${row},${column}`, cell)
    }
  for (const [column, { look }] of columns.entries())
    if (look) cells.set(`${rows.length},${column}`, { value: null, style: styleOf(look) })
  return cells
}

function cellOf({ value, look, note, link }: DraftCell): Partial<Cell> | null {
  if (value === null && !look && !note) return null
  return {
    value: typeof value === 'string' ? escapeCode(value) : value,
    ...(look ? { style: styleOf(look) } : {}),
    ...(note ? { comment: { author: 'Carryover', text: escapeCode(note) } } : {}),
    ...(link ? { hyperlink: { target: '', location: link } } : {}),
  }
}

function styleOf(look: Look): CellStyle {
  const { bold, italic, size, colour, fill, line, wrap, align, top, indent, format } = look
  return {
    font: {
      name: 'Calibri',
      size: size ?? 11,
      ...(bold ? { bold } : {}),
      ...(italic ? { italic } : {}),
      ...(colour ? { color: { rgb: colour } } : {}),
    },
    ...(fill ? { fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: fill } } } : {}),
    ...(line ? { border: { bottom: { style: 'thin', color: { rgb: line } } } } : {}),
    alignment: {
      vertical: top ? 'top' : 'center',
      ...(wrap ? { wrapText: true } : {}),
      ...(align ? { horizontal: align } : {}),
      ...(indent ? { indent } : {}),
    },
    ...(format ? { numFmt: format } : {}),
  }
}

function validationOf(rule: Rule): DataValidation {
  const letters = columnLetters(rule.column)
  return {
    ...allowOf(rule.allow),
    range: `${letters}${rule.from}:${letters}${LAST_ROW}`,
    allowBlank: true,
    showInputMessage: true,
    showErrorMessage: rule.allow.type !== 'any',
    errorStyle: rule.isStrict ? 'stop' : 'warning',
    inputTitle: cut(rule.title, TITLE_LENGTH),
    inputMessage: cut(rule.prompt, TEXT_LENGTH),
    errorTitle: cut(rule.title, TITLE_LENGTH),
    errorMessage: cut(rule.error, TEXT_LENGTH),
  }
}

function allowOf(allow: Rule['allow']): Pick<DataValidation, 'type' | 'operator' | 'formula1' | 'formula2'> {
  switch (allow.type) {
    case 'list':
      return { type: 'list', formula1: allow.range }
    case 'date':
      return { type: 'date', operator: 'greaterThanOrEqual', formula1: '1' }
    case 'length':
      return { type: 'textLength', operator: 'lessThanOrEqual', formula1: String(allow.max) }
    case 'whole':
    case 'decimal': {
      const { type, min, max } = allow
      // Without bounds of its own, whatever is a number.
      return { type, operator: 'between', formula1: String(min ?? -1e15), formula2: String(max ?? 1e15) }
    }
    default:
      return { type: 'custom', formula1: 'TRUE' }
  }
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/**
 * The library writes a column's width but not its look. The row of blank cells tells the number of each look, which
 * then goes to the column itself.
 */
async function giveColumnsTheirLooks(bytes: Uint8Array, draft: DraftWorkbook): Promise<Buffer> {
  const zip = await openZip(bufferSource('draft.xlsx', bytes))
  const parts: ZipPart[] = []
  for (const entry of zip.entries) {
    const pieces: Buffer[] = []
    for await (const piece of zip.open(entry)) pieces.push(piece)
    const content = Buffer.concat(pieces)
    const sheet = /^xl\/worksheets\/sheet(\d+)\.xml$/.exec(entry.name)
    const of = sheet ? draft.sheets[Number(sheet[1]) - 1] : undefined
    parts.push({
      name: entry.name,
      bytes: of ? Buffer.from(withColumnLooks(content.toString(), of)) : content,
    })
  }
  return writeZip(parts)
}

function withColumnLooks(xml: string, { rows, columns }: DraftSheet): string {
  const looks = new Map<number, string>()
  for (const [column, { look }] of columns.entries()) {
    if (!look) continue
    const cell = new RegExp(`<c r="${columnLetters(column)}${rows.length + 1}"[^>]* s="(\\d+)"`).exec(xml)
    if (!cell) throw new Error(`Column ${column} of a drafted sheet has lost its look.`)
    looks.set(column, cell[1]!)
  }
  return xml.replace(/<col min="(\d+)"/g, (col, number: string) => {
    const look = looks.get(Number(number) - 1)
    return look === undefined ? col : `${col} style="${look}"`
  })
}
