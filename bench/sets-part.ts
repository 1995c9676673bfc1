/**
 * Children and references in use: clients with two contact persons each in their row against the same clients alone,
 * by records per second. Each contact person is a record with a reference to the client that its row makes.
 */
import { join } from 'node:path'
import { clientHeaders, contactHeaders, writeClientsFile } from './clients-file.ts'
import type { Installation, Program } from './installation.ts'
import { withPeakMemory } from './memory.ts'
import { type BenchSize, grouped, median, reportFigure, say } from './report.ts'
import { importFile, undoImport } from './street.ts'

const contactsInRow = 2

type Measured = {
  readonly recordsPerSecond: number
  readonly undo: number
  readonly load: number
  readonly peak: number
}

export async function runSetsPart(installation: Installation, size: BenchSize): Promise<void> {
  say(`\n${grouped(size.rows)} clients with ${contactsInRow} contact persons each, ${size.rounds} rounds`)
  const program = await installation.startProgram()
  const plain: Measured[] = []
  const sets: Measured[] = []
  try {
    const warm = Math.min(5000, size.rows)
    await measure(installation, program, { rows: warm, contacts: contactsInRow })
    for (let round = 0; round < size.rounds; round += 1) {
      plain.push(await measure(installation, program, { rows: size.rows, contacts: 0 }))
      sets.push(await measure(installation, program, { rows: size.rows, contacts: contactsInRow }))
      const [alone, both] = [plain.at(-1)!, sets.at(-1)!]
      say(
        `      round ${round + 1}: ${grouped(Math.round(alone.recordsPerSecond))} clients/s, with contact persons ${grouped(Math.round(both.recordsPerSecond))} records/s; ${both.peak.toFixed(0)} MB`,
      )
    }
  } finally {
    await program.stop()
  }
  const ratios = sets.map((set, at) => set.recordsPerSecond / plain[at]!.recordsPerSecond)
  reportFigure('records per second with children against without', median(ratios), '×', { least: 0.7 })
  reportFigure('undo against its load, children included', median(sets.map((of) => of.undo / of.load)), '×', {
    most: 1,
  })
  reportFigure('memory of the program', Math.max(...sets.map((of) => of.peak)), 'MB', { most: 400 })
}

async function measure(
  installation: Installation,
  program: Program,
  { rows, contacts }: { readonly rows: number; readonly contacts: number },
): Promise<Measured> {
  const path = join(installation.folder, `sets-${rows}-${contacts}.csv`)
  await writeClientsFile(path, rows, { contacts })
  await installation.query(['truncate contacts'])
  await installation.settle()
  const columns = clientHeaders.length + contactHeaders(contacts).length
  const { result: loaded, peak } = await withPeakMemory(program.pid, () => importFile(program, path, columns))
  const { create, check, load } = loaded.seconds
  const undo = await undoImport(program, loaded)
  return { recordsPerSecond: loaded.created / (create + check + load), undo, load, peak }
}
