/** The Pollock benchmark: its generated defects, the same defects on another table, and its real files. */
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Refusal } from '../../src/platform/refusal.ts'
import { fileSource, writeCsvRows } from '../../src/tabular/tabular.ts'
import { parseCleanCsv } from './clean-csv.ts'
import { FAILURE, type Measures, measure, recordsOf } from './pollock-score.ts'
import { allRows, readTable } from './read-table.ts'
import { brief, exists, judgeAll, refusalText, type Score, type Suite, type SuiteResult } from './suite.ts'

type Targets = { readonly simple: number; readonly weighted: number | null; readonly isAbove?: boolean }
type Weights = Readonly<Record<string, number>>

export const pollockSuites: readonly Suite[] = [
  packed('pollock', 'pollock/pollock_half.tar.xz', { simple: 9.97, weighted: 9.7 }),
  packed('pollock_alt_contacts10', 'pollock/pollock_alt_contacts10.tar.xz', {
    simple: 9.033,
    weighted: 9.478,
    isAbove: true,
  }),
  {
    name: 'pollock_survey',
    needs: 'pollock_survey',
    run: (dir) => score('pollock_survey', join(dir, 'pollock_survey'), { simple: 9.5, weighted: null }),
  },
]

function packed(name: string, needs: string, targets: Targets): Suite {
  return {
    name,
    needs,
    async run(dir) {
      const folder = await mkdtemp(join(tmpdir(), 'carryover-conformance-'))
      try {
        await promisify(execFile)('tar', ['-xJf', join(dir, needs), '-C', folder])
        return await score(name, folder, targets)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
  }
}

async function score(suite: string, folder: string, targets: Targets): Promise<SuiteResult> {
  const weights = await weightsIn(folder)
  const names = (await readdir(join(folder, 'csv'))).filter((name) => /csv$/i.test(name)).sort()
  const totals = new Map<string, number>()
  const verdicts = await judgeAll(
    names,
    (name) => name,
    async (name) => {
      totals.set(name, 0)
      const [measures, what] = await measureFile(folder, name)
      totals.set(name, measures.total)
      return measures.total > 10 - 1e-9 ? null : what
    },
  )
  return { suite, ...verdicts, scores: scoresOf(totals, weights, targets) }
}

/** The benchmark takes files whose name ends in csv, in lower case; what else lies there is a figure of its own. */
function scoresOf(totals: ReadonlyMap<string, number>, weights: Weights | null, targets: Targets): Score[] {
  const { isAbove = false } = targets
  const own = [...totals].filter(([name]) => name.endsWith('csv'))
  const scores: Score[] = [{ name: 'simple', value: meanOf(own), target: targets.simple, isAbove }]
  if (weights !== null && targets.weighted !== null)
    scores.push({ name: 'weighted', value: weighted(totals, weights), target: targets.weighted, isAbove })
  if (own.length < totals.size)
    scores.push({ name: `all ${totals.size}`, value: meanOf([...totals]), target: null })
  return scores
}

function meanOf(totals: readonly (readonly [string, number])[]): number {
  return totals.reduce((sum, [, total]) => sum + total, 0) / totals.length
}

async function weightsIn(folder: string): Promise<Weights | null> {
  const path = join(folder, 'pollock_weights.json')
  return (await exists(path)) ? (JSON.parse(await readFile(path, 'utf8')) as Weights) : null
}

function weighted(totals: ReadonlyMap<string, number>, weights: Weights): number {
  let sum = 0
  let all = 0
  for (const [name, total] of totals) {
    const weight = weights[name] ?? 0
    sum += weight * total
    all += weight
  }
  return sum / all
}

/** A refusal is what the benchmark calls a failure of the loader. */
async function measureFile(folder: string, name: string): Promise<[Measures, string]> {
  const expected = parseCleanCsv(await readFile(join(folder, 'clean', name)))
  try {
    const table = await readTable(await fileSource(join(folder, 'csv', name)))
    const written = writeCsvRows(allRows(table), { guardFormulas: false })
    const loaded = parseCleanCsv(Buffer.from(written))
    const measures = measure(expected, loaded)
    return [measures, describe(measures, expected, loaded)]
  } catch (error) {
    if (error instanceof Refusal) return [FAILURE, refusalText(error)]
    throw error
  }
}

function describe(measures: Measures, expected: readonly string[][], loaded: readonly string[][]): string {
  const figures = `${measures.total.toFixed(3)} (F1: header ${measures.header.toFixed(3)}, records ${measures.records.toFixed(3)}, cells ${measures.cells.toFixed(3)})`
  if (measures.header < 1) return `${figures}; header ${brief(loaded[0])} instead of ${brief(expected[0])}`
  const [wanted, given] = [recordsOf(expected), recordsOf(loaded)]
  const at = wanted.findIndex((record, index) => record !== given[index])
  if (at >= 0)
    return `${figures}; row ${at + 1} ${brief(loaded[at + 1])} instead of ${brief(expected[at + 1])}`
  if (given.length > wanted.length)
    return `${figures}; ${given.length - wanted.length} more rows, the first ${brief(loaded[wanted.length + 1])}`
  const cut = expected.findIndex((cells, index) => String(cells) !== String(loaded[index]))
  return `${figures}; row ${cut} ${brief(loaded[cut])} instead of ${brief(expected[cut])}`
}
