/**
 * Which delimiter, quote and escape a text was written with. Hides the candidates and the scoring: each
 * candidate reads the sample with the real scanner and is judged by how table-like the result is (equal
 * widths, cells that look like values). Promises an answer for any text, in time bounded by the sample.
 */
import { plainPiece } from './cell-cutter.ts'
import { cellType } from './cell-type.ts'
import { type Dialect, SCAN_LIMITS } from './csv-dialect.ts'
import { createRecordScanner } from './csv-records.ts'

export type DialectFound = Dialect & { readonly isCertain: boolean }

export type DialectOverrides = {
  readonly delimiter?: string | undefined
  readonly quote?: string | null | undefined
  readonly escape?: string | null | undefined
  readonly comment?: string | null | undefined
}

/** What people choose on purpose: any of them may win on the score alone. */
const USUAL = [',', ';', '\t', '|']
/** What also stands inside values and prose: only when it makes a regular table and no usual one does. */
const UNUSUAL: Readonly<Record<string, number>> = {
  '\u0001': 1,
  '\u001f': 1,
  '^': 0.9,
  '~': 0.9,
  ':': 0.7,
  ' ': 0.7,
  '#': 0.7,
  '¦': 0.9,
  '§': 0.9,
  '&': 0.6,
  '*': 0.6,
  '!': 0.6,
  '=': 0.5,
}
const DOUBLED = ['|', ':', ';', '~', '^', '#', '&', ',']
const MAX_RECORDS = 500
const MAX_CELLS = 40_000
const COMMENT_LINE = /^(?:#|\/\/|%%|--)[^\r\n]*(?:\r\n|\r|\n|$)/gm

type Candidate = Scores & { readonly dialect: Dialect; readonly isUsual: boolean }
type Scores = {
  readonly score: number
  readonly width: number
  /** Share of rows that have the usual width. */
  readonly share: number
  readonly rows: number
  /** Share of cells that are numbers, dates, addresses or truth values. */
  readonly values: number
}

export function detectDialect(text: string, complete: boolean, asked: DialectOverrides = {}): DialectFound {
  // Excel's own way of saying it: a first line "sep=;".
  const sep = /^\ufeff?"?sep=([^\r\n])"?[\r\n]/i.exec(text)?.[1]
  const said = sep ?? (isQuotedBetweenBlanks(text) ? ' ' : undefined)
  const given = asked.delimiter === undefined && said !== undefined ? { ...asked, delimiter: said } : asked
  const sample = withoutComments(text)
  const loneCr = usesLoneCr(text)
  const quotes = given.quote === undefined ? quoteCandidates(sample) : [given.quote]
  const candidates: Candidate[] = []
  const add = (delimiter: string, trust: number, isUsual: boolean): void => {
    for (const quote of quotes) {
      if (delimiter === quote) continue
      const escape = given.escape === undefined ? escapeOf(sample, quote) : given.escape
      const comment = given.comment ?? null
      const base: Dialect = {
        delimiter,
        quote,
        escape,
        comment,
        loneCr,
        spaced: false,
        merged: false,
        padded: false,
      }
      const dialect = { ...base, padded: isPadded(sample, base) }
      const scores = scoreDialect(sample, complete, dialect)
      candidates.push({ dialect, isUsual, ...scores, score: scores.score * trust })
    }
  }
  if (given.delimiter !== undefined) add(given.delimiter, 1, true)
  else {
    for (const delimiter of USUAL) if (sample.includes(delimiter)) add(delimiter, 1, true)
    for (const [delimiter, trust] of Object.entries(UNUSUAL))
      if (sample.includes(delimiter)) add(delimiter, trust, false)
    const merged = mergedBlanks(sample, complete, loneCr)
    if (merged !== null) candidates.push(merged)
  }
  const fit = candidates.filter((c) => c.width > 1 && (c.isUsual || c.dialect.merged || isRegular(c)))
  fit.sort((a, b) => b.score - a.score)
  const best = fit[0] ?? (given.delimiter === undefined ? undefined : candidates[0])
  if (best === undefined) {
    const quote = given.quote === undefined ? '"' : given.quote
    const escape = given.escape === undefined ? escapeOf(sample, quote) : given.escape
    return {
      delimiter: ',',
      quote,
      escape,
      comment: given.comment ?? null,
      loneCr,
      spaced: false,
      merged: false,
      padded: false,
      isCertain: !/[;\t|]/.test(sample),
    }
  }
  const second = fit.find((c) => c.dialect.delimiter !== best.dialect.delimiter)
  const isCertain = given.delimiter !== undefined || second === undefined || second.score < best.score * 0.8
  const refined =
    given.delimiter === undefined ? refineDelimiter(sample, complete, best.dialect) : best.dialect
  return { ...refined, isCertain }
}

/** Several quoted cells on every line, all between blanks: as logs are written, whatever their words do. */
function isQuotedBetweenBlanks(text: string): boolean {
  if (!text.includes('" "') || /"[,;\t|]|[,;\t|]"/.test(text)) return false
  const lines = text.split(/[\r\n]+/, 200).filter((line) => line !== '')
  const quoted = lines.filter((line) => (line.match(/(?:^| )"[^"]*"(?= |$)/g)?.length ?? 0) >= 2)
  return lines.length >= 3 && quoted.length >= lines.length * 0.9
}

function isRegular(c: Candidate): boolean {
  // Words of prose are set apart by blanks too: a table of them holds values.
  if (c.dialect.delimiter === ' ' && c.values < 0.25) return false
  return c.share >= 0.9 && (c.rows >= 3 || (c.rows === 2 && c.width >= 3))
}

/** Comment lines say nothing about the table, unless the text has nothing else. */
function withoutComments(text: string): string {
  if (!/^(?:#|\/\/|%%|--)/m.test(text)) return text
  const rest = text.replace(COMMENT_LINE, '')
  return rest.trim() === '' ? text : rest
}

/** Whether a CR alone ends records: there are some, and they are no rarities inside cells. */
function usesLoneCr(text: string): boolean {
  let lone = 0
  let lf = 0
  for (let at = text.indexOf('\r'); at !== -1 && lone < 1000; at = text.indexOf('\r', at + 1)) {
    if (at + 1 < text.length && text.charCodeAt(at + 1) !== 10) lone++
  }
  if (lone === 0) return true
  for (let at = text.indexOf('\n'); at !== -1 && lf < 1000; at = text.indexOf('\n', at + 1)) lf++
  return lone * 3 >= lf
}

/** The apostrophe only where cells open and close with it; it is far more often one of O'Brien. */
function quoteCandidates(text: string): (string | null)[] {
  const opening = text.match(/(?:^|[,;\t|#:])[ ]?'(?=[^'\r\n])/gm)?.length ?? 0
  const closing = text.match(/[^'\r\n]'[ ]?(?=$|[,;\t|#:\r\n])/gm)?.length ?? 0
  const double = text.match(/(?:^|[,;\t|#:])[ ]?"/gm)?.length ?? 0
  // Every apostrophe behind a backslash, and no quote at all: dumped from a database, escapes and all.
  const apostrophes = text.split("'").length - 1
  if (apostrophes >= 2 && !text.includes('"') && text.split("\\'").length - 1 === apostrophes) return ["'"]
  const isQuote = opening >= 2 && closing >= opening * 0.8 && opening > double
  return isQuote ? ["'"] : ['"']
}

function escapeOf(text: string, quote: string | null): string | null {
  if (quote === null) return null
  const backslashed = text.split(`\\${quote}`).length - 1
  if (backslashed === 0) return quote
  // A backslash before a quote that closes a cell is a path (`"C:\temp\",`), so it must mostly stand inside.
  const doubled = text.split(quote + quote).length - 1
  const inside = text.match(new RegExp(`\\\\${quote}(?=[^,;\\t|\\r\\n])`, 'g'))?.length ?? 0
  return inside * 2 >= backslashed && backslashed >= doubled / 4 ? '\\' : quote
}

/** Whether quotes mostly open after a blank that follows the delimiter. */
function isPadded(text: string, { delimiter, quote }: Dialect): boolean {
  if (quote === null || delimiter === ' ' || delimiter.length > 1) return false
  const padded = text.split(`${delimiter} ${quote}`).length - 1
  return padded > 0 && padded >= text.split(delimiter + quote).length - 1
}

function scoreDialect(text: string, complete: boolean, dialect: Dialect): Scores {
  const records = sampleRecords(text, complete, dialect)
  const widths = new Map<number, number>()
  let rows = 0
  for (const cells of records) {
    if (cells.length === 0) continue
    rows++
    widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1)
  }
  if (rows === 0) return { score: 0, width: 0, share: 0, rows, values: 0 }
  let width = 0
  let most = 0
  let pattern = 0
  // A delimiter that only ends lines separates nothing.
  const isTrailing = records.every((r) => r.length < 2 || r.at(-1) === '')
  for (const [cells, count] of widths) {
    const w = isTrailing && cells > 1 ? cells - 1 : cells
    pattern += count * (Math.max(0.001, w - 1) / w)
    if (w > 1 && count * (w - 1) > most) {
      most = count * (w - 1)
      width = w
    }
  }
  pattern /= widths.size
  let typed = 0
  let cells = 0
  let values = 0
  for (const record of records) {
    for (const cell of record) {
      const type = cellType(cell)
      typed += type === 'odd' ? 0 : type === 'text' ? 0.9 : 1
      if (type !== 'odd' && type !== 'text' && type !== 'empty') values++
      cells++
    }
    if (cells > MAX_CELLS) break
  }
  const share = (widths.get(isTrailing ? width + 1 : width) ?? 0) / rows
  return {
    score: pattern * Math.max(1e-10, typed / Math.max(1, cells)),
    width,
    share,
    rows,
    values: values / Math.max(1, cells),
  }
}

export function sampleRecords(text: string, complete: boolean, dialect: Dialect): string[][] {
  const scanner = createRecordScanner(dialect, { ...SCAN_LIMITS, columns: Number.MAX_SAFE_INTEGER })
  const { cells } = scanner.scan(plainPiece(text), complete)
  if (cells.length <= MAX_RECORDS) return cells
  // From the start and from the end: what holds in the head alone does not hold.
  return [...cells.slice(0, MAX_RECORDS * 0.8), ...cells.slice(-MAX_RECORDS * 0.2)]
}

/** Columns set apart by any number of blanks, as reports for the eye are. */
function mergedBlanks(text: string, complete: boolean, loneCr: boolean): Candidate | null {
  if (!/\S {2,}\S/.test(text)) return null
  const dialect: Dialect = {
    delimiter: ' ',
    quote: '"',
    escape: '"',
    comment: null,
    loneCr,
    spaced: false,
    merged: true,
    padded: false,
  }
  const scores = scoreDialect(text, complete, dialect)
  if (scores.width < 3 || scores.share < 0.8 || scores.rows < 3 || scores.values < 0.25) return null
  return { dialect, isUsual: false, ...scores, score: scores.score * 0.9 }
}

/** A delimiter of several characters: doubled (`||`, `::`) or with the blank that always follows it. */
function refineDelimiter(text: string, complete: boolean, dialect: Dialect): Dialect {
  const { delimiter } = dialect
  const short = sampleRecords(text, complete, dialect).filter((r) => r.length > 0)
  const doubled = delimiter + delimiter
  if (DOUBLED.includes(delimiter) && text.includes(doubled)) {
    const holds = short.every((r) => r.length % 2 === 1 && r.every((cell, i) => i % 2 === 0 || cell === ''))
    if (holds && short.some((r) => r.length > 1)) return { ...dialect, delimiter: doubled }
  }
  if (USUAL.includes(delimiter) && delimiter !== '\t' && text.includes(`${delimiter} `)) {
    const spaced = { ...dialect, spaced: true, padded: false }
    const plain = scoreDialect(text, complete, dialect)
    const blanked = scoreDialect(text, complete, spaced)
    // A header without the blanks tells: then they belong to the cells.
    if (blanked.width > 1 && blanked.width === plain.width && blanked.share >= Math.max(0.9, plain.share))
      return spaced
  }
  return dialect
}
