/** `carryover findings`: all findings of an import, with their places. */
import { downloadFindings } from '../imports/check/contract.ts'
import { type ConnectionOptions, inConnection } from './connection.ts'
import { chooseFormat, writeDownload } from './download.ts'
import { exits } from './exit.ts'
import type { Output } from './output.ts'

export type FindingsOptions = {
  readonly format?: 'csv' | 'xlsx' | 'ndjson'
  readonly output?: string
}

export async function runFindings(
  id: string,
  options: FindingsOptions & ConnectionOptions,
  output: Output,
): Promise<number> {
  const format = chooseFormat(options.format, options.output, ['csv', 'xlsx', 'ndjson'])
  return inConnection(options, output, async (connection) => {
    const answer = await connection.receive(downloadFindings, { params: { id, format } })
    output.endLive()
    await writeDownload(connection.url, answer, options.output, output)
    return exits.done
  })
}
