/**
 * Rows into a table by COPY (text format), as fast as the server takes them and never faster: `settle` waits
 * for the socket. Hides escaping and batching; one writer is one COPY on a connection of its own.
 */
import { finished } from 'node:stream/promises'
import { setImmediate as turn } from 'node:timers/promises'
import type pg from 'pg'
import { type CopyStreamQuery, from as copyFrom } from 'pg-copy-streams'

export type CopyWriter = {
  /** Appends one row; values are text or null. */
  readonly add: (values: readonly (string | null)[]) => void
  /** Appends a row that is encoded already, without its end of line. */
  readonly addEncoded: (line: string) => void
  /** Enough has gathered to be sent: time to `settle`. */
  readonly isDue: () => boolean
  /** Sends what has gathered, lets the socket write, and waits while the server is far behind. */
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

/**
 * The server reads what the socket holds (about 200 KB) while the next rows are made. Sending little and often,
 * with a turn of the event loop each time, keeps the socket full; waiting begins only when much more is queued.
 */
const sendAt = 48 * 1024
const mostQueued = 2 * 1024 * 1024
/** Room for the line that goes over the edge, so that a buffer seldom has to grow. */
const slack = 16 * 1024
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
      { highWaterMark: mostQueued },
    ),
  )
  let failure: Error | null = null
  stream.on('error', (error: Error) => {
    failure ??= error
    // What is queued must not be written to a connection that is gone: that would end the process.
    stream.destroy()
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
    isDue: () => gathered.size() >= sendAt,
    settle: async () => {
      if (gathered.size() < sendAt) return
      await send()
      await turn()
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
  let buffer = Buffer.allocUnsafe(sendAt + slack)
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
      buffer = Buffer.allocUnsafe(sendAt + slack)
      filled = 0
      return bytes
    },
  }
}

/** Resolves when the stream takes more, has failed or has closed; leaves no listener behind. */
function roomIn(stream: CopyStreamQuery): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      stream.off('drain', settle)
      stream.off('close', settle)
      stream.off('error', settle)
      resolve()
    }
    stream.on('drain', settle)
    stream.on('close', settle)
    stream.on('error', settle)
  })
}
