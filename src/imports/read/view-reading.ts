/** A reading as people and programs see it: what was detected, as a sentence and in parts, and its findings. */
import { fillSentence, type Language } from '../../platform/refusal.ts'
import type { Finding, Reading, ReadOptions } from '../../tabular/tabular.ts'
import { findingDeclaration } from '../findings.ts'
import type { FindingView } from '../terms.ts'
import type { ReadingView } from './contract.ts'
import { viewOptions } from './options.ts'

export function viewReading(reading: Reading, chosen: ReadOptions): ReadingView {
  const { sheet, archive } = reading
  return {
    format: reading.format,
    archive: archive ? { kind: archive.kind, entry: archive.entry } : null,
    encoding: reading.encoding,
    delimiter: reading.delimiter,
    quote: reading.quote ?? '',
    escape: reading.escape ?? '',
    comment: reading.comment ?? '',
    recordEnd: reading.recordEnd,
    ragged: reading.ragged,
    sheet: sheet
      ? {
          name: sheet.name,
          sheets: sheet.sheets.map(({ name, state, hasCells }) => ({ name, state, hasCells })),
          hiddenRows: sheet.hiddenRows,
          hiddenColumns: sheet.hiddenColumns,
          hiddenColumnNames: hiddenColumnNames(reading),
          mergedRanges: sheet.mergedRanges,
          isFiltered: sheet.isFiltered,
          hidden: sheet.hidden,
          merged: sheet.merged,
        }
      : null,
    table: reading.table,
    tables: reading.tables.length,
    headerRow: headerRowOf(reading),
    headerRows: reading.headerRows,
    preambleRows: reading.preambleRows,
    footerRows: reading.footerRows,
    columns: [...reading.columns],
    rowsEstimated: reading.rowsEstimated,
    rowsCounted: reading.rowsCounted === true,
    chosen: viewOptions(chosen),
  }
}

function hiddenColumnNames({ findings }: Reading): string | null {
  const names = findings.find(({ code }) => code === 'sheet.hidden_columns')?.params['columns']
  return typeof names === 'string' ? names : null
}

/** Record of the file in which the header begins, from 1; 0: there is none. */
export function headerRowOf(reading: Reading): number {
  if (reading.headerRows === 0) return 0
  return (reading.tables[reading.table - 1]?.start ?? 0) + reading.preambleRows + 1
}

export function viewReadingFinding(
  finding: Finding,
  columns: readonly string[],
  language: Language,
): FindingView {
  const { source, row, line, column, field, code, severity, value } = finding
  const columnName = column === null ? null : (columns[column] ?? null)
  const params = { value: value ?? '', ...finding.params }
  const sentence = fillSentence(findingDeclaration(code)[language], params)
  return { source, row, line, column, columnName, field, code, severity, value, sentence }
}

const delimiterNames: Readonly<Record<string, Record<Language, string>>> = {
  ',': { en: 'Comma-separated', cs: 'Oddělený čárkami' },
  ';': { en: 'Semicolon-separated', cs: 'Oddělený středníky' },
  '\t': { en: 'Tab-separated', cs: 'Oddělený tabulátory' },
  '|': { en: 'Bar-separated', cs: 'Oddělený svislítky' },
  ' ': { en: 'Separated by blanks', cs: 'Oddělený mezerami' },
}

/** "Semicolon-separated, Windows-1250, header in row 3, 12,904 rows"; "Sheet “Clients”, …, 2 hidden rows included". */
export function readingSentence(reading: Reading, rows: number | null, language: Language): string {
  return [
    ...sourceWords(reading, language),
    headerWords(reading, language),
    ...rowWords(reading, rows, language),
    ...hiddenWords(reading, language),
  ].join(', ')
}

function sourceWords(reading: Reading, language: Language): string[] {
  const isCzech = language === 'cs'
  const { sheet, delimiter } = reading
  if (reading.columns.length === 0 && !sheet) return [encodingName(reading.encoding)]
  const one = reading.columns.length === 1 && !sheet
  const form = sheet
    ? isCzech
      ? `List „${sheet.name}“`
      : `Sheet “${sheet.name}”`
    : one
      ? isCzech
        ? 'Jeden sloupec'
        : 'One column'
      : (delimiterNames[delimiter]?.[language] ??
        (isCzech ? `Oddělený znakem „${delimiter}“` : `Separated by “${delimiter}”`))
  const table =
    reading.tables.length > 1
      ? [
          isCzech
            ? `tabulka ${reading.table} z ${reading.tables.length}`
            : `table ${reading.table} of ${reading.tables.length}`,
        ]
      : []
  return sheet ? [form, ...table] : [form, encodingName(reading.encoding), ...table]
}

/** Encodings under the names that people know them by: UTF-8, Windows-1250, ISO-8859-2. */
function encodingName(label: string): string {
  return label.startsWith('windows-') ? `W${label.slice(1)}` : label.toUpperCase()
}

function headerWords(reading: Reading, language: Language): string {
  const isCzech = language === 'cs'
  const from = headerRowOf(reading)
  if (from === 0) return isCzech ? 'bez záhlaví' : 'no header'
  if (reading.headerRows === 1) return isCzech ? `záhlaví v řádku ${from}` : `header in row ${from}`
  const to = from + reading.headerRows - 1
  return isCzech ? `záhlaví v řádcích ${from} až ${to}` : `header in rows ${from} to ${to}`
}

function rowWords(reading: Reading, rows: number | null, language: Language): string[] {
  const known = rows ?? reading.rowsEstimated
  if (known === null) return []
  const isCzech = language === 'cs'
  const isAbout = rows === null && reading.rowsCounted !== true
  const about = isAbout ? (isCzech ? 'asi ' : 'about ') : ''
  const unit = isCzech ? czechRows(known) : known === 1 ? 'row' : 'rows'
  return [`${about}${new Intl.NumberFormat(language).format(known)} ${unit}`]
}

function hiddenWords({ sheet }: Reading, language: Language): string[] {
  const isCzech = language === 'cs'
  const rows = sheet?.hiddenRows ?? 0
  const columns = sheet?.hiddenColumns ?? 0
  if (!sheet || rows + columns === 0) return []
  const isIncluded = sheet.hidden === 'include'
  const number = new Intl.NumberFormat(language)
  const parts = isCzech
    ? [
        ...(rows > 0 ? [`${number.format(rows)} ${czechRows(rows)}`] : []),
        ...(columns > 0 ? [`${number.format(columns)} ${czechColumns(columns)}`] : []),
      ]
    : [
        ...(rows > 0 ? [`${number.format(rows)} hidden ${rows === 1 ? 'row' : 'rows'}`] : []),
        ...(columns > 0 ? [`${number.format(columns)} hidden ${columns === 1 ? 'column' : 'columns'}`] : []),
      ]
  return isCzech
    ? [`${isIncluded ? 'včetně skrytých' : 'bez skrytých'} (${parts.join(' a ')})`]
    : [`${parts.join(' and ')} ${isIncluded ? 'included' : 'left out'}`]
}

export function czechRows(n: number): string {
  return n === 1 ? 'řádek' : n >= 2 && n <= 4 ? 'řádky' : 'řádků'
}

function czechColumns(n: number): string {
  return n === 1 ? 'sloupec' : n >= 2 && n <= 4 ? 'sloupce' : 'sloupců'
}
