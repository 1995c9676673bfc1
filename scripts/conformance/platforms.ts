/** Exports of real platforms: every file reads, with the columns that the platform is known to write. */
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileSource } from '../../src/tabular/tabular.ts'
import { compareTwins } from './csv-suites.ts'
import { readTable } from './read-table.ts'
import { brief, judgeAll, type Suite, shareOfDefined } from './suite.ts'

type Entry = { readonly file: string; readonly platform: string }
type Layouts = Readonly<Record<string, Readonly<Record<string, { readonly columns: readonly string[] }>>>>

/** A line with this share of a layout's labels is that layout's header. */
const ENOUGH = 0.5

/** Files that must give the same records, by what their names have in common. */
const twins = [
  ['medusa/exported-products-comma.csv', 'medusa/exported-products-semicolon.csv'],
  ['bagisto/customers.csv', 'bagisto/customers.xlsx'],
  ['bagisto/customers.csv', 'bagisto/customers.xls'],
  ['bagisto/tax-rates.csv', 'bagisto/tax-rates.xlsx'],
  ['bagisto/tax-rates.csv', 'bagisto/tax-rates.xls'],
] as const

export const platformSuites: readonly Suite[] = [
  { name: 'platforms', needs: 'platforms/manifest.json', run: runPlatforms },
  { name: 'platforms/twins', needs: 'platforms/manifest.json', run: runTwins },
]

async function runPlatforms(dir: string) {
  const folder = join(dir, 'platforms')
  const entries = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as readonly Entry[]
  const layouts = JSON.parse(await readFile(join(folder, 'headers.json'), 'utf8')) as Layouts
  const verdicts = await judgeAll(
    entries,
    ({ file }) => file,
    ({ file }) => judge(join(folder, file), layouts),
  )
  const value = shareOfDefined('platforms', verdicts)
  return { suite: 'platforms', ...verdicts, scores: [{ name: 'right', value, target: 1 }] }
}

async function judge(path: string, layouts: Layouts): Promise<string | null> {
  const { reading, header, rows } = await readTable(await fileSource(path))
  if (header === null) return 'read without a header'
  if (rows.length === 0 && reading.format === 'csv') return 'read without a row'
  const wanted = reading.format === 'csv' ? headerIn(await readFile(path, 'utf8'), layouts) : []
  const given = new Set(header.map((label) => label.trim()))
  const missing = wanted.filter((label) => !given.has(label))
  return missing.length === 0 ? null : `columns ${brief(missing)} are not among ${brief(header)}`
}

/** Labels of the known layout that stand as cells in one line of the text, whichever way that line is cut. */
function headerIn(text: string, layouts: Layouts): string[] {
  const all = Object.values(layouts).flatMap((byEntity) => Object.values(byEntity))
  let best: string[] = []
  for (const line of text.split(/\r\n?|\n/, 30)) {
    const cells = new Set(line.split(/[,;\t]/).map((cell) => cell.replaceAll('"', '').trim()))
    for (const { columns } of all) {
      const found = columns.filter((label) => cells.has(label))
      if (found.length >= ENOUGH * columns.length && found.length > best.length) best = found
    }
  }
  return best
}

async function runTwins(dir: string) {
  const suite = 'platforms/twins'
  const folder = join(dir, 'platforms')
  const there = new Set<string>()
  for (const platform of new Set(twins.flat().map((file) => dirname(file))))
    for (const name of await readdir(join(folder, platform)).catch(() => [])) there.add(`${platform}/${name}`)
  const verdicts = await judgeAll(
    twins.filter((pair) => pair.every((file) => there.has(file))),
    ([, file]) => file,
    ([first, other]) => compareTwins(join(folder, first), join(folder, other)),
  )
  const value = shareOfDefined(suite, verdicts)
  return { suite, ...verdicts, scores: [{ name: 'right', value, target: 1 }] }
}
