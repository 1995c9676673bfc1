/**
 * How a file was read, as JSON: what was detected first, then every finding as it comes, then the totals. Written
 * as a stream, because a file can have a finding in each of a million rows.
 */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import { fillSentence } from '../platform/refusal.ts'
import { type Finding, type Reading, type Totals, tabularFindings } from '../tabular/tabular.ts'
import { type Output, plain } from './output.ts'
import { refuseCommand } from './refusals.ts'

export type Report = {
  readonly add: (findings: readonly Finding[]) => Promise<void>
  readonly end: (totals: Totals) => Promise<void>
  readonly discard: () => Promise<void>
  /** Of the findings so far, by code. */
  readonly counts: ReadonlyMap<string, number>
  readonly totals: () => Totals | null
}

export async function openReport(path: string | null, reading: Reading, output: Output): Promise<Report> {
  const counts = new Map<string, number>()
  let totals: Totals | null = null
  const file = path === null ? null : await openFile(path)
  let isFirst = true
  const add = async (findings: readonly Finding[]): Promise<void> => {
    for (const finding of findings) {
      counts.set(finding.code, (counts.get(finding.code) ?? 0) + 1)
      await file?.write(`${isFirst ? '' : ','}\n    ${JSON.stringify(viewOf(finding, reading, output))}`)
      isFirst = false
    }
  }
  await file?.write(beginning(reading))
  await add(reading.findings)
  return {
    add,
    counts,
    totals: () => totals,
    end: async (all) => {
      totals = all
      const { rows, blankRows, raggedRows, commentRows, footerRows } = all
      const rest = { footerRows, rows, blankRows, raggedRows, commentRows }
      await file?.write(`${isFirst ? '' : '\n  '}],${JSON.stringify(rest, null, 2).slice(1, -2)}\n}\n`)
      await file?.end()
    },
    discard: async () => file?.discard(),
  }
}

/** What is known before the rows; the report is closed by its totals. */
function beginning(reading: Reading): string {
  const { format, archive, encoding, delimiter, quote, escape, recordEnd, comment, sheet } = reading
  const { headerRows, preambleRows, columns } = reading
  // A workbook has no delimiter, a text file no sheets.
  const text = sheet === undefined ? { encoding, delimiter, quote, escape, comment, recordEnd } : noText
  const tables = reading.tables.map((table) => ({ ...table, isRead: table.table === reading.table }))
  const known = {
    format,
    archive: archive ?? null,
    ...text,
    headerRows,
    preambleRows,
    tables,
    sheet: sheet?.name ?? null,
    sheets: sheet?.sheets ?? [],
    // Null where the sheet is so large that they were only counted along the way.
    hiddenRows: sheet ? sheet.hiddenRows : 0,
    hiddenColumns: sheet ? sheet.hiddenColumns : 0,
    mergedRanges: sheet ? sheet.mergedRanges : 0,
    isFiltered: sheet ? sheet.isFiltered : false,
    columns,
  }
  return `${JSON.stringify(known, null, 2).slice(0, -2)},\n  "findings": [`
}

const noText = {
  encoding: null,
  delimiter: null,
  quote: null,
  escape: null,
  comment: null,
  recordEnd: null,
} as const

function viewOf(finding: Finding, reading: Reading, output: Output) {
  const { row, line, column, code, severity, value, params } = finding
  const columnName = column === null ? null : (reading.columns[column] ?? null)
  return {
    row,
    line,
    column,
    columnName,
    code,
    severity,
    value,
    params,
    sentence: sentenceOf(finding, output),
  }
}

function sentenceOf({ code, value, params }: Finding, { language }: Output): string {
  const declared = tabularFindings[code as keyof typeof tabularFindings]
  return declared ? fillSentence(declared[language], { value: value ?? '', ...params }) : code
}

async function openFile(path: string) {
  const part = `${path}.part-${process.pid}`
  const stream = createWriteStream(part)
  await once(stream, 'open').catch((error: NodeJS.ErrnoException) => {
    throw refuseCommand('command.cannot_write', { path, reason: error.code ?? error.message })
  })
  return {
    write: async (text: string): Promise<void> => {
      if (!stream.write(text)) await once(stream, 'drain')
    },
    end: async (): Promise<void> => {
      stream.end()
      await finished(stream)
      await rename(part, path)
    },
    discard: async (): Promise<void> => {
      stream.destroy()
      await rm(part, { force: true })
    },
  }
}

/** For stderr, where no report was asked for: what must not be missed, and on a terminal how it was read. */
export function summarise(reading: Reading, report: Report, output: Output): string[] {
  const { words, number } = output
  const severe = [...report.counts].filter(
    ([code]) => tabularFindings[code as keyof typeof tabularFindings].severity !== 'info',
  )
  const read = { header: reading.headerRows, rows: number(report.totals()?.rows ?? 0) }
  const delimiter = reading.delimiter === '\t' ? 'tab' : reading.delimiter
  const how = reading.sheet
    ? words('readSheet', { ...read, sheet: plain(reading.sheet.name) })
    : words('readAs', { ...read, encoding: reading.encoding, delimiter })
  const found = severe.map(([code, count]) => `${number(count)} × ${code}`)
  return [
    ...(process.stderr.isTTY ? [how] : []),
    ...(found.length > 0 ? [words('readFound', { found: found.join(', ') })] : []),
  ]
}
