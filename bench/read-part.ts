/** CSV rows per second, bytes in and arrays of cells out, against the two libraries that are used most. */
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse'
import papaparse from 'papaparse'
import { detectReading, fileSource, readRowBatches } from '../src/tabular/tabular.ts'
import { writeClientsFile } from './clients-file.ts'
import type { Installation } from './installation.ts'
import { type BenchSize, grouped, median, reportFigure, say } from './report.ts'

type Reader = (path: string) => Promise<number>

const readers: Readonly<Record<'ours' | 'papaparse' | 'csvParse', Reader>> = {
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
  csvParse: async (path) => {
    let rows = -1
    for await (const row of createReadStream(path).pipe(parse())) if (Array.isArray(row)) rows += 1
    return rows
  },
}

export async function runReadPart(installation: Installation, size: BenchSize): Promise<void> {
  say(`\nReading ${grouped(size.rows)} quoted rows, ${size.rounds} rounds`)
  const path = join(installation.folder, 'quoted.csv')
  await writeClientsFile(path, size.rows, { isQuoted: true })
  const ratios: number[] = []
  for (let at = 0; at <= size.rounds; at += 1) {
    const seconds = {
      ours: await time(readers.ours, path, size.rows),
      papaparse: await time(readers.papaparse, path, size.rows),
      csvParse: await time(readers.csvParse, path, size.rows),
    }
    if (at > 0) ratios.push(Math.min(seconds.papaparse, seconds.csvParse) / seconds.ours)
  }
  reportFigure('rows per second against the faster of papaparse and csv-parse', median(ratios), '×', {
    least: 2,
  })
}

async function time(read: Reader, path: string, rows: number): Promise<number> {
  globalThis.gc?.()
  const start = performance.now()
  const found = await read(path)
  if (found !== rows) throw new Error(`${found} rows of ${rows} were read.`)
  return (performance.now() - start) / 1000
}
