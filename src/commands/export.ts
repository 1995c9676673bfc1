/** `carryover export`: all records of a kind, or those that fit, as a file that imports again. */
import { exportKind } from '../exports/contract.ts'
import { type ConnectionOptions, inConnection } from './connection.ts'
import { chooseFormat, writeDownload } from './download.ts'
import { exits } from './exit.ts'
import type { Output } from './output.ts'

export type ExportOptions = {
  readonly where?: readonly string[]
  readonly format?: 'csv' | 'xlsx'
  readonly output?: string
  readonly language?: 'en' | 'cs'
}

export async function runExport(
  kind: string,
  options: ExportOptions & ConnectionOptions,
  output: Output,
): Promise<number> {
  const format = chooseFormat(options.format, options.output, ['csv', 'xlsx'])
  return inConnection(options, output, async (connection) => {
    const answer = await connection.receive(exportKind, {
      params: { kind, format },
      query: {
        language: options.language ?? output.language,
        ...(options.where?.length ? { where: [...options.where] } : {}),
      },
    })
    output.endLive()
    await writeDownload(connection.url, answer, options.output, output)
    return exits.done
  })
}
