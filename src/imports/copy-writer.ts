/**
 * Rows into a table by COPY (text format), as fast as the server takes them and never faster: `settle` waits
 * for the socket. Hides escaping and batching; one writer is one COPY on a connection of its own.
 */
import { finished } from 'node:stream/promises'
import type pg from 'pg'
import { type CopyStreamQuery, from as copyFrom } from 'pg-copy-streams'

export type CopyWriter = {
  /** Appends one row; values are text or null. */
  readonly add: (values: readonly (string | null)[]) => void
  /** Appends a row that is encoded already, without its end of line. */
  readonly addEncoded: (line: string) => void
  /** Sends what has gathered if it is enough, and waits while the server is behind. */
  readonly settle: () => Promise<void>
  /** Ends the COPY; resolves with the number of rows that the server took. */
  readonly end: () => Promise<number>
}

export type CopyOptions = {
  /** For a table made in the same transaction. */
  readonly freeze?: true
  /** An empty cell is null; without this, null is told from it. */
  readonly blankIsNull?: true
}

const sendAt = 128 * 1024
/** So much may be on its way while the next rows are made: the server reads while we convert. */
const inFlight = 512 * 1024
const lineFeed = 10

const special = /[\\\n\r\t]/
const specialInRow = /[\\\n\r]/

function encodeCopyValue(value: string | null): string {
  if (value === null) return '\\N'
  return special.test(value) ? escapeValue(value) : value
}

function escapeValue(value: string): string {
  return value.replace(/[\\\n\r\t]/g, (c) =>
    c === '\\' ? '\\\\' : c === '\n' ? '\\n' : c === '\r' ? '\\r' : '\\t',
  )
}

/**
 * The cells of a row for a COPY whose blanks are null. Canonical text holds no tab and is never empty, so one
 * look at the whole row tells whether anything in it must be escaped; joining is faster than adding cell by cell.
 */
export function encodeCells(values: readonly (string | null)[]): string {
  const line = values.join('\t')
  return specialInRow.test(line) ? values.map((value) => escapeValue(value ?? '')).join('\t') : line
}

export function openCopy(
  client: pg.Client,
  table: string,
  columns: readonly string[],
  of: CopyOptions = {},
): CopyWriter {
  const options = [...(of.freeze ? ['freeze'] : []), ...(of.blankIsNull ? ["null ''"] : [])]
  const stream: CopyStreamQuery = client.query(
    copyFrom(
      `copy ${table} (${columns.join(', ')}) from stdin${options.length > 0 ? ` with (${options.join(', ')})` : ''}`,
      { highWaterMark: inFlight },
    ),
  )
  let failure: Error | null = null
  stream.on('error', (error: Error) => {
    failure = error
  })
  const gathered = createLineBuffer()
  const send = async (): Promise<void> => {
    if (failure) throw failure
    const bytes = gathered.take()
    if (bytes.length > 0 && !stream.write(bytes)) await roomIn(stream)
    if (failure) throw failure
  }
  return {
    add: (values) => gathered.add(values.map(encodeCopyValue).join('\t')),
    addEncoded: gathered.add,
    settle: async () => {
      if (gathered.size() >= sendAt) await send()
    },
    end: async () => {
      await send()
      stream.end()
      await finished(stream)
      if (failure) throw failure
      return stream.rowCount
    },
  }
}

/** Lines as UTF-8 one behind the other. Each is written where it belongs: no long text is put together first. */
function createLineBuffer() {
  let buffer = Buffer.allocUnsafe(2 * sendAt)
  let filled = 0
  return {
    size: () => filled,
    add: (line: string): void => {
      const most = filled + line.length * 3 + 1
      if (most > buffer.length) {
        const larger = Buffer.allocUnsafe(most * 2)
        buffer.copy(larger, 0, 0, filled)
        buffer = larger
      }
      filled += buffer.write(line, filled)
      buffer[filled] = lineFeed
      filled += 1
    },
    take: (): Buffer => {
      const bytes = buffer.subarray(0, filled)
      buffer = Buffer.allocUnsafe(2 * sendAt)
      filled = 0
      return bytes
    },
  }
}

/** Resolves when the stream takes more, or has closed; leaves no listener behind. */
function roomIn(stream: CopyStreamQuery): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      stream.off('drain', settle)
      stream.off('close', settle)
      resolve()
    }
    stream.on('drain', settle)
    stream.on('close', settle)
  })
}
