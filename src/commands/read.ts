/**
 * `carryover read`: text files and workbooks as clean CSV or JSON lines, as they were understood, with a report of how. Needs no
 * database. Streams: memory is flat, and a reader that has seen enough (`| head`) ends it at once.
 */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import {
  type ByteSource,
  type Cell,
  detectReading,
  fileSource,
  type Reading,
  type ReadOptions,
  readCells,
  readRowBatches,
  writeCsvRows,
} from '../tabular/tabular.ts'
import { complaintOf, exits, worstOf } from './exit.ts'
import { requireFile } from './files.ts'
import type { Output } from './output.ts'
import { openReport, type Report, summarise } from './read-report.ts'
import { refuseCommand } from './refusals.ts'

type Format = 'csv' | 'ndjson' | 'cells'
export type ReadCommand = {
  readonly format: Format
  readonly report?: string
  readonly outDir?: string
  readonly encoding?: string
  readonly delimiter?: string
  readonly quote?: string
  readonly escape?: string
  readonly comment?: string
  readonly headerRow?: number
  readonly headerRows?: number
  readonly preambleRows?: number
  readonly footerRows?: number
  readonly table?: number
  readonly ragged?: 'pad' | 'refuse'
  readonly sheet?: string
  readonly hidden?: 'include' | 'leave-out'
  readonly merged?: 'fill' | 'top-left'
}

type Target = { readonly file: string; readonly out: string | null; readonly report: string | null }

export async function runRead(
  files: readonly string[],
  command: ReadCommand,
  output: Output,
): Promise<number> {
  const targets = await targetsOf(files, command)
  const options = readOptions(command)
  if (targets.length === 1) return readOne(targets[0]!, command.format, options, output)
  const codes: number[] = []
  for (const target of targets) codes.push(await readOrComplain(target, command.format, options, output))
  return worstOf(codes)
}

async function targetsOf(files: readonly string[], command: ReadCommand): Promise<Target[]> {
  const { outDir, report } = command
  for (const file of files) await requireFile(file)
  if (outDir === undefined) {
    if (files.length > 1) throw refuseCommand('command.several_files')
    if (report !== undefined && resolve(report) === resolve(files[0]!))
      throw refuseCommand('command.same_output', { path: report })
    return [{ file: files[0]!, out: null, report: report ?? null }]
  }
  if (report !== undefined)
    throw refuseCommand('command.bad_option', {
      option: '--report',
      value: report,
      rule: '--out-dir writes a report beside each output.',
    })
  const names = files.map((file) => basename(file))
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) throw refuseCommand('command.same_name', { name: twice, folder: outDir })
  await mkdir(outDir, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw refuseCommand('command.cannot_write', { path: outDir, reason: error.code ?? error.message })
  })
  return files.map((file, at) => ({
    file,
    out: join(outDir, `${names[at]!}.${command.format}`),
    report: join(outDir, `${names[at]!}.report.json`),
  }))
}

/** One of several: a refusal is its report, and the others are read all the same. */
async function readOrComplain(
  target: Target,
  format: Format,
  options: ReadOptions,
  output: Output,
): Promise<number> {
  try {
    return await readOne(target, format, options, output)
  } catch (error) {
    const { code, sentence, exit } = await complaintOf(error, output.language)
    output.note(`${basename(target.file)}: ${sentence}`)
    if (target.report !== null)
      await writeFile(target.report, `${JSON.stringify({ refusal: { code, sentence } }, null, 2)}\n`)
    return exit
  }
}

async function readOne(
  target: Target,
  format: Format,
  options: ReadOptions,
  output: Output,
): Promise<number> {
  const source = await fileSource(target.file)
  const cells = format === 'cells' ? await readCells(source, { sheet: options.sheet }) : null
  if (format === 'cells' && cells === null)
    throw refuseCommand('command.cells_of_text', { name: source.name })
  const sink = await openSink(target.out)
  try {
    if (cells) await writeCells(cells, sink)
    // Of cells there is a report only where one was asked for: it takes reading the table as well.
    if (!cells || target.report !== null) await writeRows(source, target, format, options, sink, output)
    await sink.end()
  } catch (error) {
    await sink.discard()
    throw error
  }
  return exits.done
}

async function writeCells(cells: AsyncIterable<Cell[]>, sink: Sink): Promise<void> {
  for await (const batch of cells) await sink.write(batch.map((cell) => `${JSON.stringify(cell)}\n`).join(''))
}

/** The rows, and the report of how they were read; for `cells` the report alone. */
async function writeRows(
  source: ByteSource,
  target: Target,
  format: Format,
  options: ReadOptions,
  sink: Sink,
  output: Output,
): Promise<void> {
  const reading = await detectReading(source, options)
  const report = await openReport(target.report, reading, output)
  try {
    if (format === 'csv') await sink.write(headerText(reading))
    for await (const batch of readRowBatches(source, reading, { source: 0 })) {
      if (format === 'csv') await sink.write(writeCsvRows(cellsOf(batch.rows), asItStands))
      if (format === 'ndjson') await sink.write(batch.rows.map(lineOf).join(''))
      await report.add(batch.findings)
      if (batch.totals) await report.end(batch.totals)
    }
  } catch (error) {
    await report.discard()
    throw error
  }
  if (target.report === null) noteReading(source.name, reading, report, output)
}

/** `read` repeats the file: no guard against formulas, nothing but what stands there. */
const asItStands = { guardFormulas: false } as const

function headerText({ header, columns }: Reading): string {
  if (header === null) return ''
  const cells = columns.map((_, at) => header[at] ?? '')
  return writeCsvRows([cells], asItStands)
}

type Rows = readonly { readonly row: number; readonly line: number; readonly cells: readonly string[] }[]

function cellsOf(rows: Rows): (readonly string[])[] {
  return rows.map(({ cells }) => cells)
}

function lineOf({ row, line, cells }: Rows[number]): string {
  return `${JSON.stringify({ source: 0, row, line, cells })}\n`
}

type Sink = {
  readonly write: (text: string) => Promise<void>
  readonly end: () => Promise<void>
  readonly discard: () => Promise<void>
}

/** stdout, or a file that is there whole or not at all. */
async function openSink(path: string | null): Promise<Sink> {
  if (path === null) {
    const write = (text: string): Promise<void> => writeTo(process.stdout, text)
    return { write, end: async () => undefined, discard: async () => undefined }
  }
  const part = `${path}.part-${process.pid}`
  const stream = createWriteStream(part)
  await once(stream, 'open').catch((error: NodeJS.ErrnoException) => {
    throw refuseCommand('command.cannot_write', { path, reason: error.code ?? error.message })
  })
  return {
    write: (text) => writeTo(stream, text),
    end: async () => {
      stream.end()
      await finished(stream)
      await rename(part, path)
    },
    discard: async () => {
      stream.destroy()
      await rm(part, { force: true })
    },
  }
}

async function writeTo(stream: Writable, text: string): Promise<void> {
  if (text !== '' && !stream.write(text)) await once(stream, 'drain')
}

/** On a terminal the sentence of what was detected; anywhere, what nobody must miss. */
function noteReading(name: string, reading: Reading, report: Report, output: Output): void {
  const lines = summarise(reading, report, output)
  for (const line of lines) output.note(`${name}: ${line}`)
}

const names: Readonly<Record<string, string>> = { tab: '\t', '\\t': '\t', space: ' ', blank: ' ' }

function readOptions(command: ReadCommand): ReadOptions {
  const { encoding, delimiter, quote, escape, comment, ragged } = command
  const { headerRow, headerRows, preambleRows, footerRows, table, sheet, hidden, merged } = command
  const orNull = (text: string | undefined): string | null | undefined => (text === 'none' ? null : text)
  const given: ReadOptions = {
    encoding,
    delimiter: delimiter === undefined ? undefined : (names[delimiter] ?? delimiter),
    quote: orNull(quote),
    escape: orNull(escape),
    comment: orNull(comment),
    ragged,
    headerRow,
    headerRows,
    preambleRows,
    footerRows,
    table,
    sheet,
    hidden,
    merged,
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}
