/**
 * One reader in a process of its own, so that its memory is its own and no other reader's garbage is collected on
 * its time. Reads the file some rounds, after one that nobody counts, and prints what the last ones took.
 * `node bench/read-process.ts READER FILE ROUNDS`
 */
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse'
import papaparse from 'papaparse'
import { detectReading, fileSource, readRowBatches } from '../src/tabular/tabular.ts'
import { median } from './report.ts'

export type ReadTimes = {
  readonly rows: number
  /** Median of processor time: a busy machine does not lengthen it. */
  readonly seconds: number
  /** Megabytes of the process at its highest. */
  readonly memory: number
}

type Reader = (path: string) => Promise<number>

const readers: Readonly<Record<string, Reader>> = {
  ours: async (path) => {
    const bytes = await fileSource(path)
    let rows = 0
    for await (const batch of readRowBatches(bytes, await detectReading(bytes, {}), { source: 0 }))
      rows += batch.rows.length
    return rows
  },
  papaparse: (path) =>
    new Promise((resolve, reject) => {
      let rows = -1
      papaparse.parse<string[]>(createReadStream(path, { encoding: 'utf8', highWaterMark: 1024 * 1024 }), {
        skipEmptyLines: true,
        chunk: ({ data }) => {
          rows += data.length
        },
        complete: () => resolve(rows),
        error: reject,
      })
    }),
  'csv-parse': async (path) => {
    let rows = -1
    for await (const row of createReadStream(path).pipe(parse())) if (Array.isArray(row)) rows += 1
    return rows
  },
  '@e965/xlsx': async (path) => {
    const { read, utils } = await import('@e965/xlsx')
    const book = read(await readFile(path), { type: 'buffer', dense: true })
    return utils.sheet_to_json(book.Sheets[book.SheetNames[0]!]!, { header: 1 }).length - 1
  },
  exceljs: async (path) => {
    const { default: exceljs } = await import('exceljs')
    let rows = -1
    for await (const sheet of new exceljs.stream.xlsx.WorkbookReader(path, {
      sharedStrings: 'cache',
      styles: 'cache',
      worksheets: 'emit',
    }))
      for await (const row of sheet) if (Array.isArray(row.values)) rows += 1
    return rows
  },
}

const [name = '', path = '', rounds = '1'] = process.argv.slice(2)
const read = readers[name]
if (read === undefined) throw new Error(`There is no reader ${name}.`)
let rows = await read(path)
const seconds: number[] = []
for (let at = 0; at < Number(rounds); at += 1) {
  const start = process.cpuUsage()
  rows = await read(path)
  const { user, system } = process.cpuUsage(start)
  seconds.push((user + system) / 1_000_000)
}
const times: ReadTimes = { rows, seconds: median(seconds), memory: process.resourceUsage().maxRSS / 1024 }
process.stdout.write(JSON.stringify(times))
