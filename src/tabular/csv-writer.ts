/**
 * Rows → CSV (RFC 4180, UTF-8). Hides quoting and the guard against cells that a spreadsheet would run as a
 * formula; promises that phone numbers and negative numbers stay as they are and that `undoFormulaGuard`
 * takes the guard away again, so that export and import give the same text.
 */
import { stringify } from 'csv-stringify/sync'

export type WriteOptions = {
  readonly delimiter?: string | undefined
  /** Guard against formulas; on when not given. `carryover read` turns it off: it repeats the file. */
  readonly guardFormulas?: boolean | undefined
  /** A mark at the start, which old spreadsheets need to see UTF-8. */
  readonly mark?: boolean | undefined
  readonly recordEnd?: '\n' | '\r\n' | undefined
}

const FORMULA_START = /^[=+\-@\t\r]/
/** A sign before what is a number or a phone number starts no formula worth the name. */
const HARMLESS = /^(?:[+-]\d[\d.,' \u00a0]*(?:[eE][+-]?\d+)?\s?%?|\+\d(?:[ ()./-]{0,2}\d){6,14})$/
const GUARD = "'"

export function guardFormula(cell: string): string {
  if (cell.length === 0) return cell
  const c = cell.charCodeAt(0)
  // A cell that already begins as a guarded one gets a second guard, or undoing would take its own.
  if (c === 39) return isGuarded(cell) ? GUARD + cell : cell
  if (!FORMULA_START.test(cell) || HARMLESS.test(cell)) return cell
  return GUARD + cell
}

/** For text that no program runs: only what undoing would take for a guard of ours gets one more. */
export function keepApostrophe(cell: string): string {
  return cell.charCodeAt(0) === 39 ? guardFormula(cell) : cell
}

/** Takes our own guard away; every other text stays as it is. */
export function undoFormulaGuard(cell: string): string {
  return cell.charCodeAt(0) === 39 && isGuarded(cell) ? cell.slice(1) : cell
}

/** Apostrophes before what would be a formula: one more than the text had. */
function isGuarded(cell: string): boolean {
  const bare = cell.replace(/^'+/, '')
  return FORMULA_START.test(bare) && !HARMLESS.test(bare)
}

/** The text of a table, in pieces, as its rows come. */
export async function* writeCsv(
  rows: AsyncIterable<readonly (readonly string[])[]> | Iterable<readonly (readonly string[])[]>,
  options: WriteOptions = {},
): AsyncGenerator<string, void, undefined> {
  if (options.mark === true) yield '\ufeff'
  for await (const batch of rows) yield writeCsvRows(batch, options)
}

/** The text of some rows. */
export function writeCsvRows(rows: readonly (readonly string[])[], options: WriteOptions = {}): string {
  if (rows.length === 0) return ''
  const guarded = options.guardFormulas === false ? rows : rows.map((cells) => cells.map(guardFormula))
  return stringify(guarded as string[][], {
    delimiter: options.delimiter ?? ',',
    record_delimiter: options.recordEnd ?? '\n',
    // Outer blanks and line ends of any sort survive every reader only in quotes.
    quoted_match: /[\r\n]|^\s|\s$/,
    // A row of one blank cell would be a blank line, which readers skip.
    quoted_empty: rows[0]!.length === 1,
  })
}
