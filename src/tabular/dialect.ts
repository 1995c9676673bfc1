/**
 * Which delimiter, quote and escape a text was written with. Hides the candidates and the scoring: each
 * candidate reads the sample with the real scanner and is judged by how table-like the result is (equal
 * widths, cells that look like values). Promises an answer for any text, in time bounded by the sample.
 */
import { cellType } from './cell-type.ts'
import { createRecordScanner, type Dialect, plainPiece, SCAN_LIMITS } from './csv-records.ts'

export type DialectFound = Dialect & { readonly isCertain: boolean }

export type DialectOverrides = {
  readonly delimiter?: string | undefined
  readonly quote?: string | null | undefined
  readonly escape?: string | null | undefined
  readonly comment?: string | null | undefined
}

const DELIMITERS = [
  ',',
  ';',
  '\t',
  '|',
  ':',
  ' ',
  '#',
  '^',
  '~',
  '&',
  '*',
  '\u0001',
  '\u001f',
  '¦',
  '§',
  '!',
  '=',
  '/',
]
/** What people choose on purpose stands before what also occurs in prose. */
const TRUST: Readonly<Record<string, number>> = {
  ',': 1,
  ';': 1,
  '\t': 1,
  '|': 1,
  '\u0001': 1,
  '\u001f': 1,
  ':': 0.6,
  ' ': 0.6,
  '#': 0.7,
  '^': 0.8,
  '~': 0.8,
}
const OTHER_TRUST = 0.5
const MAX_RECORDS = 400
const MAX_CELLS = 40_000

type Candidate = { dialect: Dialect; score: number; width: number }

export function detectDialect(text: string, complete: boolean, given: DialectOverrides = {}): DialectFound {
  const loneCr = usesLoneCr(text)
  const quotes = given.quote === undefined ? quoteCandidates(text) : [given.quote]
  const delimiters =
    given.delimiter === undefined ? DELIMITERS.filter((d) => text.includes(d)) : [given.delimiter]
  const candidates: Candidate[] = []
  for (const quote of quotes) {
    const escape = given.escape === undefined ? escapeOf(text, quote) : given.escape
    for (const delimiter of delimiters) {
      if (delimiter === quote) continue
      const dialect: Dialect = {
        delimiter,
        quote,
        escape,
        comment: given.comment ?? null,
        loneCr,
        padded: false,
      }
      candidates.push({ dialect, ...scoreDialect(text, complete, dialect) })
    }
  }
  candidates.sort((a, b) => b.score - a.score)
  const best = candidates[0]
  if (best === undefined || best.width < 2) {
    const quote = given.quote === undefined ? (text.includes('"') ? '"' : (quotes[0] ?? '"')) : given.quote
    const escape = given.escape === undefined ? escapeOf(text, quote) : given.escape
    return {
      delimiter: given.delimiter ?? ',',
      quote,
      escape,
      comment: given.comment ?? null,
      loneCr,
      padded: false,
      isCertain: best === undefined,
    }
  }
  const second = candidates.find((c) => c.dialect.delimiter !== best.dialect.delimiter)
  const isCertain = given.delimiter !== undefined || second === undefined || second.score < best.score * 0.8
  const refined = given.delimiter === undefined ? refineDelimiter(text, complete, best.dialect) : best.dialect
  return { ...refined, quote: refined.quote ?? null, isCertain }
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

function quoteCandidates(text: string): (string | null)[] {
  const quotes: (string | null)[] = ['"']
  if (/(?:^|[^\w\s'])\s?'/m.test(text) && /'\s?(?:$|[^\w\s'])/m.test(text)) quotes.push("'")
  return quotes
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

function scoreDialect(text: string, complete: boolean, dialect: Dialect): { score: number; width: number } {
  const records = sampleRecords(text, complete, dialect)
  const widths = new Map<number, number>()
  let rows = 0
  for (const cells of records) {
    if (cells.length === 0) continue
    rows++
    widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1)
  }
  if (rows === 0) return { score: 0, width: 0 }
  let width = 0
  let most = 0
  let pattern = 0
  for (const [w, count] of widths) {
    pattern += count * (Math.max(0.001, w - 1) / w)
    if (w > 1 && count * (w - 1) > most) {
      most = count * (w - 1)
      width = w
    }
  }
  pattern /= widths.size
  let typed = 0
  let cells = 0
  for (const record of records) {
    for (const cell of record) {
      const type = cellType(cell)
      typed += type === 'odd' ? 0 : type === 'text' ? 0.9 : 1
      cells++
    }
    if (cells > MAX_CELLS) break
  }
  const trust = TRUST[dialect.delimiter] ?? OTHER_TRUST
  const quoteTrust = dialect.quote === "'" ? 0.98 : 1
  return { score: pattern * Math.max(1e-10, typed / Math.max(1, cells)) * trust * quoteTrust, width }
}

export function sampleRecords(text: string, complete: boolean, dialect: Dialect): string[][] {
  const scanner = createRecordScanner(dialect, { ...SCAN_LIMITS, columns: Number.MAX_SAFE_INTEGER })
  const { cells } = scanner.scan(plainPiece(text), complete)
  return cells.length > MAX_RECORDS ? cells.slice(0, MAX_RECORDS) : cells
}

/** A delimiter of several characters: doubled (`||`, `::`) or with the blank that always follows it. */
function refineDelimiter(text: string, complete: boolean, dialect: Dialect): Dialect {
  const { delimiter } = dialect
  for (const longer of [delimiter + delimiter, `${delimiter} `]) {
    if (delimiter === ' ' || delimiter === '\t' || !text.includes(longer)) continue
    const short = sampleRecords(text, complete, dialect).filter((r) => r.length > 0)
    const step = longer === `${delimiter} ` ? 1 : 2
    const holds = short.every((record) =>
      step === 2
        ? record.length % 2 === 1 && record.every((cell, i) => i % 2 === 0 || cell === '')
        : record.every((cell, i) => i === 0 || cell.startsWith(' ')),
    )
    if (holds && short.some((r) => r.length > step)) return { ...dialect, delimiter: longer }
  }
  return dialect
}
