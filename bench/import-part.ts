/** The import against raw COPY, its memory, its undo, and pages of staged rows. */
import { join } from 'node:path'
import { writeClientsFile } from './clients-file.ts'
import type { Installation, Program } from './installation.ts'
import { withPeakMemory } from './memory.ts'
import { copyClients, writeCopyFile } from './reference.ts'
import { type BenchSize, grouped, median, reportFigure, say } from './report.ts'
import { comparePages, importFile, undoImport } from './street.ts'

type Round = {
  readonly receive: number
  /** From the kept file to committed: first look, check and load. */
  readonly street: number
  readonly check: number
  readonly load: number
  readonly copy: number
  readonly undo: number
  readonly peak: number
}

export async function runImportPart(installation: Installation, size: BenchSize): Promise<void> {
  say(`\nImport of ${grouped(size.rows)} clients of 18 columns, ${size.rounds} rounds`)
  const small = await prepareFile(installation, Math.min(20_000, size.rows))
  const large = await prepareFile(installation, size.rows)
  const program = await installation.startProgram()
  try {
    await runRound(installation, program, small)
    const rounds: Round[] = []
    for (let at = 0; at < size.rounds; at += 1) {
      const round = await runRound(installation, program, large)
      rounds.push(round)
      say(describeRound(at + 1, round))
    }
    report(rounds)
    await installation.settle()
    const pages = await comparePages(program, large.path, large.rows)
    reportFigure('page of 100 rows at the end against the first', pages.last / pages.first, '×', { most: 2 })
  } finally {
    await program.stop()
  }
}

type BenchFile = {
  readonly path: string
  readonly rows: number
  copy: { path: string; columns: string } | null
}

async function prepareFile(installation: Installation, rows: number): Promise<BenchFile> {
  const path = join(installation.folder, `clients-${rows}.csv`)
  await writeClientsFile(path, rows)
  return { path, rows, copy: null }
}

async function runRound(installation: Installation, program: Program, file: BenchFile): Promise<Round> {
  await installation.settle()
  const { result: loaded, peak } = await withPeakMemory(program.pid, () => importFile(program, file.path))
  if (file.copy === null) {
    const path = `${file.path}.copy`
    file.copy = { path, columns: await writeCopyFile(installation, loaded.id, path) }
  }
  await installation.checkpoint()
  const undo = await undoImport(program, loaded)
  await installation.settle()
  const copy = await copyClients(installation, file.copy.path, file.copy.columns, loaded.created)
  const { receive, create, check, load } = loaded.seconds
  return { receive, street: create + check + load, check, load, copy, undo, peak }
}

function describeRound(number: number, round: Round): string {
  const seconds = Object.entries(round)
    .filter(([name]) => name !== 'peak')
    .map(([name, value]) => `${name} ${value.toFixed(1)} s`)
  return `      round ${number}: ${seconds.join(', ')}; ${round.peak.toFixed(0)} MB`
}

function report(rounds: readonly Round[]): void {
  const of = (measure: (round: Round) => number): number => median(rounds.map(measure))
  reportFigure(
    'import against raw COPY',
    of((round) => round.street / round.copy),
    '×',
    { most: 1.5 },
  )
  reportFigure(
    'the same with receiving, scanning and encrypting the file',
    of((round) => (round.street + round.receive) / round.copy),
    '×',
    { most: 1.5 },
  )
  reportFigure('memory of the program', Math.max(...rounds.map((round) => round.peak)), 'MB', { most: 400 })
  reportFigure(
    'undo against its load',
    of((round) => round.undo / round.load),
    '×',
    { most: 1 },
  )
}
