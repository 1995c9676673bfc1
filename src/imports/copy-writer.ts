/**
 * Rows into a table by COPY (text format), as fast as the server takes them and never faster: `write` waits
 * for the socket. Hides escaping and batching; one writer is one COPY on a connection of its own.
 */
import { once } from 'node:events'
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

const sendAt = 128 * 1024
const special = /[\\\n\r\t]/

export function encodeCopyValue(value: string | null): string {
  if (value === null) return '\\N'
  return special.test(value) ? escapeValue(value) : value
}

function escapeValue(value: string): string {
  return value.replace(/[\\\n\r\t]/g, (c) =>
    c === '\\' ? '\\\\' : c === '\n' ? '\\n' : c === '\r' ? '\\r' : '\\t',
  )
}

/** `freeze` is for a table made in the same transaction. */
export function openCopy(
  client: pg.Client,
  table: string,
  columns: readonly string[],
  freeze?: 'freeze',
): CopyWriter {
  const options = freeze ? ' with (freeze)' : ''
  const stream: CopyStreamQuery = client.query(
    copyFrom(`copy ${table} (${columns.join(', ')}) from stdin${options}`),
  )
  let failure: Error | null = null
  stream.on('error', (error: Error) => {
    failure = error
  })
  let text = ''
  const send = async (): Promise<void> => {
    if (failure) throw failure
    if (text === '') return
    const bytes = Buffer.from(text, 'utf8')
    text = ''
    if (!stream.write(bytes)) await Promise.race([once(stream, 'drain'), once(stream, 'close')])
    if (failure) throw failure
  }
  return {
    add: (values) => {
      let line = ''
      for (let at = 0; at < values.length; at += 1)
        line += (at === 0 ? '' : '\t') + encodeCopyValue(values[at]!)
      text += `${line}\n`
    },
    addEncoded: (line) => {
      text += line
      text += '\n'
    },
    settle: async () => {
      if (text.length >= sendAt) await send()
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
