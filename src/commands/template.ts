/** `carryover template`: a workbook to fill in, made for the organisation as it is now. */
import { downloadTemplate } from '../exports/templates/contract.ts'
import { type ConnectionOptions, inConnection } from './connection.ts'
import { chooseFormat, writeDownload } from './download.ts'
import { exits } from './exit.ts'
import type { Output } from './output.ts'

export type TemplateOptions = {
  readonly format?: 'xlsx' | 'csv'
  readonly output?: string
  readonly language?: 'en' | 'cs'
  readonly shape?: 'one-table' | 'two-tables'
}

export async function runTemplate(
  kind: string,
  options: TemplateOptions & ConnectionOptions,
  output: Output,
): Promise<number> {
  const format = chooseFormat(options.format, options.output, ['xlsx', 'csv'])
  return inConnection(options, output, async (connection) => {
    const answer = await connection.receive(downloadTemplate, {
      params: { kind },
      query: {
        format,
        language: options.language ?? output.language,
        ...(options.shape ? { shape: options.shape } : {}),
      },
    })
    output.endLive()
    await writeDownload(connection.url, answer, options.output, output)
    return exits.done
  })
}
