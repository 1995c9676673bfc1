/**
 * Binary workbooks, old (.xls) and packed (.xlsb). Hides a process with limits of memory and time around a library that reads the
 * whole file at once; every walk has a process of its own, which ends with it.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { refuseArchive } from '../archive-refusals.ts'
import type { ZipArchive } from '../archive-zip.ts'
import { type ByteSource, readSlice } from '../byte-source.ts'
import {
  blankCell,
  type CellValue,
  setBlank,
  setBoolean,
  setError,
  setNumber,
  setText,
} from './cell-values.ts'
import { type NumberFormat, parseFormat } from './number-formats.ts'
import { type Collected, collectCells, collectRows } from './row-sinks.ts'
import type { DateSystem } from './serial-dates.ts'
import type { SheetPiece, WalkOptions, Workbook } from './workbook.ts'
import type { XlsAnswer, XlsCell, XlsRequest, XlsSheet } from './xls-message.ts'

/** The format ends at 65,536 rows of 256 columns; what is larger is full of pictures or hostile. */
const MAX_BYTES = 64 * 1024 * 1024
const LIMITS = ['--max-old-space-size=512', '--max-semi-space-size=16']
/** A hostile file costs five seconds, a large one the time that it takes at two megabytes a second. */
const LEAST_MS = 5000
const BYTES_PER_MS = 2000

type XlsReader = {
  readonly sheets: readonly XlsSheet[]
  readonly dateSystem: DateSystem
  rows(request: XlsRequest): Promise<Extract<XlsAnswer, { kind: 'rows' }>>
  close(): Promise<void>
}

/** Unpacked, all parts of a packed workbook together; the process holds them at once. */
const MAX_UNPACKED = 128 * 1024 * 1024

/** A packed binary workbook: what it unpacks to is counted here, because the library believes the archive. */
export async function openXlsb(zip: ZipArchive, bytes: ByteSource): Promise<Workbook> {
  let unpacked = 0
  for (const entry of zip.entries)
    for await (const chunk of zip.open(entry)) {
      unpacked += chunk.length
      if (unpacked > MAX_UNPACKED) throw refuseArchive('file.workbook_too_large', { name: bytes.name })
    }
  return openXls(bytes)
}

export async function openXls(bytes: ByteSource): Promise<Workbook> {
  const first = await startReader(bytes)
  const { sheets } = first
  await first.close()
  return {
    format: 'xls',
    sheets: sheets.map(({ name, state, hasCells }) => ({ name, state, hasCells, hasRows: hasCells })),
    walkRows: (sheet, options = {}) => walk(bytes, sheet, collectRows(options.isPeek === true), options),
    walkCells: (sheet, options = {}) => walk(bytes, sheet, collectCells(), options),
    survey: (sheet) => {
      const found = sheets[sheet]
      if (found === undefined) return Promise.resolve(null)
      const { merged, hiddenRows, hiddenColumns, isFiltered } = found
      return Promise.resolve({ merged, hiddenRows: hiddenRows.length, hiddenColumns, isFiltered })
    },
  }
}

async function* walk<T>(
  bytes: ByteSource,
  sheet: number,
  sink: Collected<T>,
  { signal }: WalkOptions,
): AsyncGenerator<SheetPiece<T>, void, undefined> {
  const reader = await startReader(bytes)
  try {
    const hidden = new Set(reader.sheets[sheet]?.hiddenRows)
    const formats = new Map<string, NumberFormat>()
    const cell = blankCell()
    for (let from: number | null = 0; from !== null; ) {
      signal?.throwIfAborted()
      const part: Extract<XlsAnswer, { kind: 'rows' }> = await reader.rows({ sheet, from })
      let row = -1
      for (const found of part.cells) {
        if (found.row !== row) {
          if (row !== -1) sink.endRow()
          row = found.row
          sink.row(row + 1, hidden.has(row))
        }
        const format = formats.get(found.format) ?? parseFormat(found.format)
        formats.set(found.format, format)
        writeXlsCell(cell, found, format, reader.dateSystem)
        sink.cell(found.column, cell, format)
      }
      if (row !== -1) sink.endRow()
      yield { rows: sink.drain(), done: part.done }
      from = part.next
    }
  } finally {
    await reader.close()
  }
}

function writeXlsCell(cell: CellValue, found: XlsCell, format: NumberFormat, dateSystem: DateSystem): void {
  const { type, raw } = found
  if (found.isUncalculated) {
    setBlank(cell)
    cell.note = 'no_value'
  } else if (type === 'n') setNumber(cell, raw, format, dateSystem)
  else if (type === 'b') setBoolean(cell, raw === '1')
  else if (type === 'e') setError(cell, raw)
  else setText(cell, raw)
}

async function startReader(bytes: ByteSource): Promise<XlsReader> {
  const whole = await readSlice(bytes, 0, MAX_BYTES + 1)
  if (whole.length > MAX_BYTES) throw refuseArchive('file.workbook_too_large', { name: bytes.name })
  const worker = fork(new URL('./xls-process.ts', import.meta.url), {
    execArgv: LIMITS,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const answers = createAnswers(worker, bytes.name, LEAST_MS + whole.length / BYTES_PER_MS)
  try {
    worker.send(whole)
    const opened = await answers.next()
    if (opened.kind === 'refused')
      throw opened.isEncrypted
        ? refuseArchive('file.encrypted', { name: bytes.name })
        : refuseArchive('file.damaged', {
            name: bytes.name,
            what: 'it cannot be read as a binary Excel workbook',
          })
    if (opened.kind !== 'opened') throw new Error('the reader of old workbooks answered out of turn')
    return {
      sheets: opened.sheets,
      dateSystem: opened.is1904 ? 1904 : 1900,
      async rows(request) {
        worker.send(request)
        const answer = await answers.next()
        if (answer.kind !== 'rows') throw new Error('the reader of old workbooks answered out of turn')
        return answer
      },
      close: async () => void worker.kill('SIGKILL'),
    }
  } catch (error) {
    worker.kill('SIGKILL')
    throw error
  }
}

/** The worker's answers, one for each question; one that does not come in time, or at all, is a refusal. */
function createAnswers(worker: ChildProcess, name: string, most: number) {
  const tooLarge = (): Error => refuseArchive('file.workbook_too_large', { name })
  let waiting: { resolve: (answer: XlsAnswer) => void; reject: (error: unknown) => void } | null = null
  let failure: unknown = null
  const fail = (error: unknown): void => {
    failure ??= error
    waiting?.reject(failure)
    waiting = null
  }
  worker.on('message', (answer: XlsAnswer) => {
    waiting?.resolve(answer)
    waiting = null
  })
  worker.on('error', fail)
  worker.on('exit', () => fail(tooLarge()))
  return {
    async next(): Promise<XlsAnswer> {
      if (failure !== null) throw failure
      const timer = setTimeout(() => fail(tooLarge()), most)
      try {
        return await new Promise<XlsAnswer>((resolve, reject) => {
          waiting = { resolve, reject }
        })
      } finally {
        clearTimeout(timer)
      }
    },
  }
}
