/**
 * Cases recorded from the tests of papaparse and csv-parse: input, options, rows. Those whose options we have
 * are run with them, everything else given too, so that the reader and not the detection is compared.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { bufferSource, detectReading, type ReadOptions, readRowBatches } from '../../src/tabular/tabular.ts'
import { brief, judgeAll, type Suite, shareOfDefined } from './suite.ts'

type Rows = readonly (readonly string[])[]
type Case = {
  readonly name: string
  readonly input: string
  readonly options: ReadOptions
  readonly rows: Rows
}
type Settings = Readonly<Record<string, unknown>>

/** Options that change nothing for us, or that we have. */
const papaOptions = new Set([
  'delimiter',
  'quoteChar',
  'escapeChar',
  'newline',
  'comments',
  'skipEmptyLines',
  'delimitersToGuess',
  'fastMode',
])
const csvParseOptions = new Set([
  'delimiter',
  'quote',
  'escape',
  'comment',
  'record_delimiter',
  'bom',
  'encoding',
  'relax_column_count',
  'relax_column_count_less',
  'relax_column_count_more',
  'relax_quotes',
  'skip_empty_lines',
  'skip_records_with_empty_values',
  'info',
  'raw',
])
/** Neither header nor anything else is left to be found. */
const nothingFound: ReadOptions = { headerRow: 0, preambleRows: 0, footerRows: 0, encoding: 'utf-8' }

export const recordedSuites: readonly Suite[] = [
  { name: 'csv_suites/papaparse', needs: 'csv_suites/papaparse_cases.json', run: runPapaparse },
  { name: 'csv_suites/csv-parse', needs: 'csv_suites/csv-parse_cases.jsonl', run: runCsvParse },
]

type PapaCase = {
  readonly suite: string
  readonly description: string
  readonly input: unknown
  readonly config?: Settings
  /** The case hangs on a callback. */
  readonly needs_function?: unknown
  readonly expected: { readonly data: unknown }
}

async function runPapaparse(dir: string) {
  const text = await readFile(join(dir, 'csv_suites', 'papaparse_cases.json'), 'utf8')
  const all = JSON.parse(text) as readonly PapaCase[]
  const cases = all.flatMap(
    ({ suite, description, input, config = {}, expected, needs_function }): Case[] => {
      const rows = textRows(needs_function === undefined ? expected.data : null)
      if (typeof input !== 'string' || input === '' || rows === null || !knowsAll(config, papaOptions))
        return []
      const { delimiter, quoteChar, escapeChar, comments } = config
      const options = {
        ...nothingFound,
        delimiter: textOr(delimiter, undefined),
        quote: quoteChar === null ? null : textOr(quoteChar, undefined),
        escape: textOr(escapeChar, undefined),
        comment: comments === true ? '#' : textOr(comments, undefined),
      }
      return [{ name: `${suite}: ${description}`, input, options, rows }]
    },
  )
  return run('csv_suites/papaparse', cases)
}

type CsvParseCase = {
  readonly test: string
  readonly input: unknown
  readonly options?: Settings
  readonly records?: unknown
}

async function runCsvParse(dir: string) {
  const text = await readFile(join(dir, 'csv_suites', 'csv-parse_cases.jsonl'), 'utf8')
  const all = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as CsvParseCase)
  const cases = all.flatMap(({ test, input, options: given = {}, records }): Case[] => {
    const rows = textRows(records)
    if (typeof input !== 'string' || rows === null || !hasOurs(given)) return []
    const quote = given.quote === undefined ? '"' : textOr(given.quote, null)
    const options = {
      ...nothingFound,
      delimiter: textOr(given.delimiter, ','),
      quote,
      escape: textOr(given.escape, quote),
      comment: textOr(given.comment, undefined),
    }
    return [{ name: test, input, options, rows }]
  })
  return run('csv_suites/csv-parse', cases)
}

async function run(suite: string, cases: readonly Case[]) {
  const verdicts = await judgeAll(cases, ({ name }) => name, judge)
  const value = shareOfDefined(suite, verdicts)
  return { suite, ...verdicts, scores: [{ name: 'right', value, target: 1 }] }
}

async function judge({ input, options, rows }: Case): Promise<string | null> {
  const source = bufferSource('case.csv', Buffer.from(input))
  const defined = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
  const reading = await detectReading(source, defined)
  const given: (readonly string[])[] = []
  // One table: what follows a blank line is a row and not another table.
  for await (const batch of readRowBatches(source, { ...reading, tables: [] }, { source: 0 }))
    for (const row of batch.rows) given.push(row.cells)
  const wanted = asWeGive(rows, reading.columns.length)
  return isDeepStrictEqual(given, wanted)
    ? null
    : `${brief(given)} instead of ${brief(wanted)} from ${brief(input)}`
}

/** Blank rows are counted and not given, and rows have the table's width (the promise that nothing is shifted). */
function asWeGive(rows: Rows, width: number): string[][] {
  return rows
    .filter((cells) => cells.some((cell) => cell.trim() !== ''))
    .map((cells) => {
      const row = [...cells]
      while (row.length < width) row.push('')
      while (row.length > width && row.at(-1) === '') row.pop()
      return row
    })
}

/** One delimiter, one character to quote with, ordinary line ends. */
function hasOurs(settings: Settings): boolean {
  const { delimiter = ',', quote, record_delimiter: end = '\n' } = settings
  const isOneQuote = typeof quote !== 'string' || quote.length <= 1
  const isLineEnd = [end].flat().every((one) => one === '\n' || one === '\r\n' || one === '\r')
  return knowsAll(settings, csvParseOptions) && typeof delimiter === 'string' && isOneQuote && isLineEnd
}

function knowsAll(settings: Settings, known: ReadonlySet<string>): boolean {
  return Object.keys(settings).every((name) => known.has(name))
}

function textRows(data: unknown): Rows | null {
  const isRows = Array.isArray(data) && data.every((row) => Array.isArray(row) && row.every(isText))
  return isRows ? (data as Rows) : null
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function textOr<T>(value: unknown, otherwise: T): string | T {
  return typeof value === 'string' && value !== '' ? value : otherwise
}
