/** Workbooks cell by cell, against what two of three other readers agree on; disputed cells are not scored. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { type Cell, fileSource, readCells } from '../../src/tabular/tabular.ts'
import { type ExpectedCell, isSameCell } from './cell-match.ts'
import { readTable } from './read-table.ts'
import { brief, judgeAll, refusalOf, type Suite, type SuiteResult, shareOfDefined } from './suite.ts'

type Entry = {
  readonly file: string
  readonly ext: string
  readonly outcome: 'ok' | 'ok_or_clean_error' | 'clean_error'
  readonly expected?: string
}

type Expected = {
  readonly date1904?: boolean
  readonly sheets: readonly {
    readonly name: string
    readonly truncated?: boolean
    readonly cells: Readonly<Record<string, ExpectedCell>>
  }[]
}

export const spreadsheetSuites: readonly Suite[] = [
  suiteOf('spreadsheets', 0.98, ({ ext, outcome }) => isOpenXml(ext) && outcome === 'ok'),
  suiteOf('spreadsheets/old', 0.98, ({ ext, outcome }) => !isOpenXml(ext) && outcome === 'ok'),
  suiteOf('spreadsheets/unreadable', 1, ({ outcome }) => outcome !== 'ok'),
]

function isOpenXml(ext: string): boolean {
  return ext === 'xlsx' || ext === 'xlsm'
}

function suiteOf(name: string, target: number, belongs: (entry: Entry) => boolean): Suite {
  return { name, needs: 'spreadsheets/manifest.json', run: (dir) => run(dir, name, target, belongs) }
}

async function run(
  dir: string,
  suite: string,
  target: number,
  belongs: (entry: Entry) => boolean,
): Promise<SuiteResult> {
  const folder = join(dir, 'spreadsheets')
  const entries = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as readonly Entry[]
  const verdicts = await judgeAll(
    entries.filter(belongs),
    ({ file }) => file.replace(/^files\//, ''),
    (entry) => (entry.outcome === 'ok' ? judge(folder, entry) : judgeUnreadable(folder, entry)),
  )
  const value = shareOfDefined(suite, verdicts)
  return { suite, ...verdicts, scores: [{ name: 'files right in every cell', value, target }] }
}

async function judge(folder: string, { file, expected }: Entry): Promise<string | null> {
  const source = await fileSource(join(folder, file))
  const parts = await readCells(source)
  if (parts === null) return 'not seen as a workbook'
  const cells = new Map<string, Cell>()
  for await (const part of parts)
    for (const cell of part) if (cell.type !== 'blank') cells.set(placeOf(cell.sheet, cell.ref), cell)
  // The table of its first sheet with cells must come out too, whatever stands in it.
  const { reading } = await readTable(source)
  if (expected === undefined) return null
  const bytes = await readFile(join(folder, expected))
  const text = (expected.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  const names = reading.sheet?.sheets.map(({ name }) => name) ?? []
  return compare(cells, JSON.parse(text) as Expected, names)
}

/** A sheet whose name is spelt in another code page is known by its place. */
function compare(
  cells: ReadonlyMap<string, Cell>,
  { sheets, date1904 = false }: Expected,
  names: readonly string[],
): string | null {
  let scored = 0
  let wrong = 0
  let first = ''
  for (const [at, { name, cells: wanted, truncated }] of sheets.entries()) {
    if (truncated === true) continue
    const isKnown = names.includes(name) || names.length !== sheets.length
    const sheet = isKnown ? name : names[at]!
    for (const [ref, one] of Object.entries(wanted)) {
      if (one.disputed !== undefined) continue
      scored++
      const cell = cells.get(placeOf(sheet, ref))
      if (cell !== undefined && isSameCell(cell, one, date1904)) continue
      wrong++
      if (wrong === 1) first = `${name}!${ref} ${brief(cell?.value)} instead of ${brief(one.v ?? one.iso)}`
    }
  }
  return wrong === 0 ? null : `${wrong} of ${scored} cells, the first ${first}`
}

/** A file that nobody opens is refused; one that one reader opens is refused or read. */
async function judgeUnreadable(folder: string, { file, outcome }: Entry): Promise<string | null> {
  try {
    const { rows } = await readTable(await fileSource(join(folder, file)))
    return outcome === 'clean_error' ? `read, ${rows.length} rows, instead of refused` : null
  } catch (error) {
    refusalOf(error)
    return null
  }
}

function placeOf(sheet: string, ref: string): string {
  return `${sheet}!${ref}`
}
