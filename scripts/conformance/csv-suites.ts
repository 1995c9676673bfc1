/** The test files of other CSV readers: with JSON beside them, as twins in several forms, or only to be read. */
import { readdir, readFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { fileSource } from '../../src/tabular/tabular.ts'
import { allRows, readTable, type TableRead } from './read-table.ts'
import { brief, exists, judgeAll, refusalOf, type Suite, shareOfDefined } from './suite.ts'

const withJson = ['csv-spectrum', 'csv-test-data', 'csv-parsers-comparison'] as const

/** Files of each group hold the same table. */
const twins: readonly (readonly string[])[] = [
  ['univocity/tsv_essential.tsv', 'univocity/tsv_essential-dos.tsv', 'univocity/csv_essential-mac.csv'],
  ['fastcsv/utf8_bom.csv', 'fastcsv/utf16be_bom.csv', 'fastcsv/utf32be_bom.csv'],
  ['phpspreadsheet/CSV__linend.unix.csv', 'phpspreadsheet/CSV__linend.win.csv'],
  ['utf8', 'utf16be', 'utf16le', 'utf32be', 'utf32le', 'win1252'].map(
    (encoding) => `phpspreadsheet/CSV__premiere.${encoding}.csv`,
  ),
]

export const csvSuites: readonly Suite[] = [
  ...withJson.map((name) => ({
    name: `csv_suites/${name}`,
    needs: `csv_suites/${name}`,
    run: (dir: string) => runWithJson(name, join(dir, 'csv_suites', name)),
  })),
  { name: 'csv_suites/csvw', needs: 'csv_suites/csvw', run: runCsvw },
  { name: 'csv_suites/twins', needs: 'csv_suites', run: runTwins },
  { name: 'csv_suites/all', needs: 'csv_suites', run: runAll },
]

type Json = readonly (readonly string[] | Readonly<Record<string, string>>)[]

async function runWithJson(name: string, folder: string) {
  const suite = `csv_suites/${name}`
  const files = (await readdir(folder)).filter((file) => file.endsWith('.csv')).sort()
  const judge = async (file: string): Promise<string | null> => {
    const path = join(folder, file)
    const answer = path.replace(/csv$/, 'json')
    if (!(await exists(answer)))
      return (await readOrRefuse(path)) === null ? 'neither read nor refused' : null
    const expected = JSON.parse(await readFile(answer, 'utf8')) as Json
    const rows = allRows(await readTable(await fileSource(path)))
    return compare(rows, expected, file.startsWith('header'))
  }
  const verdicts = await judgeAll(files, (file) => file, judge)
  const value = shareOfDefined(suite, verdicts)
  return { suite, ...verdicts, scores: [{ name: 'right', value, target: 1 }] }
}

function compare(rows: readonly (readonly string[])[], expected: Json, isObjects: boolean): string | null {
  const asObjects = isObjects || (expected.length > 0 && !Array.isArray(expected[0]))
  const given = asObjects ? objectsOf(rows) : rows
  if (isDeepStrictEqual(given, expected)) return null
  const at = expected.findIndex((row, index) => !isDeepStrictEqual(row, given[index]))
  if (at < 0) return `${given.length} rows instead of ${expected.length}`
  return `row ${at + 1} ${brief(given[at])} instead of ${brief(expected[at])}`
}

function objectsOf([header = [], ...rows]: readonly (readonly string[])[]): Record<string, string>[] {
  return rows.map((cells) => Object.fromEntries(header.map((label, at) => [label, cells[at] ?? ''])))
}

type Csvw = {
  readonly tables: readonly { row: readonly { describes: readonly Record<string, string>[] }[] }[]
}

/** The W3C's tests of CSV to JSON, without metadata: cells are texts, blank ones are left out. */
async function runCsvw(dir: string) {
  const suite = 'csv_suites/csvw'
  const folder = join(dir, suite)
  const names = (await readdir(folder)).filter((file) => file.endsWith('.csv')).sort()
  const tests: string[] = []
  for (const name of names) if (await exists(folder, name.replace(/csv$/, 'json'))) tests.push(name)
  const verdicts = await judgeAll(
    tests,
    (file) => file,
    async (file) => {
      const json = JSON.parse(await readFile(join(folder, file.replace(/csv$/, 'json')), 'utf8')) as unknown
      const rows = objectsOf(allRows(await readTable(await fileSource(join(folder, file)))))
      const given = rows.map((row) =>
        Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== '')),
      )
      const expected = Array.isArray(json)
        ? json
        : (json as Csvw).tables[0]?.row.map((row) => row.describes[0])
      return isDeepStrictEqual(given, expected) ? null : `${brief(given)} instead of ${brief(expected)}`
    },
  )
  const value = shareOfDefined(suite, verdicts)
  return { suite, ...verdicts, scores: [{ name: 'right', value, target: 1 }] }
}

async function runTwins(dir: string) {
  const suite = 'csv_suites/twins'
  const folder = join(dir, 'csv_suites')
  const groups: string[][] = []
  for (const group of twins) {
    const there: string[] = []
    for (const file of group) if (await exists(folder, file)) there.push(file)
    if (there.length > 1) groups.push(there)
  }
  const pairs = groups.flatMap(([first, ...others]) => others.map((other) => [first!, other] as const))
  const verdicts = await judgeAll(
    pairs,
    ([, file]) => file,
    ([first, other]) => compareTwins(join(folder, first), join(folder, other)),
  )
  const value = shareOfDefined(suite, verdicts)
  return { suite, ...verdicts, scores: [{ name: 'right', value, target: 1 }] }
}

/** `null`: both files hold the same header and rows. */
export async function compareTwins(first: string, other: string): Promise<string | null> {
  const wanted = await comparableRows(first)
  const given = await comparableRows(other)
  const what = compare(given, wanted, false)
  return what === null ? null : `not as ${basename(first)}: ${what}`
}

/** A workbook holds the number 18 where the text has 18.00. */
async function comparableRows(path: string): Promise<string[][]> {
  const rows = allRows(await readTable(await fileSource(path)))
  return rows.map((cells) => cells.map((cell) => (/^\d+\.\d*0$/.test(cell) ? String(Number(cell)) : cell)))
}

/** Whatever lies in the folder ends with rows or with a refusal. */
async function runAll(dir: string) {
  const suite = 'csv_suites/all'
  const folder = join(dir, 'csv_suites')
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile() && !/\.(?:md|txt|jsonl?)$/i.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
  const verdicts = await judgeAll(
    files,
    (file) => file,
    async (file) => {
      const ended = await readOrRefuse(join(folder, file))
      return typeof ended === 'string' ? ended : null
    },
  )
  const refused = verdicts.differences.length
  const value = (verdicts.right + refused) / verdicts.files
  return { suite, ...verdicts, scores: [{ name: 'rows or a refusal', value, target: 1 }] }
}

/** The table, or the sentence of the refusal. */
async function readOrRefuse(path: string): Promise<TableRead | string> {
  try {
    return await readTable(await fileSource(path))
  } catch (error) {
    return refusalOf(error)
  }
}
