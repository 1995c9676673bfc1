/**
 * Rows per second, bytes in and arrays of cells out, against the libraries that are used most: CSV, and XLSX.
 * Each reader in a process of its own; processor time, because that does not depend on who else uses the machine.
 */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { writeClientsFile } from './clients-file.ts'
import type { Installation } from './installation.ts'
import type { ReadTimes } from './read-process.ts'
import { type BenchSize, grouped, reportFigure, say } from './report.ts'
import { writeWorkbookFile } from './workbook-file.ts'

/** As `bin/carryover.js` starts the program. */
const OUR_FLAGS = ['--no-allocation-site-pretenuring', '--max-semi-space-size=16']
/** Others hold a whole workbook, and may. */
const THEIR_FLAGS = ['--max-old-space-size=16384']
const run = promisify(execFile)

export async function runReadPart({ folder }: Installation, size: BenchSize): Promise<void> {
  const quoted = join(folder, 'quoted.csv')
  await writeClientsFile(quoted, size.rows, { isQuoted: true })
  await compareCsv('quoted', quoted, size, { least: 2 })
  const plain = join(folder, 'plain.csv')
  await writeClientsFile(plain, size.rows)
  await compareCsv('quoted where it must be', plain, size, { least: 1 })
  await compareWorkbooks(folder, size)
}

async function compareCsv(
  what: string,
  path: string,
  { rows, rounds }: BenchSize,
  target: { readonly least: number },
): Promise<void> {
  say(`\nReading ${grouped(rows)} rows of CSV, ${what}; processor time, median of ${rounds} rounds`)
  const ours = await timesOf('ours', path, rows, rounds)
  const papaparse = await timesOf('papaparse', path, rows, rounds)
  const csvParse = await timesOf('csv-parse', path, rows, rounds)
  const fastest = Math.min(papaparse.seconds, csvParse.seconds)
  reportFigure(
    'rows per second against the faster of papaparse and csv-parse',
    fastest / ours.seconds,
    '×',
    target,
  )
  reportFigure('memory of the process that reads', ours.memory, 'MB', { most: 200 })
}

/** A library that holds the whole workbook takes half a minute for it: one round. */
async function compareWorkbooks(folder: string, { rows, rounds }: BenchSize): Promise<void> {
  const half = Math.ceil(rows / 2)
  say(`\nReading ${grouped(half)} rows of XLSX; processor time`)
  const path = join(folder, 'rows.xlsx')
  await writeWorkbookFile(path, half)
  const ours = await timesOf('ours', path, half, rounds)
  const others = [await timesOf('@e965/xlsx', path, half, 1), await timesOf('exceljs', path, half, 1)]
  const fastest = Math.min(...others.map(({ seconds }) => seconds))
  reportFigure(
    'rows per second against the faster of @e965/xlsx and exceljs (streaming)',
    fastest / ours.seconds,
    '×',
    {
      least: 2,
    },
  )
  reportFigure('memory of the process that reads', ours.memory, 'MB', { most: 300 })
  const large = join(folder, 'large.xlsx')
  await writeWorkbookFile(large, rows)
  const all = await timesOf('ours', large, rows, 1)
  reportFigure(`memory at ${grouped(rows)} rows of XLSX`, all.memory, 'MB', { most: 300 })
}

async function timesOf(reader: string, path: string, rows: number, rounds: number): Promise<ReadTimes> {
  const program = join(import.meta.dirname, 'read-process.ts')
  const flags = reader === 'ours' ? OUR_FLAGS : THEIR_FLAGS
  const { stdout } = await run(process.execPath, [...flags, program, reader, path, String(rounds)])
  const times = JSON.parse(stdout) as ReadTimes
  if (times.rows !== rows) throw new Error(`${reader} read ${times.rows} rows of ${rows}.`)
  say(`      ${reader}: ${times.seconds.toFixed(2)} s, ${times.memory.toFixed(0)} MB`)
  return times
}
