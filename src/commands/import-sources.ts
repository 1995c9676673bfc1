/**
 * Which files go in together, and as what: with one kind each file is an import of its own; with a kind for each
 * file all are one; of a workbook whose kinds nobody names, each sheet that is recognised is a source.
 */
import { basename } from 'node:path'
import type { z } from 'zod'
import type { GivenSource } from '../imports/contract.ts'
import { listContents, uploadFile } from '../imports/read/contract.ts'
import type { Connection } from './connection.ts'
import { requireFile } from './files.ts'
import { sendingLine } from './follow.ts'
import type { ImportOptions } from './import-options.ts'
import { type Output, plain } from './output.ts'
import { refuseCommand } from './refusals.ts'

export type Together = {
  readonly files: readonly string[]
  /** One for each file, or none: then its sheets or the preset say what they are. */
  readonly kinds: readonly string[]
}

const workbook = /\.(xlsx|xlsm|xls|ods)$/i

/** Refuses kinds that do not fit the files, before anything is sent. */
export function groupFiles(files: readonly string[], options: ImportOptions): readonly Together[] {
  const kinds = options.kind ?? []
  if (options.preset !== undefined) {
    if (kinds.length > 0 || options.mapping !== undefined || options.set !== undefined)
      throw refuseCommand('command.preset_alone')
    return files.map((file) => ({ files: [file], kinds: [] }))
  }
  const groups = groupsOf(files, kinds)
  const isSet = groups.some((of) => of.kinds.length !== 1)
  if (isSet && (options.mapping !== undefined || options.set !== undefined))
    throw refuseCommand('command.mapping_of_set')
  return groups
}

function groupsOf(files: readonly string[], kinds: readonly string[]): readonly Together[] {
  if (kinds.length === 0) {
    const other = files.find((file) => !workbook.test(file))
    if (other !== undefined) throw refuseCommand('command.kind_needed', { path: other })
    return files.map((file) => ({ files: [file], kinds: [] }))
  }
  if (kinds.length === 1) return files.map((file) => ({ files: [file], kinds }))
  if (kinds.length !== files.length)
    throw refuseCommand('command.kinds_and_files', { kinds: kinds.length, files: files.length })
  return [{ files, kinds }]
}

type Source = z.input<typeof GivenSource>

/** Sends the files; the sources that an import of them has. */
export async function sendSources(
  { files, kinds }: Together,
  connection: Connection,
  output: Output,
): Promise<Source[]> {
  const sources: Source[] = []
  for (const [at, path] of files.entries()) {
    const fileId = await sendFile(path, connection, output)
    const kind = kinds[at]
    if (kind === undefined) sources.push(...(await recogniseSheets(path, fileId, connection, output)))
    else sources.push({ kind, fileId })
  }
  return sources
}

export async function sendFile(path: string, connection: Connection, output: Output): Promise<string> {
  const name = basename(path)
  const total = await requireFile(path)
  const sent = await connection.send(uploadFile, { query: { name } }, path, (bytes) =>
    output.live(sendingLine(name, bytes, total, output)),
  )
  output.live(`${name}  ${output.words('looking')}`)
  return sent.id
}

/** Sheets and tables that look like a kind; those that do not are named, so that none is left out unseen. */
async function recogniseSheets(
  path: string,
  fileId: string,
  connection: Connection,
  output: Output,
): Promise<Source[]> {
  const { parts } = await connection.call(listContents, { params: { id: fileId } })
  const known = parts.filter(
    ({ suggestedKind, sheet }) => suggestedKind !== null && sheet?.state === 'visible',
  )
  if (known.length === 0) throw refuseCommand('command.no_kind_recognised', { path })
  const left = parts.filter((part) => !known.includes(part))
  if (left.length > 0)
    output.note(
      output.words('sheetsLeftOut', {
        sheets: left.map(({ sheet, table }) => plain(`${sheet?.name ?? ''} (${table})`)).join(', '),
      }),
    )
  return known.map(({ suggestedKind, options }) => ({ kind: suggestedKind!, fileId, reading: options }))
}
